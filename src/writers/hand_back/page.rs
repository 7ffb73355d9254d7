//! The hand-back's first sheet as a page of an official paper, written downwards.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Color, Format, FormatAlign, Url, Workbook, Worksheet};

use crate::model::{Lang, Text};
use crate::summaries::{Look, MOTTO, MOTTO_BELOW, Office, fit, place_and_date};
use crate::writers::paper::{self, Page as Paper};
use crate::writers::safe::write_text;
use crate::writers::styles::{self, SIZE};

/// Widths of the page's columns, in characters.
const WIDTHS: [f64; 4] = [24.0, 20.0, 36.0, 18.0];

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

/// The front page, written downwards.
pub struct Page<'w> {
    sheet: &'w mut Worksheet,
    row: u32,
    /// The language of the page.
    pub lang: Lang,
}

impl<'w> Page<'w> {
    /// A page on a sheet of its own, with the head of official papers and a title.
    pub fn new(workbook: &'w mut Workbook, name: Text, office: &Office, title: Text, lang: Lang) -> Result<Self> {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name.get(lang))?.set_screen_gridlines(false);
        paper::set_up(sheet, Paper::Upright);
        paper::one_wide(sheet, Paper::Upright, WIDTHS.into_iter());
        for (column, width) in (0u16..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        let head = [
            (0, 0, office.parent.get(lang), Look::Subheading),
            (1, 0, office.body.get(lang), Look::Heading),
            (0, 2, MOTTO.get(lang), Look::Heading),
            (1, 2, MOTTO_BELOW.get(lang), Look::Motto),
        ];
        for (row, column, text, look) in head {
            let format = styles::look(look).set_text_wrap();
            let lines = fit::lines(text, room(column, column + 1), SIZE);
            sheet.set_row_height(row, fit::height(lines.max(2), SIZE))?;
            sheet.merge_range(row, column, row, column + 1, "", &format)?;
            write_text(sheet, row, column, text, &format)?;
        }
        sheet.set_row_height(3, 30)?;
        sheet.merge_range(3, 0, 3, 3, title.get(lang), &styles::look(Look::Title))?;
        Ok(Self { sheet, row: 5, lang })
    }

    /// A fact in a bordered row.
    pub fn fact(&mut self, label: Text, value: &str) -> Result<()> {
        let (name, text) = (styles::bordered().set_bold(), styles::bordered().set_text_wrap());
        write_text(self.sheet, self.row, 0, label.get(self.lang), &name)?;
        self.wide(1, value, &text)
    }

    /// Two numbers side by side.
    pub fn numbers(&mut self, pairs: [(Text, u32); 2]) -> Result<()> {
        let (name, number) = (styles::bordered().set_bold(), styles::look(Look::Count));
        for (column, (label, count)) in [0, 2].into_iter().zip(pairs) {
            write_text(self.sheet, self.row, column, label.get(self.lang), &name)?;
            self.sheet.write_number_with_format(self.row, column + 1, count, &number)?;
        }
        self.sheet.set_row_height(self.row, fit::height(1, SIZE))?;
        self.row += 1;
        Ok(())
    }

    /// The line that says what became of the report.
    pub fn banner(&mut self, text: &str, fill: Fill) -> Result<()> {
        let colour = Color::RGB(match fill {
            Fill::Good => 0xC6_EF_CE,
            Fill::Look => 0xFF_E6_99,
            Fill::Bad => 0xFF_C7_CE,
            Fill::Past => 0xD9_D9_D9,
        });
        let format = styles::bordered().set_bold().set_font_size(14).set_align(FormatAlign::Center).set_text_wrap();
        self.sheet.merge_range(self.row, 0, self.row, 3, "", &format.clone().set_background_color(colour))?;
        write_text(self.sheet, self.row, 0, text, &format.set_background_color(colour))?;
        let lines = fit::lines(text, room(0, 3), 15.0);
        self.sheet.set_row_height(self.row, fit::height(lines, 14.0) + 10.0)?;
        self.row += 1;
        Ok(())
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) -> Result<()> {
        self.wide(0, text, &styles::plain().set_bold())
    }

    /// A paragraph.
    pub fn line(&mut self, text: &str) -> Result<()> {
        self.wide(0, text, &styles::plain().set_text_wrap().set_align(FormatAlign::Top))
    }

    /// An empty row.
    pub fn gap(&mut self) {
        self.row += 1;
    }

    /// Place and date.
    pub fn finish(&mut self, office: &Office, today: NaiveDate) -> Result<()> {
        self.gap();
        let format = styles::look(Look::Italic);
        self.sheet.merge_range(self.row, 2, self.row, 3, "", &format)?;
        write_text(self.sheet, self.row, 2, &place_and_date(&office.place, today, self.lang), &format)
    }

    /// A text from a column to the right edge, as high as it needs.
    fn wide(&mut self, column: u16, text: &str, format: &Format) -> Result<()> {
        self.sheet.merge_range(self.row, column, self.row, 3, "", format)?;
        write_text(self.sheet, self.row, column, text, format)?;
        let lines = fit::lines(text, room(column, 3), SIZE);
        self.sheet.set_row_height(self.row, fit::height(lines, SIZE))?;
        self.row += 1;
        Ok(())
    }

    /// A row of a table of three columns, the second two wide; an empty text leaves its cell as it is.
    pub fn row_of_three(&mut self, texts: [&str; 3], formats: [&Format; 3]) -> Result<()> {
        self.sheet.merge_range(self.row, 1, self.row, 2, "", formats[1])?;
        for ((column, text), format) in [0, 1, 3].into_iter().zip(texts).zip(formats) {
            write_text(self.sheet, self.row, column, text, format)?;
        }
        let lines = fit::lines(texts[1], room(1, 2), SIZE);
        self.sheet.set_row_height(self.row, fit::height(lines, SIZE))?;
        self.row += 1;
        Ok(())
    }

    /// Column titles of a table whose last columns hold numbers; the first one takes the room that they leave.
    pub fn titles<const N: usize>(&mut self, titles: [Text; N]) -> Result<()> {
        let format = styles::column();
        let [name, numbers @ ..] = titles.as_slice() else { return Ok(()) };
        let first = self.name_of_row(name.get(self.lang), numbers.len(), &format)?;
        for (column, title) in (first..).zip(numbers) {
            write_text(self.sheet, self.row, column, title.get(self.lang), &format)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A row of such a table; a number that is not known leaves its cell blank.
    pub fn row_of_numbers<const N: usize>(&mut self, name: &str, numbers: [Option<f64>; N]) -> Result<()> {
        let format = styles::look(Look::Count);
        let first = self.name_of_row(name, N, &styles::look(Look::Name))?;
        for (column, number) in (first..).zip(numbers) {
            match number {
                Some(number) => self.sheet.write_number_with_format(self.row, column, number, &format)?,
                None => self.sheet.write_blank(self.row, column, &format)?,
            };
        }
        self.row += 1;
        Ok(())
    }

    /// Writes the name of a row over the columns that its numbers leave; the column of the first number.
    fn name_of_row(&mut self, name: &str, numbers: usize, format: &Format) -> Result<u16> {
        let first = u16::try_from(WIDTHS.len().saturating_sub(numbers).max(2))?;
        self.sheet.merge_range(self.row, 0, self.row, first - 1, "", format)?;
        write_text(self.sheet, self.row, 0, name, format)?;
        self.sheet.set_row_height(self.row, fit::height(fit::lines(name, room(0, first - 1), SIZE), SIZE))?;
        Ok(first)
    }

    /// A text in the current row that leads to a cell.
    pub fn link(&mut self, column: u16, text: &str, to: &str, format: &Format) -> Result<()> {
        let url = Url::new(format!("internal:{to}")).set_text(text);
        self.sheet.write_url_with_format(self.row, column, url, format)?;
        Ok(())
    }
}

/// The width in points of some columns of the page.
fn room(first: u16, last: u16) -> f64 {
    let columns = WIDTHS.iter().skip(usize::from(first)).take(usize::from(last - first) + 1);
    columns.map(|width| fit::column(*width)).sum()
}
