//! The `readback` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    readback_cli::cli::run(std::env::args_os())
}
