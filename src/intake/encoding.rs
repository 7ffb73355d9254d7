//! Bytes of a text file in, characters out: by byte order mark, by validity, by what the file declares, by what
//! reads as Vietnamese. Where nothing tells, Windows-1252, which loses no byte: TCVN3 and VNI are decoded later, in `text`.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

/// How much of a file is looked at to tell UTF-16 without a mark.
const SAMPLE: usize = 4096;

/// The text of a file; `declared` is the encoding that the file names inside.
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Cow<'a, str> {
    encoding(bytes, declared).decode(bytes).0
}

/// The encoding that an HTML or XML file names at its beginning: `charset=utf-8`, `encoding="UTF-16"`.
pub fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(SAMPLE)]).to_ascii_lowercase();
    let (_, after) = ["charset=", "encoding="].iter().find_map(|mark| head.split_once(mark))?;
    let after = after.trim_start_matches(['"', '\'', ' ']);
    let label = after.split(|letter: char| !letter.is_ascii_alphanumeric() && !"-_:.".contains(letter)).next()?;
    Encoding::for_label(label.as_bytes())
}

/// The text of a file's first bytes, in lower case, to look for marks in.
pub fn head(bytes: &[u8], length: usize) -> String {
    let start = &bytes[..bytes.len().min(length)];
    // A cut may stand inside a character of several bytes.
    let whole = match std::str::from_utf8(start) {
        Err(error) if error.error_len().is_none() => &start[..error.valid_up_to()],
        _ => start,
    };
    decode(whole, None).to_lowercase()
}

fn encoding(bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return marked;
    }
    if let Some(wide) = wide(&bytes[..bytes.len().min(SAMPLE)]) {
        return wide;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    match declared {
        // Programs write 1252 where they mean whatever the machine uses, and UTF-8 was just ruled out.
        Some(other) if other != UTF_8 && other != WINDOWS_1252 && !is_wide(other) => other,
        _ if reads_as_1258(bytes) => WINDOWS_1258,
        _ => WINDOWS_1252,
    }
}

fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// UTF-16 without a mark: in a table, most of digits, spaces and separators have a zero as their other byte.
fn wide(sample: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| sample.chunks_exact(2).filter(|pair| pair[odd] == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    match () {
        () if odd * 3 > pairs && even * 10 < odd => Some(UTF_16LE),
        () if even * 3 > pairs && odd * 10 < even => Some(UTF_16BE),
        () => None,
    }
}

/// Windows-1258 writes tones as bytes of their own after the vowel. In TCVN3, VNI and Western texts these bytes
/// are letters and stand anywhere.
fn reads_as_1258(bytes: &[u8]) -> bool {
    let tones = |byte: u8| matches!(byte, 0xCC | 0xD2 | 0xDE | 0xEC | 0xF2);
    let (mut after_vowel, mut elsewhere) = (0usize, 0usize);
    for pair in bytes.windows(2).filter(|pair| tones(pair[1])) {
        match is_vowel(pair[0]) {
            true => after_vowel += 1,
            false => elsewhere += 1,
        }
    }
    after_vowel > 0 && after_vowel >= elsewhere * 10
}

/// a ă â e ê i o ô ơ u ư y of Windows-1258, in both cases.
fn is_vowel(byte: u8) -> bool {
    matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
        || matches!(byte, 0xC2 | 0xC3 | 0xCA | 0xD4 | 0xD5 | 0xDD | 0xE2 | 0xE3 | 0xEA | 0xF4 | 0xF5 | 0xFD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::tests::to_1258;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    const NAMES: &str = "Nguyễn Thị Mẩy;Đặng Văn Ất;Huyện Văn Lãng, tỉnh Lạng Sơn;Hoàng Đức Thắng";

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn unicode_is_told_with_and_without_its_mark() {
        let marked = |text: &str| format!("\u{feff}{text}");
        for bytes in [
            NAMES.as_bytes().to_vec(),
            marked(NAMES).into_bytes(),
            utf_16(NAMES, u16::to_le_bytes),
            utf_16(NAMES, u16::to_be_bytes),
            utf_16(&marked(NAMES), u16::to_le_bytes),
            utf_16(&marked(NAMES), u16::to_be_bytes),
        ] {
            assert_eq!(decode(&bytes, None), NAMES);
        }
    }

    #[test]
    fn half_composed_windows_1258_is_told_by_its_tones() {
        let bytes = to_1258(NAMES);
        for declared in [None, Some(WINDOWS_1252), Some(UTF_8), Some(WINDOWS_1258)] {
            assert_eq!(decode(&bytes, declared).nfc().collect::<String>(), NAMES);
        }
    }

    #[test]
    fn a_page_names_its_encoding() {
        assert_eq!(
            declared(b"<meta http-equiv=Content-Type content=\"text/html; charset=windows-1258\">"),
            Some(WINDOWS_1258)
        );
        assert_eq!(declared(b"<META charset='UTF-8'>"), Some(UTF_8));
        assert_eq!(declared(b"<?xml version=\"1.0\" encoding=\"windows-1252\"?>"), Some(WINDOWS_1252));
        assert_eq!(declared(b"<html>"), None);
    }

    #[test]
    fn older_encodings_keep_their_bytes() {
        // "Nguyễn Thị Mẩy; Đỗ Văn Bình" in TCVN3, and "Nguyễn Thị; Bình" in VNI.
        let tcvn3 = b"Nguy\xD4n Th\xDE M\xC8y;\xA7\xE7 V\xA8n B\xD7nh;x\xB7 Qu\xFAc Kh\xB8nh;h\xE1 \xDEnh";
        let vni = b"Nguye\xE3n Th\xF2;B\xECnh;x\xE3 Quo\xE1c Kha\xF9nh";
        for bytes in [tcvn3.as_slice(), vni.as_slice()] {
            let text = decode(bytes, None);
            assert_eq!(WINDOWS_1252.encode(&text).0, bytes);
            assert_eq!(text, WINDOWS_1252.decode(bytes).0);
        }
    }

    #[test]
    fn a_western_text_stays_one() {
        let bytes = b"Caf\xE9 de la R\xE9publique, Citt\xE0 di Cant\xF9, \xCEle";
        assert_eq!(decode(bytes, None), "Café de la République, Città di Cantù, Île");
    }

    #[test]
    fn a_head_may_end_inside_a_character() {
        assert_eq!(head("Ngày ĐẾN".as_bytes(), 9), "ngày đ".chars().take(6).collect::<String>());
    }

    proptest! {
        #[test]
        fn any_bytes_are_text(bytes in proptest::collection::vec(any::<u8>(), 0..200), length in 0..300usize) {
            let _ = (decode(&bytes, None), head(&bytes, length));
        }
    }
}
