//! A worksheet: marks of an earlier round go, those of this one come, the list is the sheet to see first.

use anyhow::{Context, Result};

use super::book::BookSheet;
use super::dialect::Dialect;
use super::edits::Edits;
use super::grid::Grid;
use super::notes;
use super::outline::Element;
use super::package::Package;
use super::relations::{Relations, Types};
use super::styles::Looks;
use super::vml::{self, Box};
use super::xml::{attribute, escaped, set};
use crate::model::CellAt;
use crate::model::mark::{Mark, MarkNote, MarkRule, TAG};

/// Elements of a worksheet in the order that the schema demands (ECMA-376, part 1, 18.3.1.99).
const ORDER: [&str; 38] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "drawingHF",
    "picture",
    "legacyDrawing",
    "legacyDrawingHF",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
];
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// What marking a sheet needs to know of the workbook.
pub struct Workshop<'w, 'a> {
    /// The package.
    pub package: &'w mut Package<'a>,
    /// The types of its parts.
    pub types: &'w mut Types,
    /// Where the styles of marks stand.
    pub looks: &'w Looks,
    /// The workbook's dialect.
    pub dialect: Dialect,
}

impl Workshop<'_, '_> {
    /// Marks the sheet at a position (from 1) of the workbook; one without marks loses those of an earlier round.
    ///
    /// # Errors
    /// When a part of the sheet cannot be changed.
    pub fn mark(&mut self, number: usize, sheet: &BookSheet, marks: &[Mark]) -> Result<()> {
        let text = self.package.text(&sheet.part)?;
        let root = Element::root(&text)?;
        let children = root.children()?;
        let mut edits = Edits::default();
        unselect(&children, &mut edits)?;
        if root.name() == "worksheet" {
            rules(&root, &children, marks, self.looks, &mut edits)?;
            self.notes(number, sheet, (&root, &children), marks, &mut edits)?;
        }
        self.package.change(&sheet.part, text, edits)
    }

    /// Notes of the sheet, with their boxes and the relations to both.
    fn notes(
        &mut self,
        number: usize,
        sheet: &BookSheet,
        (root, children): (&Element<'_>, &[Element<'_>]),
        marks: &[Mark],
        edits: &mut Edits,
    ) -> Result<()> {
        let wanted: Vec<(CellAt, &MarkNote)> =
            marks.iter().filter_map(|mark| Some((mark.at, mark.note.as_ref()?))).collect();
        let mut relations = Relations::of(self.package, &sheet.part)?;
        let comments = relations.of_kind("comments").map(|one| (one.id.clone(), one.target.clone()));
        let mut changed = notes::Changed::default();
        match comments {
            None if wanted.is_empty() => return Ok(()),
            None => {
                let part = self.package.free_name("xl/comments", "xml");
                self.package.add(&part, notes::part(&wanted, self.dialect.main()))?;
                self.types.add(&part, COMMENTS_TYPE);
                relations.add("comments", &part, self.dialect);
                changed.new = wanted.iter().map(|(at, _)| *at).collect();
                changed.left = wanted.len();
            }
            Some((id, part)) => {
                let text = self.package.text(&part)?;
                changed = notes::change(&text, &wanted)?;
                if changed.left == 0 {
                    self.package.remove(&part);
                    self.types.remove(&part);
                    relations.remove(&id);
                } else {
                    self.package.change(&part, text, std::mem::take(&mut changed.edits))?;
                }
            }
        }
        let grid = Grid::read(children, self.looks.digit)?;
        let boxed = wanted.iter().filter(|(at, _)| changed.new.contains(at));
        let boxes: Vec<Box> = boxed.map(|(at, note)| Box { at: *at, anchor: grid.anchor(*at, note.height) }).collect();
        self.boxes(number, (root, children), &changed, &boxes, &mut relations, edits)?;
        relations.commit(self.package)
    }

    fn boxes(
        &mut self,
        number: usize,
        (root, children): (&Element<'_>, &[Element<'_>]),
        changed: &notes::Changed,
        boxes: &[Box],
        relations: &mut Relations,
        edits: &mut Edits,
    ) -> Result<()> {
        let Some(drawing) = children.iter().find(|child| child.name() == "legacyDrawing") else {
            if !boxes.is_empty() {
                let part = self.package.free_name("xl/drawings/vmlDrawing", "vml");
                self.package.add(&part, vml::drawing(number, boxes))?;
                self.types.add(&part, DRAWING_TYPE);
                let id = relations.add("vmlDrawing", &part, self.dialect);
                let (prefix, namespace) = (root.prefix(), self.dialect.relations());
                let element = format!("<{prefix}legacyDrawing xmlns:r=\"{namespace}\"{}/>", attribute(("r:id", &id)));
                edits.insert(behind(root, children, "legacyDrawing")?, element);
            }
            return Ok(());
        };
        let id = drawing.attribute("id").context("a drawing without id")?;
        let part = relations.by_id(&id).context("a drawing without part")?.target.clone();
        let text = self.package.text(&part)?;
        if boxes.is_empty() && changed.left == 0 && !vml::holds_others(&text, &changed.dropped) {
            self.package.remove(&part);
            self.types.remove(&part);
            relations.remove(&id);
            edits.remove(drawing.whole.clone());
            return Ok(());
        }
        let changes = vml::change(&text, &changed.dropped, boxes);
        self.package.change(&part, text, changes)
    }
}

/// Two selected sheets are edited as one: only the list may be.
fn unselect(children: &[Element<'_>], edits: &mut Edits) -> Result<()> {
    let Some(views) = children.iter().find(|child| child.name() == "sheetViews") else { return Ok(()) };
    for view in views.children()? {
        if view.attribute("tabSelected").is_some_and(|selected| selected != "0" && selected != "false") {
            set(&view, "tabSelected", "0", edits);
        }
    }
    Ok(())
}

/// Rules of an earlier round go; those of this one come before the district's own, which follow in their order.
fn rules(root: &Element<'_>, children: &[Element<'_>], marks: &[Mark], looks: &Looks, edits: &mut Edits) -> Result<()> {
    let new: Vec<(&Mark, &MarkRule)> =
        marks.iter().flat_map(|mark| mark.rules.iter().map(move |rule| (mark, rule))).collect();
    let tag = TAG.split('=').next().unwrap_or(TAG);
    let (mut theirs, mut removed) = (Vec::new(), 0);
    for formatting in children.iter().filter(|child| child.name() == "conditionalFormatting") {
        let (own, others): (Vec<_>, Vec<_>) = formatting
            .children()?
            .into_iter()
            .filter(|child| child.name() == "cfRule")
            .partition(|rule| rule.written().contains("tonghop") && rule.content().contains(tag));
        removed = own.iter().filter_map(priority).fold(removed, i64::max);
        if others.is_empty() && !own.is_empty() {
            edits.remove(formatting.whole.clone());
        } else {
            own.into_iter().for_each(|rule| edits.remove(rule.whole));
        }
        theirs.extend(others);
    }
    let shift = i64::try_from(new.len())? - removed;
    let lowest = theirs.iter().filter_map(priority).min().unwrap_or(1);
    let shift = shift.max(1 - lowest);
    if shift != 0 {
        for (rule, before) in theirs.iter().filter_map(|rule| Some((rule, priority(rule)?))) {
            set(rule, "priority", &(before + shift).to_string(), edits);
        }
    }
    if new.is_empty() {
        return Ok(());
    }
    let prefix = root.prefix();
    let written = (1..).zip(&new).map(|(priority, (mark, rule))| {
        let (at, style, formula) = (mark.at, looks.level(rule.level), escaped(&rule.formula));
        format!(
            "<{prefix}conditionalFormatting sqref=\"{at}\"><{prefix}cfRule type=\"expression\" dxfId=\"{style}\" priority=\"{priority}\"><{prefix}formula>{formula}</{prefix}formula></{prefix}cfRule></{prefix}conditionalFormatting>"
        )
    });
    let written: String = written.collect();
    edits.insert(behind(root, children, "conditionalFormatting")?, written);
    Ok(())
}

fn priority(rule: &Element<'_>) -> Option<i64> {
    rule.attribute("priority")?.parse().ok()
}

/// Where an element that is not there yet goes: behind the last one that must stand before it.
fn behind(root: &Element<'_>, children: &[Element<'_>], name: &str) -> Result<usize> {
    let rank = |name: &str| ORDER.iter().position(|known| *known == name);
    let own = rank(name).context("an element of a worksheet")?;
    let before = children.iter().filter(|child| rank(child.name()).is_some_and(|rank| rank < own));
    Ok(before.map(|child| child.whole.end).max().unwrap_or(root.inner.start))
}
