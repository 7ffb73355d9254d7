//! How wide and how high texts stand in Times New Roman, the typeface of official papers (decree 30/2020/NĐ-CP).
//!
//! A workbook is written without opening it, and LibreOffice does not fit rows of foreign files: heights are ours to give.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Widths of the printable ASCII characters in thousandths of the font size, from the space on (Adobe metrics of the face).
const ASCII: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

/// Letters of Latin scripts with marks, those of Vietnamese among them, whose widths are looked up.
const LATIN: [RangeInclusive<char>; 2] = ['\u{a0}'..='\u{24f}', '\u{1e00}'..='\u{1eff}'];

/// Their widths, found once: a letter is taken apart for it.
static MARKED: LazyLock<[Vec<u32>; 2]> = LazyLock::new(|| LATIN.map(|block| block.map(taken_apart).collect()));

/// A reserve for renderers that round glyphs up.
const RESERVE: f64 = 1.06;

/// What bold adds to a size, to be measured as regular.
pub const BOLD: f64 = 1.08;

/// The width of a text in points, at a font size in points.
pub fn width(text: &str, size: f64) -> f64 {
    points(text.chars().map(thousandths).sum(), size)
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
    if !text.contains('\n') && width(text, size) <= room {
        return 1;
    }
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
        let bare = word.trim_end();
        let [bare, rest] = [bare, &word[bare.len()..]].map(|text| text.chars().map(thousandths).sum::<u32>());
        let (bare, whole) = (points(bare, size), points(bare + rest, size));
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

/// Thousandths of the font size, in points.
fn points(thousandths: u32, size: f64) -> f64 {
    f64::from(thousandths) / 1000.0 * size * RESERVE
}

/// The width of a character in thousandths of the font size.
fn thousandths(c: char) -> u32 {
    if let ' '..='~' = c {
        return ASCII.get(c as usize - 32).map_or(500, |width| u32::from(*width));
    }
    let block = LATIN.iter().zip(MARKED.iter()).find(|(block, _)| block.contains(&c));
    let known = block.and_then(|(block, widths)| widths.get(c as usize - *block.start() as usize));
    known.copied().unwrap_or_else(|| taken_apart(c))
}

/// A Vietnamese letter is as wide as its base letter.
fn taken_apart(c: char) -> u32 {
    let mut base = c;
    decompose_canonical(c, |part| {
        if !is_combining_mark(part) {
            base = part;
        }
    });
    match base {
        'đ' => 500,
        'Đ' => 722,
        _ if is_combining_mark(base) => 0,
        ' '..='~' => ASCII.get(base as usize - 32).map_or(500, |width| u32::from(*width)),
        '\u{2e80}'.. | '…' => 1000,
        _ => 500,
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
    fn a_width_that_is_looked_up_is_that_of_the_letter_taken_apart() {
        assert!(('\0'..='\u{2fff}').all(|c| thousandths(c) == taken_apart(c)));
    }

    #[test]
    fn widths_are_of_times_new_roman_12() {
        assert_eq!((width("0123456789", 12.0) / RESERVE).round(), 60.0);
        assert_eq!((lines("0123456789", column(13.0), 12.0), lines("0123456789", column(9.0), 12.0)), (1, 2));
        assert_eq!(height(1, 12.0), 18.0);
    }
}
