//! Names of result files: from our own lists and the period, never from a free cell of a district.

use super::FormFace;
use crate::model::{Code, Consolidated, Lang};
use crate::text::plain_key;

/// The folder of what districts get back, among the results.
const HAND_BACKS: &str = "tra-lai";

/// The hand-back of a line of «Nộp báo cáo»: `tra-lai/178-lang-son/178-2019.xlsx`.
pub fn hand_back_name(face: &FormFace<'_>, consolidated: &Consolidated, line: usize) -> String {
    let one = &consolidated.lines[line];
    let before = consolidated.lines[..line].iter().filter(|other| other.district == one.district).count();
    let again = if before == 0 { String::new() } else { format!("-{}", before + 1) };
    let period = slug(&consolidated.period);
    match one.district.and_then(|code| printed_code(face, code)) {
        Some(code) => format!("{HAND_BACKS}/{}/{code}-{period}{again}.xlsx", district_slug(face, one.district)),
        None => format!("{HAND_BACKS}/khong-ro-huyen/{period}{again}.xlsx"),
    }
}

/// Whether a path below the folder of results is one that [`hand_back_name`] gives.
pub fn is_hand_back_name(path: &str) -> bool {
    let is_slug = |text: &str| !text.is_empty() && text.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-'));
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        [HAND_BACKS, folder, file] => is_slug(folder) && file.strip_suffix(".xlsx").is_some_and(is_slug),
        _ => false,
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

#[cfg(test)]
mod tests {
    use super::is_hand_back_name;

    #[test]
    fn names_of_hand_backs_are_told_from_all_others() {
        for name in ["tra-lai/178-lang-son/178-2019.xlsx", "tra-lai/khong-ro-huyen/6t-2019-2.xlsx"] {
            assert!(is_hand_back_name(name), "{name}");
        }
        let others = [
            "tong-hop.xlsx",
            "tra-lai/178-2019.xlsx",
            "tra-lai/../178-2019.xlsx",
            "tra-lai/178/a/178-2019.xlsx",
            "/tra-lai/178/178-2019.xlsx",
            "tra-lai\\178\\178-2019.xlsx",
            "tra-lai/178/Báo cáo.xlsx",
            "tra-lai/178/.xlsx",
            "tra-lai/178/178-2019.docx",
        ];
        for name in others {
            assert!(!is_hand_back_name(name), "{name}");
        }
    }
}
