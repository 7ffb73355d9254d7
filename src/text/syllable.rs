//! The Vietnamese syllable: onset, nucleus, coda, tone. Tells a possible word from letters that merely stand together.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::letters::{self, Tone};

/// Onsets; the empty one among them.
const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "n", "ch", "c", "gh", "gi", "g", "kh", "k", "ph", "p", "qu", "th", "tr", "t", "b", "d", "đ",
    "h", "l", "m", "r", "s", "v", "x", "",
];

/// Onsets that only names of ethnic groups and of their places have (Hrê, Xtiêng, Mnông, Brâu, Hmông, Slình).
const ONSETS_OF_NAMES: [&str; 8] = ["hr", "xt", "st", "mn", "br", "hm", "sl", "gl"];

/// Each nucleus (a glide before it included), the letter of it that bears the tone, and what may follow (`-`: nothing).
const RIMES: [(&str, usize, &str); 28] = [
    ("a", 0, "- c ch i m n ng nh o p t u y"),
    ("ă", 0, "c k m n ng p t"),
    ("â", 0, "c m n ng p t u y"),
    ("e", 0, "- c m n ng o p t"),
    ("ê", 0, "- ch m n nh p t u"),
    ("i", 0, "- ch m n nh p t u"),
    ("ia", 0, "-"),
    ("iê", 1, "c m n ng p t u"),
    ("o", 0, "- c i m n ng p t"),
    ("ô", 0, "- c i m n ng p t"),
    ("ơ", 0, "- i m n p t"),
    ("u", 0, "- c i m n ng p t"),
    ("ua", 0, "-"),
    ("uô", 1, "c i m n ng t"),
    ("ư", 0, "- c i m ng t u"),
    ("ưa", 0, "-"),
    ("ươ", 1, "c i m n ng p t u"),
    ("y", 0, "- ch n nh t"),
    ("yê", 1, "m n ng t u"),
    ("oa", 1, "- c ch i m n ng nh o p t y"),
    ("oă", 1, "c m n ng t"),
    ("oe", 1, "- n o t"),
    ("uâ", 1, "n ng t y"),
    ("uê", 1, "- ch nh"),
    ("uơ", 1, "-"),
    ("uy", 1, "- ch n nh p t u"),
    ("uya", 1, "-"),
    ("uyê", 2, "n t"),
];

/// Letters of the longest syllable, `nghiêng`.
const LONGEST: usize = 7;

/// Whether a word, in any case, can be a syllable of Vietnamese: its onset, nucleus and coda go together, one tone
/// stands on the nucleus (of final oa, oe, uy in either place), and a stopped syllable (-c, -ch, -k, -p, -t) has sắc or nặng.
pub fn is_syllable(word: &str) -> bool {
    let mut plain = String::with_capacity(word.len());
    let mut tone = None;
    for (at, letter) in word.chars().enumerate() {
        let Some(letter) = letters::small(letter).filter(|_| at < LONGEST) else { return false };
        match letters::vowel(letter) {
            Some((vowel, Tone::Ngang)) => plain.push(vowel),
            Some((vowel, mark)) if tone.is_none() => {
                tone = Some((at, mark));
                plain.push(vowel);
            }
            None if letter == 'đ' || letter.is_ascii_lowercase() => plain.push(letter),
            _ => return false,
        }
    }
    let Some(first_vowel) = plain.find(|letter| letters::vowel(letter).is_some()) else { return false };
    let (onset, rime) = plain.split_at(first_vowel);
    // The i of già and the u of quý belong to the onset; that of gì and giết belongs to both.
    let longer = match onset {
        "g" => rime.strip_prefix('i').map(|rime| ("gi", rime)),
        "q" => rime.strip_prefix('u').map(|rime| ("qu", rime)),
        _ => None,
    };
    fits(onset, rime, tone) || longer.is_some_and(|(onset, rime)| fits(onset, rime, tone))
}

/// A rime of [`RIMES`]: the nucleus, the letter of it that bears the tone, the coda.
type Rime = (&'static str, usize, &'static str);

/// All rimes by their spelling without tone.
static SPELLED: LazyLock<FxHashMap<String, Rime>> = LazyLock::new(|| {
    let with_codas = |(nucleus, bearer, codas): &Rime| {
        let (nucleus, bearer) = (*nucleus, *bearer);
        codas.split(' ').map(|coda| coda.trim_start_matches('-')).map(move |coda| (nucleus, bearer, coda))
    };
    let rimes = RIMES.iter().flat_map(with_codas);
    rimes.map(|rime| (format!("{}{}", rime.0, rime.2), rime)).collect()
});

/// Whether a rime without its tone goes with an onset and a tone that stands on letter `tone.0` of the word.
fn fits(onset: &str, rime: &str, tone: Option<(usize, Tone)>) -> bool {
    let Some((nucleus, bearer, coda)) = SPELLED.get(rime) else { return false };
    let first = onset.chars().count();
    let either = coda.is_empty() && matches!(*nucleus, "oa" | "oe" | "uy");
    let placed = |at: usize| at == first + bearer || (either && at == first);
    let is_stopped = matches!(*coda, "c" | "ch" | "k" | "p" | "t");
    (ONSETS.contains(&onset) || ONSETS_OF_NAMES.contains(&onset))
        && tone.is_none_or(|(at, _)| placed(at))
        && (!is_stopped || matches!(tone, Some((_, Tone::Sac | Tone::Nang))))
        && go_together(onset, nucleus, coda)
}

/// The spelling rules between onset and nucleus; k stands before any vowel in names (Bắc Kạn, Kơ Ho).
fn go_together(onset: &str, nucleus: &str, coda: &str) -> bool {
    let front = nucleus.starts_with(['e', 'ê', 'i', 'y']);
    let spelled = match onset {
        "gh" | "ngh" => front,
        "g" => !front || nucleus.starts_with('i'),
        "c" | "ng" => !front,
        "gi" => !front || nucleus.starts_with(['e', 'ê']),
        "qu" => !nucleus.starts_with(['o', 'u', 'ư']),
        _ => true,
    };
    let y = match nucleus {
        "y" if coda.is_empty() => matches!(onset, "" | "h" | "k" | "l" | "m" | "qu" | "s" | "t" | "th" | "v"),
        "y" => onset == "qu",
        "yê" => matches!(onset, "" | "qu"),
        _ => true,
    };
    spelled && y
}

/// Every syllable that the tables allow, in small letters.
#[cfg(test)]
pub(super) fn every_syllable() -> Vec<String> {
    use letters::{TONES, with_tone};
    let onsets = ONSETS.iter().chain(&ONSETS_OF_NAMES);
    let toned = SPELLED.values().flat_map(|(nucleus, bearer, coda)| {
        let with = |tone| {
            let letter = move |(at, c): (usize, char)| if at == *bearer { with_tone(c, tone) } else { c };
            nucleus.chars().enumerate().map(letter).chain(coda.chars()).collect::<String>()
        };
        TONES.map(with)
    });
    let rimes: Vec<String> = toned.collect();
    let words = onsets.flat_map(|onset| rimes.iter().map(move |rime| format!("{onset}{rime}")));
    words.filter(|word| is_syllable(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_has_thousands_of_syllables_and_not_many_more() {
        let mut all = every_syllable();
        all.sort_unstable();
        all.dedup();
        assert!((15_000..25_000).contains(&all.len()), "{}", all.len());
    }

    #[test]
    fn words_of_the_language_are_syllables() {
        let text = "Nghiêng giếng gì gìn già giữa quý quỳnh quyên quốc quyết khuya khuỷu thuở Huế hòa hoà thuỷ thủy \
            khỏe khoẻ xoáy hoài toàn hoành loăng người được nghỉ yêu yến Ý ở uỷ ủy Ê Đê Lý Mỹ kỹ hy Tý Vỹ Thy \
            ngoằn uyên Nguyễn Trường Chỉ huy trưởng Tày Nùng Dao Hrê Xtiêng Mnông Brâu Hmông Pà Thẻn Mèo Phà Rơ Măm \
            tiếng Việt nghệ ghế kênh cuống rượu khiếu chuối suốt đường Đắk Kạn Kơ ngoại khoét khuếch xuân luật khuynh huýt BÌNH";
        for word in text.split_whitespace() {
            assert!(is_syllable(word), "{word}");
        }
    }

    #[test]
    fn letters_that_merely_stand_together_are_not() {
        let text = "Hélène Côté tôt café naïve Noël Müller Größe über Thất1 NguyÔn teân Hoï hoc tât mâc tắn̄ ngê cê ghà \
            qòa Tòan đấ lă lâ ơc bb st nghiêngg áá hòá ziệt wan fá jô quôíc Hộlốne Cụtộ ưn êng";
        for word in text.split_whitespace() {
            assert!(!is_syllable(word), "{word}");
        }
        assert!(!is_syllable(""));
    }
}
