//! What a check says of a submission.

use crate::model::{Level, Sentence};

/// What a verdict is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Cells of rows of the check's table: (row, field), the one to look at first. The rows are held back by an error.
    Cells(Vec<(usize, usize)>),
    /// A column of the check's table, at its header; holds nothing back.
    Column(usize),
    /// A control total of the cover, by position; holds nothing back.
    Total(usize),
}

/// What a check says, before it is known under which id and level.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The submission, by position.
    pub submission: usize,
    /// What it is about.
    pub subject: Subject,
    /// Another level than the declared one.
    pub level: Option<Level>,
    /// What was found.
    pub found: Sentence,
    /// What was expected.
    pub expected: Sentence,
    /// What to do.
    pub remedy: Sentence,
}

/// A verdict that still lacks its sentences.
#[derive(Clone, Debug)]
pub struct Unsaid {
    submission: usize,
    subject: Subject,
    level: Option<Level>,
}

impl Unsaid {
    /// A verdict of the declared level on a part of a submission.
    pub fn on(submission: usize, subject: Subject) -> Self {
        Self { submission, subject, level: None }
    }

    /// The same with another level than the declared one, where one is given.
    pub fn level(self, level: Option<Level>) -> Self {
        Self { level, ..self }
    }

    /// The verdict with its sentences: what was found, what was expected, what to do.
    pub fn say(self, found: Sentence, expected: Sentence, remedy: Sentence) -> Verdict {
        let Self { submission, subject, level } = self;
        Verdict { submission, subject, level, found, expected, remedy }
    }
}
