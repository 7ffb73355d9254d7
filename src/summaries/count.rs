//! Counting accepted rows in one pass, by up to two axes, exactly as the formulas count them.
//!
//! Registers show codes as labels, so entries that share a label (versions of one entry) count as one.

use crate::model::{Code, CodeList, Column, Condition, RegisterRow, State, Test};

use super::Input;

/// A dimension of a count: districts, the entries of a code field, or everything together.
#[derive(Clone, Debug)]
pub struct Axis {
    source: Source,
    /// The labels that rows or columns of a sheet show, in list order.
    pub labels: Vec<String>,
    /// For each entry of the list, the label it counts under.
    group: Vec<Option<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Everything,
    Districts,
    Field(usize),
}

impl Axis {
    /// No dimension: one group with every row.
    pub fn everything() -> Self {
        Self { source: Source::Everything, labels: vec![String::new()], group: Vec::new() }
    }

    /// The districts that were expected or sent something, in list order.
    pub fn districts(input: &Input<'_>) -> Self {
        let named = |code: Code| input.consolidated.lines.iter().any(|line| line.district == Some(code));
        let list = input.vocabulary.lists.get(input.vocabulary.districts);
        Self::of(Source::Districts, list, named, |entry| entry.short.get(input.lang))
    }

    /// The entries of a code field that are valid on the cut-off date or occur in the register.
    pub fn field(input: &Input<'_>, table: usize, field: usize) -> Self {
        let list = input.vocabulary.list_of(table, field);
        let occurring = occurring(input, table, field);
        let day = input.consolidated.cut_off;
        let shown = |code: Code| {
            let valid = list.and_then(|list| list.entry(code));
            valid.is_some_and(|entry| day.is_none_or(|day| entry.valid_on(day))) || occurring.contains(&code)
        };
        Self::of(Source::Field(field), list, shown, |entry| entry.label.get(input.lang))
    }

    /// The number of labels.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// The position that counts rows whose cell is blank.
    pub fn blank(&self) -> usize {
        self.labels.len()
    }

    /// The label that an entry counts under.
    pub fn group(&self, code: Code) -> Option<usize> {
        self.group.get(code.position()?).copied().flatten()
    }

    fn of(
        source: Source,
        list: Option<&CodeList>,
        shown: impl Fn(Code) -> bool,
        label: impl Fn(&crate::model::Entry) -> &str,
    ) -> Self {
        let mut axis = Self { source, labels: Vec::new(), group: Vec::new() };
        let Some(list) = list else { return axis };
        for (position, entry) in list.entries.iter().enumerate() {
            let known = axis.labels.iter().position(|known| known == label(entry));
            if known.is_none() && shown(Code::at(position)) {
                axis.labels.push(label(entry).to_owned());
            }
        }
        axis.group =
            list.entries.iter().map(|entry| axis.labels.iter().position(|known| known == label(entry))).collect();
        axis
    }

    /// Where the rows of a district count.
    fn places<'a>(&'a self, district: Option<Code>, columns: &'a [Column]) -> Places<'a> {
        match self.source {
            Source::Everything => Places::One(0),
            Source::Districts => Places::One(self.place(district.unwrap_or(Code::NONE))),
            Source::Field(field) => match columns.get(field) {
                Some(column) => Places::ByCode(self, column),
                None => Places::One(self.blank()),
            },
        }
    }

    /// Where a code counts: a label, blank, or one past blank for everything else.
    fn place(&self, code: Code) -> usize {
        if code == Code::NONE { self.blank() } else { self.group(code).unwrap_or(self.blank() + 1) }
    }
}

/// Where rows count on an axis.
enum Places<'a> {
    /// All in one place.
    One(usize),
    /// Each by its code.
    ByCode(&'a Axis, &'a Column),
}

impl Places<'_> {
    fn of(&self, row: usize) -> usize {
        match self {
            Self::One(place) => *place,
            Self::ByCode(axis, column) => match column.code(row) {
                Code::NONE if column.unread(row).is_some() => axis.blank() + 1,
                code => axis.place(code),
            },
        }
    }
}

/// The numbers of rows by two axes.
#[derive(Clone, Debug)]
pub struct Counts {
    width: usize,
    counts: Vec<u32>,
}

impl Counts {
    /// Counts the accepted rows of a table that meet the conditions.
    pub fn new(input: &Input<'_>, table: usize, when: &[Condition], first: &Axis, second: &Axis) -> Self {
        let width = second.len() + 2;
        let mut counts = vec![0_u32; (first.len() + 2) * width];
        let tests: Vec<RowTest> = when.iter().map(|condition| RowTest::new(input, table, condition)).collect();
        for_each_district(input, table, |district, columns, rows| {
            let (first, second) = (first.places(district, columns), second.places(district, columns));
            let rows = rows.iter().map(|at| at.row as usize);
            for row in rows.filter(|row| tests.iter().all(|test| test.holds(columns, *row))) {
                if let Some(count) = counts.get_mut(first.of(row) * width + second.of(row)) {
                    *count += 1;
                }
            }
        });
        Self { width, counts }
    }

    /// The number at a position of each axis.
    pub fn get(&self, first: usize, second: usize) -> f64 {
        self.counts.get(first * self.width + second).copied().map_or(0.0, f64::from)
    }

    /// The number at a position of the first axis, wherever it counts on the second.
    pub fn across(&self, first: usize) -> f64 {
        self.counts
            .get(first * self.width..(first + 1) * self.width)
            .map_or(0.0, |row| f64::from(row.iter().sum::<u32>()))
    }
}

/// The number of accepted rows of a table that meet the conditions.
pub fn total(input: &Input<'_>, table: usize, when: &[Condition]) -> f64 {
    let everything = Axis::everything();
    Counts::new(input, table, when, &everything, &everything).get(0, 0)
}

/// A condition as a formula tests it: by label, with anything unread standing as a text of its own.
struct RowTest {
    field: usize,
    codes: Option<(Vec<bool>, Wanted)>,
    wanted: Wanted,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Yes,
    No,
}

impl RowTest {
    fn new(input: &Input<'_>, table: usize, condition: &Condition) -> Self {
        let list = input.vocabulary.list_of(table, condition.field);
        let same_label = |codes: &[Code]| -> Vec<bool> {
            let Some(list) = list else { return Vec::new() };
            let labels: Vec<&str> =
                codes.iter().filter_map(|code| list.entry(*code)).map(|entry| entry.label.get(input.lang)).collect();
            list.entries.iter().map(|entry| labels.contains(&entry.label.get(input.lang))).collect()
        };
        let (codes, wanted) = match &condition.test {
            Test::Is(codes) => (Some((same_label(codes), Wanted::Yes)), Wanted::Yes),
            Test::IsNot(codes) => (Some((same_label(codes), Wanted::No)), Wanted::Yes),
            Test::Filled => (None, Wanted::Yes),
            Test::Blank => (None, Wanted::No),
        };
        Self { field: condition.field, codes, wanted }
    }

    fn holds(&self, columns: &[Column], row: usize) -> bool {
        let Some(column) = columns.get(self.field) else { return false };
        let Some((codes, wanted)) = &self.codes else {
            return (column.state(row) != State::Blank) == (self.wanted == Wanted::Yes);
        };
        match column.code(row).position() {
            Some(code) => codes.get(code).copied().unwrap_or(false) == (*wanted == Wanted::Yes),
            None => *wanted == Wanted::No && column.state(row) != State::Blank,
        }
    }
}

fn occurring(input: &Input<'_>, table: usize, field: usize) -> Vec<Code> {
    let mut codes = Vec::new();
    for_each_district(input, table, |_, columns, rows| {
        let Some(column) = columns.get(field) else { return };
        for code in rows.iter().map(|at| column.code(at.row as usize)) {
            if code != Code::NONE && codes.last() != Some(&code) && !codes.contains(&code) {
                codes.push(code);
            }
        }
    });
    codes
}

/// Visits the accepted rows of a table, district by district.
fn for_each_district<'a>(
    input: &Input<'a>,
    table: usize,
    mut visit: impl FnMut(Option<Code>, &'a [Column], &'a [RegisterRow]),
) {
    let consolidated = input.consolidated;
    let Some(register) = consolidated.registers.iter().find(|register| register.table == table) else { return };
    for rows in register.rows.chunk_by(|one, next| one.submission == next.submission) {
        let submission = rows.first().and_then(|row| consolidated.submissions.get(row.submission as usize));
        let Some(submission) = submission else { continue };
        if let Some(table) = submission.tables.get(table) {
            visit(submission.cover.district, &table.columns, rows);
        }
    }
}
