//! Dates as people type them.

use chrono::NaiveDate;

/// A date that was written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenDate {
    /// Day, month and year.
    Whole(NaiveDate),
    /// A bare year: its first day stands for it.
    BareYear(NaiveDate),
}

impl WrittenDate {
    /// The date it stands for.
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Whole(day) | Self::BareYear(day) => day,
        }
    }
}

/// Reads dd/mm/yyyy and its kin (`-`, `.` or spaces between, one-digit days and months, two-digit years),
/// yyyy-mm-dd and a bare year. Day before month always. `None` for anything else and for unreal dates.
pub fn date(text: &str) -> Option<WrittenDate> {
    let text = text.trim().trim_end_matches('.');
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let digits = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(|part| digits(part)) {
        return None;
    }
    match parts.as_slice() {
        [year] if year.len() == 4 => real(year, "1", "1").map(WrittenDate::BareYear),
        [year, month, day] if year.len() == 4 && text.contains('-') => real(year, month, day).map(WrittenDate::Whole),
        [day, month, year] if day.len() <= 2 && month.len() <= 2 && year.len() != 3 => {
            real(year, month, day).map(WrittenDate::Whole)
        }
        _ => None,
    }
}

/// A real date between 1900 and 2100; of two-digit years 00-29 are of this century.
fn real(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let written: i32 = year.parse().ok()?;
    let year = match (year.len(), written) {
        (1 | 2, 0..=29) => 2000 + written,
        (1 | 2, _) => 1900 + written,
        _ => written,
    };
    let date = NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)?;
    (1900..=2100).contains(&year).then_some(date)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> Option<WrittenDate> {
        NaiveDate::from_ymd_opt(year, month, day).map(WrittenDate::Whole)
    }

    #[test]
    fn dates_are_read_day_first() {
        for text in ["07/03/1985", "7/3/1985", "07-03-1985", "07.03.1985", "7/3/85", " 07 03 1985 ", "1985-03-07"] {
            assert_eq!(date(text), day(1985, 3, 7), "{text}");
        }
        assert_eq!(date("1985"), NaiveDate::from_ymd_opt(1985, 1, 1).map(WrittenDate::BareYear));
        for text in ["31/02/1985", "13/13/1985", "07/03", "bảy", "", "7/3/198", "1/2/3/4", "0/1/1985"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(days in 0i64..73_000) {
            let date_ = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Duration::days(days);
            prop_assert_eq!(date(&date_.format("%d/%m/%Y").to_string()), Some(WrittenDate::Whole(date_)));
        }

        #[test]
        fn nothing_panics(text in ".{0,20}") {
            let _ = date(&text);
        }
    }
}
