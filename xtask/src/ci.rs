//! `cargo xtask ci`: everything that must hold before a change lands, in the order that fails soonest.
//!
//! Everything is built in the one profile that the tests use, so a fresh clone compiles each
//! dependency once for clippy and once for the tests.

use std::path::Path;

use anyhow::Result;

use crate::cargo::{cargo, command, must, target_directory};
use crate::{fuzz, oracles, tidy};

/// Models that tests of the engine listen with.
const MODELS: &[&str] = &["tiny.en", "base"];

/// Runs the steps; the first that fails ends it.
pub fn run(_arguments: &[String]) -> Result<()> {
    must(cargo(&["fmt", "--all", "--check"]))?;
    tidy::run(&[])?;
    must(cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))?;
    must(cargo(&["build", "--workspace", "--all-targets", "--locked"]))?;
    pull_models(&target_directory()?.join("debug").join("readback"));
    oracles::run(&[])?;
    must(tests())?;
    fuzz::run(&[])
}

/// Fetches the speech models where they are missing. Without them the tests that listen skip
/// themselves, so that a machine without a network can still work; it is said loudly.
fn pull_models(readback: &Path) {
    for model in MODELS {
        if let Err(error) = must(command(readback, &["models", "pull", model])) {
            let rule = "=".repeat(72);
            eprintln!(
                "{rule}\nno speech model `{model}`: TESTS THAT LISTEN WILL BE SKIPPED\n{error:#}\n{rule}"
            );
        }
    }
}

/// The tests, by nextest where it is installed.
fn tests() -> std::process::Command {
    let nextest = cargo(&["nextest", "--version"]).output().is_ok_and(|it| it.status.success());
    if nextest {
        cargo(&["nextest", "run", "--workspace", "--locked"])
    } else {
        cargo(&["test", "--workspace", "--locked"])
    }
}
