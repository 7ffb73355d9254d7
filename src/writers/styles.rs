//! Formats: Times New Roman, thin borders, restrained colours; number formats.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};
use rustc_hash::FxHashMap;

use crate::model::{Level, mark};
use crate::summaries::Look;

/// Size of the text of tables, in points.
pub const SIZE: f64 = 12.0;
/// Fill of column titles.
const TITLE_FILL: u32 = 0xDD_EB_F7;
/// Counts, with the separators of Vietnam: Excel takes them from the machine, LibreOffice from the format.
const COUNT: &str = "[$-42A]#,##0_)";
/// Shares, with a decimal comma.
const SHARE: &str = "[$-42A]0.0%_)";
/// Differences: red unless 0.
const DIFFERENCE: &str = "[$-42A][Red]#,##0_);[$-42A][Red]-#,##0_);0_)";

/// The format of plain text.
pub fn plain() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(SIZE)
}

/// Plain text in a bordered cell.
pub fn bordered() -> Format {
    plain().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter)
}

/// A column title.
pub fn column() -> Format {
    bordered().set_bold().set_align(FormatAlign::Center).set_text_wrap().set_background_color(TITLE_FILL)
}

/// A cell that the reader may fill in.
pub fn answer() -> Format {
    bordered().set_text_wrap().set_align(FormatAlign::Top).set_background_color(0xFF_F2_CC).set_unlocked()
}

/// A link to another cell.
pub fn link() -> Format {
    bordered().set_font_color(Color::Blue).set_underline(FormatUnderline::Single)
}

/// The fill of a cell with a finding.
pub fn colour(level: Level) -> Color {
    Color::RGB(mark::fill(level))
}

/// The format of a look of the summaries.
pub fn look(look: Look) -> Format {
    let number = |format: &str| bordered().set_num_format(format).set_align(FormatAlign::Right);
    let centred = || plain().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    match look {
        Look::Heading | Look::Signature => centred().set_bold(),
        Look::Subheading => centred(),
        Look::Motto => centred().set_bold().set_underline(FormatUnderline::Single),
        Look::Title => centred().set_font_size(14).set_bold().set_text_wrap(),
        Look::Italic => centred().set_italic(),
        Look::FormNumber => plain().set_italic(),
        Look::Unit => plain().set_italic().set_align(FormatAlign::Right),
        Look::Annex => plain().set_bold(),
        Look::Note => plain().set_italic().set_text_wrap().set_align(FormatAlign::Top),
        Look::Column => column(),
        Look::ColumnNumber => bordered().set_italic().set_align(FormatAlign::Center),
        Look::Name => bordered().set_text_wrap(),
        Look::Member => bordered().set_text_wrap().set_indent(1),
        Look::Group | Look::TotalName => bordered().set_bold().set_text_wrap(),
        Look::Text => bordered().set_text_wrap(),
        Look::Centred => bordered().set_align(FormatAlign::Center),
        Look::Count => number(COUNT),
        Look::Difference => number(DIFFERENCE),
        Look::Share => number(SHARE),
        Look::Decimal => number("General_)"),
        Look::TotalCount => number(COUNT).set_bold(),
        Look::TotalDifference => number(DIFFERENCE).set_bold(),
        Look::TotalShare => number(SHARE).set_bold(),
    }
}

/// The formats of data rows, built once a workbook.
#[derive(Debug)]
pub struct Styles {
    /// Text that wraps.
    pub wrapped: Format,
    /// Text that shrinks into its cell.
    pub shrunk: Format,
    /// Dates.
    pub date: Format,
    /// Numbers.
    pub number: Format,
    /// Links.
    pub link: Format,
    /// Cells to fill in.
    pub answer: Format,
    /// Column titles.
    pub column: Format,
    /// Sheet titles.
    pub title: Format,
    levels: [Format; 4],
}

impl Styles {
    /// The formats.
    pub fn new() -> Self {
        let text = bordered().set_align(FormatAlign::Top);
        let wrapped = text.clone().set_text_wrap();
        Self {
            levels: [Level::Block, Level::Error, Level::Warning, Level::Note]
                .map(|level| wrapped.clone().set_background_color(colour(level))),
            wrapped,
            shrunk: text.clone().set_shrink(),
            date: text.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
            number: text.clone().set_num_format("General").set_align(FormatAlign::Center),
            link: link().set_align(FormatAlign::Top).set_text_wrap(),
            answer: answer(),
            column: column(),
            title: look(Look::Title),
        }
    }

    /// The word for a level, in its colour.
    pub fn level(&self, level: Level) -> &Format {
        let [block, error, warning, note] = &self.levels;
        match level {
            Level::Block => block,
            Level::Error => error,
            Level::Warning => warning,
            Level::Note => note,
        }
    }
}

/// The formats of the looks of some cells, each built once.
pub fn looks(cells: impl Iterator<Item = Look>) -> FxHashMap<Look, Format> {
    let mut looks = FxHashMap::default();
    for one in cells {
        looks.entry(one).or_insert_with(|| look(one));
    }
    looks
}
