//! Broken returns: one file a fault of the file as a whole, each judged by itself, since it would hide others.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::{DocProperties, Workbook};

use super::faults::Planted;
use super::layout::Titles;
use super::workbook::{self, Cell, District};

/// The finding of a broken file: check, level, sheet, cell.
type Finding = (&'static str, &'static str, &'static str, &'static str);

/// A file's name after its district, what is wrong with it, and what must be found.
type Broken = (&'static str, fn(&mut District), &'static [Finding]);

const BROKEN: [Broken; 11] = [
    ("thieu-trang", |one| one.left_out = Some("Ban CHQS"), &[("sheet-missing", "error", "", "")]),
    (
        "thieu-cot",
        |one| one.layout.dropped = Some(one.trainees[0].column("cccd")),
        &[("column-missing", "error", "Học viên", "A6")],
    ),
    (
        "trung-cot",
        |one| one.layout.doubled = Some(one.trainees[0].column("dan_toc")),
        &[("column-duplicated", "error", "Học viên", "F6")],
    ),
    (
        "khong-tieu-de",
        |one| one.command_layout.titles = Titles::LeftOut,
        &[("header-missing", "error", "Ban CHQS", "")],
    ),
    ("ban-cu", |one| one.edition = "2016", &[("other-edition", "warning", "Thông tin", "B2")]),
    (
        "o-loi",
        |one| one.trainees[2].set("ghi_chu", Cell::Broken("=#REF!", "#REF!")),
        &[("error-cell", "error", "Học viên", "X10")],
    ),
    (
        "trang-dau",
        |one| one.on_cover = vec![(7, Cell::Blank), (9, text("mau.example.vn")), (11, text("ba mươi"))],
        &[
            ("cover-required", "error", "Thông tin", ""),
            ("cover-value", "error", "Thông tin", "C10"),
            ("cover-value", "error", "Thông tin", "C12"),
        ],
    ),
    ("sai-ky", |one| one.on_cover = vec![(5, text("2018"))], &[("period-other", "block", "", "")]),
    ("thieu-ky", |one| one.on_cover = vec![(5, Cell::Blank)], &[("period-unknown", "block", "Thông tin", "")]),
    (
        "khong-ro-huyen",
        |one| one.on_cover = vec![(3, text("999")), (4, text("Huyện Không Tên"))],
        &[("district-unknown", "block", "Thông tin", "C4")],
    ),
    (
        "khong-ro-ngay",
        |one| one.on_cover = vec![(6, text("cuối tháng 6"))],
        &[("cut-off-unknown", "block", "Thông tin", "C7")],
    ),
];

/// Writes the broken returns, a district each; gives what must be found in each.
pub fn write(province: &[District], out: &Path) -> Vec<Planted> {
    let mut planted = Vec::new();
    for (district, (name, breaks, findings)) in province.iter().zip(BROKEN) {
        let mut district = district.clone();
        breaks(&mut district);
        let file = format!("{}-{name}.xlsx", district.code);
        workbook::write(&district, &out.join(&file));
        planted.extend(findings.iter().map(|finding| found(&file, finding)));
    }
    let whole = fs::read(out.join("178-thieu-trang.xlsx")).unwrap();
    fs::write(out.join("tep-hong.xlsx"), &whole[..whole.len() / 2]).unwrap();
    planted.push(found("tep-hong.xlsx", &("unreadable", "block", "", "")));
    // Encrypted by samples/convert.sh.
    workbook::write(&province[0], &out.join("co-mat-khau.xlsx"));
    planted.push(found("co-mat-khau.xlsx", &("encrypted", "block", "", "")));
    other_form(&out.join("bieu-mau-khac.xlsx"));
    planted.push(found("bieu-mau-khac.xlsx", &("other-form", "block", "Thông tin", "A1")));
    fs::write(out.join("trang-web.xls"), "<html><body><p>Đăng nhập để tải báo cáo</p></body></html>\n").unwrap();
    planted.push(found("trang-web.xls", &("not-a-workbook", "block", "", "")));
    planted
}

/// A return on the small form of another field.
fn other_form(path: &Path) {
    let mut book = Workbook::new();
    let created = rust_xlsxwriter::ExcelDateTime::from_ymd(2019, 7, 1).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let cover = [
        ("Mẫu: thiet-bi-y-te · 1", ""),
        ("Mã huyện", "178"),
        ("Kỳ báo cáo", "2019"),
        ("Số liệu tính đến ngày", "30/06/2019"),
        ("Người lập biểu", "Trần Văn Mẫu"),
        ("Tổng số thiết bị", "1"),
    ];
    let equipment = [("Trạm y tế", "Loại thiết bị"), ("Trạm A", "Tủ đông")];
    for (name, rows) in [("Thông tin", &cover[..]), ("Thiết bị", &equipment[..])] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, (left, right)) in (0..).zip(rows) {
            sheet.write_string(row, 0, *left).unwrap().write_string(row, 1, *right).unwrap();
        }
    }
    book.save(path).unwrap();
}

fn found(file: &str, (check, level, sheet, cell): &Finding) -> Planted {
    Planted { file: file.to_owned(), check, level, sheet, cell: (*cell).to_owned() }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}
