//! What the screen says of changes since the round before.

use crate::form::Form;
use crate::model::{Consolidated, Label, Lang, Status};
use crate::texts;

texts! {
    SINCE = "So với lần {number} ({before} lỗi, cảnh báo): {counts}." / "Since round {number} ({before} errors, warnings): {counts}.";
    OF_DISTRICT = "  {district}: {counts}" / "  {district}: {counts}";
    UNCHANGED = "  Chưa sửa gì: {names}" / "  Nothing corrected: {names}";
    UNFIT = "Không so với lần trước được: {why}." / "Cannot be compared with the last run: {why}.";
}

/// The numbers over all, then those of each district in which something changed, then who corrected nothing; why it
/// cannot be said. `None` where there was no round before.
pub fn since_last(form: &Form, consolidated: &Consolidated, lang: Lang) -> Option<String> {
    let round = consolidated.round.as_ref()?;
    if let Some(why) = &round.unfit {
        return Some(UNFIT.say().with("why", why.get(lang)).get(lang));
    }
    let all = consolidated.changed()?;
    let before = all.fixed + all.explained + all.open;
    let head = SINCE.say().with("number", round.number.saturating_sub(1)).with("before", before);
    let mut lines = vec![head.with_label("counts", all.said()).get(lang)];
    let mut unchanged = Vec::new();
    for line in &consolidated.lines {
        let Some(counts) = line.change.as_ref().map(|change| change.counts()) else { continue };
        let name = super::screen::name(form, line, lang);
        match counts.nothing_changed() {
            false => {
                let district = Label::same(name);
                let said = OF_DISTRICT.say().with_label("district", district).with_label("counts", counts.said());
                lines.push(said.get(lang));
            }
            // Who sent nothing is said already, and nobody corrects a file of an unknown sender.
            true if counts.open > 0 && line.district.is_some() && line.status != Status::Missing => {
                unchanged.push(name)
            }
            true => {}
        }
    }
    if !unchanged.is_empty() {
        lines.push(UNCHANGED.say().with("names", unchanged.join(", ")).get(lang));
    }
    Some(lines.join("\n"))
}
