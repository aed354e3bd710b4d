//! `cargo xtask ci`: everything that must hold before a change lands, in the order that fails soonest, and
//! what each step took.
//!
//! What is compiled is compiled once: one profile, the features of the whole workspace in every step, so that
//! clippy and rustdoc share what they read of the dependencies, and all that runs shares what was built for
//! the tests. What takes longer is `cargo xtask full`.

use std::path::Path;

use anyhow::Result;

use crate::cargo::{built, cargo, command, loudly, must, succeeds};
use crate::steps::{Failing, Step, take};
use crate::{arm, fuzz, oracles, tidy};

const STEPS: &[Step] = &[
    Step { name: "format", run: || must(cargo(&["fmt", "--all", "--check"])) },
    Step { name: "tidy", run: || tidy::run(&[]) },
    Step { name: "clippy", run: clippy },
    Step { name: "clippy for ARM", run: clippy_for_arm },
    Step { name: "documentation", run: documentation },
    Step { name: "build tests", run: || must(tests(&["--no-run"])) },
    Step { name: "models", run: models },
    Step { name: "oracles", run: || oracles::run(&[]) },
    Step { name: "tests", run: || must(tests(&[])) },
    Step {
        name: "examples in docs",
        run: || must(cargo(&["test", "--workspace", "--locked", "--doc"])),
    },
    Step { name: "fuzzing", run: || fuzz::run(&[]) },
    Step { name: "packages", run: packages },
];

/// Models that tests of the engine listen with.
const MODELS: &[&str] = &["tiny.en", "base"];

/// Runs the steps; the first that fails ends it.
pub fn run(_arguments: &[String]) -> Result<()> {
    take(STEPS, Failing::Ends)
}

fn clippy() -> Result<()> {
    must(cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))
}

/// What is compiled for other processors alone is read by nothing else.
fn clippy_for_arm() -> Result<()> {
    if !arm::is_known()? {
        loudly(&format!("no standard library for {}: CODE FOR ARM IS NOT CHECKED", arm::TARGET));
        return Ok(());
    }
    let kernels = ["clippy", "-p", "readback-kernels", "--locked", "--target", arm::TARGET];
    must(cargo(&[&kernels[..], &["--", "-D", "warnings"]].concat()))
}

fn documentation() -> Result<()> {
    let mut document = cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
    document.env("RUSTDOCFLAGS", "-D warnings");
    must(document)
}

/// Fetches the speech models where they are missing. Without them the tests that listen skip
/// themselves, so that a machine without a network can still work; it is said loudly.
fn models() -> Result<()> {
    let readback = built()?;
    for model in MODELS {
        pull(&readback, model);
    }
    Ok(())
}

fn pull(readback: &Path, model: &str) {
    if let Err(error) = must(command(readback, &["models", "pull", model])) {
        loudly(&format!("no speech model `{model}`: TESTS THAT LISTEN WILL BE SKIPPED\n{error:#}"));
    }
}

/// The tests, by nextest where it is installed. Examples and benches are read by clippy, and not linked.
fn tests(more: &[&str]) -> std::process::Command {
    let targets = ["--workspace", "--locked", "--lib", "--bins", "--tests"];
    let nextest = succeeds(cargo(&["nextest", "--version"])).unwrap_or_default();
    let run = if nextest { &["nextest", "run"][..] } else { &["test"] };
    cargo(&[run, &targets, more].concat())
}

/// Whether each crate can be packaged; that it can be built from its package is seen in `full`.
fn packages() -> Result<()> {
    let all = ["package", "--workspace", "--exclude", "xtask", "--locked"];
    must(cargo(&[&all[..], &["--allow-dirty", "--no-verify", "--quiet"]].concat()))
}
