//! Invented people.

use std::collections::HashSet;

use chrono::NaiveDate;

/// A small generator of numbers (SplitMix64), so that the samples never change.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    pub fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// `count` trues among `all`, in random order.
    pub fn flags(&mut self, count: usize, all: usize) -> Vec<bool> {
        let mut flags: Vec<bool> = (0..all).map(|position| position < count).collect();
        self.shuffle(&mut flags);
        flags
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for position in (1..list.len()).rev() {
            list.swap(position, self.below(position + 1));
        }
    }
}

/// Who a person is.
#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub born: NaiveDate,
    pub male: bool,
    pub id: String,
    pub group: &'static str,
}

/// Makes people, none twice.
pub struct People {
    pub chance: Chance,
    seen: HashSet<(String, NaiveDate)>,
    serial: usize,
}

const FAMILY: [&str; 15] =
    ["Hoàng", "Nông", "Vi", "Lương", "Hứa", "Lý", "Triệu", "Đàm", "Nguyễn", "Chu", "Bế", "Lộc", "Dương", "Mã", "Phùng"];
const MALE: [&str; 8] = ["Văn", "Đức", "Hữu", "Minh", "Quang", "Xuân", "Ngọc", "Công"];
const FEMALE: [&str; 6] = ["Thị", "Thu", "Thanh", "Ngọc", "Bích", "Kim"];
const GIVEN: [&str; 24] = [
    "An", "Bình", "Chiến", "Cường", "Dũng", "Đông", "Hà", "Hải", "Hạnh", "Hiếu", "Hòa", "Hùng", "Khánh", "Lâm", "Long",
    "Nam", "Phong", "Quyết", "Sơn", "Tâm", "Thắng", "Thủy", "Tuấn", "Việt",
];

impl People {
    pub fn new(seed: u64) -> Self {
        Self { chance: Chance(seed), seen: HashSet::new(), serial: 0 }
    }

    /// A person born in a year, months 1-8, never on the first of January.
    pub fn person(&mut self, year: i32, group: &'static str) -> Person {
        let male = self.chance.below(10) > 0;
        loop {
            let middle = if male { self.chance.pick(&MALE) } else { self.chance.pick(&FEMALE) };
            let name = format!("{} {middle} {}", self.chance.pick(&FAMILY), self.chance.pick(&GIVEN));
            let (month, day) = (1 + self.chance.below(8) as u32, 2 + self.chance.below(26) as u32);
            let born = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            if self.seen.insert((name.clone(), born)) {
                let id = self.id(year, male);
                return Person { name, born, male, id, group };
            }
        }
    }

    /// A new citizen id of the province for a birth year and sex.
    pub fn id(&mut self, year: i32, male: bool) -> String {
        self.serial += 1;
        format!("020{}{:02}{:06}", if male { 0 } else { 1 }, year % 100, self.serial * 97 % 1_000_000)
    }
}
