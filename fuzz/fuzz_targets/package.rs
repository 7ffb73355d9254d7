//! Any package is refused or read to its end; our own reader of .xlsx, with all that judges a package before it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonghop::intake;

#[path = "read.rs"]
mod read;

fuzz_target!(|bytes: &[u8]| {
    if intake::format_of(bytes) == "xlsx" {
        read::whole(intake::open_bytes("a.xlsx", bytes.to_vec()).1);
    }
});
