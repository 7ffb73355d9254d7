//! The program: see [`tonghop::cli`].

use std::process::ExitCode;

use tonghop::{cli, intake, run};

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == intake::READER) {
        return intake::serve();
    }
    // A program that does not know where it is starts no worker: files that need one are then refused.
    intake::read_apart(std::env::current_exe().unwrap_or_default());
    run::take_part();
    cli::main(std::env::args_os())
}
