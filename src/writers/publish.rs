//! Results are built beside their final place and renamed when whole.

use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::staging::unwritten;
use super::stream::{self, Streamed};
use super::{FormFace, styles};
use crate::model::own::{self, Purpose};

/// What a workbook says of itself: the form's marks, and a fixed creation date, so that equal input gives equal bytes.
pub fn properties(
    face: &FormFace<'_>,
    purpose: Purpose,
    period: &str,
    cut_off: Option<NaiveDate>,
) -> Result<DocProperties> {
    let cut_off = cut_off.map(|day| day.to_string()).unwrap_or_default();
    let properties = DocProperties::new()
        .set_title(&face.title.vi)
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?)
        .set_custom_property(own::PURPOSE, purpose.name())
        .set_custom_property(own::FORM, face.id)
        .set_custom_property(own::EDITION, face.edition)
        .set_custom_property(own::PERIOD, period)
        .set_custom_property(own::CUT_OFF, cut_off)
        .set_custom_property(own::VERSION, env!("CARGO_PKG_VERSION"));
    Ok(properties)
}

/// A new workbook with [`properties`].
pub fn workbook(face: &FormFace<'_>, purpose: Purpose, period: &str, cut_off: Option<NaiveDate>) -> Result<Workbook> {
    let mut workbook = bare()?;
    workbook.set_properties(&properties(face, purpose, period, cut_off)?);
    Ok(workbook)
}

/// A new workbook that says nothing of itself.
pub fn bare() -> Result<Workbook> {
    let mut workbook = Workbook::new();
    // Columns are measured in digits of the default font: one that every office has gives the same widths everywhere.
    workbook.set_default_format(&styles::plain().set_font_size(11), 20, 64)?;
    workbook.set_zip_compression_level(3);
    Ok(workbook)
}

/// Writes a workbook beside its final place and renames it when whole.
pub fn publish(workbook: &mut Workbook, path: &Path) -> Result<()> {
    publish_streamed(workbook, &[], path)
}

/// The same with sheets whose rows are streamed.
pub fn publish_streamed(workbook: &mut Workbook, sheets: &[Streamed<'_>], path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fault = |error: std::io::Error| unwritten(path, &error);
    std::fs::create_dir_all(folder).map_err(fault)?;
    let mut file = beside(folder).map_err(fault)?;
    stream::save(workbook, sheets, file.as_file_mut()).map_err(|error| match error.downcast() {
        Ok(error) => fault(error),
        Err(other) => other,
    })?;
    file.persist(path).map_err(|error| fault(error.error))?;
    Ok(())
}

/// A temporary file that others may read, as far as the user's settings allow: results lie in shared folders.
#[cfg(unix)]
fn beside(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new().permissions(std::fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn beside(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    tempfile::NamedTempFile::new_in(folder)
}
