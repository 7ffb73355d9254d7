//! Rounds of one period: what the last run left in the folder of results, and what changed since.

use serde::{Deserialize, Serialize};

use super::{Label, Level, Sentence};
use crate::texts;

texts! {
    FIXED = "đã sửa {count}" / "{count} corrected";
    EXPLAINED = "đã giải trình {count}" / "{count} explained";
    OPEN = "còn {count}" / "{count} still open";
    NEW = "mới {count}" / "{count} new";
}

/// A finding as the record of a run keeps it. It names the district by its code, because a report that is sent again
/// has another file name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct PastFinding {
    /// The district's code; `None` for a file of an unknown sender.
    pub district_code: Option<String>,
    /// The file; `None` where nothing came.
    pub file: Option<String>,
    /// The id of the check.
    pub check: String,
    /// The check's title, in the language of that run.
    pub title: String,
    /// How grave it was.
    pub level: Level,
    /// The sheet of the first place.
    pub sheet: Option<String>,
    /// The cell of the first place: `B10`.
    pub cell: Option<String>,
    /// The row's key; empty where no row was meant.
    pub key: String,
    /// What was found, in the language of that run.
    pub found: String,
    /// What the district said to it; empty where it said nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub explanation: String,
}

/// The record of a run: what the next one compares with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The period.
    pub period: String,
    /// The number of the round, from 1.
    pub number: u32,
    /// Digests of the files that counted, ascending.
    pub counted: Vec<u64>,
    /// Errors and warnings as the run left them, those included of which it could not know.
    pub findings: Vec<PastFinding>,
    /// What that round was compared with; `None` in the first.
    pub before: Option<Vec<PastFinding>>,
}

/// What the last run left in a folder of results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LastRound {
    /// Nothing: this run is the first.
    #[default]
    Absent,
    /// Something that nothing can be compared with: why.
    Unfit {
        /// What is the matter with it.
        why: Sentence,
        /// The hand-backs that the run wrote, by their paths below the folder of results.
        written: Vec<String>,
    },
    /// A record of the same form and edition.
    Kept {
        /// The record.
        record: Record,
        /// The hand-backs that the run wrote, by their paths below the folder of results.
        written: Vec<String>,
    },
}

/// The round that a run makes. Running again on the same files is the same round, compared with the same one before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Its number, from 1.
    pub number: u32,
    /// Digests of the files that count, ascending.
    pub counted: Vec<u64>,
    /// The errors and warnings of the round before; `None` where there is none to compare with.
    pub before: Option<Vec<PastFinding>>,
    /// Those among them of districts whose report could not be read this time: nothing is known of them.
    pub pending: Vec<PastFinding>,
    /// Why an earlier record cannot be compared with.
    pub unfit: Option<Sentence>,
    /// The hand-backs that the last run wrote, by their paths below the folder of results.
    pub written_before: Vec<String>,
}

/// What became of a district's errors and warnings since the round before. What was open then is now fixed, explained
/// or open; what is open now was open then, or is new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What is found no more.
    pub fixed: Vec<PastFinding>,
    /// How many warnings the district explained meanwhile.
    pub explained: u32,
    /// How many are still open, those included of which nothing is known because the report could not be read.
    pub open: u32,
    /// What was not there, by position in [`super::Consolidated::findings`]; an explanation that no longer holds makes
    /// its warning new.
    pub new: Vec<usize>,
}

/// How many findings of some districts were fixed, explained, stayed open, or are new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeCounts {
    /// Found no more.
    pub fixed: u32,
    /// Explained meanwhile.
    pub explained: u32,
    /// Still open.
    pub open: u32,
    /// Not there before.
    pub new: u32,
}

impl Change {
    /// The numbers alone.
    pub fn counts(&self) -> ChangeCounts {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (fixed, new) = (count(self.fixed.len()), count(self.new.len()));
        ChangeCounts { fixed, explained: self.explained, open: self.open, new }
    }
}

impl ChangeCounts {
    /// «đã sửa 12, còn 3, mới 1».
    pub fn said(&self) -> Label {
        let explained = (self.explained > 0).then(|| EXPLAINED.say().with("count", self.explained));
        let fixed = FIXED.say().with("count", self.fixed);
        let rest = [OPEN.say().with("count", self.open), NEW.say().with("count", self.new)];
        Label::join(std::iter::once(fixed).chain(explained).chain(rest).map(Label::from), ", ")
    }

    /// Whether everything is as it was.
    pub fn nothing_changed(&self) -> bool {
        (self.fixed, self.explained, self.new) == (0, 0, 0)
    }
}

impl std::iter::Sum for ChangeCounts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            fixed: sum.fixed.saturating_add(one.fixed),
            explained: sum.explained.saturating_add(one.explained),
            open: sum.open.saturating_add(one.open),
            new: sum.new.saturating_add(one.new),
        })
    }
}
