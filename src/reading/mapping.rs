//! From the titles of a header to the sheet columns of each field: one column, or several that are read together.

use super::header::Path;
use super::merged::columns_below;
use super::titles::Title;
use crate::model::{CellAt, Code, CodeList, FieldType, Meaning, Merged, TableShape, Titles, Vocabulary};
use crate::text::{key, plain_key};

/// Where the value of a field stands in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Nowhere.
    #[default]
    Missing,
    /// In one column.
    Column(u16),
    /// In one column, as the first of several values.
    First(u16),
    /// Spread over columns, to be joined from left to right.
    Joined(Vec<u16>),
    /// Day, month and year in a column each.
    DateParts([u16; 3]),
    /// A column for each entry of the list; a mark says which.
    Marked(Vec<(u16, Code)>),
    /// A column for each entry of the list, with the value of another field; the filled one says which.
    Beside(Vec<(u16, Code)>),
    /// In whichever of the columns is filled.
    AnyOf(Vec<u16>),
}

/// The columns of a table on a sheet, and what is wrong with its titles.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// For each field of the table, where its value stands.
    pub sources: Vec<Source>,
    /// For each field of the table, the cell of its title.
    pub titles: Vec<Option<CellAt>>,
    /// Fields that several columns claim, with the cells of their titles.
    pub doubled: Vec<(usize, Vec<CellAt>)>,
    /// Titles that could mean several fields.
    pub ambiguous: Vec<(CellAt, String, Vec<usize>)>,
    /// Titles that mean nothing on the form.
    pub strange: Vec<(CellAt, String)>,
    /// Every column with a title.
    pub titled: Vec<u16>,
}

impl Source {
    /// The columns, left to right.
    pub fn columns(&self) -> Vec<u16> {
        match self {
            Self::Missing => Vec::new(),
            Self::Column(column) | Self::First(column) => vec![*column],
            Self::Joined(columns) | Self::AnyOf(columns) => columns.clone(),
            Self::DateParts(columns) => columns.to_vec(),
            Self::Marked(columns) | Self::Beside(columns) => columns.iter().map(|(column, _)| *column).collect(),
        }
    }
}

impl Mapping {
    /// The number of fields that have a column.
    pub fn found(&self) -> usize {
        self.sources.iter().filter(|source| **source != Source::Missing).count()
    }

    /// The number of columns that are read.
    pub fn width(&self) -> usize {
        self.sources.iter().map(|source| source.columns().len()).sum()
    }

    /// Whether a field has a column.
    pub fn has(&self, field: usize) -> bool {
        self.sources.get(field).is_some_and(|source| *source != Source::Missing)
    }

    /// Reads a text below a title that is merged over several columns from all of them.
    pub fn widen(&mut self, merged: &[Merged], shape: &TableShape) {
        for (field, source) in self.sources.iter_mut().enumerate() {
            let (Source::Column(column), Some(title)) = (&*source, self.titles[field]) else { continue };
            let columns = columns_below(merged, title);
            let free = columns.iter().all(|other| other == column || !self.titled.contains(other));
            if shape.fields[field].kind == FieldType::Text && columns.len() > 1 && free {
                self.titled.extend(columns.iter().filter(|other| *other != column));
                *source = Source::Joined(columns);
            }
        }
        self.titled.sort_unstable();
    }

    fn set(&mut self, field: usize, at: CellAt, source: Source) {
        self.sources[field] = source;
        self.titles[field] = Some(at);
    }
}

/// Maps the titles of a header.
pub fn map(paths: &[Path<'_>], titles: &Titles, shape: &TableShape, vocabulary: &Vocabulary) -> Mapping {
    let fields = shape.fields.len();
    let titled = paths.iter().map(|path| path.column).collect();
    let mut mapping =
        Mapping { sources: vec![Source::Missing; fields], titles: vec![None; fields], titled, ..Mapping::default() };
    let mut claims: Vec<Vec<(CellAt, Source)>> = vec![Vec::new(); fields];
    let mut open: Vec<&Path<'_>> = Vec::new();
    let spread = dates_side_by_side(paths, titles, shape);
    for (field, at, columns) in &spread {
        claims[*field].push((*at, Source::DateParts(*columns)));
    }
    let taken = |path: &&Path<'_>| !spread.iter().any(|(.., columns)| columns.contains(&path.column));
    for path in paths.iter().filter(taken) {
        let Some((at, title)) = path.titles.last().copied() else { continue };
        match meaning(path, titles) {
            Some(Meaning::Field(field)) => claims[*field].push((at, Source::Column(path.column))),
            Some(Meaning::Joint(field)) => claims[*field].push((at, Source::First(path.column))),
            Some(Meaning::Several(fields)) => mapping.ambiguous.push((at, title.text.clone(), fields.clone())),
            Some(Meaning::Piece { .. }) | None => open.push(path),
        }
    }
    for (field, claims) in claims.into_iter().enumerate() {
        match claims.as_slice() {
            [] => {}
            [(at, source)] => mapping.set(field, *at, source.clone()),
            [(at, source), ..] => {
                mapping.set(field, *at, source.clone());
                mapping.doubled.push((field, claims.iter().map(|(at, _)| *at).collect()));
            }
        }
    }
    Spread { mapping: &mut mapping, titles, shape, vocabulary }.settle(open);
    mapping
}

/// Dates over three neighbouring columns of one header row: Ngày sinh | Tháng sinh | Năm sinh.
fn dates_side_by_side(paths: &[Path<'_>], titles: &Titles, shape: &TableShape) -> Vec<(usize, CellAt, [u16; 3])> {
    let date = |paths: &[Path<'_>]| {
        let [day, month, year] = paths else { return None };
        let (at, day_title) = day.plain()?;
        let ((_, month_title), (_, year_title)) = (month.plain()?, year.plain()?);
        let what = day_title.strip_prefix("ngay ")?;
        let same = month_title.strip_prefix("thang ") == Some(what) && year_title.strip_prefix("nam ") == Some(what);
        let meant =
            [day_title, year_title].into_iter().find_map(|title| match titles.meaning(&Title::new(title.to_owned())) {
                Some(Meaning::Field(field)) if shape.fields[*field].kind == FieldType::Date => Some(*field),
                _ => None,
            });
        same.then_some((meant?, at, [day.column, month.column, year.column]))
    };
    paths.windows(3).filter_map(date).collect()
}

/// What a column's titles mean: all of them together, the lowest, or the upper one where it has but this column.
fn meaning<'a>(path: &Path<'_>, titles: &'a Titles) -> Option<&'a Meaning> {
    let ((_, lowest), above) = path.titles.split_last()?;
    let alone =
        || titles.meaning(lowest).filter(|meaning| above.is_empty() || !matches!(meaning, Meaning::Piece { .. }));
    if above.is_empty() {
        return alone();
    }
    let whole: Vec<&str> = path.titles.iter().map(|(_, title)| title.text.as_str()).collect();
    titles.meaning(&Title::new(whole.join(" "))).or_else(alone)
}

/// Fields that are spread over several columns.
struct Spread<'a> {
    mapping: &'a mut Mapping,
    titles: &'a Titles,
    shape: &'a TableShape,
    vocabulary: &'a Vocabulary,
}

impl Spread<'_> {
    /// Settles the columns whose own titles mean no field: below a common title first, then side by side.
    fn settle(&mut self, open: Vec<&Path<'_>>) {
        let mut alone: Vec<&Path<'_>> = Vec::new();
        for group in open.chunk_by(|a, b| parent(a).is_some() && parent(a) == parent(b)) {
            if parent(group[0]).is_none() || !self.below_common_title(group) {
                alone.extend(group);
            }
        }
        self.pieces(&mut alone);
        self.entries_side_by_side(&mut alone);
        let strange = alone.into_iter().filter_map(|path| path.titles.last());
        let strange = strange.map(|(at, title)| (*at, title.text.clone()));
        self.mapping.strange.extend(strange);
    }

    /// Columns below one title that means a field: Ngày | Tháng | Năm, Nam | Nữ, Họ | Tên.
    fn below_common_title(&mut self, group: &[&Path<'_>]) -> bool {
        let Some((at, title)) = group[0].titles.iter().rev().nth(1).copied() else { return false };
        let Some(Meaning::Field(field)) = self.titles.meaning(title).cloned() else { return false };
        if self.mapping.has(field) {
            return false;
        }
        let columns: Vec<u16> = group.iter().map(|path| path.column).collect();
        let kind = &self.shape.fields[field].kind;
        let source = match (kind, columns.as_slice()) {
            (_, [column]) => Source::Column(*column),
            (FieldType::Date, [day, month, year]) if date_parts(group) => Source::DateParts([*day, *month, *year]),
            (FieldType::Date, _) => {
                let Some((other, entries)) = self.field_of_entries(group) else { return false };
                self.mapping.set(other, at, Source::Beside(entries));
                Source::AnyOf(columns)
            }
            (FieldType::Code { list, .. }, _) => {
                let Some(entries) = entries(group, &self.vocabulary.lists[*list]) else { return false };
                Source::Marked(entries)
            }
            (FieldType::Text, _) => Source::Joined(columns),
            _ => return false,
        };
        self.mapping.set(field, at, source);
        true
    }

    /// Columns whose titles are the pieces of one text, in order: Họ | Tên.
    fn pieces(&mut self, alone: &mut Vec<&Path<'_>>) {
        for field in 0..self.shape.fields.len() {
            let wanted = self.shape.fields[field].split.len();
            if wanted == 0 || self.mapping.has(field) {
                continue;
            }
            let piece_of = |path: &Path<'_>| match path.titles.last().and_then(|(_, title)| self.titles.meaning(title))
            {
                Some(Meaning::Piece { field: of, piece }) if *of == field => Some(*piece),
                _ => None,
            };
            let found: Vec<(usize, &Path<'_>)> =
                alone.iter().filter_map(|path| Some((piece_of(path)?, *path))).collect();
            if found.iter().map(|(piece, _)| *piece).eq(0..wanted) {
                let columns: Vec<u16> = found.iter().map(|(_, path)| path.column).collect();
                let at = found.first().and_then(|(_, path)| path.titles.last()).map(|(at, _)| *at);
                alone.retain(|path| !columns.contains(&path.column));
                if let Some(at) = at {
                    self.mapping.set(field, at, Source::Joined(columns));
                }
            }
        }
    }

    /// Neighbouring columns whose titles are entries of one code field's list: Nam | Nữ.
    fn entries_side_by_side(&mut self, alone: &mut Vec<&Path<'_>>) {
        let runs: Vec<Vec<&Path<'_>>> = alone.chunk_by(|a, b| b.column == a.column + 1).map(<[_]>::to_vec).collect();
        for run in runs.iter().filter(|run| run.len() >= 2) {
            let Some((field, entries)) = self.field_of_entries(run) else { continue };
            let Some((at, _)) = run[0].titles.last() else { continue };
            self.mapping.set(field, *at, Source::Marked(entries));
            alone.retain(|path| !run.iter().any(|taken| taken.column == path.column));
        }
    }

    /// The one code field without a column whose list has all these titles as entries.
    fn field_of_entries(&self, group: &[&Path<'_>]) -> Option<(usize, Vec<(u16, Code)>)> {
        let free = self
            .shape
            .fields
            .iter()
            .enumerate()
            .filter(|(field, shape)| shape.derived.is_none() && !self.mapping.has(*field));
        let mut fitting = free.filter_map(|(field, shape)| match shape.kind {
            FieldType::Code { list, .. } => Some((field, entries(group, &self.vocabulary.lists[list])?)),
            _ => None,
        });
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }
}

/// The cell of the title above a column's own.
fn parent(path: &Path<'_>) -> Option<CellAt> {
    path.titles.iter().rev().nth(1).map(|(at, _)| *at)
}

/// Whether three columns are titled day, month, year: Ngày, Tháng, Năm and their abbreviations.
fn date_parts(group: &[&Path<'_>]) -> bool {
    const NAMES: [&[&str]; 3] = [&["ngay", "ng", "d"], &["thang", "th", "m"], &["nam", "y"]];
    let said = group.iter().filter_map(|path| path.titles.last()).map(|(_, title)| plain_key(&title.text));
    said.zip(NAMES).all(|(title, names)| names.contains(&title.trim_end_matches('.')))
}

/// Lists with more entries than this are never spread over columns.
const MOST_ENTRIES: usize = 12;

/// The entries of a list that the titles of a group name; `None` when one of them names none.
fn entries(group: &[&Path<'_>], list: &CodeList) -> Option<Vec<(u16, Code)>> {
    if list.entries.len() > MOST_ENTRIES {
        return None;
    }
    let named = |path: &&Path<'_>| {
        let (_, title) = path.titles.last()?;
        let (exact, plain) = (key(&title.text), plain_key(&title.text));
        let found = list.named(&exact).or_else(|| list.named_plainly(&plain));
        Some((path.column, found?))
    };
    group.iter().map(named).collect()
}
