//! Legacy encodings against everything the product knows: no clean text is changed, every encoded text comes back.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::corpus_tests::corpus;
use super::{Evidence, decode, decoded, key};
use crate::model::Legacy;

static TCVN3: LazyLock<BTreeMap<char, &str>> =
    LazyLock::new(|| written(include_str!("data/tcvn3_to_unicode.csv"), 1, 3));
static VNI: LazyLock<BTreeMap<char, &str>> = LazyLock::new(|| written(include_str!("data/vni_to_unicode.csv"), 0, 2));

/// How each letter is written: a table turned around.
fn written(csv: &'static str, seen: usize, letter: usize) -> BTreeMap<char, &'static str> {
    let entries = csv.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    entries.map(|entry| (entry[letter].parse().unwrap(), entry[seen])).collect()
}

/// Writes a text in a legacy encoding. TCVN3 has no toned capitals: they become small, as in files whose capitals come
/// from an H font.
fn encode(text: &str, legacy: Legacy) -> String {
    let table = if legacy == Legacy::Vni { &*VNI } else { &*TCVN3 };
    let small = |letter: char| letter.to_lowercase().next().unwrap();
    let one = |letter: char| match table.get(&letter).or_else(|| table.get(&small(letter))) {
        Some(seen) => (*seen).to_owned(),
        None => letter.to_string(),
    };
    text.chars().map(one).collect()
}

/// Words and names of other languages that share Latin-1 with the legacy encodings.
const FOREIGN: &str = "Hélène Côté|René Lefèvre|Noël|Zoé|Chloé|François Müller|Benoît|Gaël|Loïc|Caïn|Anaïs|Thaïs|naïve|café|thé|\
    né|où|çà et là|déjà vu|été|être|tôt|bientôt|plutôt|gît|mît|dît|dû|sûr|mûr|goût|août|île|forêt|hôtel|dépôt|élève|très|\
    Ça va|à la carte|haï|laïc|Haïti|maïs|ouï|crème brûlée|façade|résumé|œuvre|L’Haÿ|une fête à l'hôtel|né à Besançon|\
    où es-tu|Où dort Loïc|Größe|Straße|über|für|Tür|Bär|rät|tät|spät|hält|Köln|Düsseldorf|Jörg|Söhne|Füße|Maß|daß|muß|iß|\
    Öl|grün|fünf|schön|Mädchen|Käthe|Übung|Ärger|Nüsse|Rüdiger Groß|Müller, Jürgen|español|mañana|niño|año|sí|tú|más|dió|aquí|\
    Peña Nieto|jalapeño|fiancée|piñata|Brontë|coöperate|© 2019 Microsoft|« citation »|«non»|§ 5|§5|½ giờ|3 × 4|10 ± 2|25 °C|\
    5 µm|5µm|µg|1ª|2º|£5|¥100|Coca®|A·B|• x|x²|m³|¿Qué?|¡Hola!|São Paulo|João|não|Málaga|Düm & Söhne GmbH";

const LEGACIES: [Legacy; 2] = [Legacy::Tcvn3, Legacy::Vni];

#[test]
fn clean_text_of_any_language_is_never_changed_without_a_claim() {
    let small =
        "Hà|Lê|Tô|Là|Tày|Nùng|Hoàng Văn Thụ|Đỗ|Ý|à|ô|é|Nguyễn|Hòa|Hoà|Trần Thị Là|Tòan|Hòang|Qúy|LÊ THÁI TỔ|PHÓ";
    let corpus = corpus();
    let corpus = corpus.iter().map(String::as_str);
    for text in corpus.chain(FOREIGN.split('|')).chain(small.split('|')) {
        assert_eq!(decoded(text.trim(), None, None), None, "{text}");
        assert_eq!(decoded(&text.trim().to_uppercase(), None, None), None, "{text}");
    }
}

#[test]
fn unicode_beyond_latin_1_is_never_changed_whatever_is_claimed() {
    for text in corpus().iter().filter(|text| text.chars().any(|c| c > '\u{ff}' && c.is_alphabetic())) {
        for claim in [Legacy::Tcvn3, Legacy::Tcvn3Capitals, Legacy::Vni] {
            assert_eq!(decoded(text, Some(claim), Some(claim)), None, "{text}");
        }
    }
}

/// The texts of the corpus that look different in an encoding, as they are written in it. Guillemets cannot be: their
/// bytes are letters of TCVN3.
fn encoded(legacy: Legacy) -> Vec<(String, String)> {
    let texts = corpus().into_iter().filter(|text| !text.contains(['«', '»']));
    let texts = texts.map(|text| (encode(&text, legacy), text));
    texts.filter(|(encoded, text)| !encoded.is_ascii() && encoded != text).collect()
}

#[test]
fn every_encoded_text_comes_back_with_a_font_and_with_a_prior() {
    // Two syllables written as one word: no model of syllables knows them, a font does.
    let by_font_alone = ["Khơme", "Na Miẻo", "Êđê"];
    for legacy in LEGACIES {
        for (encoded, text) in encoded(legacy) {
            let read = |font, prior| decoded(&encoded, font, prior).map(|(_, text)| key(&text));
            assert_eq!(read(Some(legacy), None), Some(key(&text)), "{encoded}");
            let expected = (!by_font_alone.contains(&text.as_str())).then(|| key(&text));
            assert_eq!(read(None, Some(legacy)), expected, "{encoded}");
        }
    }
}

#[test]
fn most_encoded_texts_come_back_without_a_claim_and_none_wrongly() {
    for legacy in LEGACIES {
        let encoded = encoded(legacy);
        let read = encoded.iter().filter_map(|(encoded, text)| Some((decoded(encoded, None, None)?, text)));
        let right = read.inspect(|((by, read), text)| assert_eq!((*by, key(read)), (legacy, key(text)))).count();
        assert!(right * 100 >= encoded.len() * 91, "{legacy:?}: {right} of {}", encoded.len());
    }
}

/// Unicode of Latin-1 letters alone can be Vietnamese in a legacy reading too; a prior, which most of the sheet agrees
/// with, then changes it. Common words are kept; of what the product knows by name, fewer than one in a hundred change.
#[test]
fn a_prior_changes_few_clean_texts() {
    let corpus = corpus();
    for legacy in LEGACIES {
        let changed = corpus.iter().filter(|text| decoded(text, None, Some(legacy)).is_some()).count();
        assert!(changed * 100 < corpus.len(), "{legacy:?}: {changed} of {}", corpus.len());
    }
    let read = |text, prior| decoded(text, None, Some(prior)).map(|(_, text)| text);
    assert_eq!(read("Phó CHT", Legacy::Tcvn3).as_deref(), Some("Phú CHT"));
    assert_eq!(read("Phan Hoà", Legacy::Vni).as_deref(), Some("Phan Hồ"));
    for kept in
        ["Nùng", "Xã Nam La", "Khá", "Hòa Bình", "Lê Hùng", "Trung bình khá", "Khóa 1", "Tô Thị Là", "Hélène Côté"]
    {
        assert_eq!(read(kept, Legacy::Tcvn3), None, "{kept}");
        assert_eq!(read(kept, Legacy::Vni), None, "{kept}");
    }
}

#[test]
fn ascii_is_the_same_in_every_encoding() {
    assert_eq!(decoded("Stt", Some(Legacy::Tcvn3Capitals), Some(Legacy::Tcvn3)), None);
    assert_eq!(decoded("", Some(Legacy::Vni), None), None);
}

#[test]
fn the_font_says_more_than_the_sheet_and_the_text() {
    let read = |text, font, prior| decoded(text, font, prior).map(|(_, text)| text);
    let (tcvn3, capitals, vni) = (Some(Legacy::Tcvn3), Some(Legacy::Tcvn3Capitals), Some(Legacy::Vni));
    assert_eq!(read("Léc", tcvn3, None).as_deref(), Some("Lộc"));
    assert_eq!(read("Léc", None, tcvn3).as_deref(), Some("Lộc"));
    assert_eq!(read("Léc", None, None), None);
    assert_eq!(read("Hoàng", vni, tcvn3).as_deref(), Some("Hồng"));
    assert_eq!(read("danh s¸ch häc viªn", capitals, None).as_deref(), Some("DANH SÁCH HỌC VIÊN"));
    assert_eq!(read("Tri LÔ", tcvn3, None).as_deref(), Some("Tri Lễ"));
    // A font that the text does not fit says nothing.
    assert_eq!(read("Hoï vaø teân", tcvn3, None).as_deref(), Some("Họ và tên"));
    assert_eq!(read("Hà", tcvn3, vni), None);
    assert_eq!(read("Xã Nam La", tcvn3, None), None);
}

#[test]
fn a_sheet_is_judged_by_what_prevails() {
    let verdict = |texts: &[&str]| {
        let mut evidence = Evidence::default();
        texts.iter().for_each(|text| evidence.see(text));
        (evidence.verdict(), evidence.is_unicode())
    };
    let (tcvn3, vni) = (Some(Legacy::Tcvn3), Some(Legacy::Vni));
    assert_eq!(verdict(&["STT", "Hä vµ tªn", "§¬n vÞ", "NguyÔn V¨n A", "Nùng", "Léc"]), (tcvn3, false));
    assert_eq!(verdict(&["STT", "Hoï vaø teân", "Ñôn vò", "Nguyeãn Vaên A"]), (vni, false));
    assert_eq!(verdict(&["STT", "Họ và tên", "Đơn vị", "NguyÔn V¨n A", "TrÇn ThÞ H\u{ad}¬ng"]), (None, false));
    assert_eq!(verdict(&["Họ và tên", "Hà", "Nùng", "Hélène"]), (None, true));
    assert_eq!(verdict(&["NguyÔn V¨n A"]), (None, false));
    assert_eq!(verdict(&["STT", "x", ""]), (None, false));
}

proptest! {
    #[test]
    fn what_is_encoded_is_decoded(picks in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..6)) {
        let words = picks.iter().map(|(pick, title)| {
            let word = pick.get(&SYLLABLES).as_str();
            let mut letters = word.chars();
            match title {
                true => letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect(),
                false => word.to_owned(),
            }
        });
        let text = words.collect::<Vec<String>>().join(" ");
        let back = |text: &str, written: Legacy, read: Legacy| decode(&encode(text, written), read).into_owned();
        let small = text.to_lowercase();
        prop_assert_eq!(back(&text, Legacy::Vni, Legacy::Vni), text.as_str());
        prop_assert_eq!(back(&small, Legacy::Tcvn3, Legacy::Tcvn3), small.as_str());
        prop_assert_eq!(back(&text, Legacy::Tcvn3, Legacy::Tcvn3Capitals), text.to_uppercase());
    }

    #[test]
    fn nothing_panics(text in ".{0,20}|[\u{80}-\u{ff}a-z ]{0,20}") {
        for legacy in [None, Some(Legacy::Tcvn3), Some(Legacy::Tcvn3Capitals), Some(Legacy::Vni)] {
            let _ = decoded(&text, legacy, None);
            let _ = decoded(&text, None, legacy);
        }
        Evidence::default().see(&text);
    }
}

static SYLLABLES: LazyLock<Vec<String>> = LazyLock::new(super::syllable::every_syllable);
