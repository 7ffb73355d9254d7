//! The letters of Vietnamese: vowels and tones, capitals, and the strange forms a letter may come in.

/// The six tones, in the order of [`VOWELS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// No mark: `a`.
    Ngang,
    /// Grave: `à`.
    Huyen,
    /// Hook above: `ả`.
    Hoi,
    /// Tilde: `ã`.
    Nga,
    /// Acute: `á`.
    Sac,
    /// Dot below: `ạ`.
    Nang,
}

/// All tones, in the order of [`VOWELS`].
pub const TONES: [Tone; 6] = [Tone::Ngang, Tone::Huyen, Tone::Hoi, Tone::Nga, Tone::Sac, Tone::Nang];

/// The twelve vowels, each with its six tones.
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];

/// The vowel under each row of [`VOWELS`] when all marks are taken off.
const BARE: [char; 12] = ['a', 'a', 'a', 'e', 'e', 'i', 'o', 'o', 'o', 'u', 'u', 'y'];

const FIRST: u32 = 'a' as u32;
const LATIN: usize = 'ư' as usize - 'a' as usize + 1;
const FIRST_TONED: u32 = 'ạ' as u32;
const TONED: usize = 'ỹ' as usize - 'ạ' as usize + 1;

static LATIN_PLACES: [u8; LATIN] = places(FIRST);
static TONED_PLACES: [u8; TONED] = places(FIRST_TONED);

/// Where the letters of a block stand in [`VOWELS`]: 1 + 6 × row + tone; 0 for other letters.
const fn places<const N: usize>(first: u32) -> [u8; N] {
    let mut places = [0; N];
    let mut at = 0;
    while at < 72 {
        let letter = VOWELS[at / 6][at % 6] as u32;
        if letter >= first && letter < first + N as u32 {
            places[(letter - first) as usize] = at as u8 + 1;
        }
        at += 1;
    }
    places
}

/// The row and the tone of a small vowel.
fn place(letter: char) -> Option<(usize, usize)> {
    let code = letter as u32;
    let place = match code >= FIRST_TONED {
        true => TONED_PLACES.get((code - FIRST_TONED) as usize),
        false => LATIN_PLACES.get(code.checked_sub(FIRST)? as usize),
    };
    let at = usize::from(*place?).checked_sub(1)?;
    Some((at / 6, at % 6))
}

/// A small vowel without its tone, and the tone: `ế` is `ê` with sắc. `None` for all but vowels.
pub fn vowel(letter: char) -> Option<(char, Tone)> {
    place(letter).map(|(row, tone)| (VOWELS[row][0], TONES[tone]))
}

/// A small vowel with a tone; other letters stay as they are.
pub fn with_tone(letter: char, tone: Tone) -> char {
    place(letter).map_or(letter, |(row, _)| VOWELS[row][tone as usize])
}

/// A small letter without any mark, `đ` included; `None` where the letter is not of Vietnamese.
pub fn bare(letter: char) -> Option<char> {
    match letter {
        'đ' => Some('d'),
        _ if letter.is_ascii() => Some(letter),
        _ => place(letter).map(|(row, _)| BARE[row]),
    }
}

/// The small letter of a Vietnamese capital, fast; `None` where only Unicode's tables know.
pub fn small(letter: char) -> Option<char> {
    match letter {
        _ if letter.is_ascii() => Some(letter.to_ascii_lowercase()),
        'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(letter as u32 | 0x20),
        'ß'..='ÿ' => Some(letter),
        'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' => char::from_u32(letter as u32 | 1),
        'Ư' => Some('ư'),
        'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => Some(letter),
        'Ạ'..='ỹ' => char::from_u32(letter as u32 | 1),
        _ => None,
    }
}

/// Whether a character is a letter, fast for those of Latin scripts; for others the property is looked up in a table.
pub fn is_letter(c: char) -> bool {
    match c {
        _ if c.is_ascii() => c.is_ascii_alphabetic(),
        '\u{100}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => true,
        'À'..='ÿ' => !matches!(c, '×' | '÷'),
        _ => c.is_alphabetic(),
    }
}

/// The letter that was meant by one that looks like it: Icelandic and African capitals for Đ, full-width forms.
pub fn meant(letter: char) -> char {
    match letter {
        'Ð' | 'Ɖ' => 'Đ',
        'ð' | 'ɖ' => 'đ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// Whether a character shows nothing and parts nothing: zero-width and direction marks, soft hyphens, controls.
pub fn is_invisible(c: char) -> bool {
    let mark = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    );
    mark || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn vowels_come_apart_as_unicode_takes_them_apart() {
        let marks = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
        for row in VOWELS {
            for (at, letter) in row.into_iter().enumerate() {
                assert_eq!(vowel(letter), Some((row[0], TONES[at])));
                assert_eq!(with_tone(row[0], TONES[at]), letter);
                assert_eq!(bare(letter), letter.to_string().nfd().next(), "{letter}");
                let composed: String =
                    row[0].to_string().chars().chain((at > 0).then(|| marks[at - 1])).nfc().collect();
                assert_eq!(composed, letter.to_string());
            }
        }
        for letter in ['b', 'đ', 'ø', 'ÿ', 'ɖ', 'Ạ', 'A', '1', '×', '\u{1efa}'] {
            assert_eq!(vowel(letter), None, "{letter}");
        }
    }

    #[test]
    fn letters_are_those_of_unicode() {
        assert!(('\0'..='\u{ffff}').all(|c| is_letter(c) == c.is_alphabetic()));
    }

    #[test]
    fn small_letters_agree_with_unicode() {
        for letter in ('\0'..='\u{2fff}').filter_map(|letter| small(letter).map(|small| (letter, small))) {
            assert_eq!(letter.0.to_lowercase().to_string(), letter.1.to_string(), "{letter:?}");
        }
        assert!(VOWELS.iter().flatten().chain(['đ'].iter()).all(|letter| small(*letter) == Some(*letter)));
    }
}
