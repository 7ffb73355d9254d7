//! Judging beyond the pages: mistakes of a definition, checks in force on either side of a date, columns filled with one person.
#![allow(clippy::unwrap_used, clippy::panic)]

use tonghop::checks;
use tonghop::form::{self, Files, Form};
use tonghop::model::{Finding, Lang, SourceFile, Submission};
use tonghop::reading::{self, Grid};

const SHIPPED: &str = "chqs-xa";

fn files(form: &str) -> Files {
    form::built_in_files(form).unwrap()
}

fn sound(files: &Files) -> Form {
    form::resolve(files).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// A workbook of district 178 with one sheet beside the cover.
fn read(form: &Form, cut_off: &str, sheet: &str, table: &str) -> Submission {
    let cover =
        format!("Mã huyện | 178\nKỳ báo cáo | 2020\nSố liệu tính đến ngày | {cut_off}\nNgười lập biểu | Vi Thị Mẫu");
    let mut grid = Grid::default().with("Thông tin", rows(&cover)).with(sheet, rows(table));
    let file = SourceFile { name: "178.xlsx".to_owned(), size: 0, modified: 0, digest: 0, format: "xlsx" };
    reading::read(file, Ok(&mut grid), form)
}

/// What one check finds, cell by cell.
fn found(form: &Form, check: &str, now: Submission, before: &[Submission]) -> Vec<Finding> {
    let judgement = checks::judge(&form.checks, &form.vocabulary, &[now], &[0], before);
    judgement.findings.into_iter().filter(|finding| finding.check == check).collect()
}

fn cells(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| finding.places[0].to_string()).collect()
}

#[test]
fn shipped_checks_are_in_force_from_and_until_their_dates() {
    let form = sound(&files(SHIPPED));
    let commands = "Đơn vị | Chức danh | Khuyết | Thành viên UBND
Phường Tam Thanh | CHT | | x
Phường Vĩnh Trại | CHT | |
Phường Đông Kinh | CHT | x |
Phường Tam Thanh | TL | |";
    let at = |check: &str, cut_off: &str| cells(&found(&form, check, read(&form, cut_off, "Ban CHQS", commands), &[]));
    assert_eq!(at("commander-in-ubnd", "30/06/2020"), [""; 0]);
    assert_eq!(at("commander-in-ubnd", "01/07/2020"), ["Ban CHQS!D3"]);
    assert_eq!(at("assistant-era", "30/06/2025"), ["Ban CHQS!B5"]);
    assert_eq!(at("assistant-era", "01/07/2025"), [""; 0]);
}

#[test]
fn the_shipped_form_compares_trainees_with_the_last_period() {
    let form = sound(&files(SHIPPED));
    let trainees = |ids: &[&str]| {
        let person = |id: &&str| format!("Hoàng Văn Một | {id} | Khóa 2");
        let people: Vec<String> = ids.iter().map(person).collect();
        let table = format!("Họ và tên | Số CCCD | Khóa\n{}", people.join("\n"));
        read(&form, "30/06/2020", "Học viên", &table)
    };
    let check = |before: &[&str], now: &[&str]| {
        let findings = found(&form, "change-since-last", trainees(now), &[trainees(before)]);
        findings.iter().map(|finding| finding.found.get(Lang::Vi)).collect::<Vec<_>>()
    };
    let [one, two, three] = ["020085000001", "020085000002", "020085000003"];
    assert_eq!(check(&[one, two], &[two, one]), [""; 0]);
    assert_eq!(check(&[one, two], &[one, two, three]), ["kỳ trước 2 dòng, kỳ này 3"]);
    let gone = format!("1 dòng của kỳ trước không còn: Hoàng Văn Một, {two}");
    assert_eq!(check(&[one, two], &[one, three]), [gone]);
}

/// The mistakes of the shipped form with one check changed, and what stands at each of them.
fn mistakes(old: &str, new: &str) -> Vec<(String, String)> {
    let mut files = files(SHIPPED);
    assert!(files["form.toml"].contains(old), "the shipped form has no {old}");
    let text = files["form.toml"].replacen(old, new, 1);
    files.insert("form.toml".to_owned(), text.clone());
    let mistakes = form::resolve(&files).err().unwrap_or_default();
    let at = |line: usize, column: usize| text.lines().nth(line - 1).unwrap().chars().skip(column - 1).collect();
    mistakes.into_iter().map(|one| (at(one.line, one.column), one.what)).collect()
}

#[test]
fn a_check_that_cannot_mean_anything_is_a_mistake_of_the_definition() {
    let same = r#"fields = ["chuc_vu_sau", "chuc_vu_truoc"]"#;
    let exists = r#"other_fields = ["cccd", "khoa"]"#;
    let agrees = r#"other_fields = ["ho_ten", "ngay_sinh", "gioi_tinh", "dan_toc"]"#;
    let quota = "key = \"khoa\"\ndistrict = \"huyen\"";
    let ages = "born = \"ngay_sinh\"\nmin = 18\nmax = 65";
    let card = r#"fields = ["so_the_dang"]"#;
    for (old, new, at, said) in [
        (
            same,
            r#"fields = ["chuc_vu_sau", "ket_qua"]"#,
            "\"ket_qua\"",
            "holds codes of list \"results\" and cannot be",
        ),
        (same, r#"fields = ["chuc_vu_sau", "ho_ten"]"#, "\"ho_ten\"", "holds text and cannot be compared"),
        (exists, r#"other_fields = ["cccd", "ket_qua"]"#, "\"ket_qua\"", "which holds codes of list \"courses\""),
        (exists, r#"other_fields = ["cccd"]"#, "\"khoa_da_hoc\"", "has no counterpart"),
        (agrees, r#"other_fields = ["ho_ten", "cccd", "gioi_tinh", "dan_toc"]"#, "\"cccd\"", "cannot be compared"),
        (quota, "key = \"huyen\"\ndistrict = \"huyen\"", "\"huyen\"", "does not hold codes of list \"courses\""),
        (ages, r#"born = "ngay_sinh""#, "\"ngay_sinh\"", "age takes at least one of"),
        ("{ code = \"results\" }", "{ code = \"results\", of_district = true }", "\"ket_qua\"", "below the districts"),
        (card, "fields = []", "[[table.check.unique]]", "a list of fields is empty"),
        (
            "field = \"khoa_da_hoc\"\n",
            "field = \"khoa_da_hoc\"\nwhen = [{ field = \"cccd\", filled = true }]\n",
            "\"cccd\"",
            "it takes no `when`",
        ),
        (
            "chains = [[\"ngay_sinh\", \"ngay_giu\", \"cut-off\"]]",
            "chains = [[\"ngay_giu\"]]",
            "\"ngay_giu\"",
            "at least two",
        ),
        (
            "from = \"2020-07-01\"",
            "from = \"2020-07-01\"\nuntil = \"2020-06-30\"",
            "\"commander-in-ubnd\"",
            "never in force",
        ),
        (
            "id = \"quota\"\nlevel = \"warning\"",
            "id = \"quota\"\nlevel = \"block\"",
            "\"quota\"",
            "block refuses a file",
        ),
    ] {
        let found = mistakes(old, new);
        let [(place, what)] = found.as_slice() else { panic!("{new}: {found:?}") };
        assert!(place.starts_with(at) && what.contains(said), "{new}: {what}, at {place}");
    }
}

#[test]
fn an_attribute_that_is_no_date_is_a_mistake() {
    let mut files = files(SHIPPED);
    let courses = files["lists/courses.csv"].replace("2009-09-01", "09/2009");
    files.insert("lists/courses.csv".to_owned(), courses);
    let said: Vec<String> = form::resolve(&files).unwrap_err().iter().map(ToString::to_string).collect();
    assert!(
        said.len() == 1 && said[0].contains("attribute \"opened\" of code \"K2\": \"09/2009\" is no date"),
        "{said:?}"
    );
}

#[test]
fn a_column_filled_with_one_person_is_judged_row_by_row() {
    let form = sound(&files(SHIPPED));
    let count = 5_000;
    let people: Vec<String> =
        (0..count).map(|number| format!("Hoàng Văn Một | 07/03/1985 | 0200850{number:05}")).collect();
    let table = format!("Họ và tên | Ngày sinh | Số CCCD\n{}", people.join("\n"));
    let findings = found(&form, "similar-person", read(&form, "30/06/2020", "Học viên", &table), &[]);
    assert_eq!(findings.len(), count);
    assert_eq!(
        findings[0].found.get(Lang::En),
        "Hoàng Văn Một, 07/03/1985, also stands under another \"Citizen id\" in row 3 of this file, row 4 of this file, \
         row 5 of this file, row 6 of this file, row 7 of this file, 4994 other places"
    );
}
