#!/usr/bin/env bash
# Turns three returns of round 1 into the other formats and gives one broken return a password, after
# `cargo run --example make_samples -- samples`. Needs LibreOffice, and node for .xlsb and the password, which
# LibreOffice cannot write from the command line. The results are committed.
set -euo pipefail
cd "$(dirname "$0")/round-1"
tools=$(mktemp -d)
trap 'rm -r "$tools"' EXIT
office() { soffice "-env:UserInstallation=file://$tools/profile" --headless "$@"; }
office --convert-to xls:"MS Excel 97" 182-van-lang.xlsx
office --convert-to ods 183-cao-loc.xlsx
npm install --silent --prefix "$tools" xlsx@0.18.5 officecrypto-tool@0.0.19
# Excel writes full cell records; the package writes short ones, which readers may skip: tell it not to.
sed -i 's/last_seen = write_ws_bin_cell(/write_ws_bin_cell(/' "$tools/node_modules/xlsx/xlsx.js"
NODE_PATH="$tools/node_modules" node -e '
const book = require("xlsx").readFile("187-chi-lang.xlsx", { cellNF: true });
require("xlsx").writeFile(book, "187-chi-lang.xlsb", { bookType: "xlsb", bookSST: true, compression: true });'
rm 182-van-lang.xlsx 183-cao-loc.xlsx 187-chi-lang.xlsx
cd ../broken
NODE_PATH="$tools/node_modules" node -e '
const { readFileSync, writeFileSync } = require("fs");
const locked = require("officecrypto-tool").encrypt(readFileSync("co-mat-khau.xlsx"), { password: "mau" });
writeFileSync("co-mat-khau.xlsx", locked);'
