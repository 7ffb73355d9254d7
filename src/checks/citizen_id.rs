//! How a Vietnamese citizen id is built (circular 07/2016/TT-BCA): three digits of the province, one of century and
//! sex, two of the birth year, six of the person.

/// The number of its digits.
pub const DIGITS: usize = 12;

/// The province's digits of anything that begins like a citizen id; all of it where it is shorter.
pub fn province(number: &str) -> &str {
    number.get(..3).unwrap_or(number)
}

/// Whether a number is made like a citizen id.
pub fn is_one(number: &str) -> bool {
    number.len() == DIGITS && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a citizen id tells a man, and the birth year; `None` for any other number.
pub fn told(number: &str) -> Option<(bool, i32)> {
    let century_and_sex: i32 = number.get(3..4).filter(|_| is_one(number))?.parse().ok()?;
    let year: i32 = number.get(4..6)?.parse().ok()?;
    Some((century_and_sex % 2 == 0, 1900 + 100 * (century_and_sex / 2) + year))
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn the_fourth_digit_tells_century_and_sex() {
        assert_eq!(told("020085001234"), Some((true, 1985)));
        assert_eq!(told("020185001234"), Some((false, 1985)));
        assert_eq!(told("020201001234"), Some((true, 2001)));
        assert_eq!(told("020301001234"), Some((false, 2001)));
        assert_eq!([told("02008500123"), told("02008500123x"), told("")], [None, None, None]);
    }
}
