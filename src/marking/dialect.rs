//! The two dialects of the format (ECMA-376): the usual one and the strict one, which differ in their namespaces.

/// The namespaces of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// What most programs write.
    Transitional,
    /// «Strict Open XML Spreadsheet».
    Strict,
}

const TRANSITIONAL_MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const STRICT_MAIN: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const TRANSITIONAL_RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT_RELATIONS: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

impl Dialect {
    /// The dialect of a workbook part.
    pub fn of(workbook: &str) -> Self {
        if workbook.contains(STRICT_MAIN) { Self::Strict } else { Self::Transitional }
    }

    /// The namespace of sheets and styles.
    pub const fn main(self) -> &'static str {
        match self {
            Self::Transitional => TRANSITIONAL_MAIN,
            Self::Strict => STRICT_MAIN,
        }
    }

    /// The namespace of ids of relations.
    pub const fn relations(self) -> &'static str {
        match self {
            Self::Transitional => TRANSITIONAL_RELATIONS,
            Self::Strict => STRICT_RELATIONS,
        }
    }

    /// The type of a relation of a kind.
    pub fn relation(self, kind: &str) -> String {
        format!("{}/{kind}", self.relations())
    }

    /// A text of the usual dialect in this one.
    pub fn translate(self, text: &str) -> String {
        match self {
            Self::Transitional => text.to_owned(),
            Self::Strict => {
                text.replace(TRANSITIONAL_MAIN, STRICT_MAIN).replace(TRANSITIONAL_RELATIONS, STRICT_RELATIONS)
            }
        }
    }
}
