//! Dates as people type them: day before month, always; never a guess.

use chrono::{Datelike, NaiveDate};

use super::plain_key;
use crate::model::RepairKind;

/// A date that was written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenDate {
    /// Day, month and year.
    Whole(NaiveDate),
    /// Day, month and the last two digits of the year: 00-29 are of this century, 30-99 of the last.
    TwoDigitYear(NaiveDate),
    /// Month and year: the first day of the month stands for it.
    MonthYear(NaiveDate),
    /// A bare year: its first day stands for it.
    BareYear(NaiveDate),
}

impl WrittenDate {
    /// The date it stands for.
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Whole(day) | Self::TwoDigitYear(day) | Self::MonthYear(day) | Self::BareYear(day) => day,
        }
    }

    /// The repair that reading it is.
    pub fn repair(self) -> RepairKind {
        match self {
            Self::Whole(_) => RepairKind::TextDate,
            Self::TwoDigitYear(_) => RepairKind::TwoDigitYear,
            Self::MonthYear(_) | Self::BareYear(_) => RepairKind::BareYear,
        }
    }
}

/// Reads a date: dd/mm/yyyy and its kin (`-`, `.` or spaces between, one-digit days and months, two-digit years),
/// yyyy-mm-dd, either with a time behind it, `ngày 7 tháng 3 năm 1985`, `7 tháng 3, 1985`, `tháng 3/1985`, `03/1985`,
/// `năm 1985`, `1985`. `None` for anything else, for days that never were and years outside 1900-2100.
pub fn date(text: &str) -> Option<WrittenDate> {
    let plain = plain_key(text);
    let pieces = pieces(&plain);
    let (date, rest) = read(&pieces)?;
    rest.iter().all(|piece| matches!(piece, Piece::Sign('.' | ',' | ';'))).then_some(date)
}

/// All dates of a cell that may hold several, in order: `03/02/2005, 03/02/2006`, `03/02/2005 (chính thức 03/02/2006)`.
/// Words between them are passed over. Empty where no date stands, or where a digit belongs to no date.
pub fn dates(text: &str) -> Vec<WrittenDate> {
    let plain = plain_key(text);
    let pieces = pieces(&plain);
    let mut rest = pieces.as_slice();
    let mut dates = Vec::new();
    while let Some((first, after)) = rest.split_first() {
        rest = match (read(rest), first) {
            (Some((date, after)), _) => {
                dates.push(date);
                after
            }
            (None, Piece::Number(_)) => return Vec::new(),
            (None, _) => after,
        };
    }
    dates
}

/// The date that was perhaps meant by a text that [`date`] refuses: for a question to the district, never for the value.
///
/// Tries eight digits without separators (`07031985`, `19850307`), the letters O and l for 0 and 1, the month before the
/// day, and one date among words. `None` where nothing, or more than one thing, could be meant.
pub fn near(text: &str) -> Option<NaiveDate> {
    let one = |text: &str| match dates(text).as_slice() {
        [WrittenDate::Whole(day)] => Some(*day),
        _ => None,
    };
    let plain = plain_key(text);
    let digits = plain.replace('o', "0").replace(['l', 'i', '|'], "1");
    let parts: Vec<&str> = digits.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let otherwise = || match parts.as_slice() {
        [whole] if whole.len() == 8 => {
            let day_first = real(&whole[4..], &whole[2..4], &whole[..2]);
            let year_first = real(&whole[..4], &whole[4..6], &whole[6..]);
            day_first.xor(year_first)
        }
        [month, day, year] if year.len() == 4 => real(year, month, day),
        _ => None,
    };
    one(&plain).or_else(|| one(&digits)).or_else(otherwise)
}

/// A piece of a written date; spaces part pieces and are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Number(&'a str),
    Word(&'a str),
    Sign(char),
}

/// A text without marks, in pieces.
fn pieces(plain: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(8);
    let mut rest = plain;
    while let Some(first) = rest.chars().next() {
        let run = |of: fn(char) -> bool| rest.find(|c| !of(c)).unwrap_or(rest.len());
        let (piece, length) = match first {
            _ if first.is_ascii_digit() => {
                let length = run(|c| c.is_ascii_digit());
                (Piece::Number(&rest[..length]), length)
            }
            _ if first.is_alphabetic() => {
                let length = run(char::is_alphabetic);
                (Piece::Word(&rest[..length]), length)
            }
            _ => (Piece::Sign(first), first.len_utf8()),
        };
        if piece != Piece::Sign(' ') {
            pieces.push(piece);
        }
        rest = &rest[length..];
    }
    pieces
}

/// The date that pieces begin with, with the time behind it, and what is left.
fn read<'a>(pieces: &'a [Piece<'a>]) -> Option<(WrittenDate, &'a [Piece<'a>])> {
    let start = Reader(pieces);
    let (date, end) = start.whole().or_else(|| start.month_year()).or_else(|| start.bare_year())?;
    Some((date, end.after_time().unwrap_or(end).0))
}

/// What is left to read; each step takes what it looks for, if it is next.
#[derive(Clone, Copy)]
struct Reader<'a>(&'a [Piece<'a>]);

impl<'a> Reader<'a> {
    /// Day, month and year, or year, month and day with signs between.
    fn whole(mut self) -> Option<(WrittenDate, Self)> {
        self.word("ngay");
        let first = self.number()?;
        let by_sign = self.sign(&['/', '-', '.']);
        let by_word = !by_sign && self.word("thang");
        let month = self.number().filter(|month| month.len() <= 2)?;
        if by_word {
            self.sign(&[',']);
        }
        let _ = self.word("nam") || self.sign(&['/', '-', '.']);
        let last = self.number()?;
        let date = match (first.len(), last.len()) {
            (1 | 2, 4) => WrittenDate::Whole(real(last, month, first)?),
            (1 | 2, 2) => WrittenDate::TwoDigitYear(real(&in_full(last), month, first)?),
            (4, 1 | 2) if by_sign => WrittenDate::Whole(real(first, month, last)?),
            _ => return None,
        };
        Some((date, self))
    }

    fn month_year(mut self) -> Option<(WrittenDate, Self)> {
        let named = self.word("thang");
        let month = self.number().filter(|month| month.len() <= 2)?;
        let parted = named && (self.sign(&[',']) || self.word("nam")) || self.sign(&['/', '-', '.']);
        let year = self.number().filter(|year| year.len() == 4 && (named || parted))?;
        Some((WrittenDate::MonthYear(real(year, month, "1")?), self))
    }

    fn bare_year(mut self) -> Option<(WrittenDate, Self)> {
        self.word("nam");
        let year = self.number().filter(|year| year.len() == 4)?;
        Some((WrittenDate::BareYear(real(year, "1", "1")?), self))
    }

    /// What follows a time of the day: `00:00`, `T00:00:00`, `12:00:00 AM`.
    fn after_time(mut self) -> Option<Self> {
        self.word("t");
        for unit in 0..3 {
            if unit > 0 && !self.sign(&[':']) {
                return (unit == 2).then_some(self);
            }
            self.number().filter(|number| number.len() <= 2)?;
        }
        let _ = self.word("am") || self.word("pm");
        Some(self)
    }

    fn number(&mut self) -> Option<&'a str> {
        let (Piece::Number(number), rest) = self.0.split_first()? else { return None };
        self.0 = rest;
        Some(number)
    }

    fn word(&mut self, wanted: &str) -> bool {
        self.take(|piece| matches!(piece, Piece::Word(word) if word == wanted))
    }

    fn sign(&mut self, wanted: &[char]) -> bool {
        self.take(|piece| matches!(piece, Piece::Sign(sign) if wanted.contains(&sign)))
    }

    fn take(&mut self, is_wanted: impl Fn(Piece<'_>) -> bool) -> bool {
        match self.0.split_first() {
            Some((next, rest)) if is_wanted(*next) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }
}

/// A two-digit year with its century: birth and Party dates of people in office lie between 1930 and 2029.
fn in_full(year: &str) -> String {
    let century = if year < "30" { "20" } else { "19" };
    format!("{century}{year}")
}

/// A real date between 1900 and 2100.
fn real(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    (1900..=2100).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn on(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn whole_dates_are_read_day_first() {
        let march = "07/03/1985|7/3/1985|07-03-1985|07.03.1985| 07 03 1985 |07 / 03 / 1985|07/03/1985.|07/03/1985,|7/3-1985|\
            1985-03-07|1985/3/7|1985-03-07 00:00:00|1985-03-07T00:00:00|07/03/1985 00:00|07/03/1985 12:00:00 AM|\
            ngày 7 tháng 3 năm 1985|Ngày 07 tháng 03 năm 1985.|7 tháng 3, 1985|7 tháng 3 năm 1985|7 tháng 3 1985|\
            NGAY 7 THANG 3 NAM 1985|ngày 07/03/1985|07/03 năm 1985|０７／０３／１９８５|07\u{a0}/03/\u{200b}1985|07/03\n1985";
        for text in march.split('|') {
            assert_eq!(date(text), Some(WrittenDate::Whole(on(1985, 3, 7))), "{text}");
        }
    }

    #[test]
    fn a_year_of_two_digits_is_said_to_be_one() {
        for (text, year) in [("7/3/85", 1985), ("07-03-30", 1930), ("7.3.29", 2029), ("ngày 7 tháng 3 năm 00", 2000)]
        {
            assert_eq!(date(text), Some(WrittenDate::TwoDigitYear(on(year, 3, 7))), "{text}");
        }
    }

    #[test]
    fn an_unknown_day_is_said_to_be_one() {
        for text in ["03/1985", "3-1985", "3.1985", "tháng 3/1985", "tháng 3 năm 1985", "Tháng 3, 1985", "thang 3 1985"]
        {
            assert_eq!(date(text), Some(WrittenDate::MonthYear(on(1985, 3, 1))), "{text}");
        }
        for text in ["1985", " năm 1985.", "Nam 1985"] {
            assert_eq!(date(text), Some(WrittenDate::BareYear(on(1985, 1, 1))), "{text}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        let none = "31/02/1985|13/13/1985|00/01/1985|07/03|bảy||7/3/198|7/3/5|1/2/3/4|07031985|19850307|O7/03/1985|l2/03/1985|\
            12/85|9/12|03 1985|1985 03 07|07/03/1899|07/03/2101|1899|sinh 07/03/1985|07/03/1985 và 08/03/1985|7//3/1985|\
            tháng 3|ngày 7|12:30|07/03/1985 25|1.234|12/2|năm 85|ngày tháng năm";
        for text in none.split('|') {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn a_cell_may_hold_several_dates() {
        let both = [WrittenDate::Whole(on(2005, 2, 3)), WrittenDate::Whole(on(2006, 2, 3))];
        let texts = "03/02/2005, 03/02/2006|03/02/2005\n03/02/2006|03/02/2005-03/02/2006|3/2/2005 (chính thức 3/2/2006)|\
            Vào Đảng: 03/02/2005; chính thức: 03/02/2006|ngày 3 tháng 2 năm 2005, ngày 3 tháng 2 năm 2006|03/02/2005 03.02.2006";
        for text in texts.split('|') {
            assert_eq!(dates(text), both, "{text}");
        }
        let years = [WrittenDate::BareYear(on(2005, 1, 1)), WrittenDate::MonthYear(on(2006, 2, 1))];
        assert_eq!(dates("2005, 02/2006"), years);
        assert_eq!(dates("03/02/2005"), both[..1]);
        for text in ["", "chưa", "03/02/2005, 31/02/2006", "thẻ số 123, 03/02/2005", "03/02/2005/1"] {
            assert_eq!(dates(text), [], "{text}");
        }
    }

    #[test]
    fn what_may_be_meant_is_a_question() {
        let march = "07031985|19850307|O7/03/1985|07/O3/l985|o7o3l985|sinh ngày 07/03/1985 tại Lạng Sơn|7.3.1985 (?)";
        for text in march.split('|') {
            assert_eq!((date(text), near(text)), (None, Some(on(1985, 3, 7))), "{text}");
        }
        assert_eq!(near("03/25/1985"), Some(on(1985, 3, 25)));
        for text in ["31/02/1985", "", "bảy", "0703198", "99999999", "07/03", "03/02/2005, 03/02/2006", "1/2/3/4"] {
            assert_eq!(near(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(days in 0i64..73_000) {
            let day = on(1900, 1, 1) + chrono::Duration::days(days);
            for shape in ["%d/%m/%Y", "%-d.%-m.%Y", "%Y-%m-%d", "ngày %d tháng %m năm %Y", "%Y-%m-%d 00:00:00"] {
                prop_assert_eq!(date(&day.format(shape).to_string()), Some(WrittenDate::Whole(day)));
            }
        }

        #[test]
        fn nothing_panics(text in ".{0,20}|[0-9/., -]{0,20}|[0-9 a-zà-ỹ:/]{0,30}") {
            let _ = date(&text);
            let _ = dates(&text);
            let _ = near(&text);
        }
    }
}
