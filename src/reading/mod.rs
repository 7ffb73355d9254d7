//! Reading: raw cells and a form in; typed tables, baseline findings and repairs out.
//!
//! Must not know: the spreadsheet readers.
