//! Definitions: the shipped forms are sound, another form works without code, and every mistake is shown at once.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use tonghop::checks;
use tonghop::form::{self, Form};
use tonghop::model::{SourceFile, Submission};
use tonghop::reading::{self, Grid};

fn built_in(name: &str) -> Form {
    form::resolve(&form::built_in_files(name).unwrap()).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn read(form: &Form, cover: &str, table: &str) -> Submission {
    let mut grid = Grid::default().with("Thông tin", rows(cover)).with("Thiết bị", rows(table));
    let file = SourceFile { name: "178.xlsx".to_owned(), size: 0, modified: 0, digest: 0, format: "xlsx" };
    reading::read(file, Ok(&mut grid), form)
}

#[test]
fn every_form_inside_the_program_is_sound() {
    assert_eq!(form::built_in(), ["chqs-xa", "thiet-bi-y-te"]);
    for name in form::built_in() {
        assert_eq!(built_in(name).id, name);
    }
}

#[test]
fn a_form_of_another_field_works_without_code() {
    let form = built_in("thiet-bi-y-te");
    let cover = "Mã huyện | 178\nTên huyện, thành phố | Lạng Sơn\nKỳ báo cáo | Q1-2020\nSố liệu tính đến ngày | 31/03/2020\nNgười lập biểu | Vi Thị Mẫu\nTổng số thiết bị | 4";
    let table = "Trạm y tế | Loại thiết bị | Số máy | Dung tích (lít) | Tình trạng | Ngày hỏng
Trạm A | Tủ đông | S1 | 120,5 | Hỏng |
Trạm B | hòm lạnh | S2 | 20 | Hoạt động tốt |
Trạm C | Hòm lạnh | S2 | 20 | Hỏng | 31/02/2020";
    let submission = read(&form, cover, table);
    let baseline: Vec<String> =
        submission.findings.iter().map(|one| format!("{} {}", one.check, one.places[0])).collect();
    assert_eq!(baseline, ["wrong-type Thiết bị!F4"]);
    assert_eq!(submission.tables[0].columns[3].number(0), Some(120.5));
    let judged = checks::judge(&form.checks, &form.vocabulary, &[submission], &[0], &[]).findings;
    let found: Vec<String> = judged.iter().map(|one| format!("{} {}", one.check, one.places[0])).collect();
    assert_eq!(found, ["broken-since Thiết bị!F2", "serial-unique Thiết bị!C3", "control-totals Thông tin!B6"]);
}

#[test]
fn every_mistake_of_a_definition_is_shown_at_once() {
    let mut files = form::built_in_files("thiet-bi-y-te").unwrap();
    let text = files["form.toml"]
        .replace("fields = [\"ngay_hong\"]", "fields = [\"ngay_hogn\"]")
        .replace("level = \"error\"\ntitle = { vi = \"Số máy", "levle = \"error\"\ntitle = { vi = \"Số máy")
        .replace("[[table.check.control-total]]", "[[table.check.control-totla]]")
        .replace("is = [\"HONG\"] }]\n\n[[summary", "is = [\"HNOG\"] }]\n\n[[summary")
        .replace("rows = \"loai\"", "rows = \"laoi\"");
    files.insert("form.toml".to_owned(), text);
    files.insert("lists/states.csv".to_owned(), "code,label\nTOT,Tốt\nHONG,12/12\n".to_owned());
    let mistakes = form::resolve(&files).unwrap_err();
    let said: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    for expected in [
        "unknown field \"ngay_hogn\"; did you mean \"ngay_hong\"?",
        "unknown key \"levle\"",
        "unknown kind of check \"control-totla\"; did you mean \"control-total\"?",
        "unknown code \"HNOG\" of list \"states\"; did you mean \"HONG\"?",
        "unknown field \"laoi\"; did you mean \"loai\"?",
        "lists/states.csv:3:1: label \"12/12\" reads as a number or a date in a formula",
    ] {
        assert!(said.iter().any(|one| one.contains(expected)), "{expected} is not among {said:#?}");
    }
    assert!(mistakes.iter().all(|mistake| mistake.line > 0 && mistake.column > 0));
}

#[test]
fn a_definition_without_its_file_is_one_mistake() {
    assert_eq!(form::resolve(&BTreeMap::new()).unwrap_err().len(), 1);
}

#[test]
fn lists_are_looked_up_as_of_a_day() {
    let form = built_in("chqs-xa");
    let units = &form.vocabulary.lists[form.vocabulary.list("units").unwrap()];
    let on = |year, month, day| units.valid(NaiveDate::from_ymd_opt(year, month, day).unwrap(), None).count();
    assert_eq!([on(2019, 12, 31), on(2020, 1, 1), on(2024, 12, 1), on(2025, 7, 1)], [226, 200, 194, 65]);
}

#[test]
fn the_page_on_definitions_names_every_kind() {
    let page = include_str!("../docs/definition.md");
    let checks = checks::KINDS.iter().map(|kind| kind.name.to_owned());
    let summaries = tonghop::summaries::KINDS.iter().map(|kind| kind.name.to_owned());
    let repairs = tonghop::model::RepairKind::ALL
        .iter()
        .map(|kind| serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned());
    let missing: Vec<String> =
        checks.chain(summaries).chain(repairs).filter(|name| !page.contains(&format!("| `{name}` |"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_form_says_how_repairs_are_handled() {
    use tonghop::model::{Handling, RepairKind};
    let with = |repair: &str| {
        let mut files = form::built_in_files("thiet-bi-y-te").unwrap();
        let text = files["form.toml"].replace("[office]", &format!("[repair]\n{repair}\n\n[office]"));
        files.insert("form.toml".to_owned(), text);
        form::resolve(&files)
    };
    let form = with("text-date = \"refuse\"\nspaces = \"warn\"").unwrap();
    let handling =
        [RepairKind::TextDate, RepairKind::Spaces, RepairKind::Ditto].map(|kind| form.repairs.handling(kind));
    assert_eq!(handling, [Handling::Refuse, Handling::Warn, Handling::Repair]);
    assert!(!with("text-dates = \"refuse\"").unwrap_err().is_empty());

    let cover = "Mã huyện | 178\nTên huyện, thành phố | Lạng Sơn\nKỳ báo cáo | Q1-2020\nSố liệu tính đến ngày | 31/03/2020\nNgười lập biểu | Vi Thị Mẫu\nTổng số thiết bị | 1";
    let table = "Trạm y tế | Loại thiết bị | Số máy | Dung tích (lít) | Tình trạng | Ngày hỏng
Trạm  A | Tủ đông | S1 | 120 | Hỏng | 07/03/2020";
    let submission = read(&form, cover, table);
    let said: Vec<(&str, String, String)> = submission
        .findings
        .iter()
        .map(|one| (one.check.as_str(), one.places[0].to_string(), one.remedy.get(tonghop::model::Lang::Vi)))
        .collect();
    let confirm = "Nếu «Trạm A» đúng, ghi lại như vậy hoặc giải trình; nếu không, sửa ô.".to_owned();
    let suggest = "Có phải «07/03/2020»? Nếu đúng, ghi lại như vậy.".to_owned();
    assert_eq!(
        said,
        [("repair-to-confirm", "Thiết bị!A2".to_owned(), confirm), ("wrong-type", "Thiết bị!F2".to_owned(), suggest)]
    );
}
