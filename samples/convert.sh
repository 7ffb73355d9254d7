#!/usr/bin/env bash
# Turns two returns of round 1 into the other formats, after `cargo run --example make_samples -- samples`.
# Needs LibreOffice. The results are committed.
set -euo pipefail
cd "$(dirname "$0")/round-1"
soffice --headless --convert-to xls:"MS Excel 97" 182-van-lang.xlsx
soffice --headless --convert-to ods 183-cao-loc.xlsx
rm 182-van-lang.xlsx 183-cao-loc.xlsx
