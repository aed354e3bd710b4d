//! Other programs read what is written here, and write what is read here. `cargo xtask oracles`
//! installs them, `cargo xtask ci` calls it; each test says so when its program is not there.

mod broadcast;
mod captions;
mod nist;
mod recognisers;
mod tei;
mod tiers;
mod web;
mod webvtt;
mod word;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use readback_formats::format_for;

use crate::{STORY, timed, transcript, write};

/// What a Python program prints, run beside the packages of `xtask/oracles/requirements.txt`.
pub(crate) fn python(code: &str, input: &[u8]) -> Option<String> {
    let program = oracles().join("python/bin/python");
    run(Command::new(program).args(["-c", code]), input)
}

/// What a JavaScript program (a CommonJS module's text) prints, run beside the packages of
/// `xtask/oracles/package.json`.
pub(crate) fn node(code: &str, input: &[u8]) -> Option<String> {
    let packages = oracles().join("node/node_modules");
    if !packages.is_dir() {
        eprintln!("SKIPPED: no npm packages; cargo xtask oracles installs them");
        return None;
    }
    run(Command::new("node").args(["-e", code]).env("NODE_PATH", packages), input)
}

/// What a program prints.
pub(crate) fn program(name: &str, arguments: &[&str], input: &[u8]) -> Option<String> {
    run(Command::new(name).args(arguments), input)
}

/// The folder `oracles` in Cargo's target folder, in which this test was built.
fn oracles() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let target = test.ancestors().nth(3).unwrap_or(Path::new("target"));
    target.join("oracles")
}

/// Runs a program with `input`; `None`, said aloud, where it is not installed.
fn run(command: &mut Command, input: &[u8]) -> Option<String> {
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let name = command.get_program().to_string_lossy();
    let Ok(mut child) = child else {
        eprintln!("SKIPPED: {name} is not installed");
        return None;
    };
    // A program that stops early closes its end; its output tells why.
    let _ = child.stdin.take().expect("piped").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {errors}");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

/// The story, with a time for every word, in a format of text.
fn written(id: &str) -> String {
    write(&timed(transcript(STORY)), format_for(id).expect("known")).expect("written")
}
