//! Rows that are no person of their own: totals, parts of totals, ditto marks.
//!
//! Here, in sections and in footers each function looks at the text of one cell and knows nothing of its row: a row with
//! a name and an id in it is a person whatever its first cell says. Case and tone placement never matter; a text without
//! any diacritics is compared without them where no name reads alike (`Tong cong`, but not `Tong Van A`).

use super::key;
use super::sections::{Numeral, numeral};
use super::wording::{after, after_numeral, after_spelled, begins};

/// Whether a cell repeats the one above: `nt`, `-nt-`, `n.t.`, `"`, `''`, `″`, `〃`, `-"-`, `//`, `như trên`. A dash or a
/// point alone does not: it says none.
pub fn is_ditto(text: &str) -> bool {
    // Nearly every text says something else, and keys cost.
    if text.bytes().any(is_in_no_ditto) {
        return false;
    }
    let said: String = key(text).chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '_' | '(' | ')')).collect();
    let quotes = said.replace("''", "\"").replace(",,", "\"").replace("//", "\"");
    let marks = |c: char| matches!(c, '"' | '″' | '〃' | '“' | '”' | '„' | '«' | '»');
    matches!(said.as_str(), "nt" | "nhưtrên" | "nhutren") || (!quotes.is_empty() && quotes.chars().all(marks))
}

/// A letter or digit that stands in no ditto mark, whatever is composed with it.
fn is_in_no_ditto(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() && !b"nthure".contains(&byte.to_ascii_lowercase())
}

/// Whether a row sums others up: `TỔNG SỐ`, `Tổng cộng:`, `Cộng (A+B)`, `Tổng số: 35 đồng chí`, `Cộng khóa 1`,
/// `Toàn huyện`. Never a person: `Tống Văn A`, `Tong A Lenh`, `Cộng Thị B`.
pub fn is_total(text: &str) -> bool {
    const WHOLE: [&str; 9] = ["huyện", "tỉnh", "thành phố", "thị xã", "xã", "phường", "trường", "khóa", "đơn vị"];
    let key = key(text);
    if is_spaced_out(&key) {
        return true;
    }
    let said = after_numeral(&key);
    let of_something = |rest: &str| match said.is_ascii() {
        // Without diacritics «Tong Khoa» may be a person; with a number it is a course.
        true => begins(rest, &SUMMED) && rest.contains(|c: char| c.is_ascii_digit()),
        false => SUMMED.iter().any(|what| after_spelled(rest, what).is_some()),
    };
    let sums =
        |rest: &str| rest.is_empty() || rest.starts_with(['(', ':', '=', '.']) || is_sum(rest) || of_something(rest);
    begins(said, &["tổng số", "tổng cộng", "tổng quân số", "cộng tổng"])
        || ["cộng", "tổng"].iter().filter_map(|word| after(said, word)).any(sums)
        || after(said, "toàn").is_some_and(|rest| begins(rest, &WHOLE))
}

/// `T Ổ N G   C Ộ N G`: a total whose letters are set apart.
fn is_spaced_out(key: &str) -> bool {
    let letters: Vec<&str> = key.split(' ').collect();
    let apart = letters.len() > 2 && letters.iter().all(|letter| letter.chars().count() == 1);
    apart && matches!(letters.concat().as_str(), "tổngcộng" | "tổngsố" | "cộng" | "tổng")
}

/// What a total may be of.
const SUMMED: [&str; 18] = [
    "khóa",
    "lớp",
    "năm",
    "đợt",
    "xã",
    "phường",
    "thị trấn",
    "huyện",
    "thành phố",
    "tỉnh",
    "toàn",
    "chung",
    "các",
    "dồn",
    "mục",
    "phần",
    "học viên",
    "đảng viên",
];

/// Whether a text begins with a number, is a numeral or a sum of numerals: `35 đồng chí`, `i`, `a + b`; not `a lềnh`.
fn is_sum(text: &str) -> bool {
    let first = text.split([' ', '+']).next().unwrap_or_default();
    let rest = text[first.len()..].trim_start();
    match numeral(first) {
        Some(Numeral::Number) => true,
        Some(_) => rest.is_empty() || rest.starts_with('+'),
        None => false,
    }
}

/// Whether a row counts again a part of a total: `Trong đó:` (some of them), `Chia ra:` (all of them, by kind).
pub fn is_part_of_total(text: &str) -> bool {
    begins(after_numeral(&key(text)), &["trong đó", "trong số đó", "chia ra", "bao gồm"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ditto_marks_are_known_in_every_shape() {
        let marks = "nt|NT|-nt-|- nt -|n.t|n.t.|(nt)|\"|''|\u{2033}|\u{3003}|”|“ ”|-\"-|-''-|- \" -|’’|//|-//-|,,|như trên|Như trên.|nhu tren|\" \"";
        for text in marks.split('|') {
            assert!(is_ditto(text), "{text}");
        }
        for text in
            ["", "-", "--", ".", "...", "'", "/", ",", "x", "Nt Thái Bình", "như", "12'", "5\"", "Như Trên Đường"]
        {
            assert!(!is_ditto(text), "{text}");
        }
    }

    #[test]
    fn the_quick_look_passes_no_ditto_mark_over() {
        for text in ["NHU TREN", "nh\u{1b0} tr\u{ea}n", "nhu\u{31b} tre\u{302}n", "Ｎ．Ｔ．"] {
            assert!(is_ditto(text) && !text.bytes().any(is_in_no_ditto), "{text}");
        }
    }

    #[test]
    fn totals_are_known_in_every_wording() {
        let totals = "T Ổ N G   C Ộ N G|C ộ n g|TỔNG SỐ|Tổng số|Tổng cộng|TỔNG CỘNG:|Cộng|CỘNG|Tổng|Tổng:|Cộng (A+B)|Cộng A + B|Cộng I+II|Cộng A|\
            Tổng số: 35 đồng chí|Tổng số 35|Tổng 35 đồng chí|Cộng khóa 1|Cộng khoá II|Cộng xã An Hùng|Cộng toàn huyện|Cộng chung|\
            Toàn huyện|TOÀN TỈNH|Toàn thành phố|Tổng quân số|III. Tổng cộng|- Cộng|Tong so|TONG CONG|Cong|Cong khoa 1|Cong:|Toan huyen|\
            Tổng = 5|Tổng học viên|* Tổng số|Cộng dồn";
        for text in totals.split('|') {
            assert!(is_total(text), "{text}");
        }
    }

    #[test]
    fn people_are_no_totals() {
        let people = "Tống Văn A|Tong Van A|Tong A Lenh|Tống A Lềnh|Cộng Thị B|Cong Van B|Công Văn B|Công|Tống|Tông|Tổng Thị C|Nguyễn Văn Cộng|\
            Nguyễn Văn Tổng|Tong Khoa|Cong Nam|Toàn Văn A|Toan|Toàn|Lê Toàn Xã||Tổng hợp|Tổng kết năm|Công an xã|Cộng đồng|Hoàng Văn Thụ";
        for text in people.split('|') {
            assert!(!is_total(text), "{text}");
        }
    }

    #[test]
    fn parts_of_totals_are_known() {
        for text in
            ["Trong đó:", "TRONG ĐÓ", "Trong đó: nữ", "- Trong đó", "Trong số đó", "Chia ra:", "trong do:", "Bao gồm:"]
        {
            assert!(is_part_of_total(text), "{text}");
        }
        for text in ["", "Trong", "Đỗ Trọng", "Trọng Đô", "Tổng số", "Chia", "Trong đóng góp"] {
            assert!(!is_part_of_total(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in ".{0,20}|[ -/a-zA-ZÀ-ỹ0-9]{0,20}") {
            let _ = (is_ditto(&text), is_total(&text), is_part_of_total(&text));
            let _ = (crate::text::is_section_numeral(&text), crate::text::is_section_title(&text));
            let _ = (crate::text::is_footer(&text), crate::text::is_signatory(&text));
            let _ = crate::text::is_nothing_to_report(&text);
        }
    }
}
