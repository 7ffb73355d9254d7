//! A district's return and how it is written.

use std::path::Path;

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet};

use super::layout::{Layout, Titles};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Blank,
    Text(String),
    Date(NaiveDate),
    Number(f64),
    /// A formula and the error it gives.
    Broken(&'static str, &'static str),
}

/// Columns of «Học viên», by field name and title.
pub const TRAINEE: [(&str, &str); 24] = [
    ("stt", "STT"),
    ("ho_ten", "Họ và tên *"),
    ("ngay_sinh", "Ngày, tháng, năm sinh *"),
    ("gioi_tinh", "Giới tính *"),
    ("cccd", "Số CCCD *"),
    ("dan_toc", "Dân tộc *"),
    ("don_vi", "Đơn vị *"),
    ("khoa", "Khóa *"),
    ("ngay_nhap_hoc", "Ngày nhập học"),
    ("chuc_vu_truoc", "Chức vụ trước khi đi học *"),
    ("dang_vien", "Đảng viên *"),
    ("ngay_vao_dang", "Ngày vào Đảng"),
    ("so_the_dang", "Số thẻ đảng viên"),
    ("van_hoa", "Trình độ văn hóa *"),
    ("chuyen_mon", "Trình độ chuyên môn"),
    ("ly_luan", "Trình độ lý luận chính trị"),
    ("suc_khoe", "Sức khỏe"),
    ("ket_qua", "Kết quả *"),
    ("xep_loai", "Xếp loại"),
    ("ngay_tot_nghiep", "Ngày tốt nghiệp"),
    ("bo_tri", "Tình trạng bố trí"),
    ("chuc_vu_sau", "Chức vụ sau khi tốt nghiệp"),
    ("ngay_bo_nhiem", "Ngày bổ nhiệm"),
    ("ghi_chu", "Ghi chú"),
];

/// Columns of «Ban CHQS».
pub const COMMAND: [(&str, &str); 21] = [
    ("stt", "STT"),
    ("don_vi", "Đơn vị *"),
    ("chuc_danh", "Chức danh *"),
    ("khuyet", "Khuyết"),
    ("ho_ten", "Họ và tên"),
    ("ngay_sinh", "Ngày, tháng, năm sinh"),
    ("gioi_tinh", "Giới tính"),
    ("cccd", "Số CCCD"),
    ("dan_toc", "Dân tộc"),
    ("dang_vien", "Đảng viên"),
    ("cap_uy", "Tham gia cấp ủy"),
    ("ubnd", "Thành viên UBND"),
    ("hdnd", "Đại biểu HĐND"),
    ("van_hoa", "Trình độ văn hóa"),
    ("chuyen_mon", "Trình độ chuyên môn"),
    ("ly_luan", "Trình độ lý luận chính trị"),
    ("nganh_qs", "Trình độ ngành quân sự cơ sở"),
    ("khoa_da_hoc", "Khóa đã học"),
    ("ngay_giu", "Ngày giữ chức vụ"),
    ("suc_khoe", "Sức khỏe"),
    ("ghi_chu", "Ghi chú"),
];

/// A row, a cell a column.
#[derive(Clone, Debug)]
pub struct Row {
    columns: &'static [(&'static str, &'static str)],
    pub cells: Vec<Cell>,
}

impl Row {
    pub fn new(columns: &'static [(&'static str, &'static str)]) -> Self {
        Self { columns, cells: vec![Cell::Blank; columns.len()] }
    }

    pub fn column(&self, name: &str) -> usize {
        self.columns.iter().position(|(column, _)| *column == name).unwrap_or_else(|| panic!("no column {name}"))
    }

    pub fn set(&mut self, name: &str, cell: Cell) {
        let column = self.column(name);
        self.cells[column] = cell;
    }

    pub fn put(&mut self, name: &str, text: &str) {
        self.set(name, if text.is_empty() { Cell::Blank } else { Cell::Text(text.to_owned()) });
    }

    pub fn text(&self, name: &str) -> String {
        match &self.cells[self.column(name)] {
            Cell::Text(text) => text.clone(),
            _ => String::new(),
        }
    }

    pub fn date(&self, name: &str) -> Option<NaiveDate> {
        match &self.cells[self.column(name)] {
            Cell::Date(date) => Some(*date),
            _ => None,
        }
    }
}

/// What a district returns.
#[derive(Clone, Debug)]
pub struct District {
    pub code: String,
    pub name: String,
    pub slug: String,
    pub cut_off: NaiveDate,
    pub trainees: Vec<Row>,
    pub command: Vec<Row>,
    pub totals: [f64; 5],
    /// How «Học viên» was rearranged.
    pub layout: Layout,
    /// How «Ban CHQS» was rearranged.
    pub command_layout: Layout,
    /// A sheet that is not there.
    pub left_out: Option<&'static str>,
    /// The edition of the form that it was filled in on.
    pub edition: &'static str,
    /// What stands on the cover instead of the usual value, by row (from zero).
    pub on_cover: Vec<(u32, Cell)>,
}

impl District {
    pub fn file_name(&self) -> String {
        format!("{}-{}.xlsx", self.code, self.slug)
    }

    /// Declares on the cover what the lists count to.
    pub fn recount(&mut self) {
        let placed = ["Giữ nguyên chức vụ", "Bổ nhiệm Chỉ huy trưởng", "Bổ nhiệm Phó Chỉ huy trưởng"];
        let trainees = |test: &dyn Fn(&Row) -> bool| self.trainees.iter().filter(|row| test(row)).count() as f64;
        let command = |test: &dyn Fn(&Row) -> bool| self.command.iter().filter(|row| test(row)).count() as f64;
        let held = |row: &Row| row.text("khuyet").is_empty();
        self.totals = [
            trainees(&|_| true),
            trainees(&|row| row.text("ket_qua") == "Tốt nghiệp"),
            trainees(&|row| placed.contains(&row.text("bo_tri").as_str())),
            command(&held),
            command(&|row| held(row) && row.text("chuc_danh") == "Chỉ huy trưởng"),
        ];
    }
}

/// Writes a return.
pub fn write(district: &District, path: &Path) {
    let mut book = Workbook::new();
    let created = rust_xlsxwriter::ExcelDateTime::from_ymd(2019, 7, 1).unwrap();
    let properties = DocProperties::new()
        .set_creation_datetime(&created)
        .set_custom_property("tonghop.form", "chqs-xa")
        .set_custom_property("tonghop.edition", district.edition);
    book.set_properties(&properties);
    cover(book.add_worksheet().set_name("Thông tin").unwrap(), district);
    for (name, columns, rows, layout) in [
        ("Học viên", &TRAINEE[..], &district.trainees, district.layout),
        ("Ban CHQS", &COMMAND[..], &district.command, district.command_layout),
    ] {
        if district.left_out != Some(name) {
            list(book.add_worksheet().set_name(name).unwrap(), columns, rows, layout);
        }
    }
    book.save(path).unwrap();
}

fn base() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12)
}

fn cover(sheet: &mut Worksheet, district: &District) {
    let (bold, date) = (base().set_bold(), base().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left));
    sheet.write_string_with_format(0, 1, "THÔNG TIN BÁO CÁO", &bold).unwrap();
    let form = format!("Mẫu: chqs-xa · {}", district.edition);
    sheet.write_string_with_format(1, 1, form, &base()).unwrap();
    let texts = [
        ("Mã huyện *", district.code.as_str()),
        ("Tên huyện, thành phố *", &district.name),
        ("Kỳ báo cáo *", "2019"),
        ("Số liệu tính đến ngày *", ""),
        ("Người lập biểu *", "Trần Văn Mẫu"),
        ("Điện thoại", "0205 000 000"),
        ("Email", "mau@example.vn"),
    ];
    for (row, (label, value)) in (3..).zip(texts) {
        sheet.write_string_with_format(row, 1, label, &base()).unwrap();
        match value {
            "" => sheet.write_with_format(row, 2, &district.cut_off, &date).unwrap(),
            _ => sheet.write_string_with_format(row, 2, value, &base()).unwrap(),
        };
    }
    let totals = [
        "Tổng số học viên *",
        "Số học viên tốt nghiệp *",
        "Số được bố trí chỉ huy trưởng, phó chỉ huy trưởng *",
        "Tổng số chức danh Ban CHQS có người giữ *",
        "Số chỉ huy trưởng hiện có *",
    ];
    for ((row, label), value) in (10..).zip(totals).zip(district.totals) {
        sheet.write_string_with_format(row, 1, label, &base()).unwrap();
        sheet.write_number_with_format(row, 2, value, &base()).unwrap();
    }
    for (row, instead) in &district.on_cover {
        match instead {
            Cell::Text(text) => sheet.write_string_with_format(*row, 2, text, &base()),
            Cell::Number(number) => sheet.write_number_with_format(*row, 2, *number, &base()),
            _ => sheet.write_blank(*row, 2, &base()),
        }
        .unwrap();
    }
    sheet.set_column_width(1, 52).unwrap();
    sheet.set_column_width(2, 30).unwrap();
}

fn list(sheet: &mut Worksheet, columns: &[(&str, &str)], rows: &[Row], layout: Layout) {
    let border = base().set_border(FormatBorder::Thin);
    let head = border.clone().set_bold().set_text_wrap().set_align(FormatAlign::Center);
    let date = border.clone().set_num_format("dd/mm/yyyy");
    let place = |column: usize| layout.column(column);
    let header = layout.header_row();
    sheet.write_string_with_format(1, 1, "DANH SÁCH", &base().set_bold().set_font_size(14)).unwrap();
    if let Some(title) = layout.inserted {
        sheet.write_string_with_format(header, 1, title, &head).unwrap();
    }
    for (column, (_, title)) in columns.iter().enumerate() {
        sheet.set_column_width(place(column), if column == 0 { 6 } else { 18 }).unwrap();
        let written = layout.titles == Titles::Written && layout.dropped != Some(column);
        for place in layout.places(column, columns.len()).filter(|_| written) {
            sheet.write_string_with_format(header, place, *title, &head).unwrap();
            sheet.write_string_with_format(header + 1, place, format!("({})", column + 1), &head).unwrap();
        }
    }
    for (number, (at, row)) in (layout.first_row()..).zip(rows).enumerate() {
        sheet.write_number_with_format(at, 0, number as f64 + 1.0, &border).unwrap();
        for (column, cell) in row.cells.iter().enumerate().skip(1).filter(|(column, _)| layout.dropped != Some(*column))
        {
            for column in layout.places(column, columns.len()) {
                match cell {
                    Cell::Blank => sheet.write_blank(at, column, &border),
                    Cell::Text(text) => sheet.write_string_with_format(at, column, text, &border),
                    Cell::Date(day) => sheet.write_with_format(at, column, day, &date),
                    Cell::Number(number) => sheet.write_number_with_format(at, column, *number, &border),
                    Cell::Broken(formula, error) => {
                        sheet.write_formula(at, column, Formula::new(*formula).set_result(*error))
                    }
                }
                .unwrap();
            }
        }
    }
    sheet.set_freeze_panes(layout.first_row(), 2).unwrap();
}
