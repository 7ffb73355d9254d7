//! Planted faults: what was planted where, so that a test can ask for each exactly once.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use chrono::{Datelike, Duration, NaiveDate};
use serde::Serialize;

use super::disguise::{Repaired, disguise};
use super::layout::Layout;
use super::people::People;
use super::province::{COURSES, day, newcomer, units};
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
    file: String,
    check: &'static str,
    level: &'static str,
    sheet: &'static str,
    cell: String,
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
    plan.province[6].layout = Layout { inserted: None, lowered: 3, swapped: Some(swapped()) };
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
    fn trainee_faults(&mut self) {
        use Sheet::Trainees as T;
        let text = |value: &str| Cell::Text(value.to_owned());
        let any = |_: &Row| true;
        let idle = |row: &Row| ["Chức danh khác", "Chưa bố trí"].contains(&row.text("bo_tri").as_str());
        let pool = |row: &Row| row.text("bo_tri") == "Chưa bố trí" || row.text("bo_tri") == "Chức danh khác";
        let member = |row: &Row| row.text("dang_vien") == "Chính thức";
        let none = |row: &Row| row.text("dang_vien") == "Không";
        let placed = |row: &Row| row.text("bo_tri") == "Bổ nhiệm Phó Chỉ huy trưởng";
        let kept =
            |row: &Row| row.text("bo_tri") == "Giữ nguyên chức vụ" && row.text("chuc_vu_sau") == "Chỉ huy trưởng";

        self.change(0, T, any, "don_vi", text("Xã Thụy Hùng"), "commune-of-district", "error", "don_vi");
        self.change(1, T, any, "don_vi", text("Xã Kháng Chíến"), "commune-of-district", "error", "don_vi");
        self.change(3, T, idle, "khoa", text("Khóa 9 (2030-2032)"), "course-known", "error", "khoa");
        self.change(4, T, idle, "cccd", text("02008512345"), "id-shape", "error", "cccd");
        self.edit(9, T, idle, "id-shape", "error", "cccd", |row| {
            let id = row.text("cccd");
            row.put("cccd", &format!("099{}", &id[3..]));
        });
        self.change(3, T, idle, "cccd", text("081234567"), "id-shape", "note", "cccd");
        self.edit(
            6,
            T,
            |row: &Row| idle(row) && row.text("gioi_tinh") == "Nam",
            "id-agrees",
            "error",
            "cccd",
            |row| row.put("gioi_tinh", "Nữ"),
        );
        self.edit(7, T, idle, "id-prefix", "note", "cccd", |row| {
            let id = row.text("cccd");
            row.put("cccd", &format!("024{}", &id[3..]));
        });
        self.edit(
            8,
            T,
            |row: &Row| pool(row) && !row.text("chuc_vu_truoc").contains("Chỉ huy"),
            "age-at-admission",
            "warning",
            "ngay_sinh",
            |row| older(row, 36),
        );
        self.edit(8, T, pool, "age-at-admission", "error", "ngay_sinh", |row| older(row, 48));
        self.edit(0, T, any, "course-dates", "error", "ngay_nhap_hoc", |row| {
            let year = row.date("ngay_nhap_hoc").unwrap().year();
            row.set("ngay_nhap_hoc", Cell::Date(day(year, 8, 20)));
        });
        self.edit(1, T, placed, "dates-in-order", "error", "ngay_tot_nghiep", |row| {
            let graduated = row.date("ngay_tot_nghiep").unwrap();
            row.set("ngay_bo_nhiem", Cell::Date(graduated - Duration::days(40)));
        });
        self.change(3, T, member, "ngay_vao_dang", Cell::Blank, "party-date-needed", "error", "ngay_vao_dang");
        self.edit(4, T, none, "party-date-none", "error", "ngay_vao_dang", |row| {
            row.set("ngay_vao_dang", joined(row, 20))
        });
        self.edit(5, T, member, "party-date-age", "error", "ngay_sinh", |row| {
            row.set("ngay_vao_dang", joined(row, 17))
        });
        self.change(
            6,
            T,
            |row: &Row| row.text("dang_vien") == "Dự bị",
            "so_the_dang",
            text("20.999001"),
            "party-card-probationary",
            "warning",
            "so_the_dang",
        );
        self.change(7, T, any, "xep_loai", Cell::Blank, "graduated-needs", "error", "xep_loai");
        self.change(
            9,
            T,
            |row: &Row| row.text("bo_tri") == "Chức danh khác",
            "chuc_vu_sau",
            Cell::Blank,
            "placed-needs",
            "error",
            "chuc_vu_sau",
        );
        self.change(9, T, placed, "chuc_vu_sau", text("Thôn đội trưởng"), "placed-needs-post", "error", "chuc_vu_sau");
        self.change(
            4,
            T,
            |row: &Row| row.text("bo_tri") == "Chức danh khác",
            "chuc_vu_sau",
            text("Chỉ huy trưởng"),
            "placed-needs-other",
            "error",
            "chuc_vu_sau",
        );
        self.change(
            10,
            T,
            kept,
            "chuc_vu_truoc",
            text("Phó Chỉ huy trưởng"),
            "placement-consistent",
            "error",
            "chuc_vu_sau",
        );
        self.change(6, T, any, "ket_qua", text("Không tốt nghiệp"), "not-graduated-not-placed", "warning", "bo_tri");
        self.change(0, T, any, "dan_toc", Cell::Blank, "required-cell", "error", "dan_toc");
        self.change(1, T, any, "ngay_bo_nhiem", text("31/02/2012"), "wrong-type", "error", "ngay_bo_nhiem");
        self.change(3, T, any, "suc_khoe", Cell::Broken, "error-cell", "error", "suc_khoe");
        // A repair, not a fault: the id lost its leading zero in a number cell.
        let lost = self.find(9, T, any);
        let id = self.province[9].trainees[lost].text("cccd");
        self.province[9].trainees[lost].set("cccd", Cell::Number(id.parse().unwrap()));
        let (file, cell) = (self.province[9].file_name(), self.cell(9, T, lost, "cccd"));
        self.repaired.push(Repaired { file, kind: "leading-zero", sheet: "Học viên", cell });
        // One card for two people of one district: the first row is the one to look at.
        let (first, second) = (self.find(8, T, member), self.find(8, T, member));
        let card = self.province[8].trainees[first].text("so_the_dang");
        self.province[8].trainees[second].put("so_the_dang", &card);
        let cell = self.cell(8, T, first.min(second), "so_the_dang");
        self.note(8, "party-card-unique", "error", T, cell);
    }

    fn command_faults(&mut self) {
        use Sheet::Command as C;
        let text = |value: &str| Cell::Text(value.to_owned());
        let stranger = |row: &Row| row.text("khoa_da_hoc").is_empty() && row.text("khuyet").is_empty();
        let deputy = move |row: &Row| stranger(row) && row.text("chuc_danh") == "Chính trị viên phó";
        let vacant = |row: &Row| row.text("khuyet") == "x";
        let trained = |row: &Row| !row.text("khoa_da_hoc").is_empty();

        self.edit(0, C, deputy, "born-plausible", "error", "ngay_sinh", |row| born(row, 1950, 5, 9));
        self.edit(1, C, deputy, "day-unknown", "note", "ngay_sinh", |row| born(row, 1985, 1, 1));
        self.change(3, C, vacant, "ho_ten", text("Hoàng Văn Thừa"), "vacant-is-empty", "error", "ho_ten");
        self.edit(4, C, deputy, "committee-is-member", "error", "dang_vien", |row| {
            row.put("cap_uy", "x");
            row.put("dang_vien", "Không");
        });
        self.edit(
            5,
            C,
            |row: &Row| row.text("chuc_danh") == "Chính trị viên",
            "political-officer-is-member",
            "error",
            "dang_vien",
            |row| {
                row.set("cap_uy", Cell::Blank);
                row.put("dang_vien", "Không");
            },
        );
        self.change(6, C, deputy, "khoa_da_hoc", text(COURSES[1].0), "trained-as-claimed", "warning", "khoa_da_hoc");
        self.change(7, C, trained, "ho_ten", text("Hoàng Văn Khác"), "holder-agrees", "error", "ho_ten");
        self.change(8, C, deputy, "chuc_danh", text("Trưởng Công an"), "post-of-command", "error", "chuc_danh");
        self.change(9, C, deputy, "ngay_giu", Cell::Date(day(2019, 7, 15)), "dates-in-order", "error", "ngay_giu");
        // One person in two posts.
        let (first, second) = (self.find(10, C, deputy), self.find(10, C, deputy));
        let person = self.province[10].command[first].clone();
        copy_person(&person, &mut self.province[10].command[second]);
        let cell = self.cell(10, C, first.min(second), "cccd");
        self.note(10, "one-person-one-post", "error", C, cell);
        // The same name and birth date in two districts under two ids.
        let (here, there) = (self.find(0, C, deputy), self.find(9, C, deputy));
        let person = self.province[0].command[here].clone();
        let copy = &mut self.province[9].command[there];
        copy_person(&person, copy);
        let year = person.date("ngay_sinh").unwrap().year();
        let id = self.people.id(year, person.text("gioi_tinh") == "Nam");
        copy.put("cccd", &id);
        for (district, row) in [(0, here), (9, there)] {
            let cell = self.cell(district, C, row, "cccd");
            self.note(district, "similar-person", "warning", C, cell);
        }
        // Somebody else holds the post of a placed trainee.
        let holder = self.find(1, C, |row| trained(row) && row.text("chuc_danh") == "Phó Chỉ huy trưởng");
        let old = self.province[1].command[holder].clone();
        let new = newcomer(&old.text("don_vi"), "Phó Chỉ huy trưởng", &mut self.people);
        self.province[1].command[holder] = new;
        let trainee = self.province[1].trainees.iter().position(|row| row.text("cccd") == old.text("cccd")).unwrap();
        let cell = self.cell(1, Sheet::Trainees, trainee, "chuc_vu_sau");
        self.note(1, "placed-holds-post", "warning", Sheet::Trainees, cell);
        // No commander's row for a commune.
        let commander = self.find(3, C, |row| stranger(row) && row.text("chuc_danh") == "Chỉ huy trưởng");
        let unit = self.province[3].command[commander].text("don_vi");
        self.province[3].command[commander] = newcomer(&unit, "Chính trị viên phó", &mut self.people);
        self.note(3, "one-commander", "error", C, "B6".to_owned());
    }

    /// Faults that need another row at the end of a list.
    fn rows_added(&mut self) {
        use Sheet::{Command as C, Trainees as T};
        let inland = |plan: &Self, district: usize| {
            let units = units(&plan.province[district].code);
            units.into_iter().find(|unit| !unit.border).unwrap().name
        };
        // A deputy too many, a second commander's row, an assistant before his time.
        for (district, post, check, level, field) in [
            (7, "Phó Chỉ huy trưởng", "deputies-at-most", "warning", "don_vi"),
            (6, "Trợ lý", "assistant-era", "error", "chuc_danh"),
        ] {
            let unit = inland(self, district);
            let row = newcomer(&unit, post, &mut self.people);
            self.province[district].command.push(row);
            let cell = self.cell(district, C, self.province[district].command.len() - 1, field);
            self.note(district, check, level, C, cell);
        }
        let first = self.find(4, C, |row| row.text("chuc_danh") == "Chỉ huy trưởng");
        let mut second = Row::new(&workbook::COMMAND);
        second.put("don_vi", &self.province[4].command[first].text("don_vi"));
        second.put("chuc_danh", "Chỉ huy trưởng");
        second.put("khuyet", "x");
        self.province[4].command.push(second);
        let cell = self.cell(4, C, first, "don_vi");
        self.note(4, "one-commander", "error", C, cell);
        // One person in two districts' lists of one course.
        let idle = |row: &Row| row.text("bo_tri") == "Chưa bố trí";
        let home = self.district_with(7, T, &idle);
        let one = self.find(home, T, idle);
        let mut copy = self.province[home].trainees[one].clone();
        copy.put("don_vi", &units(&self.province[10].code)[0].name);
        self.province[10].trainees.push(copy);
        for (district, row) in [(home, one), (10, self.province[10].trainees.len() - 1)] {
            let cell = self.cell(district, T, row, "cccd");
            self.note(district, "person-once-per-course", "error", T, cell);
        }
        // One trainee more than the quota of Văn Quan's first course.
        let template = self.province[10].trainees.iter().find(|row| idle(row)).unwrap().clone();
        let mut extra = template;
        let person = newcomer(&units(&self.province[5].code)[0].name, "Chính trị viên phó", &mut self.people);
        copy_person(&person, &mut extra);
        extra.put("don_vi", &person.text("don_vi"));
        extra.put("khoa", COURSES[0].0);
        born(&mut extra, 1980, 4, 11);
        extra.set("ngay_nhap_hoc", Cell::Date(day(2004, 9, 5)));
        extra.set("ngay_tot_nghiep", Cell::Date(day(2006, 6, 20)));
        for field in ["ngay_vao_dang", "so_the_dang", "chuc_vu_sau", "ngay_bo_nhiem"] {
            extra.set(field, Cell::Blank);
        }
        extra.put("dang_vien", "Không");
        extra.put("bo_tri", "Chưa bố trí");
        self.province[5].trainees.push(extra);
        self.note(5, "quota", "warning", T, "I6".to_owned());
    }

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

/// Moves a birth date so that the trainee is of an age on admission; the id follows, and so does the Party date.
fn older(row: &mut Row, age: i32) {
    let year = row.date("ngay_nhap_hoc").unwrap().year() - age;
    born(row, year, 3, 7);
}

fn born(row: &mut Row, year: i32, month: u32, date: u32) {
    row.set("ngay_sinh", Cell::Date(day(year, month, date)));
    let id = row.text("cccd");
    row.put("cccd", &format!("{}{:02}{}", &id[..4], year % 100, &id[6..]));
}

fn joined(row: &Row, age: i32) -> Cell {
    let born: NaiveDate = row.date("ngay_sinh").unwrap();
    Cell::Date(day(born.year() + age, 9, 2))
}

fn copy_person(from: &Row, to: &mut Row) {
    for field in ["ho_ten", "ngay_sinh", "gioi_tinh", "cccd", "dan_toc"] {
        let cell = from.cells[from.column(field)].clone();
        to.set(field, cell);
    }
}
