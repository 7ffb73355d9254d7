//! The shape of what a district hands in: cover, tables, fields, and the lists they refer to.

use super::{Code, CodeList, Label, Measure, ReferenceTable};

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Free text.
    Text,
    /// A calendar date.
    Date,
    /// A mark: x or blank.
    Flag,
    /// An entry of a code list.
    Code {
        /// The list, by position in the vocabulary.
        list: usize,
        /// Only entries below the submitting district count (communes of this district).
        of_district: bool,
    },
    /// Digits kept as text.
    Id {
        /// The allowed numbers of digits, the usual one first. A number cell that lost its leading
        /// zero is restored when it is one digit short of one of these.
        lengths: Vec<u8>,
    },
    /// A number.
    Number,
}

/// When a cell must be filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Need {
    /// It may stay blank.
    #[default]
    Optional,
    /// It is always required.
    Always,
    /// It is required unless a flag field (by position) is marked.
    Unless(usize),
}

/// How the tool computes a field that districts do not fill in.
#[derive(Clone, Debug, PartialEq)]
pub enum Derived {
    /// The entry of `list` whose printed code equals an attribute of the entry in a code field.
    Attribute {
        /// The code field, by position.
        field: usize,
        /// The attribute column of that field's list.
        attribute: usize,
    },
    /// The entry of `list` whose `from`..=`to` attributes (whole years) hold the age.
    AgeBand {
        /// The birth date field, by position.
        born: usize,
        /// The date field on which age is taken; the cut-off date for `None`.
        at: Option<usize>,
    },
}

/// A field of a table.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name in the definition: `ho_ten`.
    pub name: String,
    /// The column title.
    pub label: Label,
    /// Other titles that mean this field.
    pub synonyms: Vec<String>,
    /// Titles of the columns over which districts spread this text, left to right, each with its synonyms:
    /// `[["Họ", "Họ đệm"], ["Tên"]]`.
    pub split: Vec<Vec<String>>,
    /// Titles of columns that hold several values of which this is the first: `Ngày vào Đảng, ngày chính thức`.
    pub joint: Vec<String>,
    /// What it holds.
    pub kind: FieldType,
    /// When it must be filled.
    pub need: Need,
    /// Width of its column in a workbook, in characters.
    pub width: f64,
    /// How to fill it in; shown when the cell is selected.
    pub hint: Option<Label>,
    /// Set for a field that the tool computes; such a field is no column of the blank workbook.
    pub derived: Option<Derived>,
}

/// A table (one sheet) of the form.
#[derive(Clone, Debug)]
pub struct TableShape {
    /// The name in the definition: `hoc_vien`.
    pub name: String,
    /// The sheet's name.
    pub sheet: Label,
    /// The heading above the table in the blank workbook and the register.
    pub title: Label,
    /// Other sheet names that mean this table.
    pub synonyms: Vec<String>,
    /// The name of the register's Excel table, usable in formulas: `HocVien`.
    pub register: String,
    /// The fields, in column order; derived ones last.
    pub fields: Vec<Field>,
    /// Fields that name a row to people (name, citizen id), by position.
    pub key: Vec<usize>,
    /// Rows that the blank workbook prepares (formats, drop-downs).
    pub blank_rows: u32,
}

impl TableShape {
    /// The position of a field by its name.
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

/// A control total that the cover declares.
#[derive(Clone, Debug)]
pub struct TotalShape {
    /// The name in the definition.
    pub name: String,
    /// The wording on the cover.
    pub label: Label,
    /// Other wordings that mean this total.
    pub synonyms: Vec<String>,
    /// What is counted in the rows received, by position of the measure in the vocabulary.
    pub measure: usize,
}

/// The cover sheet.
#[derive(Clone, Debug)]
pub struct CoverShape {
    /// The sheet's name.
    pub sheet: Label,
    /// The control totals, in order; all are required.
    pub totals: Vec<TotalShape>,
}

/// Everything a form names, with no names left to look up.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// The cover sheet.
    pub cover: CoverShape,
    /// The tables, in sheet order.
    pub tables: Vec<TableShape>,
    /// The code lists.
    pub lists: Vec<CodeList>,
    /// The reference tables.
    pub references: Vec<ReferenceTable>,
    /// The code list of the submitting districts, by position.
    pub districts: usize,
    /// The numbers that control totals and summaries count.
    pub measures: Vec<Measure>,
}

impl Vocabulary {
    /// The position of a table by its name.
    pub fn table(&self, name: &str) -> Option<usize> {
        self.tables.iter().position(|table| table.name == name)
    }

    /// The position of a code list by its name.
    pub fn list(&self, name: &str) -> Option<usize> {
        self.lists.iter().position(|list| list.name == name)
    }

    /// The position of a reference table by its name.
    pub fn reference(&self, name: &str) -> Option<usize> {
        self.references.iter().position(|reference| reference.name == name)
    }

    /// The position of a measure by its name.
    pub fn measure(&self, name: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.name == name)
    }

    /// The code list of a code field.
    pub fn list_of(&self, table: usize, field: usize) -> Option<&CodeList> {
        match self.tables.get(table)?.fields.get(field)?.kind {
            FieldType::Code { list, .. } => self.lists.get(list),
            _ => None,
        }
    }

    /// The short name of a district; empty for none.
    pub fn district_name(&self, district: Option<Code>) -> Label {
        let entry = district.and_then(|code| self.lists.get(self.districts)?.entry(code));
        entry.map(|entry| entry.short.clone()).unwrap_or_default()
    }
}
