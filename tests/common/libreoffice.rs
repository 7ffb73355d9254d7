//! Cells typed in LibreOffice, as an officer would, by a script in a profile of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Edit;

/// LibreOffice with a profile of its own.
pub struct Office {
    profile: PathBuf,
}

impl Office {
    /// Starts it once, so that the profile is there with its library of scripts.
    pub fn new(folder: &Path) -> Self {
        let office = Self { profile: folder.join("libreoffice") };
        office.run("--terminate_after_init");
        office
    }

    /// Opens a workbook, types texts into cells, and saves it as `.xlsx`.
    pub fn types(&self, from: &Path, edits: &[Edit], to: &Path) {
        fs::write(self.profile.join("user/basic/Standard/Module1.xba"), script(from, edits, to)).unwrap();
        self.run("macro:///Standard.Module1.Main");
        assert!(to.exists(), "LibreOffice did not save {}", to.display());
    }

    fn run(&self, argument: &str) {
        let profile = format!("-env:UserInstallation=file://{}", self.profile.display());
        let output = Command::new("soffice").args([&profile, "--headless", argument]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
}

fn script(from: &Path, edits: &[Edit], to: &Path) -> String {
    let typed = edits.iter().map(|edit| {
        let [sheet, cell, text] = [&edit.sheet, &edit.cell, &edit.text].map(|text| text.replace('"', "\"\""));
        format!("  book.Sheets.getByName(\"{sheet}\").getCellRangeByName(\"{cell}\").String = \"{text}\"\n")
    });
    let lines: String = typed.collect();
    let lines = lines.replace('&', "&amp;").replace('<', "&lt;");
    let (from, to) = (from.display(), to.display());
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(ConvertToURL("{from}"), "_blank", 0, hidden())
{lines}  Dim format(0) As New com.sun.star.beans.PropertyValue
  format(0).Name = "FilterName"
  format(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(ConvertToURL("{to}"), format())
  book.close(True)
End Sub
</script:module>
"#
    )
}
