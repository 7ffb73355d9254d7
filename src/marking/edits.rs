//! Changes to the text of a part: short pieces put in, taken out or replaced; all else stays byte for byte.

use std::io::Write;
use std::ops::Range;

use anyhow::{Result, ensure};

use super::outline::Element;

/// Changes to one text, in any order; those at one place are kept in the order they were made.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    list: Vec<(Range<usize>, String)>,
}

impl Edits {
    /// Puts a text in.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.list.push((at..at, text.into()));
    }

    /// Puts a text in the place of another.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.list.push((range, text.into()));
    }

    /// Takes a text out.
    pub fn remove(&mut self, range: Range<usize>) {
        self.list.push((range, String::new()));
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Writes the changed text.
    ///
    /// # Errors
    /// When two changes meet, or it cannot be written.
    pub fn write(mut self, text: &str, out: &mut impl Write) -> Result<()> {
        self.list.sort_by_key(|(range, _)| (range.start, range.end));
        let mut done = 0;
        for (range, piece) in &self.list {
            ensure!(range.start >= done && text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
            out.write_all(text.as_bytes().get(done..range.start).unwrap_or_default())?;
            out.write_all(piece.as_bytes())?;
            done = range.end;
        }
        out.write_all(text.as_bytes().get(done..).unwrap_or_default())?;
        Ok(())
    }

    /// The changed text.
    ///
    /// # Errors
    /// When two changes meet.
    pub fn applied(self, text: &str) -> Result<String> {
        let mut out = Vec::with_capacity(text.len());
        self.write(text, &mut out)?;
        Ok(String::from_utf8(out)?)
    }

    /// An element as it is written, changed; all changes lie within it.
    ///
    /// # Errors
    /// When two changes meet or one lies outside.
    pub fn applied_within(self, element: &Element<'_>) -> Result<String> {
        let start = element.whole.start;
        let inside = self.list.iter().all(|(range, _)| range.start >= start && range.end <= element.whole.end);
        ensure!(inside, "a change outside its element");
        let list = self.list.into_iter().map(|(range, text)| (range.start - start..range.end - start, text));
        Self { list: list.collect() }.applied(element.written())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn pieces_change_and_the_rest_stays() {
        let mut edits = Edits::default();
        edits.replace(2..3, "X");
        edits.insert(1, "a");
        edits.insert(1, "b");
        edits.remove(4..6);
        assert_eq!(edits.applied("012345").unwrap(), "0ab1X3");
    }

    #[test]
    fn changes_that_meet_are_refused() {
        let mut edits = Edits::default();
        edits.remove(0..3);
        edits.remove(2..4);
        assert!(edits.applied("012345").is_err());
    }
}
