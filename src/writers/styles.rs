//! Formats: Times New Roman, thin borders, restrained colours; number formats.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::summaries::Look;

/// The format of plain text.
pub fn plain() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12)
}

/// Plain text in a bordered cell.
pub fn bordered() -> Format {
    plain().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter)
}

/// A column title.
pub fn column() -> Format {
    bordered().set_bold().set_align(FormatAlign::Center).set_text_wrap().set_background_color(0xDD_EB_F7)
}

/// The format of a look of the summaries.
pub fn look(look: Look) -> Format {
    let count = || bordered().set_num_format("#,##0").set_align(FormatAlign::Right);
    let share = || bordered().set_num_format("0.0%").set_align(FormatAlign::Right);
    match look {
        Look::Heading | Look::Signature => plain().set_bold().set_align(FormatAlign::Center),
        Look::Subheading => plain().set_align(FormatAlign::Center),
        Look::Title => plain().set_font_size(14).set_bold().set_align(FormatAlign::Center).set_text_wrap(),
        Look::Italic => plain().set_italic().set_align(FormatAlign::Center),
        Look::Note => plain().set_italic().set_text_wrap().set_align(FormatAlign::Top),
        Look::Column => column(),
        Look::ColumnNumber => bordered().set_italic().set_align(FormatAlign::Center),
        Look::Name => bordered(),
        Look::Group | Look::TotalName => bordered().set_bold(),
        Look::Text => bordered().set_text_wrap(),
        Look::Centred => bordered().set_align(FormatAlign::Center),
        Look::Count => count(),
        Look::Share => share(),
        Look::Decimal => bordered().set_num_format("#,##0.0").set_align(FormatAlign::Right),
        Look::TotalCount => count().set_bold(),
        Look::TotalShare => share().set_bold(),
    }
}

/// The formats of data rows, built once a workbook.
#[derive(Debug)]
pub struct Styles {
    /// Text.
    pub text: Format,
    /// Dates.
    pub date: Format,
    /// Numbers.
    pub number: Format,
    /// Column titles.
    pub column: Format,
    /// Sheet titles.
    pub title: Format,
}

impl Styles {
    /// The formats.
    pub fn new() -> Self {
        let text = plain().set_align(FormatAlign::Top);
        Self {
            date: text.clone().set_num_format("dd/mm/yyyy"),
            number: text.clone().set_num_format("General"),
            text,
            column: column(),
            title: plain().set_font_size(14).set_bold(),
        }
    }
}
