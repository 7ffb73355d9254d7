//! The 8-bit encodings of the time before Unicode, TCVN3 and VNI: by font, and letter by letter.
//!
//! Their bytes are seen here as the Latin letters that Windows-1252 has for them. A file that gives them as Latin-1
//! instead differs in U+0080-U+009F alone, where neither encoding has a letter: those become the punctuation that
//! Windows-1252 has there. Whether a text *is* legacy is decided in [`decoded`](super::decoded).

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::letters;
use crate::model::Legacy;

/// The encoding that a font's name tells: `.VnTime` TCVN3, `.VnTimeH` its capitals, `VNI-Times` VNI; none for others.
pub fn font(name: &str) -> Option<Legacy> {
    let name = name.trim().to_ascii_lowercase();
    match () {
        () if name.starts_with("vni-") => Some(Legacy::Vni),
        () if !name.starts_with(".vn") => None,
        () if name.ends_with('h') => Some(Legacy::Tcvn3Capitals),
        () => Some(Legacy::Tcvn3),
    }
}

/// Writes a text of a legacy encoding in Unicode; what the encoding has no letter for stays.
///
/// Where the font has capitals only, the whole text is written in capitals, as it was seen.
pub fn decode(text: &str, legacy: Legacy) -> Cow<'_, str> {
    match text.is_ascii() && legacy != Legacy::Tcvn3Capitals {
        true => Cow::Borrowed(text),
        false => match read(text, legacy).text {
            same if same == text => Cow::Borrowed(text),
            decoded => Cow::Owned(decoded),
        },
    }
}

/// What reading a text in a legacy encoding gave.
pub(super) struct Read {
    /// The text in Unicode.
    pub text: String,
    /// Whether the encoding has every letter of it: what holds another letter was not written in it.
    pub whole: bool,
}

/// Reads a text in a legacy encoding.
pub(super) fn read(text: &str, legacy: Legacy) -> Read {
    let table = if legacy == Legacy::Vni { &*VNI } else { &*TCVN3 };
    let mut read = Read { text: String::with_capacity(text.len() + text.len() / 2), whole: true };
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let pair = rest.peek().and_then(|next| table.pairs.get(&(c, *next)));
        match pair.or_else(|| table.single(c)) {
            Some(letter) => read.text.push(*letter),
            None => {
                read.whole &= !is_letter(c);
                read.text.push(windows_1252(c));
            }
        }
        if pair.is_some() {
            rest.next();
        }
    }
    if legacy == Legacy::Tcvn3Capitals {
        read.text = read.text.to_uppercase();
    }
    read
}

/// Whether a character is a letter above ASCII, or a mark that makes one.
pub(super) fn is_letter(c: char) -> bool {
    !c.is_ascii() && (letters::is_letter(c) || ('\u{300}'..='\u{36f}').contains(&c))
}

/// One encoding: letters of one character and of two.
struct Table {
    singles: [Option<char>; 256],
    pairs: FxHashMap<(char, char), char>,
}

impl Table {
    /// The table of a CSV file without quotes up to there: in which column the seen characters stand, and in which the
    /// letter.
    fn of(csv: &str, seen: usize, letter: usize) -> Self {
        let mut table = Self { singles: [None; 256], pairs: FxHashMap::default() };
        for entry in csv.lines().skip(1) {
            let mut characters = entry.split(',').nth(seen).unwrap_or_default().chars();
            let letter = entry.split(',').nth(letter).and_then(|letter| letter.chars().next());
            let (Some(first), Some(letter)) = (characters.next(), letter) else { continue };
            match (characters.next(), table.singles.get_mut(first as usize)) {
                (Some(second), _) => drop(table.pairs.insert((first, second), letter)),
                (None, Some(single)) => *single = Some(letter),
                (None, None) => {}
            }
        }
        table
    }

    fn single(&self, c: char) -> Option<&char> {
        self.singles.get(c as usize)?.as_ref()
    }
}

static TCVN3: LazyLock<Table> = LazyLock::new(|| Table::of(include_str!("data/tcvn3_to_unicode.csv"), 1, 3));
static VNI: LazyLock<Table> = LazyLock::new(|| Table::of(include_str!("data/vni_to_unicode.csv"), 0, 2));

/// The punctuation of Windows-1252 for a byte that came through as Latin-1.
fn windows_1252(c: char) -> char {
    match c {
        '\u{82}' => '‚',
        '\u{84}' => '„',
        '\u{85}' => '…',
        '\u{8b}' => '‹',
        '\u{91}' => '‘',
        '\u{92}' => '’',
        '\u{93}' => '“',
        '\u{94}' => '”',
        '\u{95}' => '•',
        '\u{96}' => '–',
        '\u{97}' => '—',
        '\u{9b}' => '›',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn entries(csv: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
        csv.lines().skip(1).map(|line| line.split(',').collect())
    }

    fn character(code: &str) -> char {
        char::from_u32(u32::from_str_radix(code.trim_start_matches("U+"), 16).unwrap()).unwrap()
    }

    #[test]
    fn every_entry_of_tcvn3_is_read() {
        let mut seen = 0;
        for entry in entries(include_str!("data/tcvn3_to_unicode.csv")) {
            let (written, letter) = (character(entry[0]), character(entry[4]));
            assert_eq!((written, letter.to_string().as_str()), (character(entry[2]), entry[3]));
            assert_eq!(decode(&written.to_string(), Legacy::Tcvn3), letter.to_string());
            assert_eq!(decode(&written.to_string(), Legacy::Tcvn3Capitals), letter.to_uppercase().to_string());
            seen += 1;
        }
        assert_eq!(seen, 74);
    }

    #[test]
    fn every_entry_of_vni_is_read() {
        let mut seen = 0;
        for entry in entries(include_str!("data/vni_to_unicode.csv")) {
            let written: String = entry[1].split(' ').map(character).collect();
            assert_eq!(written, entry[0]);
            assert_eq!(decode(&written, Legacy::Vni), character(entry[3]).to_string());
            seen += 1;
        }
        assert_eq!(seen, 134);
    }

    #[test]
    fn texts_are_read_as_they_were_seen() {
        for (text, legacy, seen) in [
            ("Hä vµ tªn", Legacy::Tcvn3, "Họ và tên"),
            ("NguyÔn ThÞ H\u{ad}¬ng", Legacy::Tcvn3, "Nguyễn Thị Hương"),
            ("danh s¸ch häc viªn", Legacy::Tcvn3Capitals, "DANH SÁCH HỌC VIÊN"),
            ("Stt", Legacy::Tcvn3Capitals, "STT"),
            ("Hoï vaø teân", Legacy::Vni, "Họ và tên"),
            ("Nguyeãn Thò Höông", Legacy::Vni, "Nguyễn Thị Hương"),
            ("ÑOÀNG ÑAÊNG \u{96} Laïng Sôn", Legacy::Vni, "ĐỒNG ĐĂNG – Lạng Sơn"),
            ("§ång §¨ng \u{93}x\u{94} 25°C", Legacy::Tcvn3, "Đồng Đăng “x” 25°C"),
        ] {
            assert_eq!(decode(text, legacy), seen);
        }
        assert!(matches!(decode("Stt", Legacy::Vni), Cow::Borrowed("Stt")));
    }

    #[test]
    fn fonts_are_known_by_name() {
        for (name, legacy) in [
            (".VnTime", Some(Legacy::Tcvn3)),
            (".VnArial", Some(Legacy::Tcvn3)),
            (".vntimeh", Some(Legacy::Tcvn3Capitals)),
            (".VnArial NarrowH", Some(Legacy::Tcvn3Capitals)),
            ("VNI-Times", Some(Legacy::Vni)),
            ("vni-helve", Some(Legacy::Vni)),
            ("Times New Roman", None),
            ("VnTime", None),
            ("", None),
        ] {
            assert_eq!(font(name), legacy, "{name}");
        }
    }
}
