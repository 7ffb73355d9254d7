//! What became of a finding since it was listed: a word that changes as the district corrects and explains.

use super::marks::Standing;
use super::{HandBack, Listed, Names};
use crate::model::{Level, Place, Text};
use crate::texts;

texts! {
    pub OPEN = "Chưa sửa" / "Not corrected";
    pub CHANGED = "Đã thay đổi" / "Changed";
    pub EXPLAINED = "Đã giải trình" / "Explained";
    pub RESEND = "Gửi lại để kiểm tra" / "Send again to check";
    pub INFORMATION = "Để biết" / "For information";
}

/// The word for now.
pub fn now(input: &HandBack<'_>, one: &Listed<'_>, standing: &Standing) -> Text {
    match one.finding.level {
        Level::Note => INFORMATION,
        Level::Warning if !one.said.trim().is_empty() => EXPLAINED,
        _ if standing.is_empty() || settled_elsewhere(input, one) => RESEND,
        _ => OPEN,
    }
}

/// A formula that gives the word from now on, where it can change; `answer` is the cell of the explanation.
pub fn formula(
    input: &HandBack<'_>,
    one: &Listed<'_>,
    standing: &Standing,
    names: &Names,
    answer: &str,
) -> Option<String> {
    let word = |text: Text| format!("\"{}\"", text.get(input.lang));
    let open = word(if standing.is_empty() || settled_elsewhere(input, one) { RESEND } else { OPEN });
    let unchanged = match one.finding.level {
        Level::Note => return None,
        Level::Warning => format!("IF(LEN(TRIM({answer}))>0,{},{open})", word(EXPLAINED)),
        Level::Block | Level::Error => open,
    };
    match standing.formula(&names.sheets) {
        Some(standing) => Some(format!("=IF({standing},{unchanged},{})", word(CHANGED))),
        None if one.finding.level == Level::Warning => Some(format!("={unchanged}")),
        None => None,
    }
}

/// Whether a finding may be settled without a change of its cells: a column's header and a control total stay as they
/// are while rows are corrected.
fn settled_elsewhere(input: &HandBack<'_>, one: &Listed<'_>) -> bool {
    let Some((submission, place)) = input.submission().zip(one.finding.places.first()) else { return false };
    let is_title = |place: &Place| {
        let parts = submission.tables.iter().flat_map(|table| &table.parts);
        parts.filter(|part| part.sheet == place.sheet).any(|part| part.titles.contains(&place.cell))
    };
    submission.cover.total_places.iter().flatten().any(|total| total == place)
        || (place.cell.is_some() && is_title(place))
}
