//! Ages.

use chrono::{Datelike, NaiveDate};

/// Completed years between two days; negative where the second comes first. Who is born on 29 February
/// completes a year on 1 March of a common year.
pub fn completed_years(born: NaiveDate, day: NaiveDate) -> i32 {
    let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
    day.year() - born.year() - i32::from(before_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_completed_on_the_birthday() {
        let age = |born: (i32, u32, u32), day: (i32, u32, u32)| {
            let date = |(year, month, day)| NaiveDate::from_ymd_opt(year, month, day);
            date(born).zip(date(day)).map(|(born, day)| completed_years(born, day))
        };
        assert_eq!(age((1988, 3, 7), (2019, 3, 6)), Some(30));
        assert_eq!(age((1988, 3, 7), (2019, 3, 7)), Some(31));
        assert_eq!(age((1988, 2, 29), (2019, 2, 28)), Some(30));
        assert_eq!(age((1988, 2, 29), (2019, 3, 1)), Some(31));
        assert_eq!(age((2019, 3, 7), (2019, 3, 6)), Some(-1));
    }
}
