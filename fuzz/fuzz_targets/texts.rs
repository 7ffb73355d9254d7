//! Formats that are texts: HTML tables, SpreadsheetML 2003, CSV.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonghop::intake;

#[path = "read.rs"]
mod read;

fuzz_target!(|bytes: &[u8]| {
    if ["html", "xml", "csv"].contains(&intake::format_of(bytes)) {
        read::whole(intake::open_bytes("a.xls", bytes.to_vec()).1);
    }
});
