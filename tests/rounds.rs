//! Rounds: a hand-back that a district corrected takes the place of its first file, and the next run into the same
//! folder of results says what was fixed, explained, is still open or new.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Reader, Xlsx, open_workbook};
use common::libreoffice::Office;
use common::{Book, Edit, copy_folder, merged, samples, text, tonghop};
use serde_json::{Value, json};
use tonghop::model::own;

/// Bắc Sơn's return, the one that is corrected: of its findings in `samples/planted.json`, three are errors and three
/// warnings. In its list of trainees, gender and id changed places.
const SENT: &str = "185-bac-son.xlsx";
const HAND_BACK: &str = "tra-lai/185-bac-son/185-2019.xlsx";
const OF_DISTRICT: u64 = 6;
/// A probationary party member with a card number, and why.
const EXPLAINED: &str = "Triệu Minh Phong, 020077018430";
const WORDS: &str = "Thẻ cấp trước khi bị xử lý, công văn 12";

/// What came in and what came out of it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// The first round: the samples, merged.
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        copy_folder(&samples("round-1"), &desk.sent());
        assert_eq!(desk.merge(), 1);
        desk
    }

    /// The first round of some of the samples.
    fn with(files: &[&str]) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(desk.sent()).unwrap();
        for file in files {
            fs::copy(samples("round-1").join(file), desk.sent().join(file)).unwrap();
        }
        assert_eq!(desk.merge(), 1);
        desk
    }

    fn sent(&self) -> PathBuf {
        self.folder.path().join("2019")
    }

    fn results(&self) -> PathBuf {
        self.folder.path().join("2019-ket-qua")
    }

    fn merge(&self) -> i32 {
        merged(&self.sent(), &self.results())
    }

    fn record(&self) -> Value {
        serde_json::from_str(&fs::read_to_string(self.results().join("ket-qua.json")).unwrap()).unwrap()
    }

    fn write_record(&self, record: &Value) {
        fs::write(self.results().join("ket-qua.json"), record.to_string()).unwrap();
    }

    /// Bắc Sơn corrects what it got back, and sends it in place of its first file. Two rows change places, one of them
    /// with a warning that stays.
    fn corrects(&self) {
        let hand_back = self.results().join(HAND_BACK);
        let mut book = Book::open(&hand_back);
        second(&hand_back).iter().for_each(|edit| book.types(edit));
        book.rows("Học viên").swap(10, 11);
        book.save(&self.sent().join(SENT));
    }

    /// The number of the round, and fixed, explained, open and new of a district and of all.
    fn counts(&self, code: &str) -> (u64, [u64; 4], [u64; 4]) {
        let record = self.record();
        let of = |line: &Value| ["fixed", "explained", "open", "new"].map(|key| line[key].as_u64().unwrap());
        let districts =
            record["districts"].as_array().unwrap().iter().filter(|line| !line["since_last_round"].is_null());
        let (mut own, mut all) = ([0; 4], [0; 4]);
        for line in districts {
            let counts = of(&line["since_last_round"]);
            all.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            if text(line, "code") == code {
                own = counts;
            }
        }
        (record["round"]["number"].as_u64().unwrap(), own, all)
    }

    /// Check and row key of each explained warning, with the words.
    fn explained(&self) -> Vec<[String; 3]> {
        let record = self.record();
        let said = record["explained"].as_array().unwrap().iter();
        said.map(|one| {
            let finding = &record["findings"][one["finding"].as_u64().unwrap() as usize];
            [text(finding, "check"), text(finding, "key"), text(one, "text")].map(str::to_owned)
        })
        .collect()
    }
}

/// Errors and warnings that are planted in round 1: what is open after it.
fn planted() -> u64 {
    let planted: Vec<Value> = serde_json::from_str(&fs::read_to_string(samples("planted.json")).unwrap()).unwrap();
    planted.iter().filter(|one| text(one, "level") != "note").count() as u64
}

/// What Bắc Sơn types into what it got back: two errors corrected, one warning explained, one error made. An error and
/// two warnings stay.
fn second(hand_back: &Path) -> [Edit; 4] {
    let words = Book::open(hand_back).explanation("party-card-probationary");
    [
        Edit::new("Học viên", "E14", "Nam"),
        Edit::new("Học viên", "V33", "Trung đội trưởng dân quân"),
        Edit::new("Học viên", "F20", "Tộc lạ"),
        Edit::new(own::LIST.vi, &words, WORDS),
    ]
}

#[test]
fn three_rounds_close_and_explanations_stay() {
    let desk = Desk::new();
    let all = planted();
    assert_eq!(desk.record()["round"]["number"], 1);
    assert_eq!(desk.record()["districts"][0]["since_last_round"], Value::Null);

    desk.corrects();
    assert_eq!(desk.merge(), 1);
    assert_eq!(desk.counts("185"), (2, [2, 1, 3, 1], [2, 1, all - 3, 1]));
    let explained = [["party-card-probationary", EXPLAINED, WORDS].map(str::to_owned)];
    assert_eq!(desk.explained(), explained);

    // A file without our list: the explanation comes from the record. What is left is corrected, but for one warning.
    let mut book = Book::open(&desk.sent().join(SENT));
    book.sheets.retain(|(name, _)| ["Thông tin", "Học viên", "Ban CHQS"].contains(&name.as_str()));
    book.types(&Edit::new("Học viên", "F20", "Nùng"));
    book.types(&Edit::new("Ban CHQS", "R11", ""));
    book.rows("Ban CHQS").remove(87);
    book.types(&Edit::new("Thông tin", "C14", "80"));
    book.save(&desk.sent().join(SENT));
    assert_eq!(desk.merge(), 1);
    // Since round 2: its three open and one new finding.
    assert_eq!(desk.counts("185"), (3, [3, 0, 1, 0], [3, 0, all - OF_DISTRICT + 1, 0]));
    assert_eq!(desk.explained(), explained);

    // Another card number is another matter.
    book.types(&Edit::new("Học viên", "M25", "20.999002"));
    book.save(&desk.sent().join(SENT));
    desk.merge();
    assert_eq!(desk.counts("185"), (4, [0, 0, 1, 1], [0, 0, all - OF_DISTRICT + 1, 1]));
    assert_eq!(desk.explained(), Vec::<[String; 3]>::new());
}

#[test]
#[ignore = "needs LibreOffice; run by .ci/run"]
fn what_is_corrected_in_libreoffice_counts_as_corrected() {
    let desk = Desk::new();
    let (hand_back, sent) = (desk.results().join(HAND_BACK), desk.sent().join(SENT));
    Office::new(desk.folder.path()).types(&hand_back, &second(&hand_back), &sent);
    assert_eq!(desk.merge(), 1);
    assert_eq!(desk.counts("185"), (2, [2, 1, 3, 1], [2, 1, planted() - 3, 1]));
    assert_eq!(desk.explained(), [["party-card-probationary", EXPLAINED, WORDS].map(str::to_owned)]);
}

#[test]
fn what_changed_is_told_on_the_screen_in_the_workbook_and_to_the_district() {
    let desk = Desk::new();
    desk.corrects();
    let (input, out) = (desk.sent(), desk.results());
    let (code, screen, _) = tonghop(&["merge", input.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert_eq!(code, 1);
    let all = planted();
    let total = format!("So với lần 1 ({all} lỗi, cảnh báo): đã sửa 2, đã giải trình 1, còn {}, mới 1.", all - 3);
    assert!(screen.contains(&total), "{screen}");
    assert!(screen.contains("Bắc Sơn: đã sửa 2, đã giải trình 1, còn 3, mới 1"), "{screen}");
    assert!(screen.contains("Chưa sửa gì: Lạng Sơn, Tràng Định, Văn Lãng"), "{screen}");

    let says = |path: &Path, sheet: &str, words: &str| {
        let range = open_workbook::<Xlsx<_>, _>(path).unwrap().worksheet_range(sheet).unwrap();
        range.used_cells().any(|(_, _, data)| data.to_string().contains(words))
    };
    let consolidated = out.join("tong-hop.xlsx");
    assert!(says(&consolidated, "Tổng quan", &format!("đã sửa 2, đã giải trình 1, còn {}, mới 1", all - 3)));
    assert!(says(&consolidated, "Nộp báo cáo", "So với lần 1"));
    assert!(says(&consolidated, "Giải trình", WORDS));
    let hand_back = out.join(HAND_BACK);
    let sheets = Book::open(&hand_back).sheets;
    let told = |words: &str| sheets.iter().any(|(name, _)| says(&hand_back, name, words));
    assert!(told("So với lần trước: đã sửa 2, đã giải trình 1, còn 3, mới 1."));
    assert!(told("Học viên!D14"), "the corrected cell is named");
}

#[test]
fn the_same_files_again_are_the_same_round_and_give_the_same_bytes() {
    let desk = Desk::with(&[SENT, "ghi-chu.pdf"]);
    desk.corrects();
    desk.merge();
    let before = fs::read(desk.results().join("ket-qua.json")).unwrap();
    desk.merge();
    assert_eq!(fs::read(desk.results().join("ket-qua.json")).unwrap(), before);
    // What is not counted makes no round either.
    fs::remove_file(desk.sent().join("ghi-chu.pdf")).unwrap();
    desk.merge();
    assert_eq!(desk.counts("185").0, 2);
}

#[test]
fn nothing_is_known_of_a_report_that_cannot_be_read_and_the_next_one_settles_it() {
    let desk = Desk::with(&[SENT, "180-trang-dinh.xlsx"]);
    let whole = fs::read(desk.sent().join(SENT)).unwrap();
    fs::remove_file(desk.sent().join(SENT)).unwrap();
    desk.merge();
    // Nothing came: that is new, and all else is as it was.
    assert_eq!(desk.counts("185").1, [0, 0, OF_DISTRICT, 1]);
    assert_eq!(desk.record()["round"]["pending"].as_array().unwrap().len() as u64, OF_DISTRICT);

    fs::write(desk.sent().join(SENT), &whole[..whole.len() / 2]).unwrap();
    desk.merge();
    assert_eq!(desk.counts("185").1, [0, 0, OF_DISTRICT, 1]);

    fs::copy(samples("round-2").join(SENT), desk.sent().join(SENT)).unwrap();
    desk.merge();
    // A damaged file is nobody's until it is read; then what was said of it is the district's, and done with, as is that
    // nothing had come.
    let (number, own, _) = desk.counts("185");
    assert_eq!((number, own), (3, [OF_DISTRICT + 2, 0, 0, 0]));
}

#[test]
fn a_record_that_does_not_fit_is_one_plain_line_and_no_error() {
    let desk = Desk::with(&[SENT]);
    let whole = desk.record();
    let changed = |key: &str, value: &str| {
        let mut record = whole.clone();
        record[key] = json!(value);
        record.to_string()
    };
    let mut contradictory = whole.clone();
    contradictory["explained"] = json!([{ "finding": 1_000_000, "text": "đúng" }]);
    let damaged = "tệp «ket-qua.json» của lần trước bị hỏng";
    let records = [
        ("{\"form\": \"chqs-xa\"".to_owned(), damaged),
        ("[]".to_owned(), damaged),
        (String::new(), damaged),
        (contradictory.to_string(), damaged),
        (changed("form", "thiet-bi-y-te"), "là của biểu mẫu «thiet-bi-y-te», không phải «chqs-xa»"),
        (changed("edition", "2017"), "theo phiên bản «2017» của biểu mẫu"),
        (changed("period", "2018"), "là của kỳ «2018», không phải «2019»"),
    ];
    let (input, out) = (desk.sent(), desk.results());
    for (record, words) in records {
        fs::write(out.join("ket-qua.json"), &record).unwrap();
        let (code, screen, stderr) = tonghop(&["merge", input.to_str().unwrap(), "--out", out.to_str().unwrap()]);
        assert_eq!((code, stderr.as_str()), (1, ""), "{record:.60}");
        let told: Vec<&str> = screen.lines().filter(|line| line.contains("Không so với lần trước được")).collect();
        assert!(told.len() == 1 && told[0].contains(words), "{record:.60}: {told:?}");
        assert_eq!(desk.record()["round"]["number"], 1);
    }
    fs::remove_file(out.join("ket-qua.json")).unwrap();
    let (_, screen, _) = tonghop(&["merge", input.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert!(!screen.contains("lần trước"), "{screen}");
}

#[test]
fn the_language_of_the_last_run_does_not_matter() {
    let desk = Desk::with(&[SENT]);
    let (input, out) = (desk.sent(), desk.results());
    fs::remove_file(out.join("ket-qua.json")).unwrap();
    let english = ["merge", input.to_str().unwrap(), "--out", out.to_str().unwrap(), "--lang", "en", "--quiet"];
    assert_eq!(tonghop(&english).0, 1);
    let book = Book::open(&samples("round-2").join(SENT));
    book.save(&desk.sent().join(SENT));
    desk.merge();
    // The ten districts of which nothing came are missing as before.
    assert_eq!(desk.counts("185"), (2, [OF_DISTRICT, 0, 0, 0], [OF_DISTRICT, 0, 10, 0]));
}

#[test]
fn hand_backs_that_are_no_longer_written_go_away_and_nothing_else_does() {
    let desk = Desk::with(&["178-lang-son.xlsx", "178-lang-son (1).xlsx", "180-trang-dinh.xlsx", "ghi-chu.pdf"]);
    let of = |name: &str| desk.results().join("tra-lai").join(name);
    // What an officer put there, and what a record claims to have written.
    fs::write(of("178-lang-son/ghi-chu.txt"), "đã gọi điện").unwrap();
    fs::write(of("178-lang-son/178-2018.xlsx"), "của năm trước").unwrap();
    let mut record = desk.record();
    record["districts"][0]["hand_back"] = json!("../2019/180-trang-dinh.xlsx");
    desk.write_record(&record);
    for gone in ["178-lang-son (1).xlsx", "ghi-chu.pdf"] {
        fs::remove_file(desk.sent().join(gone)).unwrap();
    }
    desk.merge();
    assert!(!of("178-lang-son/178-2019-2.xlsx").exists() && !of("khong-ro-huyen").exists());
    for kept in ["178-lang-son/ghi-chu.txt", "178-lang-son/178-2018.xlsx", "178-lang-son/178-2019.xlsx"] {
        assert!(of(kept).exists(), "{kept}");
    }
    assert!(desk.sent().join("180-trang-dinh.xlsx").exists());
}
