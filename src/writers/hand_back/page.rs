//! A sheet as a page of an official paper, written downwards.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Color, Format, FormatAlign, Formula, Url, Workbook, Worksheet};

use crate::model::{CellAt, Lang, Text};
use crate::summaries::{Look, MOTTO, MOTTO_BELOW, Office, fit, place_and_date};
use crate::writers::paper::{self, Page as Paper};
use crate::writers::runs;
use crate::writers::safe;
use crate::writers::styles::{self, SIZE};

/// How large a page shows, in percent, so that a screen of 1,366 pixels has all its columns.
const ZOOM: u16 = 85;

/// Fill of the line that says what became of the report.
#[derive(Clone, Copy, Debug)]
pub enum Fill {
    /// Nothing to correct.
    Good,
    /// Something to look at.
    Look,
    /// Something to correct.
    Bad,
    /// Does not matter any more.
    Past,
}

impl Fill {
    /// Its colour.
    pub fn colour(self) -> Color {
        Color::RGB(match self {
            Self::Good => 0xC6_EF_CE,
            Self::Look => 0xFF_E6_99,
            Self::Bad => 0xFF_C7_CE,
            Self::Past => 0xD9_D9_D9,
        })
    }
}

/// The format of the line that says what became of the report.
pub fn banner_format(fill: Fill) -> Format {
    let format = styles::bordered().set_bold().set_font_size(14).set_align(FormatAlign::Center).set_text_wrap();
    format.set_background_color(fill.colour())
}

/// Columns of a page.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Their widths, in characters.
    pub widths: &'static [f64],
    /// Where the four parts of a line begin: label, value, label, value.
    pub parts: [u16; 4],
}

/// Columns of a page that stands upright.
const UPRIGHT: Columns = Columns { widths: &[24.0, 20.0, 36.0, 18.0], parts: [0, 1, 2, 3] };

/// Some cells of a row, merged into one: the first, the last, the text, the format.
pub type Piece<'a> = (u16, u16, &'a str, &'a Format);

/// Texts and formats over spans of columns.
pub fn pieces<'a, const N: usize>(
    spans: [(u16, u16); N],
    texts: [&'a str; N],
    formats: [&'a Format; N],
) -> Vec<Piece<'a>> {
    let whole = spans.into_iter().zip(texts).zip(formats);
    whole.map(|(((first, last), text), format)| (first, last, text, format)).collect()
}

/// The page, written downwards.
pub struct Page<'w> {
    /// The sheet.
    pub sheet: &'w mut Worksheet,
    /// The next row.
    pub row: u32,
    /// The language of the page.
    pub lang: Lang,
    columns: Columns,
}

impl<'w> Page<'w> {
    /// An upright page with the head of official papers and a title.
    pub fn upright(workbook: &'w mut Workbook, name: &str, office: &Office, title: Text, lang: Lang) -> Result<Self> {
        Self::of(workbook, name, (Paper::Upright, UPRIGHT), lang)?.headed(office, title)
    }

    /// A lying page with the head of official papers and a title, and columns for a list.
    pub fn lying(
        workbook: &'w mut Workbook,
        name: &str,
        columns: Columns,
        office: &Office,
        title: Text,
        lang: Lang,
    ) -> Result<Self> {
        Self::of(workbook, name, (Paper::Lying, columns), lang)?.headed(office, title)
    }

    fn of(workbook: &'w mut Workbook, name: &str, (paper, columns): (Paper, Columns), lang: Lang) -> Result<Self> {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?.set_screen_gridlines(false).set_zoom(ZOOM);
        paper::set_up(sheet, paper);
        paper::one_wide(sheet, paper, columns.widths.iter().copied());
        for (column, width) in (0u16..).zip(columns.widths) {
            sheet.set_column_width(column, *width)?;
        }
        Ok(Self { sheet, row: 0, lang, columns })
    }

    fn headed(mut self, office: &Office, title: Text) -> Result<Self> {
        let lang = self.lang;
        let (heading, subheading, motto) = (
            styles::look(Look::Heading).set_text_wrap(),
            styles::look(Look::Subheading).set_text_wrap(),
            styles::look(Look::Motto).set_text_wrap(),
        );
        let right = self.columns.parts[2];
        let (left, last) = (right.saturating_sub(1), self.last());
        self.row(&[(0, left, office.parent.get(lang), &subheading), (right, last, MOTTO.get(lang), &heading)])?;
        self.row(&[(0, left, office.body.get(lang), &heading), (right, last, MOTTO_BELOW.get(lang), &motto)])?;
        self.gap();
        self.row(&[(0, last, title.get(lang), &styles::look(Look::Title))])?;
        self.sheet.set_row_height(self.row - 1, 30)?;
        self.gap();
        Ok(self)
    }

    /// The last column.
    pub fn last(&self) -> u16 {
        u16::try_from(self.columns.widths.len().saturating_sub(1)).unwrap_or(0)
    }

    /// A fact in a bordered row.
    pub fn fact(&mut self, label: Text, value: &str) -> Result<()> {
        let (name, text) = (styles::bordered().set_bold(), styles::bordered().set_text_wrap());
        let [label_at, value_at, ..] = self.columns.parts;
        let label = label.get(self.lang);
        self.row(&[(label_at, value_at - 1, label, &name), (value_at, self.last(), value, &text)])
    }

    /// Two facts side by side.
    pub fn facts(&mut self, [left, right]: [(Text, &str); 2]) -> Result<()> {
        let (name, text) = (styles::bordered().set_bold(), styles::bordered().set_text_wrap());
        let [a, b, c, d] = self.columns.parts;
        let [one, two] = [left, right].map(|(label, _)| label.get(self.lang));
        let last = self.last();
        self.row(&[
            (a, b - 1, one, &name),
            (b, c - 1, left.1, &text),
            (c, d - 1, two, &name),
            (d, last, right.1, &text),
        ])
    }

    /// Two numbers side by side.
    pub fn numbers(&mut self, pairs: [(Text, u32); 2]) -> Result<()> {
        let (name, number) = (styles::bordered().set_bold(), styles::look(Look::Count).set_align(FormatAlign::Center));
        let [a, b, c, d] = self.columns.parts;
        let [one, two] = pairs.map(|(label, _)| label.get(self.lang));
        let last = self.last();
        self.row(&[(a, b - 1, one, &name), (b, c - 1, "", &number), (c, d - 1, two, &name), (d, last, "", &number)])?;
        for (column, (_, count)) in [b, d].into_iter().zip(pairs) {
            self.sheet.write_number_with_format(self.row - 1, column, count, &number)?;
        }
        Ok(())
    }

    /// The line that says what became of the report.
    pub fn banner(&mut self, text: &str, fill: Fill) -> Result<()> {
        self.row(&[(0, self.last(), text, &banner_format(fill))])?;
        let lines = fit::lines(text, self.room(0, self.last()), 15.0);
        self.sheet.set_row_height(self.row - 1, fit::height(lines, 14.0) + 10.0)?;
        Ok(())
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) -> Result<()> {
        self.row(&[(0, self.last(), text, &styles::plain().set_bold())])
    }

    /// A paragraph.
    pub fn line(&mut self, text: &str) -> Result<()> {
        self.row(&[(0, self.last(), text, &styles::plain().set_text_wrap().set_align(FormatAlign::Top))])
    }

    /// A paragraph that leads to a sheet.
    pub fn line_to(&mut self, text: &str, sheet: &str) -> Result<()> {
        let format = styles::plain().set_text_wrap().set_align(FormatAlign::Top);
        let format = format.set_font_color(Color::Blue).set_underline(rust_xlsxwriter::FormatUnderline::Single);
        self.row(&[(0, self.last(), text, &format)])?;
        self.link(self.row - 1, 0, text, &super::to(sheet, "A1"), &format)
    }

    /// An empty row.
    pub fn gap(&mut self) {
        self.row += 1;
    }

    /// Place and date.
    pub fn finish(&mut self, office: &Office, today: NaiveDate) -> Result<()> {
        self.gap();
        let said = place_and_date(&office.place, today, self.lang);
        self.row(&[(self.columns.parts[2], self.last(), &said, &styles::look(Look::Italic))])
    }

    /// A row of cells, as high as its texts need.
    pub fn row(&mut self, pieces: &[Piece<'_>]) -> Result<()> {
        let row = self.row;
        runs::write(self.sheet, |cells| {
            let cell = |column: u16| CellAt::new(row, column);
            pieces
                .iter()
                .try_for_each(|(first, last, text, format)| cells.merged(cell(*first), cell(*last), text, format))
        })?;
        let lines = pieces.iter().map(|(first, last, text, _)| fit::lines(text, self.room(*first, *last), SIZE));
        let lines = lines.max().unwrap_or(1);
        self.sheet.set_row_height(self.row, fit::height(lines, SIZE))?;
        self.row += 1;
        Ok(())
    }

    /// Makes a cell that is written lead to another one.
    pub fn link(&mut self, row: u32, column: u16, text: &str, to: &str, format: &Format) -> Result<()> {
        let url = Url::new(format!("internal:{to}")).set_text(safe::clean(text));
        self.sheet.write_url_with_format(row, column, url, format)?;
        Ok(())
    }

    /// Puts a formula into a cell that is written, with its result for now.
    pub fn live(&mut self, row: u32, column: u16, formula: &str, result: &str, format: &Format) -> Result<()> {
        let formula = Formula::new(formula).set_result(result);
        self.sheet.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }

    /// The width in points of some columns.
    fn room(&self, first: u16, last: u16) -> f64 {
        let columns = self.columns.widths.iter().skip(usize::from(first)).take(usize::from(last - first) + 1);
        columns.map(|width| fit::column(*width)).sum()
    }
}
