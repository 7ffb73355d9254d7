//! Any definition is a form or a list of mistakes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonghop::form;

fuzz_target!(|definition: &str| {
    let mut files = form::built_in_files(form::built_in()[0]).unwrap();
    files.insert("form.toml".to_owned(), definition.to_owned());
    if let Err(mistakes) = form::resolve(&files) {
        assert!(!mistakes.is_empty());
    }
});
