#![allow(clippy::unwrap_used)]
use std::io::Write;

use proptest::prelude::*;

use super::*;
use crate::intake::facts::Counting;
use crate::model::{Hidden, RefusalKind};

fn file(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        package.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        package.write_all(content.as_bytes()).unwrap();
    }
    package.finish().unwrap().into_inner()
}

fn sheets(styles: &str, content: &str) -> Vec<Facts> {
    let whole = |inner: &str| format!("<office:document>{inner}</office:document>");
    facts("a.ods", &file(&[("styles.xml", &whole(styles)), ("content.xml", &whole(content))])).unwrap_or_default()
}

const STYLES: &str = "<style:style style:name='ce1' style:family='table-cell'>\
    <style:text-properties style:font-name='.VnTimeH'/></style:style>";
const TEXT: &str = "<table:table-cell office:value-type='string'/>";

#[test]
fn fonts_and_what_is_hidden_are_told() {
    let facts = sheets(
        "",
        &format!(
            "{STYLES}<table:table table:name='A'><table:table-column/>\
             <table:table-column table:visibility='collapse' table:number-columns-repeated='2'/>\
             <table:table-row table:number-rows-repeated='4'><table:table-cell/></table:table-row>\
             <table:table-row table:visibility='filter'><table:table-cell office:value-type='float'/>\
             <table:table-cell table:style-name='ce1' office:value-type='string'><text:p>A</text:p></table:table-cell>\
             </table:table-row><table:table-row table:visibility='collapse' table:number-rows-repeated='1000000'>\
             <table:table-cell table:number-columns-repeated='16000'/></table:table-row></table:table>\
             <table:table table:name='B'/>"
        ),
    );
    assert_eq!(facts.len(), 2);
    assert_eq!(facts[0].font(CellAt::new(4, 1)), Some(Legacy::Tcvn3Capitals));
    assert_eq!(facts[0].font(CellAt::new(4, 0)), None);
    let mut counting = Counting::new(&facts[0]);
    (0..2).for_each(|column| counting.see(CellAt::new(4, column)));
    assert_eq!(counting.hidden(), Hidden { rows: 1, columns: 1 });
    assert_eq!(facts[1].font(CellAt::new(4, 1)), None);
}

#[test]
fn a_cell_without_a_style_has_the_one_of_its_row_or_column() {
    let facts = sheets(
        "<style:style style:name='Default' style:family='table-cell'>\
         <style:text-properties style:font-name='.VnTime'/></style:style>",
        &format!(
            "<style:font-face style:name='.VnTimeH1' svg:font-family=\"'.VnTimeH', serif\"/>\
             <style:style style:name='ce1' style:family='table-cell' style:parent-style-name='Default'>\
             <style:text-properties style:font-name='.VnTimeH1'/></style:style>\
             <style:style style:name='ce2' style:family='table-cell' style:parent-style-name='ce1'/>\
             <style:style style:name='ce3' style:family='table-cell' style:parent-style-name='ce1'>\
             <style:text-properties fo:font-family='Arial'/></style:style>\
             <style:style style:name='ce2' style:family='text'>\
             <style:text-properties style:font-name='VNI-Times'/></style:style>\
             <table:table><table:table-column table:number-columns-repeated='2'/>\
             <table:table-column table:default-cell-style-name='ce2'/>\
             <table:table-column table:default-cell-style-name='ce3'/>\
             <table:table-row>{TEXT}{TEXT}{TEXT}{TEXT}</table:table-row>\
             <table:table-row table:default-cell-style-name='ce3'>{TEXT}</table:table-row></table:table>"
        ),
    );
    let font = |row, column| facts[0].font(CellAt::new(row, column));
    assert_eq!([font(0, 0), font(0, 1)], [Some(Legacy::Tcvn3); 2]);
    assert_eq!([font(0, 2), font(0, 3), font(1, 0)], [Some(Legacy::Tcvn3Capitals), None, None]);
}

#[test]
fn a_cell_that_stands_for_many_tells_the_font_of_all() {
    let facts = sheets(
        "",
        &format!(
            "{STYLES}<table:table><table:table-row table:number-rows-repeated='3'><table:table-cell/>\
             <table:table-cell table:style-name='ce1' table:number-columns-repeated='2' office:value-type='string'/>\
             </table:table-row></table:table>"
        ),
    );
    for row in 0..4 {
        let fonts = [0, 1, 2, 3].map(|column| facts[0].font(CellAt::new(row, column)).is_some());
        assert_eq!(fonts, [false, row < 3, row < 3, false]);
    }
}

fn refused(content: &str) -> RefusalKind {
    let content = format!("<office:document><table:table table:name='A'>{content}</table:table></office:document>");
    facts("a.ods", &file(&[("content.xml", &content)])).unwrap_err().kind
}

#[test]
fn cells_that_would_fill_the_memory_or_leave_the_grid_are_refused() {
    let row = |rows: u32, columns: u32, more: &str| {
        format!(
            "<table:table-row table:number-rows-repeated='{rows}'>\
             <table:table-cell table:number-columns-repeated='{columns}' {more}/></table:table-row>"
        )
    };
    let value = "office:value-type='float' office:value='1'";
    let filled = |rows, columns| row(rows, columns, value);
    assert_eq!(refused(&filled(1_000_000, 17)), RefusalKind::TooLarge);
    // Two cells, far apart.
    assert_eq!(refused(&(filled(1, 1) + &row(70_000, 1, "") + &filled(1, 300))), RefusalKind::TooLarge);
    assert_eq!(refused(&row(1_000_000, 17, "table:formula='of:=1'")), RefusalKind::TooLarge);
    assert_eq!(refused(&filled(1_048_577, 1)), RefusalKind::Unreadable);
    assert_eq!(refused(&(row(1_048_576, 1, "") + &filled(1, 1))), RefusalKind::Unreadable);
    assert_eq!(refused(&filled(1, 16_385)), RefusalKind::Unreadable);
    assert_eq!(refused(&filled(u32::MAX, u32::MAX)), RefusalKind::Unreadable);
    // Blank cells may go on to the end of any sheet, and beyond.
    assert_eq!(sheets("", &format!("<table:table>{}</table:table>", row(u32::MAX, u32::MAX, ""))).len(), 1);
}

#[test]
fn formulas_without_a_result_are_told() {
    let facts = sheets(
        "",
        "<table:table><table:table-row><table:table-cell table:formula='of:=1' office:value-type='float' \
         office:value='1'/><table:table-cell table:formula='of:=2' table:number-columns-repeated='2'/>\
         </table:table-row></table:table>",
    );
    assert_eq!(facts[0].uncomputed(), [CellAt::new(0, 1), CellAt::new(0, 2)]);
}

#[test]
fn of_a_damaged_part_nothing_is_known() {
    for bytes in [&file(&[("content.xml", "<a><b></a>")])[..], &file(&[("styles.xml", "<a/>")]), b"no package"] {
        assert!(facts("a.ods", bytes).unwrap().is_empty());
    }
}

proptest! {
    #[test]
    fn no_damage_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut content = format!(
            "{STYLES}<table:table><table:table-column table:visibility='collapse' table:number-columns-repeated='22'/>\
             <table:table-row table:visibility='filter' table:number-rows-repeated='4294967295'>\
             <table:table-cell table:style-name='ce1' table:number-columns-repeated='4294967295' office:value-type='string'/>\
             <table:table-cell table:style-name='ce1' office:value-type='string'/></table:table-row></table:table>"
        ).into_bytes();
        for (at, byte) in changes {
            *at.get_mut(&mut content) = byte;
        }
        for facts in sheets("", &String::from_utf8_lossy(&content)) {
            Counting::new(&facts).see(CellAt::new(u32::MAX, u16::MAX));
        }
    }
}
