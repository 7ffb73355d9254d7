//! Rows that head a section: their numerals and their titles.

use super::key;
use super::wording::{after, after_numeral, begins};

/// What numbers a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numeral {
    /// `I`, `II`, `IV.`, up to 39; `C` and `D` are letters.
    Roman,
    /// `A`, `B.`
    Capital,
    /// `a`, `b)`
    Small,
    /// `1`, `2.`, `1.1`, `(3)`
    Number,
    /// `-`, `+`, `*`, `•`
    Bullet,
}

/// Whether a cell holds a section's numeral alone, with its point, bracket or slash: `I`, `II.`, `A`, `1`, `1.1`, `a)`,
/// `(3)`, `-`, `+`, `*`. The number of a person looks the same.
pub fn is_section_numeral(text: &str) -> bool {
    section_numeral(text).is_some()
}

/// The numeral that a cell consists of.
fn section_numeral(text: &str) -> Option<Numeral> {
    match text.trim() {
        "-" | "–" | "—" | "+" | "*" | "**" | "•" | "·" => Some(Numeral::Bullet),
        text => numeral(text.trim_start_matches('(').trim_end_matches(['.', ')', '/', '-', ':', ' '])),
    }
}

/// The kind of a numeral without the signs around it.
pub(super) fn numeral(bare: &str) -> Option<Numeral> {
    let mut letters = bare.chars();
    let single = letters.next().filter(|_| letters.next().is_none());
    let number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    match single {
        Some('I' | 'V' | 'X') => Some(Numeral::Roman),
        Some('A'..='Z' | 'Đ') => Some(Numeral::Capital),
        Some('a'..='z' | 'đ') => Some(Numeral::Small),
        None if is_roman(bare) => Some(Numeral::Roman),
        _ => bare.split('.').all(number).then_some(Numeral::Number),
    }
}

/// Whether letters of one case are a Roman number up to 39; `Vi` is a family name.
fn is_roman(bare: &str) -> bool {
    let small =
        if bare.bytes().all(|byte| byte.is_ascii_uppercase()) { bare.to_ascii_lowercase() } else { bare.to_owned() };
    let ones = small.trim_start_matches('x');
    let known = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"].contains(&ones);
    known && (1..=7).contains(&small.len()) && small.len() - ones.len() <= 3
}

/// Whether a text heads a section: it begins, after a numeral or without one, with a kind of unit, a course, a class, a
/// year or a group (`I. Xã An Hùng`, `TT. Na Sầm`, `Khóa 1 (2004-2006)`, `Đối tượng 3`). A cell of the unit column
/// reads alike: only a row that holds nothing else is a section.
pub fn is_section_title(text: &str) -> bool {
    const SAFE: [&str; 13] = [
        "thị trấn",
        "thị xã",
        "thành phố",
        "đối tượng",
        "ban chqs",
        "ban chỉ huy quân sự",
        "đơn vị",
        "danh sách",
        "học viên",
        "lớp",
        "đợt",
        "nhóm",
        "cụm",
    ];
    // Typed without diacritics these are names of people: Xa, Phương, Huyền, Khoa, Phan.
    const NAMES_TOO: [&str; 8] = ["xã", "phường", "huyện", "tỉnh", "khóa", "phần", "khối", "diện"];
    const SHORT: [&str; 6] = ["tt.", "t.t", "x.", "p.", "h.", "tp."];
    let key = key(text);
    let said = after_numeral(&key);
    let counted =
        |rest: &str| rest.split([' ', ':', '(']).next().and_then(numeral).is_some_and(|kind| kind != Numeral::Small);
    begins(said, &SAFE)
        || NAMES_TOO.iter().filter_map(|word| after(said, word)).any(|rest| !said.is_ascii() || counted(rest))
        || after(said, "năm").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || SHORT.iter().filter_map(|short| after(&key, short)).any(|rest| !rest.is_empty())
        || after(&key, "tt").is_some_and(|rest| !rest.is_empty() && !key.is_ascii())
}

/// Whether a text is the number of a page: `Trang 2`, `trang 2/5`.
pub fn is_page_number(text: &str) -> bool {
    let key = key(text);
    let rest = key.strip_prefix("trang ").unwrap_or("");
    rest.starts_with(|c: char| c.is_ascii_digit()) && rest.chars().all(|c| c.is_ascii_digit() || c == '/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known() {
        assert!(["Trang 2", "TRANG 12", "trang 2/5"].into_iter().all(is_page_number));
        assert!(["Trang", "Trang Định", "Trang 2 người", "2"].into_iter().all(|text| !is_page_number(text)));
    }

    #[test]
    fn numerals_are_known_by_their_kind() {
        for (kind, texts) in [
            (Numeral::Roman, "I II III. IV) IX/ X XII. XXXIX (V) I/- ii iv"),
            (Numeral::Capital, "A B. C D) Đ (A) L."),
            (Numeral::Small, "a a) b. đ) (c) i"),
            (Numeral::Number, "1 2. 35) (3) 1.1 1.2. 2.1.1"),
            (Numeral::Bullet, "- – + * •"),
        ] {
            for text in texts.split(' ') {
                assert_eq!(section_numeral(text), Some(kind), "{text}");
            }
        }
        for text in ["", "Vi", "Xi", "IIII", "VX", "XXXX", "CC", "12345", "1,5", "A1", "Hà", "..", "()", "1 2", "TT"] {
            assert_eq!(section_numeral(text), None, "{text}");
        }
    }

    #[test]
    fn titles_are_known_by_their_first_word() {
        let titles = "Xã An Hùng|I. Xã An Hùng|XÃ TÂN MỸ|1) Phường Chi Lăng|Thị trấn Na Sầm|TT. Na Sầm|TT Na Sầm|T.T Na Sầm|X. An Hùng|\
            P.Chi Lăng|Huyện Văn Lãng|Thành phố Lạng Sơn|Khóa 1|KHOÁ II|Khóa 1 (2004-2006)|Khoá: 2|Lớp trung cấp QSCS|Năm 2019|\
            Đợt 2|Đối tượng 3|Phần I|A. Khối xã biên giới|- Ban CHQS xã Tân Mỹ|Thi tran Na Sam|Khoa 1|Phan II|Nam 2019|Danh sách tiếp";
        for text in titles.split('|') {
            assert!(is_section_title(text), "{text}");
        }
    }

    #[test]
    fn people_and_values_are_no_titles() {
        let people = "Xa Thi Lan|Phuong Van A|Phương Thị Hà|Huyen|Khoa|Khoa Van A|Phan Van A|Phan Thị Đào|Nam|Nam Cao|Năm|Nam, nữ|\
            Hoàng Văn Thụ|Tinh|Vi Văn Xã|Lã Thị Năm|TT|X|x|P.|1|Tày|12/12|Chỉ huy trưởng|Đinh Thị Huyện|Xá Văn A";
        for text in people.split('|') {
            assert!(!is_section_title(text), "{text}");
        }
    }
}
