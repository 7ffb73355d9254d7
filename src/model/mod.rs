//! The words of the house. Every room speaks them; this room knows no other.

mod address;
pub mod baseline;
mod column;
mod condition;
mod field;
mod finding;
mod list;
pub mod mark;
mod mistake;
mod names;
pub mod own;
mod raw;
mod reference;
mod register;
mod repair;
mod submission;
mod table;
pub mod trouble;
mod words;
mod years;

pub use address::CellAt;
pub use column::{Column, State, TextColumn, Values};
pub use condition::{Condition, Test};
pub use field::{CoverShape, Derived, Field, FieldType, Need, TableShape, TotalShape, Vocabulary};
pub use finding::{Finding, Level, Place, Scope};
pub use list::{Code, CodeList, Entry, Lookup};
pub use mistake::{Located, Mistake, Mistakes, WrittenCondition, nearest, nearest_word};
pub use names::{FieldNames, Names};
pub use raw::{Cell, Hidden, Legacy, Merged, Raw, Refusal, RefusalKind, SheetSeen, Sink, Workbook};
pub use reference::{ReferenceColumn, ReferenceRow, ReferenceTable, ReferenceValue};
pub use register::{Accept, Consolidated, DistrictLine, Explained, HeldRow, Measure, Register, RegisterRow, Status};
pub use repair::{Handling, Repair, RepairKind, Repairs};
pub use submission::{Cover, Explanation, SourceFile, Submission};
pub use table::{Part, RowKind, RowOrigin, RowTaken, RowTally, Table, shown_date, shown_number};
pub use words::{Label, Lang, Sentence, Text};
pub use years::completed_years;
