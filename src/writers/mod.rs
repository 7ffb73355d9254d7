//! Writing: consolidated workbook, hand-back, blank template, JSON. Only this room names rust_xlsxwriter.
//!
//! Must not know: how it was judged.
