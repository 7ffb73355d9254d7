//! Two files of one district: which one counts, and what the other is told.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::Path;
use std::time::{Duration, SystemTime};

use calamine::Data;
use common::{Book, checked, samples, text};

/// A return of Lạng Sơn, told from others by a remark, saved at an hour of some day.
fn put(folder: &Path, name: &str, remark: &str, hour: u64) {
    let mut book = Book::open(&samples("round-2/178-lang-son.xlsx"));
    book.rows("Thông tin")[0].push(Data::String(remark.to_owned()));
    book.save(&folder.join(name));
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_561_900_000 + hour * 3_600);
    std::fs::File::options().write(true).open(folder.join(name)).unwrap().set_modified(time).unwrap();
}

/// The only finding that says a file is superseded: the file, and what it is told.
fn superseded(folder: &Path) -> (String, String) {
    let result = checked(folder, &[]);
    let findings = result["findings"].as_array().unwrap().iter();
    let own: Vec<_> = findings.filter(|one| text(one, "check") == "superseded").collect();
    let [one] = own.as_slice() else { panic!("{own:#?}") };
    (text(one, "file").to_owned(), text(one, "found").to_owned())
}

#[test]
fn the_later_cut_off_date_decides_first() {
    let (file, found) = superseded(&samples("round-1"));
    assert_eq!(file, "178-lang-son (1).xlsx");
    assert!(found.ends_with("(tệp kia tính đến ngày 30/06/2019, tệp này đến ngày 31/05/2019)"), "{found}");
}

#[test]
fn then_the_time_of_saving_and_the_finding_says_so() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.xlsx", "một", 2);
    put(folder.path(), "b.xlsx", "hai", 1);
    let (file, found) = superseded(folder.path());
    assert_eq!(file, "b.xlsx");
    assert!(found.contains("a.xlsx (cùng ngày chốt số liệu; tệp kia lưu sau, theo giờ của tệp)"), "{found}");
}

#[test]
fn then_the_name_and_the_finding_says_so() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.xlsx", "một", 1);
    put(folder.path(), "b.xlsx", "hai", 1);
    let (file, found) = superseded(folder.path());
    assert_eq!(file, "a.xlsx");
    assert!(found.contains("b.xlsx (cùng ngày chốt số liệu, cùng giờ lưu; tên tệp kia xếp sau)"), "{found}");
}
