//! Who is somebody: however little is known of a person the row is read, and nothing else is taken for a person.
#![allow(clippy::unwrap_used, clippy::panic)]

use tonghop::form::{self, Form};
use tonghop::model::{RowKind, SourceFile, Submission};
use tonghop::reading::{self, Grid};

const COVER: &str = "Mã huyện|178\nKỳ báo cáo|2019\nSố liệu tính đến ngày|30/06/2019\nNgười lập biểu|Vi Thị Mẫu";

const TRAINEES: &str = "STT | Họ và tên | Ngày sinh | Giới tính | Số CCCD | Dân tộc | Đơn vị | Sức khỏe | Ghi chú
1 | Hoàng Văn Một | 07/03/1985 | Nam | 020085001234 | Tày | Phường Chi Lăng | Loại 1 |
";

const COMMAND: &str = "Đơn vị | Chức danh | Khuyết | Họ và tên | Ngày sinh | Số CCCD | Dân tộc
Phường Chi Lăng | CHT | | Hoàng Văn Hai | 07/03/1985 | 020085001234 | Tày
";

fn form() -> Form {
    form::resolve(&form::built_in_files("chqs-xa").unwrap()).unwrap()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn read(trainees: &str, command: &str) -> Submission {
    let sheets = [("Thông tin", COVER), ("Học viên", trainees), ("Ban CHQS", command)];
    let mut grid = sheets.iter().fold(Grid::default(), |grid, (name, text)| grid.with(name, rows(text)));
    let file = SourceFile { name: "a.xlsx".to_owned(), size: 0, modified: 0, digest: 0, format: "xlsx" };
    reading::read(file, Ok(&mut grid), &form())
}

/// The sheet rows of the data of a table, from one.
fn data(submission: &Submission, table: usize) -> Vec<u32> {
    submission.tables[table].origin.iter().map(|origin| origin.row + 1).collect()
}

/// What becomes of rows below one trainee: the sheet rows of data, from one.
fn below_a_trainee(below: &str) -> Vec<u32> {
    data(&read(&format!("{TRAINEES}{below}"), COMMAND), 0)
}

fn checks<'a>(submission: &'a Submission, place: &str) -> Vec<&'a str> {
    let there = |finding: &&tonghop::model::Finding| finding.places.iter().any(|one| one.to_string() == place);
    submission.findings.iter().filter(there).map(|finding| finding.check.as_str()).collect()
}

#[test]
fn a_name_or_an_id_and_one_thing_more_is_somebody() {
    for row in [
        // A name with its number, in whatever way it is written.
        "2 | Nông Văn Ba",
        "2a | Nông Văn Ba",
        "2 | Nông Văn Ba (Bình)",
        "2 | Nông Văn Ba.",
        "2 | No\u{302}ng Va\u{306}n Ba",
        // A name that could be a total.
        "2 | Tong A | | Nam | | Tày",
        " | Tong A | 07/03/1985",
        // A remark that could be a footer.
        "2 | Nông Văn Ba | | | | | | | Ghi chú: đang xác minh",
        "2 | Nông Văn Ba | | | | | | | Xác nhận sau",
        "2 | Nông Văn Ba | | | | | | | Không có số liệu",
        "2 | Nông Văn Ba | | | | | | 1",
        "2 | | 07/03/1985",
        " | Nông Văn Ba | | Nam",
        // An id alone, also a mistyped one.
        " | | | | 020085001234",
        " | | | | 02008500l234",
        " | | | | 020 085 001 234",
        " | - | 07/03/1985 | | - | -",
    ] {
        assert_eq!(below_a_trainee(row), [2, 3], "{row}");
    }
}

#[test]
fn a_day_that_everybody_needs_is_no_default() {
    let born = "2 | | 07/03/1985\n3 | | 07/03/1985\n4 | | 07/03/1985";
    assert_eq!(below_a_trainee(born), [2, 3, 4, 5]);
    let default = "2 | | | Nam | | Tày\n3 | | | Nam | | Tày\n4 | | | Nam | | Tày";
    assert_eq!(below_a_trainee(default), [2]);
}

#[test]
fn nothing_else_is_somebody() {
    for row in [
        "2",
        "2 | | | Nam",
        " | Cộng nhóm | 2 | | | 3",
        " | Tổng cộng | 35 | 3 | | 3",
        "2 | - | - | - | -",
        " | Cán bộ nguồn",
        " | | | | Điện thoại: 0205 3812 345",
        " | Lạng Sơn, ngày 05 tháng 7 năm 2019",
        " | Không phát sinh",
    ] {
        assert_eq!(below_a_trainee(row), [2], "{row}");
    }
}

#[test]
fn people_stand_below_what_looks_like_a_footer() {
    // A note above the list, the end of one page, a signature copied into the middle.
    assert_eq!(below_a_trainee(" | Ghi chú: cột 5 ghi đủ 12 số\n2 | Nông Văn Ba | | Nam\n3 | Nông Văn Tư"), [2, 4, 5]);
    assert_eq!(
        below_a_trainee(" | NGƯỜI LẬP BIỂU\n | Vi Thị Mẫu\n2 | Lộc A | 1985\n | Nông Văn Tư | | Nam"),
        [2, 5, 6]
    );
    assert_eq!(below_a_trainee(" | Cộng: 1\n2 | Nông Văn Ba | | | | | | 1"), [2, 4]);
}

#[test]
fn people_are_found_where_nobody_is_numbered() {
    let titles = TRAINEES.lines().next().unwrap();
    let first = " | Hoàng Văn Một | 07/03/1985";
    let sheet =
        format!("{titles}\n{first}\n | Nông Văn Ba\n | Cán bộ nguồn\n | Nông Thị Tư | | | | | | 1 | 2\n | Xã Mai Pha");
    assert_eq!(data(&read(&sheet, COMMAND), 0), [2, 3, 5]);
    let split = "STT | Họ | Tên | Ngày sinh | Số CCCD\n1 | Hoàng | Ba\n2 | Vi | Tư";
    assert_eq!(data(&read(split, COMMAND), 0), [2, 3]);
}

#[test]
fn a_vacant_post_without_its_mark_is_a_row() {
    // The commune is merged, or stands in a section above.
    let command =
        format!("{COMMAND} | PCHT\n | CHỈ HUY TRƯỞNG\n | Chính trị viên\nXã Mai Pha | CHT | | Vi Văn Ba | | | Tày");
    assert_eq!(data(&read(TRAINEES, &command), 1), [2, 3, 4, 5, 6]);
    let signed = format!("{COMMAND} | | | NGƯỜI LẬP BIỂU | | CHỈ HUY TRƯỞNG\n | | | Vi Thị Mẫu");
    assert_eq!(data(&read(TRAINEES, &signed), 1), [2]);
}

#[test]
fn a_name_is_written_out() {
    let command =
        format!("{COMMAND}Phường Chi Lăng | PCHT | | \" | nt | nt | nt\nPhường Chi Lăng | CTV | | - | 1985 | - | Tày");
    let read = read(TRAINEES, &command);
    assert_eq!(data(&read, 1), [2, 3, 4]);
    assert_eq!(checks(&read, "Ban CHQS!D3"), ["wrong-type"]);
    assert_eq!(checks(&read, "Ban CHQS!F3"), ["wrong-type"]);
    assert!(checks(&read, "Ban CHQS!D4").contains(&"required-cell"));
}

#[test]
fn a_summary_of_three_titles_is_no_list_of_people() {
    let sheet = format!("Đơn vị | Khóa | Ghi chú\nPhường Chi Lăng | Khóa 1 | 12\nXã Mai Pha | Khóa 1 | 3\n{TRAINEES}");
    let read = read(&sheet, COMMAND);
    assert_eq!(data(&read, 0), [5]);
    assert_eq!(read.tables[0].tally.count(RowKind::Data), 1);
}

#[test]
fn a_number_that_nobody_has_is_nobodys() {
    let titles = "STT | Họ và tên | Ngày sinh | Số CCCD | Số thẻ đảng | Ghi chú";
    let sheet = format!(
        "{titles}\n1 | Hoàng Văn Một | 07/03/1985 | 020085001234 | Không | Không\n2 | Nông Văn Ba | 07/03/1985 | 020085001235 | chưa có | -"
    );
    let read = read(&sheet, COMMAND);
    let column = |name: &str| {
        let field = form().vocabulary.tables[0].field(name).unwrap();
        [0, 1].map(|row| read.tables[0].columns[field].text(row).to_owned())
    };
    assert_eq!(column("so_the_dang"), ["", ""]);
    // What is free text is kept: only a dash says nothing.
    assert_eq!(column("ghi_chu"), ["Không", ""]);
    let repaired: Vec<String> =
        read.repairs.iter().filter(|one| one.after.is_empty()).map(|one| one.place.to_string()).collect();
    assert_eq!(repaired, ["Học viên!E2", "Học viên!E3", "Học viên!F3"]);
}

#[test]
fn vacant_posts_that_are_alike_are_no_copy_of_each_other() {
    let titles = COMMAND.lines().next().unwrap();
    let posts = format!("{titles}\n | CHT | x\n | PCHT | x\n | CTV | x");
    let all = "Đơn vị | Chức danh | Khuyết | Họ và tên | Ngày sinh | Giới tính | Số CCCD | Dân tộc | Đảng viên | Văn hóa | Chuyên môn | LLCT | Ngành QSCS | Ngày giữ chức vụ | Sức khỏe";
    let other = posts.replace(titles, all);
    let sheets = [("Thông tin", COVER), ("Xã Mai Pha", other.as_str()), ("Xã Hoàng Đồng", &other)];
    let mut grid = sheets.iter().fold(Grid::default(), |grid, (name, text)| grid.with(name, rows(text)));
    let file = SourceFile { name: "a.xlsx".to_owned(), size: 0, modified: 0, digest: 0, format: "xlsx" };
    let submission = reading::read(file, Ok(&mut grid), &form());
    assert_eq!(submission.tables[1].len(), 6);
}
