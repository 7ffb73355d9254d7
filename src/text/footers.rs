//! What stands below a table: place and date, signatures, recipients; and a district that has nothing to report.

use super::wording::{after, after_numeral, begins};
use super::{date, key};

/// Whether a text stands below a table: `Lạng Sơn, ngày … tháng … năm …`, `NGƯỜI LẬP BIỂU`, `(Ký, ghi rõ họ tên)`,
/// `TM. ỦY BAN NHÂN DÂN`, `Nơi nhận:`, `Danh sách này có 12 người`, `Ghi chú: …`. A date alone is a value, not a footer.
pub fn is_footer(text: &str) -> bool {
    const BEGINNINGS: [&str; 28] = [
        "người lập",
        "người tổng hợp",
        "người báo cáo",
        "người duyệt",
        "người kiểm tra",
        "cán bộ lập",
        "lập biểu",
        "lập bảng",
        "thủ trưởng",
        "(ký",
        "(đã ký",
        "đã ký",
        "ký tên",
        "ký, ghi",
        "ký và",
        "ký ghi",
        "đóng dấu",
        "(đóng dấu",
        "xác nhận",
        "nơi nhận",
        "danh sách này",
        "ấn định danh sách",
        "thừa lệnh",
        "tm.",
        "t/m",
        "kt.",
        "k/t",
        "tuq.",
    ];
    let key = key(text);
    let said = after_numeral(&key);
    [said, &key].iter().any(|said| begins(said, &BEGINNINGS))
        || ["ghi chú", "lưu"].iter().filter_map(|word| after(said, word)).any(|rest| rest.starts_with(':'))
        || (is_place_and_date(&key) && date(text).is_none())
}

/// Whether a key holds «ngày … tháng … năm» at its beginning or behind a place.
fn is_place_and_date(key: &str) -> bool {
    let (day, month, year) = if key.is_ascii() { ("ngay", "thang", "nam") } else { ("ngày", "tháng", "năm") };
    let Some((place, rest)) = key.split_once(day) else { return false };
    let place = place.trim_end_matches([' ', '.', '…']);
    let after_year = rest.split_once(month).and_then(|(_, rest)| rest.split_once(year));
    let in_order = after_year.is_some_and(|(_, rest)| !rest.trim_start().starts_with(char::is_alphabetic));
    in_order && (place.is_empty() || place.ends_with(','))
}

/// Whether a text names the office of who signs, alone and in capitals: `CHỈ HUY TRƯỞNG`, `PHÓ CHỦ TỊCH`, with or without
/// `(Ký tên, đóng dấu)`. Below a table it is a signature; inside one it may be a post.
pub fn is_signatory(text: &str) -> bool {
    const OFFICES: [&str; 14] = [
        "chỉ huy trưởng",
        "chỉ huy phó",
        "tham mưu trưởng",
        "chính trị viên",
        "chính ủy",
        "chủ tịch",
        "bí thư",
        "hiệu trưởng",
        "giám đốc",
        "trưởng ban",
        "trưởng phòng",
        "trưởng khoa",
        "trợ lý",
        "chủ nhiệm",
    ];
    let office = text.split('(').next().unwrap_or_default();
    let key = key(office);
    let office_alone = after(&key, "phó").unwrap_or(&key);
    !office.contains(char::is_lowercase) && OFFICES.iter().any(|known| after(office_alone, known) == Some(""))
}

/// Whether a text says that there is nothing to report: `Không phát sinh`, `Không có học viên`, `Không có phát sinh trong
/// kỳ báo cáo`. Only whole statements count: `Không`, `Không có` and `Không phát sinh tăng` may mean something else.
pub fn is_nothing_to_report(text: &str) -> bool {
    const NOTHING: [&str; 10] = [
        "phát sinh",
        "học viên",
        "số liệu",
        "đối tượng",
        "trường hợp",
        "đồng chí",
        "người học",
        "người đi học",
        "cán bộ đi học",
        "báo cáo",
    ];
    const FURTHER: [&str; 22] = [
        "nào",
        "trong",
        "kỳ",
        "báo",
        "cáo",
        "năm",
        "quý",
        "tháng",
        "này",
        "học",
        "viên",
        "mới",
        "số",
        "liệu",
        "trường",
        "hợp",
        "được",
        "cử",
        "đi",
        "đào",
        "tạo",
        "6t",
    ];
    let key = key(text);
    let said = after_numeral(&key).trim_matches(|c: char| !c.is_alphanumeric());
    let Some(rest) = after(said, "không có").or_else(|| after(said, "không")) else { return false };
    let further = |word: &str| {
        word.bytes().all(|byte| byte.is_ascii_digit()) || FURTHER.iter().any(|known| after(word, known) == Some(""))
    };
    let whole = |rest: &str| rest.split(|c: char| !c.is_alphanumeric()).all(further);
    NOTHING.iter().filter_map(|nothing| after(rest, nothing)).any(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footers_are_known_in_every_wording() {
        let footers = "Lạng Sơn, ngày 05 tháng 02 năm 2024|Văn Lãng, ngày … tháng … năm 20…|…, ngày … tháng … năm …|\
            ............, ngày ... tháng ... năm 2019|Ngày … tháng … năm …|Lang Son, ngay 5 thang 2 nam 2024|NGƯỜI LẬP BIỂU|Người lập|\
            Người lập bảng|NGUOI LAP BIEU|Thủ trưởng đơn vị|THỦ TRƯỞNG|(Ký, ghi rõ họ tên)|(Ký tên, đóng dấu)|Ký tên|Đã ký|\
            XÁC NHẬN CỦA UBND HUYỆN|TM. BAN CHẤP HÀNH|TM.UBND HUYỆN|T/M ỦY BAN|KT. CHỈ HUY TRƯỞNG|K/T CHỦ TỊCH|Nơi nhận:|- Lưu: VT.|\
            Ghi chú: cột 5 ghi theo quyết định|* Ghi chú : ghi rõ|Lập biểu";
        for text in footers.split('|') {
            assert!(is_footer(text), "{text}");
        }
    }

    #[test]
    fn values_and_titles_are_no_footers() {
        let values = "|ngày 7 tháng 3 năm 1985|07/03/1985|Ghi chú|Ngày, tháng, năm sinh|Chỉ huy trưởng|CHỈ HUY TRƯỞNG|Hoàng Văn Thụ|\
            Sinh ngày 1 tháng 2 năm 1980 tại xã|Người Tày|Lưu Văn A|Kỳ Văn Lập|Xã Tân Mỹ|Tổng cộng|KT|TM|Tân Mỹ|Lập";
        for text in values.split('|') {
            assert!(!is_footer(text), "{text}");
        }
    }

    #[test]
    fn offices_alone_in_capitals_sign() {
        for text in [
            "CHỈ HUY TRƯỞNG",
            "PHÓ CHỈ HUY TRƯỞNG",
            "CHỦ TỊCH",
            "CHỈ HUY TRƯỞNG\n(Ký, ghi rõ họ tên)",
            "CHI HUY TRUONG",
            "CHÍNH UỶ",
        ] {
            assert!(is_signatory(text), "{text}");
        }
        for text in ["Chỉ huy trưởng", "CHỈ HUY TRƯỞNG BAN CHQS", "CHT", "", "(CHỈ HUY TRƯỞNG)", "HOÀNG VĂN THỤ", "PHÓ"]
        {
            assert!(!is_signatory(text), "{text}");
        }
    }

    #[test]
    fn nothing_to_report_is_a_whole_statement() {
        let nothing = "Không phát sinh|KHÔNG PHÁT SINH.|Không có phát sinh|Không có phát sinh trong kỳ báo cáo|Không phát sinh trong năm 2023|\
            (Không có học viên)|Không có học viên nào|Không có số liệu|- Không phát sinh học viên mới|Khong phat sinh|Không có trường hợp nào|\
            Không có đồng chí nào đi học|Không có đối tượng";
        for text in nothing.split('|') {
            assert!(is_nothing_to_report(text), "{text}");
        }
        let else_ = "|Không|không có|Khong|-|Không phát sinh tăng|Không có học viên tốt nghiệp loại giỏi|Có phát sinh|Không tốt nghiệp|Không đào tạo|\
            Không có bằng|Không phát sinh, trừ xã Tân Mỹ|Không biến động";
        for text in else_.split('|') {
            assert!(!is_nothing_to_report(text), "{text}");
        }
    }
}
