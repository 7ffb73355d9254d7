//! Any bytes are something, and looking at them ends.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = tonghop::intake::format_of(bytes);
});
