//! Where a cell stands. Counting from 1 and column letters happen in this file only.

use std::fmt;

/// A cell of a sheet; both numbers count from zero, as the file formats do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellAt {
    /// Row, from 0 to 1,048,575.
    pub row: u32,
    /// Column, from 0 to 16,383.
    pub column: u16,
}

impl CellAt {
    /// The last cell of a sheet, XFD1048576.
    pub const LAST: Self = Self { row: 1_048_575, column: 16_383 };

    /// A cell by its zero-based row and column.
    pub const fn new(row: u32, column: u16) -> Self {
        Self { row, column }
    }

    /// The cell that an address names, `B10`; `None` where it names none.
    pub fn named(address: &str) -> Option<Self> {
        let digits = address.find(|c: char| c.is_ascii_digit())?;
        let column = address[..digits].bytes().try_fold(0_u16, |sum, letter| {
            let letter = letter.to_ascii_uppercase().checked_sub(b'A').filter(|letter| *letter < 26)?;
            sum.checked_mul(26)?.checked_add(u16::from(letter) + 1)
        })?;
        let row: u32 = address[digits..].parse().ok()?;
        Some(Self { row: row.checked_sub(1)?, column: column.checked_sub(1)? })
    }

    /// The row as people count it, from 1.
    pub const fn row_number(self) -> u32 {
        self.row + 1
    }

    /// The column's letters: `A`, `Z`, `AA`.
    pub fn column_letters(self) -> String {
        let mut letters = Vec::new();
        let mut rest = u32::from(self.column) + 1;
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + (rest % 26) as u8));
            rest /= 26;
        }
        letters.iter().rev().collect()
    }

    /// The address with both parts fixed: `$B$10`.
    pub fn absolute(self) -> String {
        format!("${}${}", self.column_letters(), self.row_number())
    }
}

impl fmt::Display for CellAt {
    /// The A1 address: `B10`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.column_letters(), self.row_number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_as_in_a_spreadsheet() {
        assert_eq!(CellAt::new(0, 0).to_string(), "A1");
        assert_eq!(CellAt::new(9, 25).to_string(), "Z10");
        assert_eq!(CellAt::new(9, 26).to_string(), "AA10");
        assert_eq!(CellAt::new(1_048_575, 16_383).to_string(), "XFD1048576");
        assert_eq!(CellAt::new(9, 1).absolute(), "$B$10");
    }

    #[test]
    fn an_address_names_its_cell_again() {
        for cell in [CellAt::new(0, 0), CellAt::new(9, 26), CellAt::new(1_048_575, 16_383)] {
            assert_eq!(CellAt::named(&cell.to_string()), Some(cell));
        }
        for wrong in ["", "B", "7", "B0", "ZZZZZZZZZ1", "B1:C2", "$B$1", "B 1", "Đ1"] {
            assert_eq!(CellAt::named(wrong), None, "{wrong}");
        }
    }
}
