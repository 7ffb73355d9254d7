//! What a check sees of a submission, and what it says.

use chrono::NaiveDate;

use crate::model::{Code, Condition, Cover, Label, Lang, Level, Sentence, State, Table, Vocabulary};

/// One submission as a check sees it: its rows that meet the check's conditions, and all around them.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The submission, by position.
    pub submission: usize,
    /// Its district.
    pub district: Code,
    /// The day lists are looked up on.
    pub cut_off: NaiveDate,
    /// Its cover.
    pub cover: &'a Cover,
    /// The table that the check is declared in.
    pub table: &'a Table,
    /// All tables of the submission.
    pub tables: &'a [Table],
    /// The same district's tables in the previous consolidated workbook, if one was given.
    pub previous: Option<&'a [Table]>,
    /// The form's words.
    pub vocabulary: &'a Vocabulary,
    /// The check's conditions.
    pub when: &'a [Condition],
}

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

impl<'a> View<'a> {
    /// The rows that meet the check's conditions for certain, in order.
    pub fn rows(&self) -> impl Iterator<Item = usize> + use<'a> {
        let Self { table, when, .. } = *self;
        (0..table.len()).filter(move |row| Condition::all_hold(when, table, *row) == Some(true))
    }

    /// Rows of which nobody knows whether they meet the conditions, because a cell could not be read.
    pub fn doubtful_rows(&self) -> impl Iterator<Item = usize> + use<'a> {
        let Self { table, when, .. } = *self;
        (0..table.len()).filter(move |row| Condition::all_hold(when, table, *row).is_none())
    }

    /// The title of a field of the check's table.
    pub fn label(&self, field: usize) -> Label {
        self.vocabulary.tables[self.table.shape].fields[field].label.clone()
    }

    /// What a cell of the check's table holds, as people write it.
    pub fn shown(&self, field: usize, row: usize) -> Label {
        self.table.shown(self.vocabulary, field, row)
    }

    /// Why the check is about a row: its conditions with the row's values, `Kết quả = Tốt nghiệp`.
    pub fn reason(&self, row: usize) -> Label {
        let said = |lang: Lang| {
            let parts: Vec<String> = self.when.iter().map(|condition| self.said(condition, row, lang)).collect();
            parts.join(", ")
        };
        Label { vi: said(Lang::Vi), en: said(Lang::En) }
    }

    /// A verdict on cells of one row, the one to look at first.
    pub fn at(&self, row: usize, fields: &[usize]) -> Unsaid {
        self.cells(fields.iter().map(|field| (row, *field)).collect())
    }

    /// A verdict on cells of several rows.
    pub fn cells(&self, cells: Vec<(usize, usize)>) -> Unsaid {
        Unsaid { submission: self.submission, subject: Subject::Cells(cells), level: None }
    }

    /// A verdict on a column as a whole.
    pub fn column(&self, field: usize) -> Unsaid {
        Unsaid { submission: self.submission, subject: Subject::Column(field), level: None }
    }

    /// A verdict on a control total of the cover.
    pub fn total(&self, total: usize) -> Unsaid {
        Unsaid { submission: self.submission, subject: Subject::Total(total), level: None }
    }

    fn said(&self, condition: &Condition, row: usize, lang: Lang) -> String {
        let label = self.label(condition.field);
        match self.table.columns[condition.field].state(row) {
            State::Blank => format!("«{}» {}", label.get(lang), if lang == Lang::Vi { "để trống" } else { "is blank" }),
            _ => format!("«{}» = {}", label.get(lang), self.shown(condition.field, row).get(lang)),
        }
    }
}

impl Unsaid {
    /// The same with another level than the declared one.
    pub fn level(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }

    /// The verdict with its sentences: what was found, what was expected, what to do.
    pub fn say(self, found: Sentence, expected: Sentence, remedy: Sentence) -> Verdict {
        let Self { submission, subject, level } = self;
        Verdict { submission, subject, level, found, expected, remedy }
    }
}
