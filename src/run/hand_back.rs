//! What a district gets back: its own file marked, or a copy of its sheets; a receipt where it has nothing to do about
//! the findings, a reminder where nothing came.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::ensure;

use super::{Outcome, Request, face};
use crate::form::Form;
use crate::intake;
use crate::marking::{Addition, Original};
use crate::model::{CellAt, Code, Merged, Raw, SheetSeen, Wanted, Workbook, own};
use crate::writers::{self, HandBack, Shown, Staging};

/// What was written, and where.
pub struct Written {
    /// The file.
    pub path: PathBuf,
    /// What it holds, where that was made and looked over in memory.
    pub whole: Option<Vec<u8>>,
}

/// Writes what goes back for a line of «Nộp báo cáo».
///
/// # Errors
/// When it cannot be written.
pub fn write(
    form: &Form,
    outcome: &Outcome,
    request: &Request,
    line: usize,
    staging: &Staging,
) -> anyhow::Result<Written> {
    let consolidated = &outcome.consolidated;
    let (face, office, lang, today) = (face(form), &form.office, request.lang, request.today);
    let name = writers::hand_back_name(&face, consolidated, line);
    let path = staging.path(&name)?;
    let Some(submission) = consolidated.lines[line].submission else {
        let district = consolidated.lines[line].district.unwrap_or(Code::NONE);
        writers::reminder(&face, office, district, &consolidated.period, lang, today, &path)?;
        return Ok(Written { path, whole: None });
    };
    let (sheets, added, merged, shown) = (&[][..], &[][..], &[][..], Shown::Copy);
    let input = HandBack { consolidated, submission, sheets, added, merged, shown, form: face, office, lang, today };
    if consolidated.is_settled(submission) {
        writers::receipt(&input, &path)?;
        return Ok(Written { path, whole: None });
    }
    // A workbook of ours has no macros, so that it opens under the usual ending only.
    let plain = path.with_extension("xlsx");
    let shown = outcome.files.take(submission).and_then(|mut workbook| {
        let workbook = workbook.as_mut();
        let (sheets, added) = (workbook.sheets().to_vec(), own::added(workbook));
        let input = HandBack { sheets: &sheets, added: &added, ..input };
        let shown = match workbook.package().map(|package| own_file(&input, package.as_ref(), workbook)) {
            Some(Ok(whole)) => {
                let written = staging.write(&name, &whole);
                return Some(written.map(|path| Written { path, whole: Some(whole) }));
            }
            Some(Err(_)) => Shown::CopyInstead,
            None => Shown::Copy,
        };
        let merged = merged_areas(&input, |_, sheet| workbook.merged(sheet)).ok()?;
        let copied = copy(&HandBack { shown, merged: &merged, ..input }, workbook, &plain);
        copied.is_ok().then(|| Ok(Written { path: plain.clone(), whole: None }))
    });
    // A file that cannot be read to its end gets its findings alone; no file of a district ends a run.
    shown.unwrap_or_else(|| {
        writers::hand_back(&input, &mut |_, _, _| Ok(()), &plain)?;
        Ok(Written { path: plain, whole: None })
    })
}

/// The district's own file, marked: its bytes, and the workbook that they are.
fn own_file(input: &HandBack<'_>, bytes: &[u8], workbook: &mut dyn Workbook) -> anyhow::Result<Vec<u8>> {
    let mut original = Original::open(bytes)?;
    let merged = merged_areas(input, |name, _| original.merged(name))?;
    let shown = if original.is_signed() { Shown::OwnUnsigned } else { Shown::Own };
    let input = HandBack { shown, merged: &merged, ..*input };
    let marked = writers::marks(&input, &mut |sheet, wanted, sink| replay(workbook, (sheet, wanted), sink))?;
    let sheets = writers::added_sheets(&input, &marked)?;
    let earlier = input.sheets.iter().zip(input.added).filter(|(_, added)| **added);
    let earlier: Vec<String> = earlier.map(|(sheet, _)| sheet.name.clone()).collect();
    let mut out = Cursor::new(Vec::with_capacity(bytes.len()));
    original.mark(&Addition { sheets: &sheets, marks: &marked.sheets, earlier: &earlier }, &mut out)?;
    let marked = out.into_inner();
    ensure!(holds_sheets(&marked, &input), "a sheet of the district's is not there any more");
    Ok(marked)
}

/// Whether a marked workbook opens and holds the district's own sheets, in their order, beside those it says were added.
/// Its texts are those that were read from the original.
fn holds_sheets(marked: &[u8], input: &HandBack<'_>) -> bool {
    let name = &input.consolidated.submissions[input.submission].file.name;
    let Ok(workbook) = intake::outline(name, marked.to_vec()) else { return false };
    let added = own::added(workbook.as_ref());
    let own = |sheets: &[SheetSeen], added: &[bool]| -> Vec<SheetSeen> {
        sheets.iter().zip(added).filter(|(_, added)| !**added).map(|(sheet, _)| sheet.clone()).collect()
    };
    added.contains(&true) && own(workbook.sheets(), &added) == own(input.sheets, input.added)
}

/// Writes a copy of the district's sheets, marked.
fn copy(input: &HandBack<'_>, workbook: &mut dyn Workbook, path: &Path) -> anyhow::Result<()> {
    writers::hand_back(input, &mut |sheet, wanted, sink| replay(workbook, (sheet, wanted), sink), path)
}

fn replay(
    workbook: &mut dyn Workbook,
    (sheet, wanted): (usize, Wanted<'_>),
    sink: &mut dyn FnMut(CellAt, Raw<'_>),
) -> anyhow::Result<()> {
    let read = workbook.wanted(sheet, wanted, &mut |cell| {
        sink(cell.at, cell.raw);
        ControlFlow::Continue(())
    });
    read.map_err(|refusal| anyhow::anyhow!(refusal.found))
}

/// The merged cells of the sheets that findings name, by `of` for a sheet's name and position; none of the others.
fn merged_areas<E>(
    input: &HandBack<'_>,
    mut of: impl FnMut(&str, usize) -> Result<Vec<Merged>, E>,
) -> Result<Vec<Vec<Merged>>, E> {
    let findings = input.consolidated.findings.iter().filter(|one| one.submission == Some(input.submission));
    let named: BTreeSet<&str> = findings.flat_map(|one| &one.places).map(|place| place.sheet.as_str()).collect();
    let sheets = input.sheets.iter().enumerate();
    let areas = |(position, sheet): (usize, &SheetSeen)| match named.contains(sheet.name.as_str()) {
        true => of(&sheet.name, position),
        false => Ok(Vec::new()),
    };
    sheets.map(areas).collect()
}
