//! Planted faults: what was planted where, so that a test can ask for each exactly once.

mod added;
mod commands;
mod trainees;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::disguise::{Repaired, disguise};
use super::layout::Layout;
use super::people::People;
use super::province::day;
use super::workbook::{self, Cell, District, Row, TRAINEE};

/// Turned into other formats by samples/convert.sh.
const CONVERTED: [(&str, &str); 3] = [
    ("182-van-lang.xlsx", "182-van-lang.xls"),
    ("183-cao-loc.xlsx", "183-cao-loc.ods"),
    ("187-chi-lang.xlsx", "187-chi-lang.xlsb"),
];

/// A planted fault: the finding it must give.
#[derive(Debug, Serialize)]
pub struct Planted {
    pub file: String,
    pub check: &'static str,
    pub level: &'static str,
    pub sheet: &'static str,
    pub cell: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Sheet {
    Trainees,
    Command,
}

struct Plan {
    province: Vec<District>,
    planted: Vec<Planted>,
    used: HashSet<(usize, Sheet, usize)>,
    people: People,
    repaired: Vec<Repaired>,
}

/// Plants every fault and writes round 1.
pub fn plant(province: Vec<District>, out: &Path) -> (Vec<Planted>, Vec<Repaired>) {
    let mut people = People::new(77);
    // Ids of planted people must not meet those of the province.
    (0..5_000).for_each(|_| drop(people.id(1980, true)));
    let mut plan = Plan { province, planted: Vec::new(), used: HashSet::new(), people, repaired: Vec::new() };
    plan.province[5].layout.inserted = Some("Mã hồ sơ");
    plan.province[6].layout = Layout { lowered: 3, swapped: Some(swapped()), ..Layout::default() };
    plan.trainee_faults();
    plan.command_faults();
    plan.rows_added();
    plan.note(5, "column-unknown", "note", Sheet::Trainees, "B6".to_owned());
    plan.province.iter_mut().for_each(District::recount);
    plan.province[7].totals[1] += 2.0;
    plan.planted.push(Planted {
        file: plan.province[7].file_name(),
        check: "control-totals",
        level: "error",
        sheet: "Thông tin",
        cell: "C12".to_owned(),
    });
    let disguised = disguise(&mut plan.province);
    plan.repaired.extend(disguised);
    plan.write(out)
}

impl Plan {
    fn write(mut self, out: &Path) -> (Vec<Planted>, Vec<Repaired>) {
        // Bình Gia does not report.
        let absent = self.province.remove(2);
        self.planted.retain(|one| one.file != absent.file_name());
        self.planted.push(of_file("", "district-missing", "error"));
        for district in &self.province {
            workbook::write(district, &out.join(district.file_name()));
        }
        let mut older = self.province[0].clone();
        older.cut_off = day(2019, 5, 31);
        let name = format!("{}-{} (1).xlsx", older.code, older.slug);
        workbook::write(&older, &out.join(&name));
        self.planted.push(of_file(&name, "superseded", "note"));
        let copy = format!("{}-ban-sao.xlsx", self.province[9].code);
        fs::copy(out.join(self.province[9].file_name()), out.join(&copy)).unwrap();
        // The earlier name counts: the copy's sorts before the original's.
        self.planted.push(of_file(&self.province[9].file_name(), "identical-file", "note"));
        let original = self.province[9].file_name();
        for planted in self.planted.iter_mut().filter(|one| one.file == original && one.check != "identical-file") {
            planted.file.clone_from(&copy);
        }
        fs::write(out.join("ghi-chu.pdf"), b"%PDF-1.4\n% not a workbook\n").unwrap();
        self.planted.push(of_file("ghi-chu.pdf", "not-a-workbook", "block"));
        fs::write(out.join("~$178-lang-son.xlsx"), b"lock").unwrap();
        for (from, to) in CONVERTED {
            self.planted.iter_mut().filter(|one| one.file == from).for_each(|one| one.file = to.to_owned());
            self.repaired.iter_mut().filter(|one| one.file == from).for_each(|one| one.file = to.to_owned());
        }
        (self.planted, self.repaired)
    }

    /// The district, counted on from the wanted one, that has a free row which meets a test. Bình Gia (2) sends nothing.
    fn district_with(&self, wanted: usize, sheet: Sheet, test: &impl Fn(&Row) -> bool) -> usize {
        let free = |district: &usize| {
            let rows = match sheet {
                Sheet::Trainees => &self.province[*district].trainees,
                Sheet::Command => &self.province[*district].command,
            };
            (0..rows.len()).any(|at| test(&rows[at]) && !self.used.contains(&(*district, sheet, at)))
        };
        let others = (wanted..11).chain(0..wanted).filter(|district| *district != 2);
        others.into_iter().find(free).expect("a row for every fault")
    }

    /// The first row of a list that meets a test and has no fault yet.
    fn find(&mut self, district: usize, sheet: Sheet, test: impl Fn(&Row) -> bool) -> usize {
        let rows = match sheet {
            Sheet::Trainees => &self.province[district].trainees,
            Sheet::Command => &self.province[district].command,
        };
        let free = |at: &usize| test(&rows[*at]) && !self.used.contains(&(district, sheet, *at));
        let at = (0..rows.len()).find(free).unwrap_or_else(|| panic!("no row for a fault in district {district}"));
        self.used.insert((district, sheet, at));
        at
    }

    #[allow(clippy::too_many_arguments)]
    fn change(
        &mut self,
        district: usize,
        sheet: Sheet,
        test: impl Fn(&Row) -> bool,
        field: &str,
        cell: Cell,
        check: &'static str,
        level: &'static str,
        at: &str,
    ) {
        self.edit(district, sheet, test, check, level, at, |row| row.set(field, cell.clone()));
    }

    #[allow(clippy::too_many_arguments)]
    fn edit(
        &mut self,
        district: usize,
        sheet: Sheet,
        test: impl Fn(&Row) -> bool,
        check: &'static str,
        level: &'static str,
        field: &str,
        edit: impl Fn(&mut Row),
    ) {
        let district = self.district_with(district, sheet, &test);
        let at = self.find(district, sheet, test);
        let rows = match sheet {
            Sheet::Trainees => &mut self.province[district].trainees,
            Sheet::Command => &mut self.province[district].command,
        };
        edit(&mut rows[at]);
        let cell = self.cell(district, sheet, at, field);
        self.note(district, check, level, sheet, cell);
    }

    fn cell(&self, district: usize, sheet: Sheet, row: usize, field: &str) -> String {
        let home = &self.province[district];
        match sheet {
            Sheet::Trainees => home.layout.address(row, home.trainees[row].column(field)),
            Sheet::Command => Layout::default().address(row, home.command[row].column(field)),
        }
    }

    fn note(&mut self, district: usize, check: &'static str, level: &'static str, sheet: Sheet, cell: String) {
        let sheet = if sheet == Sheet::Trainees { "Học viên" } else { "Ban CHQS" };
        self.planted.push(Planted { file: self.province[district].file_name(), check, level, sheet, cell });
    }
}

/// Two columns that Bắc Sơn has the other way round.
fn swapped() -> (usize, usize) {
    let row = Row::new(&TRAINEE);
    (row.column("gioi_tinh"), row.column("cccd"))
}

fn of_file(file: &str, check: &'static str, level: &'static str) -> Planted {
    Planted { file: file.to_owned(), check, level, sheet: "", cell: String::new() }
}

/// Gives a birth date, with the id that goes with it.
fn born(row: &mut Row, year: i32, month: u32, date: u32) {
    row.set("ngay_sinh", Cell::Date(day(year, month, date)));
    let id = row.text("cccd");
    row.put("cccd", &format!("{}{:02}{}", &id[..4], year % 100, &id[6..]));
}

fn copy_person(from: &Row, to: &mut Row) {
    for field in ["ho_ten", "ngay_sinh", "gioi_tinh", "cccd", "dan_toc"] {
        let cell = from.cells[from.column(field)].clone();
        to.set(field, cell);
    }
}
