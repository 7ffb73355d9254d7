//! Changes to the text of a part: short pieces put in, taken out or replaced; all else stays byte for byte.

use std::ops::Range;

use anyhow::{Result, ensure};

use super::outline::Element;

/// Changes to one text, in any order; those at one place are kept in the order they were made.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    list: Vec<(Range<usize>, String)>,
}

/// A piece of a changed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A stretch of the text as it was, in bytes.
    Same(Range<usize>),
    /// A text in the place of another.
    New(&'a str),
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

    /// The changed text, piece by piece.
    ///
    /// # Errors
    /// When two changes meet.
    pub fn pieces(&mut self, text: &str) -> Result<Vec<Piece<'_>>> {
        self.list.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut done, mut pieces) = (0, Vec::with_capacity(2 * self.list.len() + 1));
        for (range, new) in &self.list {
            ensure!(range.start >= done && text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
            pieces.push(Piece::Same(done..range.start));
            pieces.push(Piece::New(new));
            done = range.end;
        }
        pieces.push(Piece::Same(done..text.len()));
        Ok(pieces)
    }

    /// The changed text.
    ///
    /// # Errors
    /// When two changes meet.
    pub fn applied(mut self, text: &str) -> Result<String> {
        let mut out = String::with_capacity(text.len());
        for piece in self.pieces(text)? {
            out.push_str(match piece {
                Piece::Same(range) => text.get(range).unwrap_or_default(),
                Piece::New(new) => new,
            });
        }
        Ok(out)
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
