//! Rows: the stream of a sheet's cells, divided into rows, headers found among them, each row read or accounted for.

use std::ops::{ControlFlow, Range};

use chrono::NaiveDate;

use super::columns::Noticed;
use super::copies::Before;
use super::fields::Fields;
use super::header::{self, Demand, Header, TitleRow};
use super::late::decode_columns;
use super::layout;
use super::merged::MergedSheets;
use super::row::Row;
use super::stretch::Stretch;
use super::titles::{self, Title};
use super::written::{Prior, Seen, prior, words};
use crate::form::Form;
use crate::model::{Cell, Hidden, Merged, Place, Refusal, RowKind, RowTaken, Submission, Titles, Workbook};
use crate::text::is_nothing_to_report;

/// Rows of texts that are looked through together for a header.
const MOST_WAITING: usize = 40;
/// Cells of a row that are looked at as titles. No header is as wide; a hostile one would cost its square.
const MOST_TITLES: usize = 400;
/// Rows without a header after which a sheet that bears no table's name is left.
const MOST_STRANGE: u32 = 400;

/// Reads every sheet of a list into the tables of a submission.
pub struct Reader<'a> {
    form: &'a Form,
    titles: &'a [Titles],
    fields: Vec<Fields>,
    submission: &'a mut Submission,
    merged: &'a MergedSheets,
    sheet: Sheet,
}

/// Whether the first rows of a sheet hold the header of any table.
pub fn holds_table(workbook: &mut dyn Workbook, sheet: usize, form: &Form) -> Result<bool, Refusal> {
    let prior = prior(workbook, sheet)?;
    let mut rows: Vec<TitleRow> = Vec::new();
    workbook.cells(sheet, &mut |cell| {
        if let Some(text) = words(cell, prior) {
            let (row, title) = (cell.at.row, (cell.at.column, Title::new(text.into_owned())));
            match rows.last_mut().filter(|last| last.row == row) {
                Some(last) => last.cells.push(title),
                None => rows.push(TitleRow { row, cells: vec![title] }),
            }
        }
        if rows.len() <= MOST_WAITING { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let titles = titles::of(form);
    let demands = vec![Demand::Most; titles.len()];
    Ok(!header::find(&rows, &form.vocabulary, titles, &demands).is_empty())
}

/// The sheet under way.
struct Sheet {
    name: String,
    demands: Vec<Demand>,
    /// Merged cells, where they are known to explain something.
    merged: Vec<Merged>,
    seen: Seen,
    row: Row,
    started: bool,
    /// Rows of texts that may turn out to be a header.
    waiting: Vec<Row>,
    /// Rows that name nobody and are all alike: a default filled in beforehand, if nothing but that follows.
    nobody: Vec<Row>,
    stretch: Option<Stretch>,
    noticed: Noticed,
    strange: u32,
}

impl<'a> Reader<'a> {
    /// A reader of a submission whose cover is read.
    pub fn new(form: &'a Form, submission: &'a mut Submission, merged: &'a MergedSheets, day: NaiveDate) -> Self {
        let district = submission.cover.district;
        let titles = titles::of(form);
        let fields = (0..form.vocabulary.tables.len()).map(|table| Fields::new(form, table, day, district)).collect();
        Self { form, titles, fields, submission, merged, sheet: Sheet::new(String::new(), Vec::new(), Vec::new()) }
    }

    /// Reads one sheet; gives whether it held a table.
    pub fn read(&mut self, workbook: &mut dyn Workbook, sheet: usize, demands: Vec<Demand>) -> Result<bool, Refusal> {
        let name = workbook.sheets().get(sheet).map(|seen| seen.name.clone()).unwrap_or_default();
        let merged = self.merged.get(&sheet).cloned().unwrap_or_default();
        self.sheet = Sheet::new(name, demands, merged);
        let before = Before::of(self.submission);
        let Hidden { rows, columns } = workbook.cells(sheet, &mut |cell| self.cell(cell))?;
        self.submission.hidden.rows += rows;
        self.submission.hidden.columns += columns;
        self.end_row();
        self.settle();
        self.end_stretch();
        before.restore_if_copied(self.submission, &self.sheet.name, &self.form.vocabulary.tables);
        Ok(self.sheet.started)
    }

    fn cell(&mut self, cell: Cell<'_>) -> ControlFlow<()> {
        if cell.at.row != self.sheet.row.at {
            self.end_row();
            self.sheet.row.begin(cell.at.row);
        }
        self.sheet.row.push(cell);
        match self.sheet.strange > MOST_STRANGE && !self.sheet.demands.contains(&Demand::Few) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// The row under way is complete: it waits if it could be titles, and is accounted for otherwise.
    fn end_row(&mut self) {
        if self.sheet.row.is_empty() {
            return;
        }
        let row = std::mem::take(&mut self.sheet.row);
        if row.may_be_titles() {
            self.sheet.waiting.push(row);
            if self.sheet.waiting.len() >= MOST_WAITING {
                self.settle();
            }
            return;
        }
        self.settle();
        self.account(&row);
        // The row's allocations serve the next one.
        self.sheet.row = row;
        self.sheet.row.begin(u32::MAX);
    }

    /// Looks for headers among the waiting rows, and accounts for those that are none.
    fn settle(&mut self) {
        if self.sheet.waiting.is_empty() {
            return;
        }
        let waiting = std::mem::take(&mut self.sheet.waiting);
        if self.sheet.stretch.is_none() {
            waiting.iter().flat_map(Row::cells).for_each(|cell| self.sheet.seen.see(cell));
        }
        let prior = self.sheet.seen.prior();
        let rows: Vec<TitleRow> = waiting.iter().map(|row| title_row(row, prior)).collect();
        let mut rest = 0;
        for header in header::find(&rows, &self.form.vocabulary, self.titles, &self.sheet.demands) {
            let Range { start, end } = header.rows;
            waiting[rest..start].iter().for_each(|row| self.account(row));
            self.begin(header, &waiting[start..end]);
            rest = end;
        }
        waiting[rest..].iter().for_each(|row| self.account(row));
    }

    /// A header begins a new part of its table, or repeats the one in force as printed pages do.
    fn begin(&mut self, mut header: Header, rows: &[Row]) {
        let table = header.table;
        header.mapping.widen(&self.sheet.merged, &self.form.vocabulary.tables[table]);
        let last = rows.last().map_or(0, |row| row.at);
        if let Some(stretch) = &mut self.sheet.stretch
            && stretch.table == table
            && stretch.mapping.sources == header.mapping.sources
        {
            stretch.header_again();
            rows.iter().for_each(|row| self.taken(row, RowKind::Header));
            return;
        }
        self.end_stretch();
        let shape = &self.form.vocabulary.tables[table];
        let part = layout::part(&header, &self.sheet.name, last);
        self.submission.findings.extend(layout::findings(table, shape, &header.mapping, &part));
        let parts = &mut self.submission.tables[table].parts;
        let number = u16::try_from(parts.len()).unwrap_or(u16::MAX);
        parts.push(part);
        let prior = self.sheet.seen.prior();
        self.sheet.noticed = Noticed::new(&header.mapping);
        let merged = self.sheet.merged.clone();
        self.sheet.stretch = Some(Stretch::new((table, shape), number, header.mapping, merged, prior));
        self.sheet.started = true;
    }

    /// Decides what a row is, and reads it if it is data.
    fn account(&mut self, row: &Row) {
        let form = self.form;
        let Some(stretch) = &mut self.sheet.stretch else {
            self.before_header(row);
            return;
        };
        let shape = &form.vocabulary.tables[stretch.table];
        let kind = stretch.kind(row, shape, &form.vocabulary.lists);
        if kind == RowKind::Data && stretch.is_nobody(row, shape, &form.vocabulary.lists) {
            if self.sheet.nobody.first().is_some_and(|first| !stretch.alike(first, row)) {
                self.somebody();
            }
            self.sheet.nobody.push(row.clone());
            return;
        }
        match kind {
            RowKind::Data => {
                self.somebody();
                self.data(row);
            }
            other => self.taken(row, other),
        }
    }

    /// A row above any header: a title, the agency block, or the declaration that there is nothing to report.
    fn before_header(&mut self, row: &Row) {
        self.sheet.strange += 1;
        let prior = self.sheet.seen.prior();
        if row.cells().filter_map(|cell| words(cell, prior)).any(|text| is_nothing_to_report(&text)) {
            let named = self.sheet.demands.iter().zip(&mut self.submission.tables);
            named
                .filter(|(demand, _)| **demand == Demand::Few)
                .for_each(|(_, table)| table.tally.add(RowKind::Nothing));
        }
    }

    /// Rows that were held back as perhaps pre-filled are followed by others: they are data.
    fn somebody(&mut self) {
        for row in std::mem::take(&mut self.sheet.nobody) {
            self.data(&row);
        }
    }

    fn data(&mut self, row: &Row) {
        let Some(stretch) = &self.sheet.stretch else { return };
        self.submission.tables[stretch.table].tally.add(RowKind::Data);
        self.sheet.noticed.row(row);
        let fields = &mut self.fields[stretch.table];
        fields.read(self.form, row, stretch, &self.sheet.name, self.submission, &mut self.sheet.noticed);
    }

    fn taken(&mut self, row: &Row, kind: RowKind) {
        let Some(stretch) = &self.sheet.stretch else { return };
        let table = &mut self.submission.tables[stretch.table];
        table.tally.add(kind);
        // Rows of the layout are counted; naming each would bury those that matter.
        if matches!(kind, RowKind::Prefilled | RowKind::Numbering | RowKind::Header) {
            return;
        }
        let cell = row.cells().next().map(|cell| cell.at);
        let text = row.cells().find_map(|cell| words(cell, stretch.prior)).unwrap_or_default();
        let place = Place { sheet: self.sheet.name.clone(), cell };
        table.taken.push(RowTaken { place, kind, text: text.trim().to_owned() });
    }

    /// The rows of the stretch are over: what was noticed down its columns becomes findings.
    fn end_stretch(&mut self) {
        // Three rows alike at the end are a default that was filled in beforehand; fewer may be vacant posts.
        match self.sheet.nobody.len() {
            0..3 => self.somebody(),
            _ => {
                for row in std::mem::take(&mut self.sheet.nobody) {
                    self.taken(&row, RowKind::Prefilled);
                }
            }
        }
        let Some(stretch) = self.sheet.stretch.take() else { return };
        let shape = &self.form.vocabulary.tables[stretch.table];
        let mut noticed = std::mem::take(&mut self.sheet.noticed);
        decode_columns(self.form, &stretch, noticed.undecided(), &self.sheet.name, self.submission);
        self.submission.findings.extend(noticed.findings(&stretch, shape, &self.sheet.name));
    }
}

impl Sheet {
    fn new(name: String, demands: Vec<Demand>, merged: Vec<Merged>) -> Self {
        let mut row = Row::default();
        row.begin(u32::MAX);
        Self {
            name,
            demands,
            merged,
            seen: Seen::default(),
            row,
            started: false,
            waiting: Vec::new(),
            nobody: Vec::new(),
            stretch: None,
            noticed: Noticed::default(),
            strange: 0,
        }
    }
}

fn title_row(row: &Row, prior: Prior) -> TitleRow {
    let cells = row.cells().take(MOST_TITLES);
    let cells = cells.filter_map(|cell| Some((cell.at.column, Title::new(words(cell, prior)?.into_owned()))));
    TitleRow { row: row.at, cells: cells.collect() }
}
