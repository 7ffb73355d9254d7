//! Faults that need another row at the end of a list.

use super::super::province::{COURSES, day, newcomer, units};
use super::super::workbook::{self, Cell, Row};
use super::{Plan, Sheet, born, copy_person};

impl Plan {
    pub fn rows_added(&mut self) {
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
}
