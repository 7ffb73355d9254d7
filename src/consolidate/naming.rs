//! What a file's name says of its age among several of one district: `(1)`, `lần 2`, `_final`, `sửa`.

use crate::text::plain_key;

/// Words that people add to a file they have changed.
const CHANGED: [&str; 10] =
    ["sua", "chinh sua", "da sua", "bo sung", "moi", "final", "cuoi", "ban cuoi", "hoan chinh", "hoan thien"];

/// How late a file is by its name alone: words for a change count above numbers, and a number counts by its value.
/// Files whose names say nothing are the earliest.
pub fn lateness(name: &str) -> (usize, u32) {
    let plain = plain_key(name);
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let spaced = format!(" {} ", words.join(" "));
    let changed = CHANGED.iter().filter(|word| spaced.contains(&format!(" {word} "))).count();
    (changed, numbers(&plain, &words).max().unwrap_or(0))
}

/// Numbers that count versions: in parentheses, or behind «lần», «bản», «v».
fn numbers<'a>(plain: &'a str, words: &'a [&str]) -> impl Iterator<Item = u32> + 'a {
    let inside = plain.split('(').skip(1).filter_map(|rest| rest.split(')').next()?.trim().parse().ok());
    let behind = words.windows(2).filter_map(|pair| match pair {
        ["lan" | "ban" | "v" | "ver", number] => number.parse().ok(),
        _ => None,
    });
    let joined = words.iter().filter_map(|word| word.strip_prefix("ver").or(word.strip_prefix('v'))?.parse().ok());
    // A year is no version.
    inside.chain(behind).chain(joined).filter(|number| *number < 100)
}

#[cfg(test)]
mod tests {
    use super::lateness;

    #[test]
    fn names_tell_which_copy_is_later() {
        let order = [
            "182-van-lang.xlsx",
            "182-van-lang (1).xlsx",
            "182-van-lang (2).xlsx",
            "182-van-lang_final.xlsx",
            "182 Văn Lãng sửa lần 2.xlsx",
        ];
        assert!(order.windows(2).all(|pair| lateness(pair[0]) < lateness(pair[1])));
        assert_eq!(lateness("bao cao v3.xlsx"), (0, 3));
        assert_eq!(lateness("bao cao (2019).xlsx"), (0, 0));
    }
}
