//! Words that are common as they stand and would be rare ones if decoded.
//!
//! `Xã` is also TCVN3 for *xó*, `Hòa` also VNI for *hịa*. In a sheet of a legacy encoding, Unicode words come in through
//! drop-downs and pasting; those below are taken for what they look like. Words whose reading is common too are not
//! here (`Phó`, TCVN3 for Phú; `Hoàng`, VNI for Hồng): there the font or the sheet decides. Chosen by hand among all
//! words of the language that are syllables in both readings.

use super::detect::words_of;
use crate::model::Legacy;

/// Read as TCVN3, these would be õ, ỏ, ụ … words that hardly occur.
const IN_TCVN3: &str = "ân bái bán bãi bên bí bông cán chân chí chín chùa có còn công cùng dân dí gì gìn giá giám góp gò \
    hán hòa hóa hùng ít khá khám kháng khâm khê khí khó khóa khóm khô khôi không khuê lá lã lái lâm lân lãng láng lê lên \
    lò lô lòa lòi lòng lông mã mán mãn môn mông mùa mùi ngái ngân ngô ngòi ngõ nên nhã nhân nhì nhìn nhóm nóng nông hmông mnông hrê nùng \
    ôn ông phái phân phê phén phí phòng phù phùng quê rõ sâm sán sáng sân sông tá tái tám tán tâm tân tên thám thái \
    tháng thân thêm thì thìn thôn thông thù thuê tí tìm tín tô tòa tôi tôn tông tráng trái trâm trân trên trí trò trông \
    trùng tú tùng vân vì ví vùng xá xã xóa xóm ê ô ý";

/// Read as VNI, these would be ơ, ị, ĩ … words that hardly occur.
const IN_VNI: &str = "gò hòa hóa hoá hoàn hòn khó khóa khoá khóm lò lô lòa môn món ngô ngôn nhóm phó thôn toà toàn toán \
    tòa tô tôn xóa xóm ô";

/// Whether a text holds a word that is to be taken as it stands rather than read in an encoding. A word in capitals
/// counts among capitals alone: toned letters of TCVN3 look like capitals (`Tri LÔ` is Tri Lễ).
pub(super) fn is_kept(text: &str, legacy: Legacy) -> bool {
    let kept = if legacy == Legacy::Vni { IN_VNI } else { IN_TCVN3 };
    let capitals = !text.chars().any(char::is_lowercase);
    let counts = |word: &&str| capitals || word.chars().skip(1).all(char::is_lowercase);
    let mut words = words_of(text).filter(counts).map(str::to_lowercase);
    words.any(|word| kept.split_whitespace().any(|known| known == word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{legacy::read, syllable::is_syllable};

    #[test]
    fn only_words_that_can_be_mistaken_are_listed() {
        for (legacy, kept) in [(Legacy::Tcvn3, IN_TCVN3), (Legacy::Vni, IN_VNI)] {
            for word in kept.split_whitespace() {
                let reading = read(word, legacy);
                // Ý is mistaken for í in capitals alone.
                let changed = reading.text != word || read(&word.to_uppercase(), legacy).text != word.to_uppercase();
                assert!(is_syllable(word) && reading.whole && changed, "{word}");
                assert!(is_syllable(&reading.text), "{word} cannot be mistaken: {} is no word", reading.text);
            }
        }
    }

    #[test]
    fn a_text_with_a_listed_word_is_kept() {
        assert!(is_kept("Xã Nam La", Legacy::Tcvn3));
        assert!(is_kept("NÙNG", Legacy::Tcvn3));
        assert!(!is_kept("Léc", Legacy::Tcvn3));
        assert!(!is_kept("Nùng", Legacy::Vni));
    }
}
