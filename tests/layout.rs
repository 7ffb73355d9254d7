//! Layouts that districts send: each is read back to the same rows, or to one clear finding.
#![allow(clippy::unwrap_used, clippy::panic)]

use tonghop::form::{self, Form};
use tonghop::model::{Handling, Repairs, RowKind, SourceFile, Submission};
use tonghop::reading::{self, Grid};

const COVER: &str = "Mã huyện | 178
Tên huyện, thành phố | Lạng Sơn
Kỳ báo cáo | 2019
Số liệu tính đến ngày | 30/06/2019
Người lập biểu | Vi Thị Mẫu
Tổng số học viên | 2
Số học viên tốt nghiệp | 0
Số được bố trí chỉ huy trưởng, phó chỉ huy trưởng | 0
Tổng số chức danh Ban CHQS có người giữ | 1
Số chỉ huy trưởng hiện có | 1";

const COMMAND: &str = "Đơn vị | Chức danh | Họ và tên | Ngày sinh | Giới tính | CCCD | Dân tộc | Đảng viên
Phường Chi Lăng | CHT | Hoàng Văn Hai | 07/03/1985 | Nam | 020085001234 | Tày | Chính thức";

fn form() -> Form {
    form::resolve(&form::built_in_files("chqs-xa").unwrap()).unwrap()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn read_as(name: &str, form: &Form, sheets: &[(&str, &str)]) -> Submission {
    let mut grid = sheets.iter().fold(Grid::default(), |grid, (name, text)| grid.with(name, rows(text)));
    let file = SourceFile { name: name.to_owned(), size: 0, modified: 0, digest: 0, format: "xlsx" };
    reading::read(file, Ok(&mut grid), form)
}

/// The trainees' sheet read beside a cover and a command.
fn trainees(sheet: &str) -> Submission {
    read_as("a.xlsx", &form(), &[("Thông tin", COVER), ("Học viên", sheet), ("Ban CHQS", COMMAND)])
}

/// Some fields of every trainee, as people write them; a blank for a cell that is blank or unread.
fn shown(submission: &Submission, fields: &[&str]) -> Vec<String> {
    let form = form();
    let (table, shape) = (&submission.tables[0], &form.vocabulary.tables[0]);
    let row = |row: usize| {
        let cells = fields.iter().map(|name| {
            let field = shape.field(name).unwrap();
            match table.columns[field].unread(row) {
                Some(_) => String::new(),
                None => table.shown(&form.vocabulary, field, row).vi,
            }
        });
        cells.collect::<Vec<_>>().join(" | ")
    };
    (0..table.len()).map(row).collect()
}

fn found(submission: &Submission, check: &str) -> Vec<String> {
    let findings = submission.findings.iter().filter(|finding| finding.check == check);
    findings.map(|finding| finding.places.first().map(ToString::to_string).unwrap_or_default()).collect()
}

fn taken(submission: &Submission, kind: RowKind) -> u32 {
    submission.tables[0].tally.count(kind)
}

#[test]
fn a_header_of_three_rows_is_read_by_its_columns() {
    let read = trainees(
        "BỘ CHỈ HUY QUÂN SỰ TỈNH LẠNG SƠN | | | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
DANH SÁCH HỌC VIÊN
STT | Họ và tên | Ngày, tháng, năm sinh | | | Giới tính | Số CCCD | Dân tộc | Đơn vị | Khóa | Trình độ
 | | Ngày | Tháng | Năm | | | | | | Văn hóa | LLCT
(1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) | (10) | (11) | (12)
1 | Hoàng Văn Một | 7 | 3 | 1985 | Nam | 020085001234 | Tày | Phường Chi Lăng | Khóa 1 | 12/12 | Sơ cấp
2 | Nông Thị Hai | | | 1990 | Nữ | 020190001235 | Nùng | Phường Tam Thanh | Khóa 1 | 12/12 | Trung cấp",
    );
    assert_eq!(
        shown(&read, &["ho_ten", "ngay_sinh", "gioi_tinh", "van_hoa", "ly_luan"]),
        [
            "Hoàng Văn Một | 07/03/1985 | Nam | Tốt nghiệp THPT (12/12) | Sơ cấp",
            "Nông Thị Hai | 01/01/1990 | Nữ | Tốt nghiệp THPT (12/12) | Trung cấp"
        ]
    );
    assert_eq!(taken(&read, RowKind::Numbering), 1);
    assert!(found(&read, "column-unknown").is_empty() && found(&read, "column-duplicated").is_empty());
}

#[test]
fn a_birth_date_below_nam_or_nu_gives_the_sex_too() {
    let read = trainees(
        "STT | Họ đệm | Tên | Năm sinh | | Số CCCD
 | | | Nam | Nữ |
1 | Hoàng Văn | Một | 07/03/1985 | | 020085001234
2 | Nông Thị | Hai | | 1990 | 020190001235
3 | Vi Văn | Ba | 1985 | 1990 | 020085001236",
    );
    assert_eq!(
        shown(&read, &["ho_ten", "ngay_sinh", "gioi_tinh"]),
        ["Hoàng Văn Một | 07/03/1985 | Nam", "Nông Thị Hai | 01/01/1990 | Nữ", "Vi Văn Ba |  | "]
    );
    assert_eq!(found(&read, "wrong-type"), ["Học viên!D5", "Học viên!D5"]);
}

#[test]
fn marks_below_nam_and_nu_give_the_sex() {
    let read = trainees(
        "STT | Họ và tên | Nam | Nữ | Ngày sinh | Số CCCD
1 | Hoàng Văn Một | x | | 07/03/1985 | 020085001234
2 | Nông Thị Hai | | X | 08/03/1990 | 020190001235
3 | Vi Văn Ba | x | x | 09/03/1985 | 020085001236",
    );
    assert_eq!(shown(&read, &["ho_ten", "gioi_tinh"]), ["Hoàng Văn Một | Nam", "Nông Thị Hai | Nữ", "Vi Văn Ba | "]);
    assert_eq!(found(&read, "wrong-type"), ["Học viên!C4"]);
}

#[test]
fn the_first_date_of_a_joint_column_is_taken() {
    let read = trainees(
        "STT | Họ và tên | Ngày sinh | Số CCCD | Ngày vào Đảng, ngày chính thức
1 | Hoàng Văn Một | 07/03/1985 | 020085001234 | 03/02/2005; 03/02/2006
2 | Nông Thị Hai | 08/03/1990 | 020190001235 | 04/02/2015",
    );
    assert_eq!(shown(&read, &["ngay_vao_dang"]), ["03/02/2005", "04/02/2015"]);
}

#[test]
fn rows_that_are_nobody_are_accounted_for_and_never_people() {
    let read = trainees(
        "STT | Họ và tên | Ngày sinh | Giới tính | Số CCCD | Dân tộc | Đảng viên
I | Khóa 1 năm 2011
1 | Hoàng Văn Một | 07/03/1985 | Nam | 020085001234 | Tày | Chính thức
2 | Nông Thị Hai | 08/03/1990 | Nữ | 020190001235 | nt | Dự bị
 | Cộng: | | | 2
II | Khóa 2
STT | Họ và tên | Ngày sinh | Giới tính | Số CCCD | Dân tộc | Đảng viên
3 | Tống Văn Ba
4 | | | Nam
5 | | | |
 | Tổng số: 3 đồng chí
 | Trong đó: nữ 1
 | | | | Lạng Sơn, ngày 05 tháng 7 năm 2019
 | NGƯỜI LẬP BIỂU | | | CHỈ HUY TRƯỞNG
 | (Ký, ghi rõ họ tên)
 | Vi Thị Mẫu | | | Đại tá Nông Văn Mẫu",
    );
    assert_eq!(shown(&read, &["ho_ten", "dan_toc"]), ["Hoàng Văn Một | Tày", "Nông Thị Hai | Tày", "Tống Văn Ba | "]);
    let kinds = [RowKind::Section, RowKind::Total, RowKind::Header, RowKind::Prefilled, RowKind::Footer];
    assert_eq!(kinds.map(|kind| taken(&read, kind)), [2, 3, 1, 2, 4]);
    let repairs: Vec<String> = read
        .repairs
        .iter()
        .filter(|one| one.before == "nt")
        .map(|one| format!("{} {}", one.place, one.after))
        .collect();
    assert_eq!(repairs, ["Học viên!F4 Tày"]);
}

#[test]
fn a_person_of_whom_only_numbers_are_known_is_no_total() {
    let read = trainees(
        "STT | Họ và tên | Ngày sinh | | | Số CCCD | Sức khỏe
 | | Ngày | Tháng | Năm | |
1 | Hoàng Văn Một | 7 | 3 | | | 1
2 | Nông Thị Hai | | | 90 | | 2
 | Cộng nhóm | 2 | 1 | | | 3",
    );
    assert_eq!(shown(&read, &["ho_ten"]), ["Hoàng Văn Một", "Nông Thị Hai"]);
    assert_eq!(taken(&read, RowKind::Total), 1);
    let read = trainees("Họ và tên | Sức khỏe | Ngày sinh | Số CCCD\nHoàng Văn Một | 1 | 7");
    assert_eq!(shown(&read, &["ho_ten"]), ["Hoàng Văn Một"]);
}

#[test]
fn a_default_down_the_sheet_is_nobody_and_a_vacant_post_is_not() {
    let read = trainees(
        "STT | Họ và tên | Ngày sinh | Số CCCD | Đơn vị | Đảng viên
1 | Hoàng Văn Một | 07/03/1985 | 020085001234 | Phường Chi Lăng | Không
2 | | | | Phường Chi Lăng | Không
3 | | | | Phường Chi Lăng | Không
4 | | | | Phường Chi Lăng | Không",
    );
    assert_eq!((read.tables[0].len(), taken(&read, RowKind::Prefilled)), (1, 3));
    let command = "Đơn vị | Chức danh | Khuyết | Họ và tên | Ngày sinh | Số CCCD
Phường Chi Lăng | PCHT | x
Phường Chi Lăng | PCHT | x
Phường Chi Lăng | PCHT | x";
    let read = read_as("a.xlsx", &form(), &[("Thông tin", COVER), ("Học viên", "STT"), ("Ban CHQS", command)]);
    assert_eq!(read.tables[1].len(), 3);
}

#[test]
fn sheets_are_found_by_their_content_and_extra_ones_named() {
    let sheet = "STT | Họ và tên | Ngày sinh | Giới tính | Số CCCD | Dân tộc | Đơn vị | Khóa | Chức vụ trước khi đi học | Đảng viên | Văn hóa | Kết quả
1 | Hoàng Văn Một | 07/03/1985 | Nam | 020085001234 | Tày | Phường Chi Lăng | Khóa 1 | CHT | Chính thức | 12/12 | Tốt nghiệp";
    let more = sheet.replace("Một", "Hai").replace("1 |", "2 |");
    let read = read_as(
        "a.xlsx",
        &form(),
        &[("BIA", COVER), ("DS1", sheet), ("DS2", &more), ("Sheet4", "Ghi chép | riêng"), ("Ban CHQS", COMMAND)],
    );
    assert_eq!(shown(&read, &["ho_ten"]), ["Hoàng Văn Một", "Hoàng Văn Hai"]);
    assert_eq!(found(&read, "table-continued"), ["DS1!A1"]);
    assert_eq!(read.other_sheets, ["Sheet4"]);
}

#[test]
fn a_copied_sheet_counts_once_and_a_changed_copy_is_not_left_out() {
    let titles = "STT | Họ và tên | Ngày sinh | Giới tính | Số CCCD | Dân tộc | Đơn vị | Khóa | Chức vụ trước khi đi học | Đảng viên | Văn hóa | Kết quả";
    let row = |number: usize| {
        format!(
            "{number} | Hoàng Văn Một | 07/03/1985 | Nam | 02008500123{number} | Tày | Phường Chi Lăng | Khóa 1 | CHT | Chính thức | 12/12 | Đỗ"
        )
    };
    let sheet = format!("{titles}\n{}\n{}\n{}", row(1), row(2), row(3));
    let read = |copy: &str| {
        let sheets =
            [("Thông tin", COVER), ("Học viên", sheet.as_str()), ("Học viên (2)", copy), ("Ban CHQS", COMMAND)];
        read_as("a.xlsx", &form(), &sheets)
    };
    let copied = read(&format!("BẢN LƯU\n{sheet}"));
    assert_eq!((copied.tables[0].len(), copied.tables[0].parts.len(), taken(&copied, RowKind::Data)), (3, 1, 3));
    assert_eq!(found(&copied, "table-copied"), ["Học viên (2)"]);
    assert_eq!(found(&copied, "wrong-type"), ["Học viên!L2", "Học viên!L3", "Học viên!L4"]);
    let changed = read(&sheet.replace("1985 | Nam | 020085001233", "1986 | Nam | 020085001233"));
    assert_eq!((changed.tables[0].len(), found(&changed, "table-copied").len()), (6, 0));
}

#[test]
fn a_hostile_width_costs_no_hang() {
    let wide = vec!["Họ và tên"; 16_000].join("|");
    let sheet = vec![wide; 60].join("\n");
    let read = trainees(&sheet);
    assert_eq!(read.tables[0].len(), 0);
}

#[test]
fn cover_and_tables_may_share_one_sheet() {
    let sheet = format!(
        "{COVER}

DANH SÁCH HỌC VIÊN
STT | Họ và tên | Ngày sinh | Giới tính | Số CCCD | Dân tộc | Đơn vị | Khóa | Chức vụ trước khi đi học | Đảng viên | Văn hóa | Kết quả
1 | Hoàng Văn Một | 07/03/1985 | Nam | 020085001234 | Tày | Phường Chi Lăng | Khóa 1 | CHT | Chính thức | 12/12 | Tốt nghiệp

BAN CHỈ HUY QUÂN SỰ
Đơn vị | Chức danh | Họ và tên | Ngày sinh | Giới tính | CCCD | Dân tộc | Đảng viên | Văn hóa | Chuyên môn | LLCT | Ngành QSCS | Ngày giữ chức vụ | Sức khỏe
Phường Chi Lăng | CHT | Hoàng Văn Hai | 07/03/1985 | Nam | 020085001234 | Tày | Chính thức"
    );
    let read = read_as("a.csv", &form(), &[("a", &sheet)]);
    assert_eq!((read.tables[0].len(), read.tables[1].len()), (1, 1));
    assert_eq!(read.tables[1].parts[0].header, 16);
}

#[test]
fn a_title_that_could_be_two_fields_is_a_finding() {
    let read = trainees(
        "STT | Họ và tên | Ngày sinh | Số CCCD | Chức vụ\n1 | Hoàng Văn Một | 07/03/1985 | 020085001234 | CHT",
    );
    assert_eq!(found(&read, "column-ambiguous"), ["Học viên!E1"]);
    assert_eq!(shown(&read, &["chuc_vu_truoc", "chuc_vu_sau"]), [" | "]);
}

#[test]
fn a_name_torn_over_an_untitled_column_is_a_finding() {
    let read = trainees("STT | Họ và tên | | Ngày sinh | Số CCCD\n1 | Hoàng Văn | Một | 07/03/1985 | 020085001234");
    assert_eq!(found(&read, "column-ambiguous"), ["Học viên!C2"]);
    let read = trainees("STT | Họ và tên | Ngày sinh | Số CCCD\n1 | Hoàng Văn Một | 07/03/1985 | 020085001234 | | 77");
    assert_eq!(found(&read, "outside-table"), ["Học viên!F2"]);
}

#[test]
fn nothing_to_report_is_no_missing_sheet() {
    let read =
        read_as("a.xlsx", &form(), &[("Thông tin", COVER), ("Học viên", "Không phát sinh"), ("Ban CHQS", COMMAND)]);
    assert!(read.tables[0].nothing_to_report());
    assert!(found(&read, "header-missing").is_empty());
    assert_eq!(found(&read, "nothing-to-report").len(), 1);
}

#[test]
fn a_confirmed_zero_is_no_absence() {
    let form = form();
    let judged = |command: &str| {
        let sheets = [("Thông tin", COVER), ("Học viên", "Không phát sinh"), ("Ban CHQS", command)];
        let read = read_as("a.xlsx", &form, &sheets);
        let judgement = tonghop::checks::judge(&form.checks, &form.vocabulary, &[read], &[0], &[]);
        judgement.findings.iter().filter(|one| one.check == "one-commander").count()
    };
    let header = COMMAND.lines().next().unwrap();
    assert_eq!(judged(header), 8);
    assert_eq!(judged(&format!("{header}\nKhông phát sinh")), 0);
}

#[test]
fn the_sender_is_told_by_the_file_name_or_by_the_communes() {
    let cover = COVER.replace("178", "").replace("| Lạng Sơn", "|");
    let sheets = [("Thông tin", cover.as_str()), ("Học viên", "STT"), ("Ban CHQS", COMMAND)];
    let district = |name: &str| read_as(name, &form(), &sheets).cover.district;
    let by_code = |code: &str| form().vocabulary.lists[0].by_code(code, None);
    assert_eq!(district("Lang Son/BC_TrangDinh_2019.xlsx"), by_code("180"));
    assert_eq!(district("182/bao cao.xlsx"), by_code("182"));
    assert_eq!(district("bao cao.xlsx"), None);
    let many = format!("{COMMAND}\nPhường Tam Thanh | CHT\nPhường Vĩnh Trại | CHT");
    let sheets = [("Thông tin", cover.as_str()), ("Học viên", "STT"), ("Ban CHQS", many.as_str())];
    let read = read_as("bao cao.xlsx", &form(), &sheets);
    assert_eq!(read.cover.district, by_code("178"));
    assert_eq!(found(&read, "district-inferred").len(), 1);
}

#[test]
fn senders_that_disagree_are_a_finding() {
    let read =
        read_as("182-van-lang.xlsx", &form(), &[("Thông tin", COVER), ("Học viên", "STT"), ("Ban CHQS", COMMAND)]);
    assert_eq!(found(&read, "district-conflict").len(), 1);
    // The cover of Tràng Định over the communes of Lạng Sơn: the evidence is counted.
    let cover = COVER.replace("178", "180").replace("Lạng Sơn", "Tràng Định");
    let more = format!("{COMMAND}\nPhường Tam Thanh | CHT\nXã Mai Pha | CHT\nXã Đại Đồng | CHT");
    let read = read_as("a.xlsx", &form(), &[("Thông tin", &cover), ("Học viên", "STT"), ("Ban CHQS", &more)]);
    let conflict = read.findings.iter().find(|one| one.check == "district-conflict").unwrap();
    assert_eq!(
        conflict.found.get(tonghop::model::Lang::Vi),
        "trang đầu ghi Tràng Định, nhưng 3 trên 4 dòng của «Ban CHQS» ghi xã của Lạng Sơn, ví dụ Phường Chi Lăng"
    );
    assert_eq!(found(&read, "district-conflict"), ["Ban CHQS!A2"]);
}

#[test]
fn without_repairs_every_repair_is_an_error_with_its_suggestion() {
    let form = Form { repairs: Repairs::all(Handling::Refuse), ..form() };
    let sheet = "STT | Họ và tên | Ngày sinh | Số CCCD\n1 | Hoàng  Văn Một | 7.3.1985 | 020085001234";
    let read = read_as("a.xlsx", &form, &[("Thông tin", COVER), ("Học viên", sheet), ("Ban CHQS", COMMAND)]);
    let wrong = found(&read, "wrong-type");
    assert!(wrong.contains(&"Học viên!B2".to_owned()) && wrong.contains(&"Học viên!C2".to_owned()), "{wrong:?}");
    assert!(read.repairs.is_empty());
}
