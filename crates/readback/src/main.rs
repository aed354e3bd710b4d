//! The `readback` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    readback::cli::run(std::env::args_os())
}
