//! Faults in «Học viên», a row each.

use chrono::{Datelike, Duration, NaiveDate};

use super::super::disguise::{Repaired, shown};
use super::super::province::day;
use super::super::workbook::{Cell, Row};
use super::{Plan, Sheet, born};

impl Plan {
    pub fn trainee_faults(&mut self) {
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
        self.change(3, T, any, "suc_khoe", Cell::Broken("=1/0", "#DIV/0!"), "error-cell", "error", "suc_khoe");
        // A repair, not a fault: the id lost its leading zero in a number cell.
        let lost = self.find(9, T, any);
        let id = self.province[9].trainees[lost].text("cccd");
        let typed = Cell::Number(id.parse().unwrap());
        self.province[9].trainees[lost].set("cccd", typed.clone());
        let (file, cell) = (self.province[9].file_name(), self.cell(9, T, lost, "cccd"));
        let (before, kind, sheet) = (shown(&typed), "leading-zero", "Học viên");
        self.repaired.push(Repaired { file, kind, sheet, cell, before, after: id });
        // One card for two people of one district: the first row is the one to look at.
        let (first, second) = (self.find(8, T, member), self.find(8, T, member));
        let card = self.province[8].trainees[first].text("so_the_dang");
        self.province[8].trainees[second].put("so_the_dang", &card);
        let cell = self.cell(8, T, first.min(second), "so_the_dang");
        self.note(8, "party-card-unique", "error", T, cell);
    }
}

/// Moves a birth date so that the trainee is of an age on admission; the id follows, and so does the Party date.
fn older(row: &mut Row, age: i32) {
    let year = row.date("ngay_nhap_hoc").unwrap().year() - age;
    born(row, year, 3, 7);
}

fn joined(row: &Row, age: i32) -> Cell {
    let born: NaiveDate = row.date("ngay_sinh").unwrap();
    Cell::Date(day(born.year() + age, 9, 2))
}
