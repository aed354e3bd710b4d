//! `cargo xtask full [PART…]`: what takes too long for every change, run by whoever changes that part; without
//! a part, all of it. A short piece of each is in `cargo xtask ci`, as its line in the table says.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::cargo::{cargo, command, must, succeeds, target_directory};
use crate::steps::{Failing, Step, take};
use crate::{arm, bench, eval, fuzz, numbers};

/// A part: its name, what it does beyond `ci`, what of it `ci` does, and how it is done.
struct Part {
    name: &'static str,
    summary: &'static str,
    in_ci: &'static str,
    run: fn() -> Result<()>,
}

const PARTS: &[Part] = &[
    Part {
        name: "kills",
        summary: "kills a process that writes the archive 5,000 times",
        in_ci: "25 times",
        run: kills,
    },
    Part {
        name: "fuzz",
        summary: "fuzzes every format's reader for ten minutes",
        in_ci: "a thousand inputs each, and what was found before",
        run: || fuzz::run(&["600".to_owned()]),
    },
    Part {
        name: "accuracy",
        summary: "plants faults in the corpus's texts, as docs/accuracy.md says",
        in_ci: "the demo story's planted faults",
        run: accuracy,
    },
    Part {
        name: "numbers",
        summary: "reads a page of numbers back in four voices, written in every way",
        in_ci: "the page's writings against each other, without sound",
        run: || numbers::run(&[]),
    },
    Part {
        name: "bench",
        summary: "measures speed and memory beside other programs",
        in_ci: "nothing: a shared machine tells no speed; clippy reads the code",
        run: || bench::run(&[]),
    },
    Part {
        name: "processors",
        summary: "tests kernels and engine as on lesser processors, and on an emulated ARM one",
        in_ci: "the kernels as on lesser processors; for ARM they are only checked",
        run: processors,
    },
    Part {
        name: "msrv",
        summary: "checks with the oldest Rust that is promised",
        in_ci: "clippy warns of what the standard library did not have then",
        run: msrv,
    },
    Part {
        name: "packages",
        summary: "packages every crate and builds each from its package alone",
        in_ci: "packages them without building",
        run: packages,
    },
];

/// Runs the parts that are named; every part where none is.
pub fn run(arguments: &[String]) -> Result<()> {
    if arguments.iter().any(|argument| argument == "--help") {
        println!("{}", help());
        return Ok(());
    }
    let is_known = |name: &&String| PARTS.iter().any(|part| part.name == **name);
    if let Some(unknown) = arguments.iter().find(|name| !is_known(name)) {
        bail!("there is no part {unknown}\n{}", help());
    }
    let asked = |part: &&Part| arguments.is_empty() || arguments.iter().any(|it| it == part.name);
    let steps = PARTS.iter().filter(asked).map(|part| Step { name: part.name, run: part.run });
    take(&steps.collect::<Vec<_>>(), Failing::GoesOn)
}

fn help() -> String {
    let mut help =
        String::from("cargo xtask full [PART…], where nothing is named all of them:\n\n");
    for part in PARTS {
        help +=
            &format!("  {:10} {}\n  {:10} (in ci: {})\n", part.name, part.summary, "", part.in_ci);
    }
    help
}

fn kills() -> Result<()> {
    let test =
        ["-p", "readback-archive", "--test", "archive", "killed_at_random", "--", "--nocapture"];
    let mut kill = cargo(&[&["test", "--locked"], &test[..]].concat());
    kill.env("READBACK_CRASHES", "5000");
    must(kill)
}

/// What stands at the head of `docs/accuracy.md`, but for writing it.
fn accuracy() -> Result<()> {
    let page = fs::read_to_string("docs/accuracy.md").context("cannot read docs/accuracy.md")?;
    let written = page.split_once("`cargo xtask eval ").and_then(|(_, rest)| rest.split_once('`'));
    let (arguments, _) = written.context("docs/accuracy.md does not say how it was written")?;
    let arguments: Vec<String> = arguments.split_whitespace().map(str::to_owned).collect();
    let write = arguments.iter().position(|it| it == "--write").unwrap_or(arguments.len());
    eval::run(&arguments[..write])
}

fn processors() -> Result<()> {
    for level in ["portable", "avx2", "avx512", "vnni"] {
        let tests = ["test", "--locked", "-p", "readback-kernels", "-p", "readback-speech"];
        let mut tests = cargo(&tests);
        tests.env("READBACK_CPU", level);
        must(tests)?;
    }
    arm::install()?;
    must(arm::emulated(&["test", "--locked", "-p", "readback-kernels"]))?;
    must(arm::emulated(&["test", "--locked", "-p", "readback-speech", "--lib"]))
}

/// With the toolchain that `rust-version` names.
fn msrv() -> Result<()> {
    let manifest = fs::read_to_string("Cargo.toml").context("cannot read Cargo.toml")?;
    let oldest =
        manifest.split_once("rust-version = \"").and_then(|(_, rest)| rest.split_once('"'));
    let (oldest, _) = oldest.context("Cargo.toml names no rust-version")?;
    if !succeeds(command("rustup", &["toolchain", "install", oldest, "--profile", "minimal"]))? {
        bail!("cannot install Rust {oldest}, so whether it still compiles this is not known");
    }
    must(command("rustup", &["run", oldest, "cargo", "check", "--workspace", "--locked"]))
}

/// In a clone, which has only what is committed: nothing that lies about here gets into a package.
fn packages() -> Result<()> {
    let clone = target_directory()?.join("packages");
    if clone.exists() {
        fs::remove_dir_all(&clone).with_context(|| format!("cannot empty {}", clone.display()))?;
    }
    let mut get = command("git", &["clone", "--quiet", "."]);
    get.arg(&clone);
    must(get)?;
    let mut package = cargo(&["package", "--workspace", "--exclude", "xtask", "--locked"]);
    package.current_dir(&clone).env("CARGO_TARGET_DIR", clone.join("target"));
    must(package)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_not_there_is_refused_with_those_that_are() {
        let error = run(&["knits".to_owned()]).expect_err("no such part").to_string();
        assert!(error.contains("no part knits") && error.contains("kills"), "{error}");
    }
}
