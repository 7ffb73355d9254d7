//! Faults in «Ban CHQS», and those between the two lists.

use chrono::Datelike;

use super::super::province::{COURSES, day, newcomer};
use super::super::workbook::{Cell, Row};
use super::{Plan, Sheet, born, copy_person};

impl Plan {
    pub fn command_faults(&mut self) {
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
}
