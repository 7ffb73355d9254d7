//! Whatever a sheet looks like: nothing panics, every filled row is accounted for, and the people in it are all found.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tonghop::form::{self, Form};
use tonghop::model::{RowKind, SourceFile, Submission, Values};
use tonghop::reading::{self, Grid};

static FORM: LazyLock<Form> = LazyLock::new(|| built_in("chqs-xa"));
static OTHER_FORM: LazyLock<Form> = LazyLock::new(|| built_in("thiet-bi-y-te"));

fn built_in(name: &str) -> Form {
    form::resolve(&form::built_in_files(name).unwrap()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

const COVER: &str = "Mã huyện|178\nKỳ báo cáo|2019\nSố liệu tính đến ngày|30/06/2019\nNgười lập biểu|Vi Thị Mẫu";
const TITLES: [&str; 7] = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Dân tộc", "Đơn vị"];

type Rows = Vec<Vec<String>>;

fn read(rows: Rows) -> Submission {
    read_as(&FORM, "Học viên", rows)
}

fn read_as(form: &Form, sheet: &str, rows: Rows) -> Submission {
    let cover = COVER.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect();
    let mut grid = Grid::default().with("Thông tin", cover).with(sheet, rows);
    let file = SourceFile { name: "178.xlsx".to_owned(), size: 0, modified: 0, digest: 0, format: "xlsx" };
    reading::read(file, Ok(&mut grid), form)
}

fn owned(row: &[&str]) -> Vec<String> {
    row.iter().map(|cell| (*cell).to_owned()).collect()
}

/// Any cell that rosters hold.
fn cell() -> impl Strategy<Value = String> {
    let known = select(vec![
        "",
        "",
        "",
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Số CCCD",
        "Dân tộc",
        "Đơn vị",
        "Khóa",
        "Ngày",
        "Tháng",
        "Năm",
        "Nam",
        "Nữ",
        "Tên",
        "(1)",
        "(2)",
        "I",
        "a)",
        "-",
        "nt",
        "\"",
        "x",
        "Tổng số",
        "Cộng",
        "Trong đó:",
        "Không phát sinh",
        "Lạng Sơn, ngày 05 tháng 7 năm 2019",
        "NGƯỜI LẬP BIỂU",
        "CHỈ HUY TRƯỞNG",
        "Phường Chi Lăng",
        "Xã Mai Pha",
        "Khóa 1",
        "Hoàng Văn Một",
        "Tống Thị Cộng",
        "07/03/1985",
        "1985",
        "020085001234",
        "12",
        "3",
        "Tµy",
        "Nguyeãn",
        "#REF!",
    ]);
    prop_oneof![9 => known.prop_map(str::to_owned), 1 => ".{0,12}"]
}

/// A row that is nobody: left out of the people, never lost.
fn noise() -> impl Strategy<Value = Vec<String>> {
    select(vec![
        owned(&[]),
        owned(&["I", "Khóa 1 năm 2011"]),
        owned(&["", "Cộng khóa 1:", "", "", "3"]),
        owned(&["", "Tổng số: 12 đồng chí"]),
        owned(&["", "Trong đó: nữ", "2"]),
        owned(&["7"]),
        owned(&["", "", "", "Nam"]),
        owned(&["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Dân tộc", "Đơn vị"]),
        owned(&["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"]),
        owned(&["-----", "-----"]),
        owned(&["", "Xã Mai Pha"]),
    ])
}

/// A row of somebody: an id and a name always, the rest sometimes.
fn person(number: usize, filled: u8) -> Vec<String> {
    let id = format!("0200{:08}", 85_000_000 + number);
    let all = [
        (number + 1).to_string(),
        format!("Nông Văn {}", ["Một", "Hai", "Cộng", "Tổng", "Bá"][number % 5]),
        format!("{:02}/03/1985", number % 28 + 1),
        "Nam".to_owned(),
        id,
        "Tày".to_owned(),
        "Xã Mai Pha".to_owned(),
    ];
    let kept = |(at, cell): (usize, &String)| match at {
        1 | 4 => cell.clone(),
        _ if filled & (1 << at) != 0 => cell.clone(),
        _ => String::new(),
    };
    all.iter().enumerate().map(kept).collect()
}

/// A row of somebody of whom hardly anything is known: an id, or a name and one thing more.
fn hardly_known(number: usize, known: usize) -> Vec<String> {
    let all = person(number, u8::MAX);
    let kept: &[usize] = match known {
        4 => &[4],
        // The running number and a day that everybody has.
        1 => &[0, 2],
        other => &[1, other],
    };
    all.iter().enumerate().map(|(at, cell)| if kept.contains(&at) { cell.clone() } else { String::new() }).collect()
}

/// The number of values in a column.
fn length(values: &Values) -> usize {
    match values {
        Values::Text(texts) => texts.len(),
        Values::Date(dates) => dates.len(),
        Values::Code(codes) => codes.len(),
        Values::Flag(flags) => flags.len(),
        Values::Number(numbers) => numbers.len(),
    }
}

/// Rows that hold anything, below a row.
fn filled_below(rows: &Rows, header: usize) -> usize {
    rows.iter().skip(header + 1).filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).count()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn every_filled_row_below_a_header_is_accounted_for(
        above in vec(vec(cell(), 0..8), 0..5),
        titled in any::<bool>(),
        below in vec(vec(cell(), 0..9), 0..25),
    ) {
        let header: Rows = if titled { vec![owned(&TITLES)] } else { Vec::new() };
        let rows: Rows = above.into_iter().chain(header).chain(below).collect();
        let submission = read(rows.clone());
        for repair in submission.repairs.iter().filter(|repair| repair.place.sheet == "Học viên") {
            let cell = repair.place.cell.and_then(|at| rows.get(at.row as usize)?.get(usize::from(at.column)));
            prop_assert!(cell.is_some(), "{repair:?}");
        }
        for table in &submission.tables {
            let data = table.tally.count(RowKind::Data) as usize;
            prop_assert_eq!(data, table.len());
            for column in &table.columns {
                prop_assert_eq!(length(&column.values), table.len());
                prop_assert!(column.unread.windows(2).all(|pair| pair[0].0 < pair[1].0));
                prop_assert!(column.unlisted.windows(2).all(|pair| pair[0] < pair[1]));
            }
            if let [part] = table.parts.as_slice() {
                // A declaration that there is nothing to report counts above the header, too.
                let nothing = table.tally.count(RowKind::Nothing) as usize;
                let others_counted = RowKind::ALL.iter().filter(|kind| **kind != RowKind::Nothing);
                let counted: usize = others_counted.map(|kind| table.tally.count(*kind) as usize).sum();
                let others = submission.tables.iter().filter(|other| other.shape != table.shape);
                if others.into_iter().all(|other| !other.found()) {
                    let filled = filled_below(&rows, part.header as usize);
                    prop_assert!((counted..=counted + nothing).contains(&filled), "{filled} {counted} {rows:?}");
                }
            }
        }
    }

    #[test]
    fn everybody_is_found_among_noise_and_nobody_else(
        people in vec((any::<u8>(), vec(noise(), 0..3)), 1..12),
        title in vec(select(vec!["BỘ CHỈ HUY QUÂN SỰ", "DANH SÁCH HỌC VIÊN", "Năm 2019"]), 0..4),
        order in Just((0..TITLES.len()).collect::<Vec<usize>>()).prop_shuffle(),
        extra in any::<Option<Index>>(),
    ) {
        let mut rows: Rows = title.iter().map(|text| owned(&["", text])).collect();
        rows.push(owned(&TITLES));
        for (number, (filled, before)) in people.iter().enumerate() {
            rows.extend(before.clone());
            rows.push(person(number, *filled));
        }
        // Columns stand in any order, and one of the district's own may stand among them.
        let moved = |row: &Vec<String>| {
            let mut row: Vec<String> = order.iter().map(|at| row.get(*at).cloned().unwrap_or_default()).collect();
            if let Some(at) = extra {
                row.insert(at.index(TITLES.len()), if row.iter().any(|cell| cell == "STT") { "Quê quán".to_owned() } else { String::new() });
            }
            row
        };
        let first = title.len();
        let rows: Rows = rows.iter().enumerate().map(|(at, row)| if at < first { row.clone() } else { moved(row) }).collect();
        let submission = read(rows);
        let field = FORM.vocabulary.tables[0].field("cccd").unwrap();
        let table = &submission.tables[0];
        let found: Vec<&str> = (0..table.len()).map(|row| table.columns[field].text(row)).collect();
        let known: Vec<String> = (0..people.len()).map(|number| person(number, 0)[4].clone()).collect();
        prop_assert_eq!(found, known);
    }

    #[test]
    fn somebody_of_whom_hardly_anything_is_known_is_found(
        people in vec((0..TITLES.len(), vec(noise(), 0..3)), 1..12),
    ) {
        let mut rows: Rows = vec![owned(&TITLES)];
        let mut expected = Vec::new();
        for (number, (known, before)) in people.iter().enumerate() {
            rows.extend(before.clone());
            expected.push(u32::try_from(rows.len()).unwrap());
            rows.push(hardly_known(number, *known));
        }
        expected.push(u32::try_from(rows.len()).unwrap());
        rows.push(person(99, u8::MAX));
        let submission = read(rows.clone());
        let found: Vec<u32> = submission.tables[0].origin.iter().map(|origin| origin.row).collect();
        prop_assert_eq!(found, expected, "{:?}", rows);
    }

    #[test]
    fn rows_of_another_form_are_accounted_for(below in vec(vec(cell(), 0..6), 0..25)) {
        let titles = owned(&["Trạm y tế", "Loại thiết bị", "Số máy", "Tình trạng", "Ngày hỏng"]);
        let rows: Rows = [vec![titles], below].concat();
        let submission = read_as(&OTHER_FORM, "Thiết bị", rows.clone());
        let table = &submission.tables[0];
        prop_assert_eq!(table.tally.count(RowKind::Data) as usize, table.len());
        let counted: usize = RowKind::ALL.iter().map(|kind| table.tally.count(*kind) as usize).sum();
        prop_assert_eq!(counted, filled_below(&rows, 0));
    }
}
