//! Everything the product knows by name, and invented people: the clean texts that no function may take for dirt.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;

fn read_file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The names of the shipped lists: labels, short names, variants.
fn names_of(list: &str) -> BTreeSet<String> {
    let csv = read_file(&format!("templates/chqs-xa/lists/{list}.csv"));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let wanted = |column: &str| ["label", "short", "variants"].contains(&column);
    let rows = reader.records().map(Result::unwrap).collect::<Vec<_>>();
    rows.iter()
        .flat_map(|row| {
            columns.iter().zip(row).filter(|(column, _)| wanted(column)).flat_map(|(_, cell)| cell.split('|'))
        })
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// All names of all lists, and every quoted wording of the definition.
pub(super) fn corpus() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/chqs-xa/lists");
    let lists = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let names = lists.flat_map(|path| names_of(path.file_stem().unwrap().to_str().unwrap()));
    let definition = read_file("templates/chqs-xa/form.toml");
    let quoted = definition.split('"').skip(1).step_by(2).map(str::to_owned);
    let corpus: BTreeSet<String> = names.chain(quoted).chain(people()).filter(|text| !text.is_ascii()).collect();
    assert!(corpus.len() > 1500, "{}", corpus.len());
    corpus
}

/// Two hundred and more invented people.
fn people() -> Vec<String> {
    let families = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Vũ Võ Phan Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Vi Lộc Hà Triệu Mã Lã Tô Đàm \
        Bế Chu Đinh Lường Lương La Vừ Giàng Sùng Phùng Tạ";
    let middles = ["Văn", "Thị", "Đức", "Hữu", "Thúy", "Quốc", "Xuân", "Bá", "", "Ngọc"];
    let givens = "Hùng Dũng Hòa Hoà Thủy Thuỷ Ý Là Tú Phúc Thọ Lự Cường Hương Huệ Tuấn Kỳ Yến Mỹ Khánh Quý Quyên Thảo Đông \
        Tày Bình Nghĩa Thắng Ước Phương Oanh Thoại Trường Én Hạnh Lợi Mười";
    let givens: Vec<&str> = givens.split_whitespace().collect();
    let families = families.split_whitespace().enumerate();
    let people: Vec<String> = families
        .flat_map(|(at, family)| {
            let chosen = (0..6).map(move |step| (middles[(at + step * 3) % 10], at * 5 + step * 7));
            chosen
                .map(|(middle, given)| format!("{family} {middle} {}", givens[given % givens.len()]))
                .collect::<Vec<_>>()
        })
        .map(|name| name.replace("  ", " "))
        .collect();
    assert!(people.len() >= 200);
    people
}

#[test]
fn names_are_in_normal_form_and_their_keys_are_final() {
    for text in corpus() {
        assert_eq!(normal(&text).repair.filter(|_| text.trim() == text), None, "{text}");
        assert_eq!(key(&key(&text)), key(&text), "{text}");
        assert_eq!(plain_key(&key(&text)), plain_key(&text), "{text}");
    }
}

#[test]
fn no_person_is_a_total_a_section_or_a_footer() {
    for name in people() {
        for name in [name.to_uppercase(), plain_key(&name), name] {
            let taken =
                [is_ditto, is_total, is_part_of_total, is_section_title, is_footer, is_signatory, is_nothing_to_report];
            assert!(!taken.iter().any(|taken_for| taken_for(&name)) && !is_section_numeral(&name), "{name}");
            assert!(date(&name).is_none() && number(&name).is_none() && mark(&name).is_none(), "{name}");
        }
    }
}

#[test]
fn no_value_of_a_list_ends_the_table() {
    for list in [
        "ethnic_groups",
        "posts",
        "education",
        "professional",
        "theory",
        "party",
        "results",
        "grades",
        "placement",
        "units",
    ] {
        for value in names_of(list) {
            let taken = [is_ditto, is_total, is_part_of_total, is_footer, is_nothing_to_report];
            assert!(!taken.iter().any(|taken_for| taken_for(&value)), "{value}");
        }
    }
}
