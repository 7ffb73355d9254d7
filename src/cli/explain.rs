//! The page of a check, by the id a finding carries or by kind.

use crate::checks::{self, Kind};
use crate::form::Form;
use crate::model::{
    Lang,
    baseline::{self, Baseline},
    nearest_word,
};
use crate::texts;

texts! {
    NEAR = "Không có phép kiểm tra «{subject}». Có phải «{near}»?" / "There is no check \"{subject}\". Did you mean \"{near}\"?";
    UNKNOWN = "Không có phép kiểm tra «{subject}». Có: {known}." / "There is no check \"{subject}\". Known: {known}.";
    BASIS = "Căn cứ: {basis}" / "Basis: {basis}";
    LEVEL = "Mức: {level}" / "Level: {level}";
}

/// What `tonghop explain` prints.
///
/// # Errors
/// A sentence with the nearest known id when there is no such check.
pub fn page(form: &Form, subject: &str, lang: Lang) -> Result<String, String> {
    if let Some(declared) = form.checks.iter().find(|check| check.id == subject) {
        let mut page = format!("# {}: {}\n", declared.id, declared.title.get(lang));
        page.push_str(&LEVEL.say().with("level", super::screen::level(declared.level, lang)).get(lang));
        page.push('\n');
        if let Some(basis) = &declared.basis {
            page.push_str(&BASIS.say().with_label("basis", basis.clone()).get(lang));
            page.push('\n');
        }
        let kind = Kind::by_name(declared.kind).map(|kind| in_language(kind.page, lang)).unwrap_or_default();
        return Ok(format!("{page}\n{kind}"));
    }
    if let Some(kind) = Kind::by_name(subject) {
        return Ok(in_language(kind.page, lang));
    }
    if let Some(one) = Baseline::by_id(subject) {
        let title = format!("# {}: {}", one.id, one.title.get(lang));
        let level = LEVEL.say().with("level", super::screen::level(one.level, lang)).get(lang);
        return Ok(format!("{title}\n{level}\n\n{}", baseline_section(one.id, lang)));
    }
    let known = form.checks.iter().map(|check| check.id.as_str());
    let known = known.chain(checks::KINDS.iter().map(|kind| kind.name));
    let known: Vec<&str> = known.chain(baseline::ALL.iter().map(|one| one.id)).collect();
    let said = match nearest_word(subject, &known) {
        Some(near) => NEAR.say().with("near", near),
        None => UNKNOWN.say().with("known", known.join(", ")),
    };
    Err(said.with("subject", subject).get(lang))
}

/// A page without the demand in the other language.
fn in_language(page: &str, lang: Lang) -> String {
    let other = if lang == Lang::Vi { "## English" } else { "## Tiếng Việt" };
    let mut kept = true;
    let mut lines = Vec::new();
    for line in page.lines() {
        if line.starts_with("## ") {
            kept = line.trim_end() != other;
        }
        if kept {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// What the page of the baseline findings says of one of them, in one language.
fn baseline_section(id: &str, lang: Lang) -> String {
    let language = if lang == Lang::Vi { "### Tiếng Việt" } else { "### English" };
    let own = checks::BASELINE_PAGE.lines().skip_while(|line| line.strip_prefix("## ") != Some(id));
    let words = own.skip_while(|line| *line != language).skip(1).take_while(|line| !line.starts_with('#'));
    words.collect::<Vec<_>>().join("\n").trim().to_owned()
}
