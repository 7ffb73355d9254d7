//! A summary sheet as data: cells with formulas and our values, merges, charts. No spreadsheet writer is known here.

use crate::model::CellAt;

/// How a cell looks; the writer gives each its font, borders and number format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Look {
    /// Issuing body, state: bold, centred.
    Heading,
    /// Parent body: plain, centred.
    Subheading,
    /// The motto: bold, underlined, centred.
    Motto,
    /// The sheet's title: large, bold, centred.
    Title,
    /// The title's second line, place and date: italics, centred.
    Italic,
    /// Number of the form, left of the unit of measure: italics, left.
    FormNumber,
    /// Unit of measure: italics, right.
    Unit,
    /// The title of an annex: bold, left, no borders.
    Annex,
    /// A note below a table: italics, left.
    Note,
    /// A table's column title: bold, centred, wrapped, bordered, shaded.
    Column,
    /// A column-number row, `(1) (2)`: italics, centred, bordered.
    ColumnNumber,
    /// A row's name: left, bordered.
    Name,
    /// A row's name within a group: indented, bordered.
    Member,
    /// A group's name: bold, left, bordered.
    Group,
    /// A text in a table: left, wrapped, bordered.
    Text,
    /// A short text in a table: centred, bordered.
    Centred,
    /// A whole number: `#,##0`, right, bordered.
    Count,
    /// A difference: a whole number, red unless it is 0; right, bordered.
    Difference,
    /// A share: `0,0%`, right, bordered.
    Share,
    /// A decimal number: right, bordered.
    Decimal,
    /// As `Name`, in a totals row: bold.
    TotalName,
    /// As `Count`, in a totals row: bold.
    TotalCount,
    /// As `Difference`, in a totals row: bold.
    TotalDifference,
    /// As `Share`, in a totals row: bold.
    TotalShare,
    /// A signature block's function: bold, centred.
    Signature,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Nothing but its look (borders of an empty cell).
    Blank,
    /// A text.
    Text(String),
    /// A number that was declared or read, not computed.
    Number(f64),
    /// A live formula, with `=`, in the syntax of the file format (English names, commas), and the value the tool computed.
    Formula {
        /// `=COUNTIFS(HocVien[Huyện],$A7)`
        formula: String,
        /// What it gives; `None` where it gives an empty text (a share of nothing).
        value: Option<f64>,
    },
}

/// A cell of a summary sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Where.
    pub at: CellAt,
    /// What.
    pub content: Content,
    /// How it looks.
    pub look: Look,
    /// The last cell of the area it is merged over, if it is.
    pub merged_to: Option<CellAt>,
}

/// A kind of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Upright bars.
    Column,
    /// Lying bars.
    Bar,
    /// Parts of a whole.
    Pie,
}

/// A series of a chart: ranges on the chart's own sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// First and last cell of the categories.
    pub categories: (CellAt, CellAt),
    /// First and last cell of the values.
    pub values: (CellAt, CellAt),
}

/// A native chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Its kind.
    pub kind: ChartKind,
    /// Its title.
    pub title: String,
    /// Its series.
    pub series: Vec<Series>,
    /// The cell of its upper left corner.
    pub at: CellAt,
    /// How far right of that cell's edge it begins, in pixels.
    pub offset: u32,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Whether values are shares (axis and labels in per cent).
    pub shares: bool,
}

/// A summary sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The tab's name.
    pub name: String,
    /// Column widths in characters, from the first column.
    pub widths: Vec<f64>,
    /// Row heights in points, for rows that need one.
    pub heights: Vec<(u32, f64)>,
    /// The cells, in order of row and column, none twice.
    pub cells: Vec<Cell>,
    /// The charts.
    pub charts: Vec<Chart>,
    /// Rows at the top that stay visible when scrolling; 0 for none.
    pub frozen_rows: u32,
    /// First and last row of the column titles that every later page repeats.
    pub repeated_rows: Option<(u32, u32)>,
    /// Rows that begin a new page.
    pub page_starts: Vec<u32>,
    /// First and last row that stand on one page: the end of a table with its notes and signatures.
    pub together: Option<(u32, u32)>,
    /// Whether the page stands upright; wide tables lie.
    pub upright: bool,
    /// The last row of a first part that is scaled to stand on one page, where the sheet has such a part.
    pub first_page: Option<u32>,
    /// Columns that stay visible when scrolling.
    pub frozen_columns: u16,
}
