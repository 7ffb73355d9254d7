//! Texts of cells: legacy encodings, normal form, days, numbers, ids.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonghop::model::Legacy;
use tonghop::text;

const LEGACY: [Legacy; 3] = [Legacy::Tcvn3, Legacy::Tcvn3Capitals, Legacy::Vni];

fuzz_target!(|cell: &str| {
    for legacy in LEGACY {
        let _ = text::decode(cell, legacy);
        for prior in [None, Some(Legacy::Tcvn3), Some(Legacy::Vni)] {
            let _ = text::decoded(cell, Some(legacy), prior);
            let _ = text::decoded(cell, None, prior);
        }
    }
    let _ = (text::normal(cell), text::key(cell), text::plain_key(cell), text::font(cell));
    let _ = (text::date(cell), text::dates(cell), text::near(cell), text::number(cell), text::digits(cell));
    let _ = (text::is_footer(cell), text::is_total(cell), text::is_section_title(cell));
});
