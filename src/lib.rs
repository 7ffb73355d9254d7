//! `tonghop` ("tổng hợp": to consolidate) merges the workbooks that districts return into one
//! consolidated workbook with computed summary sheets, and hands each district a report of every
//! fault, at its cell.
//!
//! Data flows one way; each module is a room of the house drawn in `docs/architecture.md`, and
//! [`run`] is the whole journey on one page.

pub mod checks;
pub mod cli;
pub mod consolidate;
pub mod deflate;
pub mod form;
pub mod intake;
pub mod marking;
pub mod model;
pub mod reading;
pub mod run;
pub mod summaries;
pub mod text;
pub mod writers;
