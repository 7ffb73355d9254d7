//! Notes on cells. One that the district wrote is kept, ours stands below it; a thread of comments is left alone.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::edits::Edits;
use super::outline::Element;
use super::xml::{HEAD, append, escaped};
use crate::model::CellAt;
use crate::model::mark::{MarkNote, NOTE_HEAD};

/// The author of our notes.
const AUTHOR: &str = "tonghop";
/// How the author of a thread's stand-in begins.
const THREAD: &str = "tc=";
/// How our text looks in a note.
const LOOK: &str = "<sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"Tahoma\"/><family val=\"2\"/>";

/// What becomes of the notes of a sheet.
#[derive(Debug, Default)]
pub struct Changed {
    /// What changes in the part.
    pub edits: Edits,
    /// Cells whose note was ours alone; it is gone, and its box with it.
    pub dropped: BTreeSet<CellAt>,
    /// Cells that get a note where there was none.
    pub new: BTreeSet<CellAt>,
    /// Notes that are left, with the new ones.
    pub left: usize,
}

/// A part with notes of ours alone.
pub fn part(notes: &[(CellAt, &MarkNote)], namespace: &str) -> String {
    let comments: String = notes.iter().map(|(at, note)| comment(*at, note, 0, "")).collect();
    format!(
        "{HEAD}<comments xmlns=\"{namespace}\"><authors><author>{AUTHOR}</author></authors><commentList>{comments}</commentList></comments>"
    )
}

/// Changes a part that is there: our notes of an earlier round go, those of this one come.
///
/// # Errors
/// When it is no XML.
pub fn change(text: &str, notes: &[(CellAt, &MarkNote)]) -> Result<Changed> {
    let root = Element::root(text)?;
    let authors = root.child_named("authors")?.context("notes without authors")?;
    let names: Vec<String> = authors.children()?.iter().map(Element::content).collect();
    let list = root.child_named("commentList")?.context("notes without a list")?;
    let mut changed = Changed::default();
    let mut wanted: BTreeMap<String, (CellAt, &MarkNote)> =
        notes.iter().map(|(at, note)| (at.to_string(), (*at, *note))).collect();
    for comment in list.children()? {
        let Some(cell) = comment.attribute("ref") else { continue };
        let author = comment.attribute("authorId").and_then(|id| names.get(id.parse::<usize>().ok()?));
        if author.is_some_and(|author| author.starts_with(THREAD)) {
            wanted.remove(&cell);
            changed.left += 1;
            continue;
        }
        if stripped(&comment, &mut changed.edits)? == Rest::Nothing {
            changed.edits.remove(comment.whole);
            changed.dropped.extend(CellAt::named(&cell));
            continue;
        }
        changed.left += 1;
        let Some((_, note)) = wanted.remove(&cell) else { continue };
        if let Some(body) = comment.child_named("text")? {
            append(&body, &run(&format!("\n{}", note.text), body.prefix()), &mut changed.edits);
        }
    }
    let mut new: Vec<(CellAt, &MarkNote)> = wanted.into_values().collect();
    new.sort_by_key(|(at, _)| *at);
    let author = names.iter().position(|name| name == AUTHOR);
    if author.is_none() && !new.is_empty() {
        let prefix = root.prefix();
        append(&authors, &format!("<{prefix}author>{AUTHOR}</{prefix}author>"), &mut changed.edits);
    }
    let author = author.unwrap_or(names.len());
    let written: String = new.iter().map(|(at, note)| comment(*at, note, author, root.prefix())).collect();
    append(&list, &written, &mut changed.edits);
    changed.left += new.len();
    changed.new = new.into_iter().map(|(at, _)| at).collect();
    Ok(changed)
}

/// What a note holds once our part of it is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// Words of the district.
    Words,
    /// Nothing.
    Nothing,
}

/// Takes our part out of a note: everything from the line that begins it.
fn stripped(comment: &Element<'_>, edits: &mut Edits) -> Result<Rest> {
    let texts = comment.descendants("t")?;
    let Some(first) = texts.iter().position(|text| text.content().contains(NOTE_HEAD)) else { return Ok(Rest::Words) };
    let content = texts[first].content();
    let own = content.find(NOTE_HEAD).and_then(|at| content.get(..at)).unwrap_or_default().trim_end_matches('\n');
    let before = texts[..first].iter().any(|text| !text.content().trim().is_empty());
    if !before && own.trim().is_empty() {
        return Ok(Rest::Nothing);
    }
    edits.replace(texts[first].inner.clone(), escaped(own));
    for text in texts[first + 1..].iter().filter(|text| !text.is_one_tag()) {
        edits.remove(text.inner.clone());
    }
    Ok(Rest::Words)
}

fn comment(at: CellAt, note: &MarkNote, author: usize, prefix: &str) -> String {
    let run = run(&note.text, prefix);
    format!("<{prefix}comment ref=\"{at}\" authorId=\"{author}\"><{prefix}text>{run}</{prefix}text></{prefix}comment>")
}

fn run(text: &str, prefix: &str) -> String {
    let look = if prefix.is_empty() { LOOK.to_owned() } else { LOOK.replace('<', &format!("<{prefix}")) };
    let text = escaped(text);
    format!(
        "<{prefix}r><{prefix}rPr>{look}</{prefix}rPr><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}r>"
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn note(text: &str) -> MarkNote {
        MarkNote { text: format!("{NOTE_HEAD}\n{text}"), height: 40 }
    }

    const THEIRS: &str = "<x:comments xmlns:x=\"m\"><x:authors><x:author>An</x:author><x:author>tc={1}</x:author></x:authors><x:commentList><x:comment ref=\"B2\" authorId=\"0\"><x:text><x:t>Xem lại</x:t></x:text></x:comment><x:comment ref=\"C3\" authorId=\"1\"><x:text><x:t>[Threaded comment]</x:t></x:text></x:comment></x:commentList></x:comments>";

    #[test]
    fn a_note_is_extended_a_thread_left_alone_and_a_second_round_leaves_one_set() {
        let notes = [note("một"), note("hai"), note("ba")];
        let wanted: Vec<_> =
            [CellAt::new(1, 1), CellAt::new(2, 2), CellAt::new(4, 4)].into_iter().zip(&notes).collect();
        let once = change(THEIRS, &wanted).unwrap();
        assert_eq!((once.new.clone(), once.left), (BTreeSet::from([CellAt::new(4, 4)]), 3));
        let once = once.edits.applied(THEIRS).unwrap();
        assert!(once.contains("<x:t>Xem lại</x:t><x:r>") && once.contains("ref=\"E5\" authorId=\"2\""), "{once}");
        assert!(!once.contains("hai"));
        let twice = change(&once, &wanted).unwrap();
        assert_eq!(twice.dropped, BTreeSet::from([CellAt::new(4, 4)]));
        let twice = twice.edits.applied(&once).unwrap();
        assert_eq!(twice.matches(NOTE_HEAD).count(), 2);
        let clean = change(&twice, &[]).unwrap();
        assert_eq!(clean.left, 2);
        let clean = clean.edits.applied(&twice).unwrap();
        assert!(clean.contains("Xem lại") && !clean.contains("tonghop ———") && !clean.contains("E5"), "{clean}");
    }

    #[test]
    fn our_part_is_found_where_a_program_ran_the_texts_together() {
        let text = THEIRS.replace("Xem lại", &format!("Xem &amp; lại\n{NOTE_HEAD}\nLỗi số 1"));
        let clean = change(&text, &[]).unwrap().edits.applied(&text).unwrap();
        assert!(clean.contains("<x:t>Xem &amp; lại</x:t>"), "{clean}");
    }
}
