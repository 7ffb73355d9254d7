//! Who sent a file, and what its cover says: told where it can be told, never guessed.
#![allow(clippy::unwrap_used, clippy::panic)]

use tonghop::form::{self, Form};
use tonghop::model::{SourceFile, Submission};
use tonghop::reading::{self, Grid};

const COMMAND: &str = "Đơn vị | Chức danh | Họ và tên | Ngày sinh | Số CCCD";

fn form() -> Form {
    form::resolve(&form::built_in_files("chqs-xa").unwrap()).unwrap()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn read(file: &str, cover: &str, command: &str) -> Submission {
    let sheets = [("Thông tin", cover), ("Học viên", "STT | Họ và tên | Số CCCD"), ("Ban CHQS", command)];
    let mut grid = sheets.iter().fold(Grid::default(), |grid, (name, text)| grid.with(name, rows(text)));
    let file = SourceFile { name: file.to_owned(), size: 0, modified: 0, digest: 0, format: "xlsx" };
    reading::read(file, Ok(&mut grid), &form())
}

fn cover(district: &str) -> String {
    format!("Mã huyện | {district}\nKỳ báo cáo | 2019\nSố liệu tính đến ngày | 30/06/2019\nNgười lập biểu | Vi Thị Mẫu")
}

/// The printed code of the district that a file is told to be of.
fn district(submission: &Submission) -> Option<String> {
    let form = form();
    let code = submission.cover.district?;
    form.vocabulary.lists[form.vocabulary.districts].entry(code).map(|entry| entry.code.clone())
}

fn count(submission: &Submission, check: &str) -> usize {
    submission.findings.iter().filter(|finding| finding.check == check).count()
}

#[test]
fn a_file_name_tells_the_district_by_name_or_by_a_leading_code() {
    for (file, code) in [
        ("182-van-lang.xls", "182"),
        ("182.xlsx", "182"),
        ("182_BC 2019.xlsx", "182"),
        ("2019/182 Van Lang/bc.xlsx", "182"),
        ("Bao cao Loc Binh 2019.xlsx", "188"),
        ("BaoCaoLocBinh.xlsx", "188"),
        ("Báo cáo Cao Lộc.xlsx", "183"),
        ("bao cao cao loc.xlsx", "183"),
        ("Lạng Sơn/Đình Lập.xlsx", "189"),
        ("TP Lang Son.xlsx", "178"),
    ] {
        assert_eq!(district(&read(file, &cover(""), COMMAND)).as_deref(), Some(code), "{file}");
    }
}

#[test]
fn numbers_and_words_that_only_look_like_a_district_tell_nothing() {
    for file in [
        "2019-178.xlsx",
        "BC 182-BCH ngay 30.6.xlsx",
        "Danh sach 185 hoc vien.xlsx",
        "Công văn quân sự.xlsx",
        "Cong van quan su dia phuong.xlsx",
        "theo quy dinh lap bieu.xlsx",
        "bao cao.xlsx",
        "bao cao loc lai.xlsx",
    ] {
        assert_eq!(district(&read(file, &cover(""), COMMAND)), None, "{file}");
        assert_eq!(count(&read(file, &cover("181"), COMMAND), "district-conflict"), 0, "{file}");
    }
}

#[test]
fn one_row_of_another_district_is_no_conflict_of_senders() {
    let command = format!("{COMMAND}\nPhường Chi Lăng | CHT | Hoàng Văn Hai | 07/03/1985 | 020085001234");
    assert_eq!(count(&read("a.xlsx", &cover("180"), &command), "district-conflict"), 0);
    let command = format!("{command}\nPhường Tam Thanh | CHT\nXã Mai Pha | CHT");
    assert_eq!(count(&read("a.xlsx", &cover("180"), &command), "district-conflict"), 1);
}

#[test]
fn a_value_stands_beside_its_label_and_is_no_label() {
    // Labels side by side, the first without a value.
    let read_cover = |text: &str| read("a.xlsx", text, COMMAND);
    let beside =
        "Mã huyện | | Kỳ báo cáo | 2019\nSố liệu tính đến ngày | 30/06/2019\nTên huyện, thành phố | Tràng Định";
    let submission = read_cover(beside);
    assert_eq!((district(&submission).as_deref(), submission.cover.period.as_str()), (Some("180"), "2019"));
    // A colon in a cell of its own; the label once more in an instruction above.
    let colon = "Kỳ báo cáo\nMã huyện | : | 180\nKỳ báo cáo: | 2019\nSố liệu tính đến ngày | : | 30/06/2019";
    let submission = read_cover(colon);
    assert_eq!((district(&submission).as_deref(), submission.cover.period.as_str()), (Some("180"), "2019"));
    // The signatures below are no values.
    let signed =
        "Mã huyện | 180\nKỳ báo cáo | 2019\nSố liệu tính đến ngày | 30/06/2019\nNGƯỜI LẬP BIỂU | CHỈ HUY TRƯỞNG";
    let submission = read_cover(signed);
    assert_eq!((submission.cover.prepared_by.as_str(), count(&submission, "cover-required")), ("", 6));
}
