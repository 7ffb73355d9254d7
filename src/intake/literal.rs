//! What spreadsheets call things: error values, number formats of dates, days as serials.

use chrono::{NaiveDate, NaiveDateTime};

use crate::model::Raw;

/// Error values in the words of Excel, of all versions; the last stands for any that is not known.
const ERRORS: [&str; 19] = [
    "#NULL!",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "#GETTING_DATA",
    "#SPILL!",
    "#CONNECT!",
    "#BLOCKED!",
    "#UNKNOWN!",
    "#FIELD!",
    "#CALC!",
    "#BUSY!",
    "#PYTHON!",
    "#EXTERNAL!",
    "#TIMEOUT!",
    ANY_ERROR,
];
/// An error value that is not known.
pub const ANY_ERROR: &str = "#ERROR!";

/// The error value that a text names: `#REF!`, or as LibreOffice writes those that Excel does not know, `Err:502`.
pub fn error(text: &str) -> Option<&'static str> {
    let numbered = text.strip_prefix("Err:").is_some_and(|number| number.parse::<u16>().is_ok());
    let known = ERRORS.iter().find(|error| **error == text).copied();
    known.or(numbered.then_some(ANY_ERROR))
}

/// The number of an error value among those that are known.
pub fn error_number(error: &str) -> u8 {
    let known = ERRORS.iter().position(|known| *known == error);
    known.and_then(|position| u8::try_from(position).ok()).unwrap_or(ERRORS.len() as u8 - 1)
}

/// The error value of a number that [`error_number`] gave.
pub fn error_of_number(number: u8) -> Option<&'static str> {
    ERRORS.get(usize::from(number)).copied()
}

/// A cell of a format that has texts only: an error value, or the text as it stands.
pub fn plain(text: &str) -> Raw<'_> {
    error(text).map_or(Raw::Text(text), Raw::Error)
}

/// The error value of a BIFF code (BErr, [MS-XLSB] 2.5.97.2).
pub fn error_of_code(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#UNKNOWN!",
    }
}

/// Whether a built-in number format shows a date (ECMA-376 part 1, 18.8.30; 27-36 and 50-58 are those of East Asia).
pub fn is_date_format_id(id: u16) -> bool {
    matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

/// Whether a number format shows a day: `dd/mm/yyyy`. Times of day and durations are numbers.
pub fn is_date_format(format: &str) -> bool {
    let (mut month, mut clock) = (false, false);
    let mut rest = format.chars();
    while let Some(letter) = rest.next() {
        match letter.to_ascii_lowercase() {
            '"' => drop(rest.by_ref().find(|letter| *letter == '"')),
            // A colour, a language, or a duration: [Red], [$-42A], [h].
            '[' => clock |= rest.by_ref().take_while(|letter| *letter != ']').all(|letter| "hmsHMS".contains(letter)),
            '\\' | '_' | '*' => drop(rest.next()),
            'd' | 'y' => return true,
            'm' => month = true,
            'h' | 's' => clock = true,
            ';' => break,
            _ => {}
        }
    }
    month && !clock
}

/// The serial of a moment in the 1900 calendar, which holds a 29/02/1900.
pub fn serial(moment: NaiveDateTime) -> Option<f64> {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_hms_opt(0, 0, 0)?;
    let days = (moment - epoch).num_milliseconds() as f64 / 86_400_000.0;
    Some(if days < 61.0 { days - 1.0 } else { days })
}

/// The serial of a day or a moment as ISO 8601 writes it: 2019-06-30, 2019-06-30T12:00:00.
pub fn iso_serial(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('Z');
    let moment = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok();
    serial(moment.or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_days_are_dates() {
        for format in ["dd/mm/yyyy", "d-mmm", "[$-42A]dd mmmm yyyy;@", r#""Ngày" dd "tháng" mm"#, "mm/yy", "d/m h:mm"]
        {
            assert!(is_date_format(format), "{format}");
        }
        for format in ["General", "0.00", "#,##0\\ \"đồng\"", "h:mm:ss", "[h]:mm", "mm:ss", "@", "0;[Red]-0", "0_d"]
        {
            assert!(!is_date_format(format), "{format}");
        }
    }

    #[test]
    fn iso_days_and_moments_are_serials() {
        assert_eq!(iso_serial("2019-06-30"), Some(43_646.0));
        assert_eq!(iso_serial("2019-06-30T12:00:00Z"), Some(43_646.5));
        assert_eq!(iso_serial("1900-01-01T00:00:00.000"), Some(1.0));
        assert_eq!(iso_serial("PT12H"), None);
    }
}
