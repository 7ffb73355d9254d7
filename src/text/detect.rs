//! Whether a text is in a legacy encoding: by the font, by the rest of the sheet, by the text itself.
//!
//! Three kinds of text must be told apart. A text with a Vietnamese letter that Latin-1 does not have (ạ, ế, ư, đ …)
//! is Unicode, whatever the font says: people paste Unicode into cells of old fonts. A text that no Vietnamese could
//! have written in Unicode, but which read as TCVN3 or VNI is made of syllables, is legacy. Between them lie short
//! texts that are Vietnamese either way (`Léc` is Lộc in TCVN3): there the font decides, else the sheet, else nothing.

use super::kept::is_kept;
use super::legacy::{is_letter, read};
use super::letters;
use super::syllable::is_syllable;
use crate::model::Legacy;

/// What the first rows of a sheet (or of a column) tell about its encoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    unicode: u32,
    tcvn3: u32,
    vni: u32,
}

/// Texts that must agree before they speak for others.
const ENOUGH: u32 = 2;

impl Evidence {
    /// Takes note of a text, by its content alone.
    pub fn see(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        if is_unicode(text) {
            self.unicode += 1;
            return;
        }
        let plain = Words::as_it_stands(text);
        match decoded_as(text, &plain, [None, None]) {
            Some((Legacy::Vni, _)) => self.vni += 1,
            Some(_) => self.tcvn3 += 1,
            None if is_none_other(text, plain) => self.unicode += 1,
            None => {}
        }
    }

    /// The encoding that most texts are in, where that is a legacy one; `None` where Unicode prevails or little was seen.
    pub fn verdict(&self) -> Option<Legacy> {
        let prevails = |one: u32, other: u32| one >= ENOUGH && one > self.unicode && one > other;
        match () {
            () if prevails(self.tcvn3, self.vni) => Some(Legacy::Tcvn3),
            () if prevails(self.vni, self.tcvn3) => Some(Legacy::Vni),
            () => None,
        }
    }

    /// Whether all texts seen are Unicode: a legacy font among them is left over from an old workbook and tells nothing.
    pub fn is_unicode(&self) -> bool {
        self.unicode >= ENOUGH && self.tcvn3 + self.vni == 0
    }
}

/// The encoding of a text and the text in Unicode; `None` leaves it as it is.
///
/// `font` is the encoding that the cell's font tells, `prior` the verdict of the sheet's [`Evidence`].
/// - Unicode Vietnamese with a letter beyond Latin-1 is never changed; nor is ASCII, which is the same in every
///   encoding (the small letters of a capitals font stay small: values are compared by key).
/// - With a font, the text is read as it was seen on the screen, unless that makes it less Vietnamese.
/// - With a prior alone, the reading must be Vietnamese, or more so than the text as it stands. A foreign word that reads
///   as a syllable is then taken for one (French `tôt` in a TCVN3 sheet for tụt).
/// - Where both readings are Vietnamese, words that are common as they stand (`Nùng`, `Xã`, `Khá`) are kept, others are
///   decoded. A caller that knows the field's code list does better still: it tries the text as it stands first.
/// - With neither, every word of the reading must be a syllable, a word of the text must not, and there must be two such
///   words or one that French, German and Spanish could not write.
pub fn decoded(text: &str, font: Option<Legacy>, prior: Option<Legacy>) -> Option<(Legacy, String)> {
    if text.is_ascii() || is_unicode(text) {
        return None;
    }
    decoded_as(text, &Words::as_it_stands(text), [font, prior])
}

/// [`decoded`], of a text that may be legacy and whose words are known.
fn decoded_as(text: &str, plain: &Words, [font, prior]: [Option<Legacy>; 2]) -> Option<(Legacy, String)> {
    let claimed = |claim: Option<Legacy>, most: u32| {
        let legacy = claim?;
        let reading = whole(text, legacy)?;
        let kept = plain.odd == 0 && is_kept(text, legacy);
        (Words::of(&reading, is_syllable).odd <= most && !kept).then_some((legacy, reading))
    };
    let sure = |legacy: Legacy| {
        let reading = whole(text, legacy)?;
        let words = Words::of(&reading, is_syllable);
        let plainly = words.odd + words.strange == 0 && (words.good >= 2 || words.good == 1 && is_marked(text));
        plainly.then_some((legacy, reading))
    };
    let by_content = || match (sure(Legacy::Tcvn3), sure(Legacy::Vni)) {
        (Some(_), Some(_)) => None,
        (one, other) => one.or(other),
    };
    let better = plain.odd.saturating_sub(1);
    let by_claim = claimed(font, better).or_else(|| claimed(prior, better));
    match plain.odd {
        0 => by_claim,
        odd => by_claim.or_else(by_content).or_else(|| claimed(font, odd)),
    }
}

/// The reading of a text in an encoding that has all of its letters, where it differs.
fn whole(text: &str, legacy: Legacy) -> Option<String> {
    let reading = read(text, legacy);
    (reading.whole && reading.text != text).then_some(reading.text)
}

/// Whether a text holds a letter that no 8-bit encoding could give.
fn is_unicode(text: &str) -> bool {
    text.chars().any(|c| c > '\u{ff}' && is_letter(c))
}

/// Whether a text is Vietnamese as it stands, in one case or not, and in no legacy encoding (`Hà`).
fn is_none_other(text: &str, plain: Words) -> bool {
    let plain = if plain.odd == 0 { plain } else { Words::of(text, |word| word.is_ascii() || is_syllable(word)) };
    plain.good > 0 && plain.odd == 0 && [Legacy::Tcvn3, Legacy::Vni].iter().all(|legacy| whole(text, *legacy).is_none())
}

/// The words of a text, as far as they tell; single letters and abbreviations in capitals (CHT, HĐND) do not.
#[derive(Default)]
struct Words {
    /// Words above ASCII that can be Vietnamese.
    good: u32,
    /// Words above ASCII that cannot.
    odd: u32,
    /// ASCII words that cannot.
    strange: u32,
}

impl Words {
    /// Those of a text that may be legacy, read as Unicode; no ASCII word is strange there.
    fn as_it_stands(text: &str) -> Self {
        Self::of(text, |word| word.is_ascii() || (is_syllable(word) && is_in_one_case(word)))
    }

    fn of(text: &str, is_vietnamese: impl Fn(&str) -> bool) -> Self {
        let mut words = Self::default();
        for word in words_of(text).filter(|word| word.chars().nth(1).is_some()) {
            match (word.is_ascii(), is_vietnamese(word)) {
                (true, true) => {}
                (false, true) => words.good += 1,
                (_, false) if word.chars().all(|c| c.is_ascii_uppercase() || c == 'Đ') => {}
                (false, false) => words.odd += 1,
                (true, false) => words.strange += 1,
            }
        }
        words
    }
}

/// Whether no capital follows a small letter: toned letters of TCVN3 look like capitals (`TrÊn` is Trấn).
fn is_in_one_case(word: &str) -> bool {
    word.chars().zip(word.chars().skip(1)).all(|(one, next)| !(one.is_lowercase() && next.is_uppercase()))
}

/// The words of a text that may be legacy: the signs of Latin-1 are letters there.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !letters::is_letter(c) && !('\u{a1}'..='\u{ff}').contains(&c)).filter(|word| !word.is_empty())
}

/// Whether a word holds a letter that French, German and Spanish do not write, or vowels that stand together in none
/// of their words that reads as a syllable (tried on dictionaries of all three).
fn is_marked(text: &str) -> bool {
    const LETTERS: &str = "àâäáæçéèêëíîïñóôöœßúùûüÿ";
    const TOGETHER: &str =
        "aà aá aâ aä aè aé aê aë aù aû eà eä eù eû ieâ yeâ oà oá oâ oä où oû uù uû yù yû ôï ôù ôû öï öô öù öû";
    let strange = |c: char| !c.is_ascii() && !LETTERS.contains(c);
    let telling = |word: &str| word != "où" && TOGETHER.split(' ').any(|vowels| word.contains(vowels));
    let mut words = words_of(text).filter(|word| word.chars().nth(1).is_some()).map(str::to_lowercase);
    // A µ before a letter is a unit: µm.
    words.any(|word| word.trim_start_matches(['µ', 'μ']).contains(strange) || telling(&word))
}
