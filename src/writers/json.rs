//! The result for other programs.

use anyhow::Result;
use serde_json::{Value, json};

use super::{FormFace, hand_back_name};
use crate::model::{ChangeCounts, Code, Consolidated, Entry, Finding, Lang, Round, RowKind, Submission};

/// The result as JSON, in a stable order.
///
/// # Errors
/// When it cannot be said as JSON.
pub fn json(consolidated: &Consolidated, face: &FormFace<'_>, lang: Lang) -> Result<String> {
    let from = |at: usize| consolidated.submissions.get(at);
    let file = |at: usize| from(at).map(|one| one.file.name.clone());
    let held = consolidated.held.iter().map(|held| {
        let table = from(held.at.submission as usize).and_then(|one| one.tables.get(held.table));
        let row = table.and_then(|table| table.origin.get(held.at.row as usize)).map(|origin| origin.row + 1);
        let key = table.map(|table| table.row_key(face.vocabulary, held.at.row as usize));
        let name = face.vocabulary.tables.get(held.table).map(|shape| &shape.name);
        json!({ "file": file(held.at.submission as usize), "table": name, "row": row, "key": key, "reasons": held.reasons })
    });
    let whole = json!({
        "form": face.id,
        "edition": face.edition,
        "period": consolidated.period,
        "cut_off": consolidated.cut_off.map(|day| day.to_string()),
        "accept": consolidated.accept,
        "round": consolidated.round.as_ref().map(|one| round(one, lang)),
        "districts": (0..consolidated.lines.len()).map(|at| district(at, consolidated, face, lang)).collect::<Vec<_>>(),
        "findings": consolidated.findings.iter().map(|one| finding(one, consolidated, face, lang)).collect::<Vec<_>>(),
        "explained": consolidated.explained.iter().map(|one| json!({ "finding": one.finding, "text": one.text })).collect::<Vec<_>>(),
        "repairs": consolidated.submissions.iter().flat_map(repairs).collect::<Vec<_>>(),
        "files": consolidated.submissions.iter().map(|by| reading(by, face)).collect::<Vec<_>>(),
        "held": held.collect::<Vec<_>>(),
        "skipped": consolidated.skipped,
        "not_run": consolidated.not_run.iter().map(|(at, checks)| json!({ "file": file(*at), "checks": checks })).collect::<Vec<_>>(),
    });
    Ok(serde_json::to_string_pretty(&whole)?)
}

/// What the next run compares with, and what it needs to know the files by.
fn round(round: &Round, lang: Lang) -> Value {
    json!({
        "number": round.number,
        "counted": round.counted.iter().map(|digest| format!("{digest:016x}")).collect::<Vec<_>>(),
        "not_compared": round.unfit.as_ref().map(|why| why.get(lang)),
        "before": round.before,
        "pending": round.pending,
    })
}

fn district(at: usize, consolidated: &Consolidated, face: &FormFace<'_>, lang: Lang) -> Value {
    let line = &consolidated.lines[at];
    let entry = entry(line.district, face);
    let hand_back = consolidated.round.as_ref().map(|_| hand_back_name(face, consolidated, at));
    let change = line.change.as_ref().map(|change| {
        let ChangeCounts { fixed, explained, open, new } = change.counts();
        json!({ "fixed": fixed, "explained": explained, "open": open, "new": new, "gone": change.fixed })
    });
    let file = line.submission.and_then(|at| consolidated.submissions.get(at)).map(|one| &one.file.name);
    let numbers = line.declared.iter().zip(&line.counted);
    let totals =
        face.vocabulary.cover.totals.iter().zip(numbers).map(
            |(shape, (declared, counted))| json!({ "name": shape.name, "declared": declared, "counted": counted }),
        );
    json!({
        "code": entry.map(|entry| &entry.code),
        "name": entry.map(|entry| entry.label.get(lang)),
        "file": file,
        "status": line.status,
        "received": line.received.iter().sum::<u32>(),
        "accepted": line.accepted.iter().sum::<u32>(),
        "held": line.held.iter().sum::<u32>(),
        "errors": line.errors,
        "warnings": line.warnings,
        "notes": line.notes,
        "totals": totals.collect::<Vec<_>>(),
        "hand_back": hand_back,
        "since_last_round": change,
    })
}

fn entry<'a>(code: Option<Code>, face: &FormFace<'a>) -> Option<&'a Entry> {
    let list = face.vocabulary.lists.get(face.vocabulary.districts)?;
    list.entry(code?)
}

fn finding(one: &Finding, consolidated: &Consolidated, face: &FormFace<'_>, lang: Lang) -> Value {
    let from = one.submission.and_then(|at| consolidated.submissions.get(at));
    let place = one.places.first();
    let district = entry(consolidated.district(one), face);
    json!({
        "check": one.check,
        "title": one.title.get(lang),
        "level": one.level,
        "district_code": district.map(|entry| &entry.code),
        "district": district.map(|entry| entry.label.get(lang)),
        "file": from.map(|from| &from.file.name),
        "sheet": place.map(|place| &place.sheet),
        "cell": place.and_then(|place| place.cell).map(|cell| cell.to_string()),
        "cells": one.places.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "key": one.key,
        "found": one.found.get(lang),
        "expected": one.expected.get(lang),
        "remedy": one.remedy.get(lang),
    })
}

fn repairs(by: &Submission) -> impl Iterator<Item = Value> + '_ {
    by.repairs.iter().map(|one| {
        json!({
            "file": by.file.name,
            "kind": one.kind,
            "sheet": one.place.sheet,
            "cell": one.place.cell.map(|cell| cell.to_string()),
            "key": one.key,
            "before": one.before,
            "after": one.after,
        })
    })
}

/// How a file was read: what its rows were taken for, where those stand that are no data, what was hidden or not read.
fn reading(by: &Submission, face: &FormFace<'_>) -> Value {
    let tables = by.tables.iter().filter(|table| table.found()).map(|table| {
        let counts = RowKind::ALL.into_iter().map(|kind| json!({ "kind": kind, "count": table.tally.count(kind) }));
        let taken = table.taken.iter();
        json!({
            "table": face.vocabulary.tables.get(table.shape).map(|shape| &shape.name),
            "rows": counts.filter(|one| one["count"] != 0).collect::<Vec<_>>(),
            "no_data": taken
                .map(|one| json!({ "place": one.place.to_string(), "kind": one.kind, "text": one.text }))
                .collect::<Vec<_>>(),
        })
    });
    json!({
        "file": by.file.name,
        "format": by.file.format,
        "tables": tables.collect::<Vec<_>>(),
        "hidden": { "rows": by.hidden.rows, "columns": by.hidden.columns, "sheets": by.hidden_sheets },
        "sheets_not_read": by.other_sheets,
    })
}
