//! The invented province that gives the reference result.

use chrono::NaiveDate;

use super::layout::Layout;
use super::people::{People, Person};
use super::workbook::{COMMAND, Cell, District, Row, TRAINEE};

const UNITS: &str = include_str!("../../templates/chqs-xa/lists/units.csv");
const DISTRICTS: &str = include_str!("../../templates/chqs-xa/lists/districts.csv");

pub const COURSES: [(&str, i32); 3] =
    [("Khóa 1 (2004-2006)", 2004), ("Khóa 2 (2009-2011)", 2009), ("Khóa 3 (2014-2016)", 2014)];
const OTHER_POSTS: [&str; 4] =
    ["Trung đội trưởng dân quân", "Thôn đội trưởng", "Chiến sĩ dân quân", "Nguồn quy hoạch / đối tượng khác"];

/// A commune of the list that was valid to 2019.
pub struct Unit {
    pub name: String,
    pub border: bool,
}

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn units(district: &str) -> Vec<Unit> {
    let mut reader = csv::Reader::from_reader(UNITS.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.filter(|row| &row[4] == district && &row[6] == "2019-12-31")
        .map(|row| Unit { name: row[1].to_owned(), border: &row[7] == "1" })
        .collect()
}

/// A trainee before the list is written.
struct Trainee {
    person: Person,
    course: usize,
    before: bool,
    member: bool,
    secondary: bool,
    placed: bool,
}

pub fn build(seed: u64) -> Vec<District> {
    let mut people = People::new(seed);
    let mut reader = csv::Reader::from_reader(DISTRICTS.as_bytes());
    let names: Vec<(String, String, String)> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[0].to_owned(), row[1].to_owned(), row[2].to_owned()))
        .collect();
    let sizes: Vec<usize> = names.iter().map(|(code, ..)| units(code).len()).collect();
    let shares = allot(335, &sizes);
    let mut trainees = trainees(&mut people, &shares);
    let in_committee = people.chance.flags(131, 226);
    let in_ubnd = people.chance.flags(136, 226);
    let mut commanders = 0;
    let mut card = 100_000;
    let mut districts = Vec::new();
    for ((code, name, short), share) in names.into_iter().zip(shares) {
        let own: Vec<Trainee> = trainees.drain(..share).collect();
        let slug = slug(&short);
        let mut district = District {
            code,
            name,
            slug,
            cut_off: day(2019, 6, 30),
            trainees: Vec::new(),
            command: Vec::new(),
            totals: [0.0; 5],
            layout: Layout::default(),
            command_layout: Layout::default(),
            left_out: None,
            edition: "2019",
            on_cover: Vec::new(),
        };
        fill(&mut district, own, &mut people, &mut card);
        for row in district.command.iter_mut().filter(|row| row.text("chuc_danh") == "Chỉ huy trưởng") {
            if in_committee[commanders] {
                row.put("cap_uy", "x");
                row.put("dang_vien", "Chính thức");
            }
            if in_ubnd[commanders] {
                row.put("ubnd", "x");
            }
            commanders += 1;
        }
        district.recount();
        districts.push(district);
    }
    districts
}

/// Shares of a total in proportion to sizes, by largest remainder.
pub fn allot(total: usize, sizes: &[usize]) -> Vec<usize> {
    let all: usize = sizes.iter().sum();
    let mut shares: Vec<usize> = sizes.iter().map(|size| total * size / all).collect();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(total * sizes[*at] % all));
    let missing = total - shares.iter().sum::<usize>();
    order.into_iter().take(missing).for_each(|at| shares[at] += 1);
    shares
}

fn trainees(people: &mut People, shares: &[usize]) -> Vec<Trainee> {
    let before = people.chance.flags(228, 335);
    let member = people.chance.flags(178, 335);
    let secondary = people.chance.flags(305, 335);
    let tay_nung = people.chance.flags(298, 335);
    let placed = people.chance.flags(309, 335);
    let positions = shares.iter().flat_map(|share| 0..*share);
    positions
        .enumerate()
        .map(|(at, in_district)| {
            let course = in_district % 3;
            let group = match (tay_nung[at], people.chance.below(10)) {
                (true, 0..=5) => "Tày",
                (true, _) => "Nùng",
                (false, 0..=4) => "Kinh",
                (false, 5..=7) => "Dao",
                (false, _) => "Sán Chay",
            };
            let age = if before[at] { 24 + people.chance.below(19) } else { 20 + people.chance.below(11) };
            let person = people.person(COURSES[course].1 - age as i32, group);
            Trainee {
                person,
                course,
                before: before[at],
                member: member[at],
                secondary: secondary[at],
                placed: placed[at],
            }
        })
        .collect()
}

/// Writes a district's two lists: every placed trainee holds a post of one of its communes.
fn fill(district: &mut District, own: Vec<Trainee>, people: &mut People, card: &mut u32) {
    let units = units(&district.code);
    let mut slots: Vec<(usize, &str)> = Vec::new();
    for (unit, one) in units.iter().enumerate() {
        slots.push((unit, "Chỉ huy trưởng"));
        slots.extend((0..if one.border { 2 } else { 1 }).map(|_| (unit, "Phó Chỉ huy trưởng")));
    }
    people.chance.shuffle(&mut slots);
    let mut holders: Vec<(usize, &str, Row)> = Vec::new();
    for trainee in own {
        let slot = if trainee.placed { slots.pop() } else { None };
        let unit = slot.map_or_else(|| people.chance.below(units.len()), |(unit, _)| unit);
        let row = trainee_row(&trainee, &units[unit].name, slot.map(|(_, post)| post), people, card);
        if let Some((unit, post)) = slot {
            let mut holder = command_row(&trainee.person, &units[unit].name, post, people);
            // A full member stays one; who was probationary at the course is one by now.
            if trainee.member {
                holder.put("dang_vien", "Chính thức");
            }
            holder.put("khoa_da_hoc", COURSES[trainee.course].0);
            holder.put("nganh_qs", "Trung cấp ngành quân sự cơ sở");
            holder.set("ngay_giu", Cell::Date(row.date("ngay_bo_nhiem").unwrap()));
            holders.push((unit, post, holder));
        }
        district.trainees.push(row);
    }
    for (unit, post) in slots {
        holders.push((unit, post, other_holder(&units[unit].name, post, people)));
    }
    for (unit, one) in units.iter().enumerate() {
        for post in ["Chính trị viên", "Chính trị viên phó"] {
            holders.push((unit, post, other_holder(&one.name, post, people)));
        }
    }
    let rank = |post: &str| {
        ["Chỉ huy trưởng", "Phó Chỉ huy trưởng", "Chính trị viên", "Chính trị viên phó"]
            .iter()
            .position(|one| *one == post)
    };
    holders.sort_by_key(|(unit, post, _)| (*unit, rank(post)));
    district.command = holders.into_iter().map(|(.., row)| row).collect();
}

fn put_person(row: &mut Row, person: &Person) {
    row.put("ho_ten", &person.name);
    row.set("ngay_sinh", Cell::Date(person.born));
    row.put("gioi_tinh", if person.male { "Nam" } else { "Nữ" });
    row.put("cccd", &person.id);
    row.put("dan_toc", person.group);
}

fn trainee_row(one: &Trainee, unit: &str, post: Option<&str>, people: &mut People, card: &mut u32) -> Row {
    let chance = &mut people.chance;
    let (course, year) = COURSES[one.course];
    let mut row = Row::new(&TRAINEE);
    put_person(&mut row, &one.person);
    row.put("don_vi", unit);
    row.put("khoa", course);
    row.set("ngay_nhap_hoc", Cell::Date(day(year, 9, 5)));
    let promoted = post == Some("Chỉ huy trưởng") && chance.below(4) == 0;
    let before = match (one.before, post) {
        (true, Some(_)) if promoted => "Phó Chỉ huy trưởng",
        (true, Some(post)) => post,
        (true, None) => chance.pick(&["Chỉ huy trưởng", "Phó Chỉ huy trưởng"]),
        (false, _) => chance.pick(&OTHER_POSTS),
    };
    row.put("chuc_vu_truoc", before);
    let probationary = one.member && chance.below(9) == 0;
    row.put(
        "dang_vien",
        if probationary {
            "Dự bị"
        } else if one.member {
            "Chính thức"
        } else {
            "Không"
        },
    );
    if one.member {
        let born = chrono::Datelike::year(&one.person.born);
        row.set("ngay_vao_dang", Cell::Date(day(born + 19, 9, 2 + chance.below(26) as u32)));
    }
    if one.member && !probationary {
        *card += 7;
        row.put("so_the_dang", &format!("20.{card:06}"));
    }
    row.put(
        "van_hoa",
        if one.secondary {
            chance.pick(&["12/12", "12/12", "12/12", "10/10"])
        } else {
            chance.pick(&["9/12", "THCS", "8/12"])
        },
    );
    row.put("chuyen_mon", chance.pick(&["Trung cấp", "Sơ cấp", "Chưa qua đào tạo"]));
    row.put("ly_luan", chance.pick(&["Trung cấp", "Sơ cấp", "Chưa qua đào tạo"]));
    row.put("suc_khoe", chance.pick(&["Loại 1", "Loại 2", "Loại 2", "Loại 3"]));
    row.put("ket_qua", "Tốt nghiệp");
    row.put("xep_loai", chance.pick(&["Giỏi", "Khá", "Khá", "Trung bình khá", "Trung bình"]));
    row.set("ngay_tot_nghiep", Cell::Date(day(year + 2, 6, 20)));
    let placement = match post {
        Some(post) if before == post => "Giữ nguyên chức vụ",
        Some("Chỉ huy trưởng") => "Bổ nhiệm Chỉ huy trưởng",
        Some(_) => "Bổ nhiệm Phó Chỉ huy trưởng",
        None if chance.below(2) == 0 => "Chức danh khác",
        None => "Chưa bố trí",
    };
    row.put("bo_tri", placement);
    if placement != "Chưa bố trí" {
        row.put("chuc_vu_sau", post.unwrap_or("Trung đội trưởng dân quân"));
        row.set("ngay_bo_nhiem", Cell::Date(day(year + 2, 7 + chance.below(6) as u32, 1 + chance.below(28) as u32)));
    }
    row
}

fn command_row(person: &Person, unit: &str, post: &str, people: &mut People) -> Row {
    let chance = &mut people.chance;
    let mut row = Row::new(&COMMAND);
    put_person(&mut row, person);
    row.put("don_vi", unit);
    row.put("chuc_danh", post);
    row.put("dang_vien", chance.pick(&["Chính thức", "Chính thức", "Dự bị", "Không"]));
    row.put("van_hoa", "12/12");
    row.put("chuyen_mon", chance.pick(&["Trung cấp", "Sơ cấp", "Đại học", "Chưa qua đào tạo"]));
    row.put("ly_luan", chance.pick(&["Trung cấp", "Sơ cấp", "Chưa qua đào tạo"]));
    row.put("nganh_qs", "Chưa đào tạo");
    row.put("suc_khoe", chance.pick(&["Loại 1", "Loại 2", "Loại 3"]));
    row.set(
        "ngay_giu",
        Cell::Date(day(2010 + chance.below(9) as i32, 1 + chance.below(12) as u32, 1 + chance.below(28) as u32)),
    );
    row
}

/// Somebody who did not attend a course, or nobody: some deputies' and political deputies' posts are vacant.
fn other_holder(unit: &str, post: &str, people: &mut People) -> Row {
    if (post == "Chính trị viên phó" || post == "Phó Chỉ huy trưởng") && people.chance.below(12) == 0 {
        let mut row = Row::new(&COMMAND);
        row.put("don_vi", unit);
        row.put("chuc_danh", post);
        row.put("khuyet", "x");
        return row;
    }
    newcomer(unit, post, people)
}

/// A new person in a post.
pub fn newcomer(unit: &str, post: &str, people: &mut People) -> Row {
    let group = people.chance.pick(&["Tày", "Nùng", "Nùng", "Kinh", "Dao"]);
    let year = 1965 + people.chance.below(25) as i32;
    let person = people.person(year, group);
    let mut row = command_row(&person, unit, post, people);
    if post == "Chính trị viên" {
        row.put("dang_vien", "Chính thức");
        row.put("cap_uy", "x");
    }
    row
}

fn slug(name: &str) -> String {
    tonghop::text::plain_key(name).replace(' ', "-")
}
