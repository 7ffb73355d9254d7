//! Names of result files: from our own lists and the period, never from a free cell of a district.

use super::FormFace;
use crate::model::{Code, Consolidated, Lang};
use crate::text::plain_key;

/// The hand-back of a line of «Nộp báo cáo»: `tra-lai/178-lang-son/178-2019.xlsx`.
pub fn hand_back_name(face: &FormFace<'_>, consolidated: &Consolidated, line: usize) -> String {
    let one = &consolidated.lines[line];
    let before = consolidated.lines[..line].iter().filter(|other| other.district == one.district).count();
    let again = if before == 0 { String::new() } else { format!("-{}", before + 1) };
    let period = slug(&consolidated.period);
    match one.district.and_then(|code| printed_code(face, code)) {
        Some(code) => format!("tra-lai/{}/{code}-{period}{again}.xlsx", district_slug(face, one.district)),
        None => format!("tra-lai/khong-ro-huyen/{period}{again}.xlsx"),
    }
}

/// The blank workbook of a district, `178-lang-son.xlsx`; without one, the form's own, `chqs-xa.xlsx`.
pub fn template_name(face: &FormFace<'_>, district: Option<Code>) -> String {
    match district {
        Some(_) => format!("{}.xlsx", district_slug(face, district)),
        None => format!("{}.xlsx", slug(face.id)),
    }
}

fn printed_code(face: &FormFace<'_>, code: Code) -> Option<String> {
    face.vocabulary.lists[face.vocabulary.districts].entry(code).map(|entry| slug(&entry.code))
}

fn district_slug(face: &FormFace<'_>, district: Option<Code>) -> String {
    let code = district.and_then(|code| printed_code(face, code)).unwrap_or_default();
    format!("{code}-{}", slug(face.vocabulary.district_name(district).get(Lang::Vi)))
}

/// ASCII letters, digits and single hyphens.
fn slug(text: &str) -> String {
    let plain = plain_key(text);
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
