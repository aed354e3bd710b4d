//! Development tasks: `cargo xtask TASK`.
//!
//! It links none of Readback's crates: it reads files and runs programs, so it still works when they
//! do not compile.

mod arm;
mod bench;
mod cargo;
mod ci;
mod corpus;
mod docs;
mod eval;
mod fit;
mod full;
mod fuzz;
mod numbers;
mod oracles;
mod runaways;
mod steps;
mod tidy;

use std::env;
use std::process::ExitCode;

use anyhow::{Result, bail};

/// A task: its name, what it does, and how to do it with the arguments after its name.
type Task = (&'static str, &'static str, fn(&[String]) -> Result<()>);

const TASKS: &[Task] = &[
    ("ci", "everything that must hold before a change lands", ci::run),
    ("full", "what takes longer, by parts: [PART…] (--help)", full::run),
    ("tidy", "house rules that neither rustfmt nor clippy knows", tidy::run),
    ("docs", "the pages on rules and formats, from what the program prints", docs::run),
    ("fuzz", "bytes that break the readers of formats: [SECONDS] [FORMAT…]", fuzz::run),
    ("oracles", "the programs of others that the tests of formats compare with", oracles::run),
    ("bench", "speed and memory beside faster-whisper and whisper.cpp (--help)", bench::run),
    ("eval", "how many planted faults are found, and what else is flagged (--help)", eval::run),
    ("runaways", "how often the recogniser writes what nobody said (--help)", runaways::run),
    ("numbers", "whether numbers are read back however they are written (--help)", numbers::run),
    ("fit", "the weights by which differences are weighed, from planted faults (--help)", fit::run),
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    env::set_current_dir(cargo::root())?;
    let arguments: Vec<String> = env::args().skip(1).collect();
    let name = arguments.first().map_or("", String::as_str);
    match TASKS.iter().find(|task| task.0 == name) {
        Some((_, _, task)) => task(&arguments[1..]),
        None => bail!("which task?\n{}", usage()),
    }
}

fn usage() -> String {
    let lines = TASKS.iter().map(|(name, summary, _)| format!("  cargo xtask {name:5} {summary}"));
    lines.collect::<Vec<_>>().join("\n")
}
