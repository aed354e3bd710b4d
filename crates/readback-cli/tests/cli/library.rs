//! The library under the program, as another program uses it: its first example, run by itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::harness::installed;

/// Builds an example of the library. Naming the whole workspace keeps features, and so what is built already.
fn example(name: &str) -> PathBuf {
    let cargo = |arguments: &[&str]| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
        cargo
    };
    let build = ["build", "--quiet", "--locked", "--workspace", "--example", name];
    assert!(cargo(&build).status().expect("cargo starts").success(), "{name} is not built");
    let program = Path::new(env!("CARGO_BIN_EXE_readback"));
    program.with_file_name("examples").join(name)
}

#[test]
fn another_program_finds_in_fifteen_lines_what_readback_finds() {
    let Some(model) = installed("base") else { return };
    let demo = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("demo").join(name);
    let mut run = Command::new(example("check_a_transcript"));
    let output = run.arg(model).args([demo("rush.txt"), demo("story.mp3")]).output();
    let output = output.expect("the example starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("A005 the text says “1968”, the recording “1868”\n"), "{said}");
    assert!(said.contains("T005 the cue is malformed: it is never closed\n"), "{said}");
}
