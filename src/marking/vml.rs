//! Boxes of notes. The drawings they stand in are an old dialect that programs write carelessly, at times not even as
//! XML: they are searched and added to as text.

use std::collections::BTreeSet;
use std::ops::Range;

use super::edits::Edits;
use crate::model::CellAt;

const NAMESPACES: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";
/// The type of shape that all boxes are of.
const SHAPE_TYPE: &str = "_x0000_t202";
/// How the id of a shape begins.
const SHAPE: &str = "_x0000_s";

/// A box to draw: its cell and its corners.
#[derive(Clone, Copy, Debug)]
pub struct Box {
    /// The cell it belongs to.
    pub at: CellAt,
    /// The corners, as the format writes them.
    pub anchor: [u32; 8],
}

/// A drawing with boxes only; `number` tells its ids from those of other sheets.
pub fn drawing(number: usize, boxes: &[Box]) -> String {
    let shapes = shapes(number * 1024, boxes);
    format!(
        "<xml {NAMESPACES}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{number}\"/></o:shapelayout>{}{shapes}</xml>",
        shape_type("")
    )
}

/// Changes a drawing that is there: the boxes of some cells go, others come.
pub fn change(text: &str, dropped: &BTreeSet<CellAt>, boxes: &[Box]) -> Edits {
    let mut edits = Edits::default();
    for (range, at) in boxes_of(text) {
        if at.is_some_and(|at| dropped.contains(&at)) {
            edits.remove(range);
        }
    }
    if !boxes.is_empty() {
        let end = text.rfind("</").unwrap_or(text.len());
        let kind = if text.contains(&format!("id=\"{SHAPE_TYPE}\"")) { String::new() } else { shape_type(NAMESPACES) };
        edits.insert(end, format!("{kind}{}", shapes(last_id(text), boxes)));
    }
    edits
}

/// Whether a drawing holds a shape that is not the box of one of these cells.
pub fn holds_others(text: &str, dropped: &BTreeSet<CellAt>) -> bool {
    boxes_of(text).iter().any(|(_, at)| at.is_none_or(|at| !dropped.contains(&at)))
}

/// The shapes of a drawing, with the cell of each that is the box of a note.
fn boxes_of(text: &str) -> Vec<(Range<usize>, Option<CellAt>)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(colon) = text[from..].find(":shape").map(|at| from + at) {
        from = colon + ":shape".len();
        let Some(start) = text[..colon].rfind('<') else { continue };
        let prefix = &text[start + 1..colon];
        let is_tag = text[from..].starts_with(|c: char| c.is_ascii_whitespace());
        if !is_tag || !prefix.chars().all(char::is_alphanumeric) {
            continue;
        }
        let end = format!("</{prefix}:shape>");
        let Some(length) = text[start..].find(&end) else { continue };
        let range = start..start + length + end.len();
        let inside = &text[range.clone()];
        let is_note = inside.contains("ObjectType=\"Note\"") || inside.contains("ObjectType='Note'");
        let at = match (number(inside, "Row>"), number(inside, "Column>")) {
            (Some(row), Some(column)) if is_note => u16::try_from(column).ok().map(|column| CellAt::new(row, column)),
            _ => None,
        };
        from = range.end;
        found.push((range, at));
    }
    found
}

/// The number in an element, by the end of its tag.
fn number(text: &str, tag: &str) -> Option<u32> {
    let start = text.find(&format!(":{tag}"))? + tag.len() + 1;
    let rest = text.get(start..)?;
    rest[..rest.find('<')?].trim().parse().ok()
}

/// The highest number among ids of shapes.
fn last_id(text: &str) -> usize {
    let numbers = text.match_indices(SHAPE).filter_map(|(at, _)| {
        let rest = &text[at + SHAPE.len()..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..end].parse::<usize>().ok()
    });
    numbers.max().unwrap_or(1024)
}

fn shape_type(namespaces: &str) -> String {
    let space = if namespaces.is_empty() { "" } else { " " };
    format!(
        "<v:shapetype{space}{namespaces} id=\"{SHAPE_TYPE}\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
    )
}

fn shapes(last_id: usize, boxes: &[Box]) -> String {
    let shape = |(number, one): (usize, &Box)| {
        let anchor = one.anchor.map(|corner| corner.to_string()).join(", ");
        let CellAt { row, column } = one.at;
        format!(
            "<v:shape {NAMESPACES} id=\"{SHAPE}{number}\" type=\"#{SHAPE_TYPE}\" style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        )
    };
    (last_id + 1..).zip(boxes).map(shape).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(row: u32, column: u16) -> Box {
        Box { at: CellAt::new(row, column), anchor: [0; 8] }
    }

    #[test]
    fn boxes_come_and_go_and_others_stay_even_in_torn_drawings() {
        let text = "<xml><br><w:shape id='_x0000_s2050'><x:ClientData ObjectType='Note'><x:Row>4</x:Row><x:Column> 2 </x:Column></x:ClientData></w:shape><v:shape id=\"_x0000_s1030\"><x:ClientData ObjectType=\"Button\"/></v:shape></xml>";
        let dropped = BTreeSet::from([CellAt::new(4, 2)]);
        assert!(holds_others(text, &dropped));
        let changed = change(text, &dropped, &[at(7, 1), at(8, 1)]).applied(text).unwrap();
        assert!(!changed.contains("_x0000_s2050\'") && changed.contains("Button"), "{changed}");
        assert!(changed.contains("id=\"_x0000_s2051\"") && changed.contains("id=\"_x0000_s2052\""));
        assert_eq!(changed.matches(&format!("id=\"{SHAPE_TYPE}\"")).count(), 1);
        let cells: Vec<_> = boxes_of(&changed).into_iter().map(|(_, at)| at).collect();
        assert_eq!(cells, [None, Some(CellAt::new(7, 1)), Some(CellAt::new(8, 1))]);
    }

    #[test]
    fn a_drawing_of_ours_holds_nothing_else() {
        let text = drawing(3, &[at(1, 1)]);
        assert!(text.contains("id=\"_x0000_s3073\""));
        assert!(!holds_others(&text, &BTreeSet::from([CellAt::new(1, 1)])));
        assert!(holds_others(&text, &BTreeSet::new()));
    }
}
