//! What is said beside files and cells, as JSON.

use serde::{Deserialize, Serialize};

use super::SAID;
use crate::intake::open::Apart;
use crate::model::{CellAt, Hidden, Label, Lang, Merged, Refusal, RefusalKind, Sentence, SheetSeen, Workbook, own};

/// A file to be read; its bytes follow.
#[derive(Debug, Serialize, Deserialize)]
pub struct Asked {
    /// Its name, for messages.
    pub name: String,
    /// Its format.
    pub format: Apart,
}

/// A sheet whose cells were sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sheet {
    name: String,
    hidden: bool,
    hidden_rows: u32,
    hidden_columns: u32,
    /// Row and column of the first and of the last cell.
    merged: Vec<[(u32, u16); 2]>,
}

impl Sheet {
    /// What a reader tells of a sheet.
    pub fn new(seen: &SheetSeen, hidden: Hidden, merged: &[Merged]) -> Self {
        let corners = |merged: &Merged| [merged.first, merged.last].map(|at| (at.row, at.column));
        Self {
            name: seen.name.clone(),
            hidden: seen.hidden,
            hidden_rows: hidden.rows,
            hidden_columns: hidden.columns,
            merged: merged.iter().map(corners).collect(),
        }
    }

    /// The same, as a reader tells it.
    pub fn told(self) -> (SheetSeen, Hidden, Vec<Merged>) {
        let cell = |(row, column)| CellAt::new(row, column);
        let merged = |[first, last]: [(u32, u16); 2]| Merged { first: cell(first), last: cell(last) };
        (
            SheetSeen { name: self.name, hidden: self.hidden },
            Hidden { rows: self.hidden_rows, columns: self.hidden_columns },
            self.merged.into_iter().map(merged).collect(),
        )
    }
}

/// The custom document properties that mean something.
pub fn properties(workbook: &dyn Workbook) -> Vec<(String, String)> {
    let known = own::PROPERTIES.iter();
    known.filter_map(|name| Some(((*name).to_owned(), workbook.property(name)?.to_owned()))).collect()
}

/// A refusal in words.
#[derive(Debug, Serialize, Deserialize)]
pub struct Refused {
    kind: RefusalKind,
    /// In Vietnamese and in English.
    found: [String; 2],
    remedy: [String; 2],
}

impl Refused {
    /// The words of a refusal.
    pub fn new(refusal: &Refusal) -> Self {
        let words = |sentence: &Sentence| [Lang::Vi, Lang::En].map(|lang| sentence.get(lang));
        Self { kind: refusal.kind, found: words(&refusal.found), remedy: words(&refusal.remedy) }
    }

    /// The refusal again.
    pub fn told(self) -> Refusal {
        let sentence = |[vi, en]: [String; 2]| SAID.say().with_label("said", Label { vi, en });
        Refusal { kind: self.kind, found: sentence(self.found), remedy: sentence(self.remedy) }
    }
}
