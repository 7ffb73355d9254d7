#!/usr/bin/env bash
# Turns three returns of round 1 into the other formats, after `cargo run --example make_samples -- samples`.
# Needs LibreOffice, and node for .xlsb, which LibreOffice cannot write. The results are committed.
set -euo pipefail
cd "$(dirname "$0")/round-1"
soffice --headless --convert-to xls:"MS Excel 97" 182-van-lang.xlsx
soffice --headless --convert-to ods 183-cao-loc.xlsx
# Excel writes full cell records; the package writes short ones, which readers may skip: tell it not to.
tools=$(mktemp -d)
npm install --silent --prefix "$tools" xlsx@0.18.5
sed -i 's/last_seen = write_ws_bin_cell(/write_ws_bin_cell(/' "$tools/node_modules/xlsx/xlsx.js"
NODE_PATH="$tools/node_modules" node -e '
const book = require("xlsx").readFile("187-chi-lang.xlsx", { cellNF: true });
require("xlsx").writeFile(book, "187-chi-lang.xlsb", { bookType: "xlsb", bookSST: true, compression: true });'
rm -r "$tools"
rm 182-van-lang.xlsx 183-cao-loc.xlsx 187-chi-lang.xlsx
