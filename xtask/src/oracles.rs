//! `cargo xtask oracles`: the programs of others that the tests of formats compare with, in
//! `target/oracles`: Python packages and npm packages of pinned versions, and, where this is Debian and
//! one may install, a few of its packages.
//!
//! A test whose oracle is missing skips itself and says so, so a machine without a network still works.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::cargo::{command, loudly, must, root, target_directory};

/// Programs that no package of a language has, and Debian's packages that hold them.
const PROGRAMS: &[(&str, &str)] = &[("sctk", "sctk"), ("xmllint", "libxml2-utils")];

/// Installs what is not there yet.
pub fn run(_arguments: &[String]) -> Result<()> {
    let target = target_directory()?.join("oracles");
    fs::create_dir_all(&target).with_context(|| format!("cannot make {}", target.display()))?;
    let steps = [
        ("Python packages", python(&target)),
        ("npm packages", node(&target)),
        ("programs", programs()),
    ];
    for (what, done) in steps {
        if let Err(error) = done {
            loudly(&format!("no {what}: TESTS THAT COMPARE WITH THEM WILL BE SKIPPED\n{error:#}"));
        }
    }
    Ok(())
}

fn python(target: &Path) -> Result<()> {
    let list = root().join("xtask/oracles/requirements.txt");
    installed_once(&list, &target.join("python.installed"), || {
        let environment = target.join("python");
        let mut make = command("python3", &["-m", "venv", "--clear"]);
        make.arg(&environment);
        must(make)?;
        let mut install = command(
            environment.join("bin/python"),
            &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"],
        );
        install.arg(&list);
        must(install)
    })
}

fn node(target: &Path) -> Result<()> {
    let list = root().join("xtask/oracles/package.json");
    installed_once(&list, &target.join("node.installed"), || {
        let folder = target.join("node");
        fs::create_dir_all(&folder)?;
        fs::copy(&list, folder.join("package.json"))?;
        let mut install = command("npm", &["install", "--silent", "--no-audit", "--no-fund"]);
        install.current_dir(&folder);
        must(install)
    })
}

fn programs() -> Result<()> {
    let found = |program: &str| command(program, &[]).output().is_ok();
    let missing: Vec<&str> = PROGRAMS
        .iter()
        .filter(|(program, _)| !found(program))
        .map(|&(_, package)| package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    must(command("apt-get", &["update", "-qq"]))?;
    must(command(
        "apt-get",
        &[&["install", "-y", "-qq", "--no-install-recommends"], &missing[..]].concat(),
    ))
}

/// Installs unless that was done with the same `list` before; `mark` remembers the list.
fn installed_once(list: &Path, mark: &Path, install: impl FnOnce() -> Result<()>) -> Result<()> {
    let wanted =
        fs::read_to_string(list).with_context(|| format!("cannot read {}", list.display()))?;
    if fs::read_to_string(mark).is_ok_and(|done| done == wanted) {
        return Ok(());
    }
    install()?;
    fs::write(mark, wanted).with_context(|| format!("cannot write {}", mark.display()))
}
