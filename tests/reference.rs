//! The reference result, number by number, read back from the workbook that `merge` writes.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Data, Range, Reader, Xlsx, open_workbook};

fn merged() -> (tempfile::TempDir, Xlsx<std::io::BufReader<std::fs::File>>) {
    let out = tempfile::tempdir().unwrap();
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/round-2");
    let status = cargo_bin_cmd!("tonghop").arg("merge").arg(input).arg("--out").arg(out.path()).output().unwrap();
    assert_eq!(status.status.code(), Some(0), "{}", String::from_utf8_lossy(&status.stderr));
    let book = open_workbook(out.path().join("tong-hop.xlsx")).unwrap();
    (out, book)
}

/// The numbers to the right of a label, in the first row that has any there.
fn numbers(range: &Range<Data>, label: &str) -> Vec<f64> {
    let is_label = |cell: &Data| matches!(cell, Data::String(text) if text == label);
    let after = |row: &[Data]| -> Vec<f64> {
        let cells = row.iter().skip_while(|cell| !is_label(cell)).skip(1);
        let number = |cell: &Data| match cell {
            Data::Float(number) => Some(*number),
            Data::Int(number) => Some(*number as f64),
            _ => None,
        };
        cells.filter_map(number).collect()
    };
    range.rows().map(after).find(|numbers| !numbers.is_empty()).unwrap_or_else(|| panic!("no numbers beside {label}"))
}

#[test]
fn the_corrected_round_gives_the_reference_result() {
    let (_out, mut book) = merged();
    let overview = book.worksheet_range("Tổng quan").unwrap();
    for (label, numerator, denominator, percent) in [
        ("Là CHT, Phó CHT trước khi đi học", 228.0, 335.0, 68.1),
        ("Đảng viên", 178.0, 335.0, 53.1),
        ("Tốt nghiệp THPT", 305.0, 335.0, 91.0),
        ("Dân tộc Tày, Nùng", 298.0, 335.0, 89.0),
        ("Bố trí CHT, Phó CHT", 309.0, 335.0, 92.2),
        ("CHT tham gia cấp ủy", 131.0, 226.0, 58.0),
        ("CHT là thành viên UBND", 136.0, 226.0, 60.2),
    ] {
        let found = numbers(&overview, label);
        assert_eq!(found[..2], [numerator, denominator], "{label}");
        assert_eq!((found[2] * 1000.0).round() / 10.0, percent, "{label}");
    }
    let curriculum = book.worksheet_range("Chương trình").unwrap();
    for (label, percent) in [("Lý luận chính trị", 38.0), ("Quản lý nhà nước", 8.7)] {
        let shares = numbers(&curriculum, label);
        assert!(shares.iter().any(|share| (share * 1000.0).round() / 10.0 == percent), "{label}: {shares:?}");
    }
    let commanders = numbers(&book.worksheet_range("Chỉ huy trưởng").unwrap(), "Tổng số");
    assert_eq!([commanders[0], commanders[1], commanders[3]], [226.0, 131.0, 136.0]);
    assert_eq!(commanders[7..].iter().sum::<f64>(), 226.0, "every commander has one level: {commanders:?}");
    let placement = numbers(&book.worksheet_range("Bố trí sau đào tạo").unwrap(), "Tổng số");
    let [.., all, kept, appointed, other, not_placed] = placement[..] else { panic!("{placement:?}") };
    assert_eq!((kept + appointed, kept + appointed + other + not_placed, all), (309.0, 335.0, 335.0));
    let posts = numbers(&book.worksheet_range("Ban CHQS (tổng hợp)").unwrap(), "Tổng số");
    assert_eq!((posts[0] + posts[1], posts[6] + posts[7], posts[8]), (posts[2], 226.0, 226.0), "{posts:?}");
    let sheets = book.sheet_names();
    for sheet in [
        "Nộp báo cáo",
        "Theo huyện",
        "Theo khóa",
        "Cơ cấu học viên",
        "Bố trí sau đào tạo",
        "Ban CHQS (tổng hợp)",
        "Chỉ huy trưởng",
        "Học viên",
        "Ban CHQS",
        "Dòng giữ lại",
        "Lỗi",
        "Giải trình",
        "Tự sửa",
    ] {
        assert!(sheets.iter().any(|name| name == sheet), "no sheet {sheet} among {sheets:?}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let bytes = || {
        let out = tempfile::tempdir().unwrap();
        let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/round-1");
        let mut merge = cargo_bin_cmd!("tonghop");
        merge.arg("merge").arg(input).arg("--out").arg(out.path()).args(["--date", "05/07/2019", "--quiet"]);
        assert_eq!(merge.output().unwrap().status.code(), Some(1));
        let read = |name: &str| std::fs::read(out.path().join(name)).unwrap();
        (read("tong-hop.xlsx"), read("ket-qua.json"), read("tra-lai/178-lang-son/178-2019.xlsx"))
    };
    assert!(bytes() == bytes());
}
