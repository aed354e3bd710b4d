//! `cargo xtask docs`: writes `docs/rules`, a page for each rule and their index, and the table in
//! `docs/formats.md`, from what `readback explain`, `rules` and `formats` print. The command line's tests
//! fail where a page is stale.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::cargo::{command, debug_build, output};

const FOLDER: &str = "docs/rules";

const HEAD: &str = "\
# Rules

What Readback looks for. Rules whose code starts with A need the recording, those with T only the text, those with
C captions and a guide for them ([captions](../captions.md)). `error` changes what was said, `warning` is probable or
structural, `info` is style or worth a listen. [Configuration](../configuration.md) tells how to turn one off or have it
weigh otherwise. These pages are written by `cargo xtask docs`; `readback explain` prints the same.

| code | name | severity | what it finds |
|---|---|---|---|
";

/// The page on formats, and the lines between which its table stands.
const FORMATS: &str = "docs/formats.md";
const TABLE: [&str; 2] =
    ["<!-- written by `cargo xtask docs` from here -->\n\n", "\n<!-- to here -->\n"];

/// Writes everything that comes from the program anew.
pub fn run(_arguments: &[String]) -> Result<()> {
    let program = debug_build()?;
    rules(&program)?;
    formats(&program)
}

fn formats(program: &Path) -> Result<()> {
    let page = fs::read_to_string(FORMATS).with_context(|| format!("cannot read {FORMATS}"))?;
    let parts = page.split_once(TABLE[0]).zip(page.split_once(TABLE[1]));
    let ((before, _), (_, after)) = parts.with_context(|| format!("no table in {FORMATS}"))?;
    let table = readback(program, &["formats", "--format", "markdown"])?;
    fs::write(FORMATS, [before, TABLE[0], &table, TABLE[1], after].concat())
        .with_context(|| format!("cannot write {FORMATS}"))
}

/// Writes the page of every rule; pages of rules that are gone go away.
fn rules(program: &Path) -> Result<()> {
    let listed = readback(program, &["rules"])?;
    if Path::new(FOLDER).exists() {
        fs::remove_dir_all(FOLDER).with_context(|| format!("cannot empty {FOLDER}"))?;
    }
    fs::create_dir_all(FOLDER).with_context(|| format!("cannot make {FOLDER}"))?;
    let mut index = String::from(HEAD);
    for line in listed.lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [code, name, severity, summary @ ..] = columns.as_slice() else { continue };
        let page = format!("{code}-{name}.md");
        write(&page, &format!("# {}", readback(program, &["explain", code])?))?;
        let summary = summary.join(" ").replace('|', "\\|");
        index += &format!("| [{code}]({page}) | {name} | {severity} | {summary} |\n");
    }
    write("README.md", &index)
}

/// What Readback prints with these arguments.
fn readback(program: &Path, arguments: &[&str]) -> Result<String> {
    output(command(program, arguments))
}

fn write(name: &str, text: &str) -> Result<()> {
    let path = Path::new(FOLDER).join(name);
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}
