//! What several test files use: the program run on real folders, and workbooks changed as an officer would.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::panic)]

pub mod libreoffice;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{DocProperties, Format, Workbook};
use serde_json::Value;
use tonghop::model::{Text, own};

pub fn samples(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(below)
}

/// Runs the program; its exit code and what it printed on stdout and stderr.
pub fn tonghop(arguments: &[&str]) -> (i32, String, String) {
    let output = cargo_bin_cmd!("tonghop").args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// The machine-readable result of `check`.
pub fn checked(input: &Path, more: &[&str]) -> Value {
    let arguments = [&["check", input.to_str().unwrap(), "--json"], more].concat();
    let (_, stdout, stderr) = tonghop(&arguments);
    serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stderr}"))
}

/// Merges a folder into another one; the exit code.
pub fn merged(input: &Path, out: &Path) -> i32 {
    tonghop(&["merge", input.to_str().unwrap(), "--out", out.to_str().unwrap(), "--quiet"]).0
}

/// A value of a JSON object as text.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}

/// Copies the files of a folder.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

/// Tells LibreOffice to recalculate every formula when it opens a workbook, whoever saved it.
const ALWAYS_RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// Workbooks as LibreOffice saves them after it computed every formula anew; in the same order.
pub fn recalculated(workbooks: &[PathBuf], folder: &Path) -> Vec<PathBuf> {
    let profile = folder.join("profile");
    std::fs::create_dir_all(profile.join("user")).unwrap();
    std::fs::write(profile.join("user/registrymodifications.xcu"), ALWAYS_RECALCULATE).unwrap();
    let out = folder.join("recalculated");
    let status = std::process::Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&out)
        .args(workbooks)
        .output()
        .unwrap();
    assert!(status.status.success(), "{status:?}");
    workbooks.iter().map(|workbook| out.join(workbook.file_name().unwrap()).with_extension("xlsx")).collect()
}

/// A text typed into a cell; an empty one empties it.
pub struct Edit {
    pub sheet: String,
    pub cell: String,
    pub text: String,
}

impl Edit {
    pub fn new(sheet: &str, cell: &str, text: &str) -> Self {
        let [sheet, cell, text] = [sheet, cell, text].map(str::to_owned);
        Self { sheet, cell, text }
    }
}

/// A workbook in memory, to be changed and written again.
pub struct Book {
    pub sheets: Vec<(String, Vec<Vec<Data>>)>,
    properties: BTreeMap<String, String>,
}

impl Book {
    pub fn open(path: &Path) -> Self {
        let mut book: Xlsx<_> = open_workbook(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let properties = book.workbook_properties().unwrap().custom_properties.into_iter().collect();
        let rows = |book: &mut Xlsx<_>, name: &str| {
            let range = book.worksheet_range(name).unwrap();
            let end = range.end().unwrap_or_default();
            range.range((0, 0), end).rows().map(<[Data]>::to_vec).collect()
        };
        let sheets = book.sheet_names().into_iter().map(|name| (name.clone(), rows(&mut book, &name))).collect();
        Self { sheets, properties }
    }

    pub fn rows(&mut self, sheet: &str) -> &mut Vec<Vec<Data>> {
        let found = self.sheets.iter_mut().find(|(name, _)| name == sheet);
        found.map(|(_, rows)| rows).unwrap_or_else(|| panic!("no sheet {sheet}"))
    }

    /// The cell «Giải trình» beside the one finding of a check, in the list of a hand-back.
    pub fn explanation(&mut self, check: &str) -> String {
        let rows = self.rows(own::LIST.vi);
        let says = |data: &Data, wanted: Text| matches!(data, Data::String(said) if own::says(said, wanted));
        let column = |wanted| rows.iter().find_map(|row| row.iter().position(|data| says(data, wanted))).unwrap();
        let (checks, explanations) = (column(own::CHECK), column(own::EXPLANATION));
        let is_of = |row: &Vec<Data>| row.get(checks).is_some_and(|data| *data == check);
        let found: Vec<usize> = (0..rows.len()).filter(|row| is_of(&rows[*row])).collect();
        let [row] = found.as_slice() else { panic!("{check}: {found:?}") };
        format!("{}{}", char::from(b'A' + u8::try_from(explanations).unwrap()), row + 1)
    }

    /// Types a text into a cell of the first 26 columns.
    pub fn types(&mut self, edit: &Edit) {
        let (column, row) = edit.cell.split_at(1);
        let (column, row) = (usize::from(column.as_bytes()[0] - b'A'), row.parse::<usize>().unwrap() - 1);
        let row = &mut self.rows(&edit.sheet)[row];
        row.resize(row.len().max(column + 1), Data::Empty);
        row[column] = if edit.text.is_empty() { Data::Empty } else { Data::String(edit.text.clone()) };
    }

    pub fn save(&self, path: &Path) {
        let mut book = Workbook::new();
        let properties = self.properties.iter();
        let properties =
            properties.fold(DocProperties::new(), |all, (name, value)| all.set_custom_property(name, value.as_str()));
        book.set_properties(&properties);
        let date = Format::new().set_num_format("dd/mm/yyyy");
        for (name, rows) in &self.sheets {
            let sheet = book.add_worksheet();
            sheet.set_name(name).unwrap();
            for (row, cells) in (0..).zip(rows) {
                for (column, cell) in (0..).zip(cells) {
                    match cell {
                        Data::String(text) => sheet.write_string(row, column, text),
                        Data::Float(number) => sheet.write_number(row, column, *number),
                        Data::Int(number) => sheet.write_number(row, column, *number as f64),
                        Data::DateTime(day) => sheet.write_number_with_format(row, column, day.as_f64(), &date),
                        Data::Empty => continue,
                        other => panic!("{name}: {other:?}"),
                    }
                    .unwrap();
                }
            }
        }
        book.save(path).unwrap();
    }
}
