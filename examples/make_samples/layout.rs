//! How a district rearranged a sheet: the tool finds the columns by their titles all the same.

const HEADER_ROW: u32 = 5;

/// Whether a list has its row of titles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Titles {
    #[default]
    Written,
    LeftOut,
}

/// Where the cells of a list stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Layout {
    /// A column of the district's own, before the names.
    pub inserted: Option<&'static str>,
    /// Empty rows above the header.
    pub lowered: u32,
    /// Two columns that changed places.
    pub swapped: Option<(usize, usize)>,
    /// A column that is left out; its place stays empty.
    pub dropped: Option<usize>,
    /// A column that stands again after the last one.
    pub doubled: Option<usize>,
    /// Whether the titles are there.
    pub titles: Titles,
}

impl Layout {
    /// The sheet column (from zero) of a column of the form.
    pub fn column(self, column: usize) -> u16 {
        let column = match self.swapped {
            Some((one, other)) if column == one => other,
            Some((one, other)) if column == other => one,
            _ => column,
        };
        column as u16 + u16::from(column > 0 && self.inserted.is_some())
    }

    /// The sheet columns in which a column of a form with so many stands.
    pub fn places(self, column: usize, columns: usize) -> impl Iterator<Item = u16> {
        let again = (self.doubled == Some(column)).then(|| self.column(columns));
        std::iter::once(self.column(column)).chain(again)
    }

    /// The sheet row (from zero) of the titles; the column numbers follow.
    pub fn header_row(self) -> u32 {
        HEADER_ROW + self.lowered
    }

    /// The sheet row (from zero) of the first person.
    pub fn first_row(self) -> u32 {
        self.header_row() + 2
    }

    /// The address of a cell: the position of its person in the list, and its column in the form.
    pub fn address(self, position: usize, column: usize) -> String {
        let letter = char::from(b'A' + self.column(column) as u8);
        format!("{letter}{}", self.first_row() as usize + position + 1)
    }
}
