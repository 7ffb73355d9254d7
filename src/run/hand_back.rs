//! What a district gets back: its own file marked, or a copy of its sheets; a receipt where it has nothing to do about
//! the findings, a reminder where nothing came.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::ControlFlow;

use super::{Outcome, Request, face};
use crate::form::Form;
use crate::intake::{self, FileFound};
use crate::marking::{self, Addition};
use crate::model::{CellAt, Code, Consolidated, Merged, Raw, Refusal, SheetSeen, Workbook, own};
use crate::writers::{self, HandBack, Shown, Staging};

/// Writes what goes back for a line of «Nộp báo cáo».
///
/// # Errors
/// When it cannot be written.
pub fn write(form: &Form, outcome: &Outcome, request: &Request, line: usize, staging: &Staging) -> anyhow::Result<()> {
    let consolidated = &outcome.consolidated;
    let (face, office, lang, today) = (face(form), &form.office, request.lang, request.today);
    let name = writers::hand_back_name(&face, consolidated, line);
    let Some(submission) = consolidated.lines[line].submission else {
        let district = consolidated.lines[line].district.unwrap_or(Code::NONE);
        return writers::reminder(&face, office, district, &consolidated.period, lang, today, &staging.path(&name)?);
    };
    let shown = Shown::Copy;
    let nothing = (&[][..], &[][..], &[][..]);
    let (sheets, added, merged) = nothing;
    let input = HandBack { consolidated, submission, sheets, added, merged, shown, form: face, office, lang, today };
    if consolidated.is_settled(submission) {
        return writers::receipt(&input, &staging.path(&name)?);
    }
    let file = &outcome.files[submission];
    let Ok(mut workbook) = intake::open(file).1 else {
        return writers::hand_back(&input, &mut |_, _| Ok(()), &staging.path(&name)?);
    };
    let seen = Seen::of(workbook.as_mut(), consolidated, submission)?;
    let input = HandBack { sheets: &seen.sheets, added: &seen.added, merged: &seen.merged, ..input };
    match consolidated.submissions[submission].file.format {
        "xlsx" | "xlsm" => match own_file(&input, file, workbook.as_mut()) {
            Ok(bytes) => staging.write(&name, &bytes),
            Err(_) => {
                let name = name.replace(".xlsm", ".xlsx");
                copy(&HandBack { shown: Shown::CopyInstead, ..input }, workbook.as_mut(), staging, &name)
            }
        },
        _ => copy(&input, workbook.as_mut(), staging, &name),
    }
}

/// The district's own file, marked.
fn own_file(input: &HandBack<'_>, file: &FileFound, workbook: &mut dyn Workbook) -> anyhow::Result<Vec<u8>> {
    let original = intake::whole(file).map_err(|refusal| anyhow::anyhow!(refusal.found))?;
    let signed = marking::is_signed(&original)?;
    let input = HandBack { shown: if signed { Shown::OwnUnsigned } else { Shown::Own }, ..*input };
    let marked = writers::marks(&input, &mut |sheet, sink| replay(workbook, sheet, sink))?;
    let sheets = writers::added_sheets(&input, &marked)?;
    let earlier = input.sheets.iter().zip(input.added).filter(|(_, added)| **added);
    let earlier: Vec<String> = earlier.map(|(sheet, _)| sheet.name.clone()).collect();
    let mut out = Cursor::new(Vec::with_capacity(original.len()));
    marking::mark(&original, &Addition { sheets: &sheets, marks: &marked.sheets, earlier: &earlier }, &mut out)?;
    Ok(out.into_inner())
}

/// A copy of the district's sheets, marked.
fn copy(input: &HandBack<'_>, workbook: &mut dyn Workbook, staging: &Staging, name: &str) -> anyhow::Result<()> {
    writers::hand_back(input, &mut |sheet, sink| replay(workbook, sheet, sink), &staging.path(name)?)
}

fn replay(workbook: &mut dyn Workbook, sheet: usize, sink: &mut dyn FnMut(CellAt, Raw<'_>)) -> anyhow::Result<()> {
    let read = workbook.cells(sheet, &mut |cell| {
        sink(cell.at, cell.raw);
        ControlFlow::Continue(())
    });
    read.map(|_| ()).map_err(|refusal| anyhow::anyhow!(refusal.found))
}

/// What is seen of a file before its cells are read again.
struct Seen {
    sheets: Vec<SheetSeen>,
    added: Vec<bool>,
    merged: Vec<Vec<Merged>>,
}

impl Seen {
    fn of(workbook: &mut dyn Workbook, consolidated: &Consolidated, submission: usize) -> anyhow::Result<Self> {
        let (sheets, added) = (workbook.sheets().to_vec(), own::added(workbook));
        let findings = consolidated.findings.iter().filter(|finding| finding.submission == Some(submission));
        let named: BTreeSet<&str> =
            findings.flat_map(|finding| &finding.places).map(|place| place.sheet.as_str()).collect();
        let asked = sheets.iter().map(|sheet| named.contains(sheet.name.as_str()));
        let areas = |(sheet, asked)| if asked { workbook.merged(sheet) } else { Ok(Vec::new()) };
        let merged: Result<_, Refusal> = asked.enumerate().map(areas).collect();
        Ok(Self { added, merged: merged.map_err(|refusal| anyhow::anyhow!(refusal.found))?, sheets })
    }
}
