//! The program: see [`tonghop::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    tonghop::cli::main(std::env::args_os())
}
