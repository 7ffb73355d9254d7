//! How wide and how high texts stand in Times New Roman, the typeface of official papers (decree 30/2020/NĐ-CP).
//!
//! A workbook is written without opening it, and LibreOffice does not fit rows of foreign files: heights are ours to give.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Widths of the printable ASCII characters in thousandths of the font size, from the space on (Adobe metrics of the face).
const ASCII: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

/// A reserve for renderers that round glyphs up.
const RESERVE: f64 = 1.06;

/// What bold adds to a size, to be measured as regular.
pub const BOLD: f64 = 1.08;

/// The width of a text in points, at a font size in points.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(thousandths).sum::<f64>() / 1000.0 * size * RESERVE
}

/// The width in points of a column of so many characters.
pub fn column(characters: f64) -> f64 {
    (characters * 7.0 + 5.0) * 0.75
}

/// The width in characters of a column that holds so many points.
pub fn characters(points: f64) -> f64 {
    (points / 0.75 + 6.0) / 7.0
}

/// The number of lines that a text takes in a width in points; breaks at blanks and after hyphens, as spreadsheets do.
pub fn lines(text: &str, room: f64, size: f64) -> u32 {
    let room = (room - 4.0).max(size);
    text.split('\n').map(|line| wrapped(line, room, size)).sum::<u32>().max(1)
}

/// The height in points of a row of so many lines.
pub fn height(lines: u32, size: f64) -> f64 {
    (f64::from(lines) * size * 1.3125 + 2.25).min(HIGHEST)
}

/// The highest row that a spreadsheet takes, in points.
const HIGHEST: f64 = 409.0;

fn wrapped(line: &str, room: f64, size: f64) -> u32 {
    let (mut lines, mut used) = (1, 0.0);
    for word in line.split_inclusive([' ', '-', '\u{a0}']) {
        let (bare, whole) = (width(word.trim_end(), size), width(word, size));
        if used > 0.0 && used + bare > room {
            lines += 1;
            used = 0.0;
        }
        used += whole;
        while bare > room && used > room {
            lines += 1;
            used -= room;
        }
    }
    lines
}

/// A Vietnamese letter is as wide as its base letter.
fn thousandths(c: char) -> f64 {
    let mut base = c;
    decompose_canonical(c, |part| {
        if !is_combining_mark(part) {
            base = part;
        }
    });
    match base {
        'đ' => 500.0,
        'Đ' => 722.0,
        _ if is_combining_mark(base) => 0.0,
        ' '..='~' => f64::from(ASCII.get(base as usize - 32).copied().unwrap_or(500)),
        '\u{2e80}'.. | '…' => 1000.0,
        _ => 500.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_add_no_width_and_long_words_break() {
        assert_eq!(width("Đường lối", 12.0), width("Duong loi", 12.0));
        assert_eq!(width("Ho\u{302}\u{300}", 12.0), width("Ho", 12.0));
        assert_eq!(lines("commune-of-district", column(12.0), 12.0), 2);
        assert_eq!(lines("một", column(10.0), 12.0), 1);
        assert_eq!(lines("một\nhai", column(10.0), 12.0), 2);
        assert!(lines(&"a".repeat(100), column(10.0), 12.0) >= 6);
    }

    #[test]
    fn widths_are_of_times_new_roman_12() {
        assert_eq!((width("0123456789", 12.0) / RESERVE).round(), 60.0);
        assert_eq!((lines("0123456789", column(13.0), 12.0), lines("0123456789", column(9.0), 12.0)), (1, 2));
        assert_eq!(height(1, 12.0), 18.0);
    }
}
