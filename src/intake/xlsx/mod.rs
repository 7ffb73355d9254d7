//! Reading `.xlsx` and `.xlsm` by a scanner of our own, in one pass over the bytes of a sheet.
//!
//! In: the bytes of a file. Out: its sheets, properties and raw cells, with what the usual readers leave out:
//! the encoding that a cell's font shows, formulas that were never computed, what is hidden. What the file says
//! of its own sizes is never believed, and a damaged part is refused with the cell where it begins. calamine
//! is the reference in the tests.
//!
//! `package` opens the archive, `blocks` inflates a part, `xml` and `decode` scan it, `common` reads what comes most often
//! in one step; `shared`, `styles`, `cell` and `sheet` know what stands in the parts, `lists` which parts there are,
//! `workbook` puts them together.

mod blocks;
mod cell;
mod common;
mod decode;
mod fault;
mod lists;
mod package;
mod shared;
mod sheet;
mod styles;
mod workbook;
mod xml;

#[cfg(test)]
mod cell_tests;
#[cfg(test)]
mod mutation_tests;
#[cfg(test)]
mod package_tests;
#[cfg(test)]
mod wanted_tests;

pub use fault::TEXTS;
pub use package::{LIMITS, OWN};
pub use workbook::{judged, open, outline};
