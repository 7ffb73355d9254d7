//! A small hand-built form and result for the tests of summary kinds.

use chrono::NaiveDate;

use super::{Content, Heading, Input, Live, Office, Sheet};
use crate::model::*;

/// Everything an [`Input`] borrows.
pub struct Sample {
    pub vocabulary: Vocabulary,
    pub consolidated: Consolidated,
    pub office: Office,
    pub heading: Heading,
}

impl Sample {
    pub fn input(&self) -> Input<'_> {
        Input {
            consolidated: &self.consolidated,
            vocabulary: &self.vocabulary,
            office: &self.office,
            lang: Lang::Vi,
            today: NaiveDate::from_ymd_opt(2019, 7, 5).unwrap(),
            live: Live::Formulas,
        }
    }
}

/// What a cell holds, by its address.
pub fn content(sheet: &Sheet, address: &str) -> Content {
    let found = sheet.cells.iter().find(|cell| cell.at.to_string() == address);
    found.unwrap_or_else(|| panic!("no cell {address}")).content.clone()
}

/// Two districts, one of which reported two trainees: one graduated, one with a blank result.
pub fn sample() -> Sample {
    let vocabulary = vocabulary();
    Sample { consolidated: consolidated(), vocabulary, office: office(), heading: heading() }
}

fn office() -> Office {
    Office {
        parent: Label::same("QUÂN KHU 1"),
        body: Label::same("BỘ CHỈ HUY QUÂN SỰ TỈNH LẠNG SƠN"),
        place: "Lạng Sơn".to_owned(),
        signatures: vec![Label::same("NGƯỜI LẬP BIỂU"), Label::same("CHỈ HUY TRƯỞNG")],
    }
}

fn heading() -> Heading {
    Heading { tab: Label::same("Trang"), title: Label::same("TIÊU ĐỀ"), note: None, unit: None, number: 1 }
}

fn list(name: &str, entries: &[(&str, &str)]) -> CodeList {
    let entry = |(code, label): &(&str, &str)| Entry {
        code: (*code).to_owned(),
        label: Label::same(*label),
        short: Label::same(*label),
        variants: Vec::new(),
        parent: None,
        from: None,
        to: None,
        attributes: Vec::new(),
    };
    let keys = Keys { exact: str::to_owned, plain: str::to_owned };
    CodeList::new(name.to_owned(), None, Vec::new(), entries.iter().map(entry).collect(), keys)
}

fn code_field(name: &str, label: &str, list: usize) -> Field {
    Field {
        name: name.to_owned(),
        label: Label::same(label),
        synonyms: Vec::new(),
        split: Vec::new(),
        joint: Vec::new(),
        kind: FieldType::Code { list, of_district: false },
        need: Need::Optional,
        width: 12.0,
        hint: None,
        derived: None,
    }
}

fn vocabulary() -> Vocabulary {
    let table = TableShape {
        name: "hoc_vien".to_owned(),
        sheet: Label::same("Học viên"),
        title: Label::same("DANH SÁCH"),
        synonyms: Vec::new(),
        register: "HocVien".to_owned(),
        fields: vec![code_field("ket_qua", "Kết quả, xếp loại", 1), code_field("khoa", "Khóa", 2)],
        key: Vec::new(),
        blank_rows: 10,
    };
    let measure =
        |name: &str, when: Vec<Condition>| Measure { name: name.to_owned(), label: Label::same(name), table: 0, when };
    let graduated = Condition { field: 0, test: Test::Is(vec![Code::at(0), Code::at(1)]) };
    Vocabulary {
        cover: CoverShape {
            sheet: Label::same("Thông tin"),
            totals: vec![TotalShape {
                name: "tong".to_owned(),
                label: Label::same("Tổng số học viên"),
                synonyms: Vec::new(),
                measure: 0,
            }],
        },
        tables: vec![table],
        lists: vec![
            list("districts", &[("180", "Tràng Định"), ("181", "Bình Gia"), ("182", "Văn Lãng")]),
            list("ket_qua", &[("TN", "Tốt nghiệp"), ("TN", "Tốt nghiệp"), ("KTN", "Không tốt nghiệp")]),
            list("khoa", &[("K1", "Khóa 1"), ("K2", "Khóa 2")]),
        ],
        references: vec![curriculum(), quotas()],
        districts: 0,
        measures: vec![measure("hoc_vien", Vec::new()), measure("tot_nghiep", vec![graduated])],
    }
}

fn reference(name: &str, columns: &[(&str, Option<usize>)], rows: Vec<ReferenceRow>) -> ReferenceTable {
    let column = |(name, list): &(&str, Option<usize>)| ReferenceColumn {
        name: (*name).to_owned(),
        label: Label::same(*name),
        list: *list,
    };
    ReferenceTable {
        name: name.to_owned(),
        label: Label::same(name),
        columns: columns.iter().map(column).collect(),
        rows,
    }
}

fn curriculum() -> ReferenceTable {
    use ReferenceValue::{Number, Text};
    let row = |block: &str, course: usize, hours: f64| {
        vec![Text(block.to_owned()), ReferenceValue::Code(Code::at(course)), Number(hours)]
    };
    let rows = vec![row("Lý luận", 0, 35.0), row("Quân sự", 0, 57.0), row("Lý luận", 1, 8.0)];
    reference("curriculum", &[("khoi", None), ("khoa", Some(2)), ("tiet", None)], rows)
}

fn quotas() -> ReferenceTable {
    use ReferenceValue::Number;
    let code = |position| ReferenceValue::Code(Code::at(position));
    let rows = vec![vec![code(0), code(0), Number(3.0)], vec![code(1), code(0), Number(4.0)]];
    reference("quotas", &[("khoa", Some(2)), ("huyen", Some(0)), ("cho", None)], rows)
}

fn line(district: usize, submission: Option<usize>, status: Status, rows: u32) -> DistrictLine {
    DistrictLine {
        district: Some(Code::at(district)),
        submission,
        status,
        received: vec![rows],
        accepted: vec![rows],
        held: vec![0],
        errors: 0,
        warnings: 0,
        notes: 0,
        declared: vec![submission.map(|_| 3.0)],
        counted: vec![f64::from(rows)],
        change: None,
    }
}

fn consolidated() -> Consolidated {
    let codes = |codes: Vec<Code>| Column::new(Values::Code(codes));
    let table = Table {
        shape: 0,
        parts: Vec::new(),
        columns: vec![codes(vec![Code::at(1), Code::NONE]), codes(vec![Code::at(0), Code::at(0)])],
        origin: vec![RowOrigin { part: 0, row: 5 }, RowOrigin { part: 0, row: 6 }],
        tally: RowTally::default(),
        taken: Vec::new(),
    };
    let submission = Submission {
        file: SourceFile { name: "a.xlsx".to_owned(), size: 1, modified: 0, digest: 0, format: "xlsx" },
        cover: Cover { district: Some(Code::at(0)), ..Cover::default() },
        tables: vec![table],
        repairs: Vec::new(),
        findings: Vec::new(),
        explanations: Vec::new(),
        other_sheets: Vec::new(),
        hidden: Default::default(),
        hidden_sheets: Vec::new(),
    };
    let rows = vec![RegisterRow { submission: 0, row: 0 }, RegisterRow { submission: 0, row: 1 }];
    Consolidated {
        submissions: vec![submission],
        findings: Vec::new(),
        registers: vec![Register { table: 0, rows }],
        explained: Vec::new(),
        held: Vec::new(),
        lines: vec![line(0, Some(0), Status::Received, 2), line(1, None, Status::Missing, 0)],
        period: "2019".to_owned(),
        cut_off: NaiveDate::from_ymd_opt(2019, 6, 30),
        accept: Accept::Rows,
        not_run: Vec::new(),
        skipped: Vec::new(),
        round: None,
    }
}
