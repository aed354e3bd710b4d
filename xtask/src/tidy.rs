//! `cargo xtask tidy`: house rules that neither rustfmt nor clippy knows.
//!
//! It reads text; it does not parse Rust, so a rule here must be one that a line can break, or the paths
//! that files name each other by.

mod circles;
mod paths;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// What a crate may use.
struct Crate {
    name: &'static str,
    /// Those of our crates that it may use. An arrow only points down the list.
    uses: &'static [&'static str],
    /// Crates of others that it does without, and not only for now.
    never: &'static [&'static str],
}

const CRATES: &[Crate] = &[
    Crate {
        name: "readback-cli",
        uses: &[
            "readback",
            "readback-archive",
            "readback-speech",
            "readback-formats",
            "readback-check",
            "readback-audio",
            "readback-transcript",
        ],
        never: &[],
    },
    Crate {
        name: "readback",
        uses: &[
            "readback-speech",
            "readback-formats",
            "readback-check",
            "readback-audio",
            "readback-transcript",
        ],
        never: TERMINAL,
    },
    Crate {
        name: "readback-archive",
        uses: &["readback-check", "readback-transcript"],
        never: TERMINAL,
    },
    Crate { name: "readback-check", uses: &["readback-transcript"], never: AMBIENT },
    Crate {
        name: "readback-speech",
        uses: &["readback-audio", "readback-kernels", "readback-transcript"],
        never: TERMINAL,
    },
    Crate { name: "readback-formats", uses: &["readback-transcript"], never: AMBIENT },
    Crate { name: "readback-audio", uses: &["readback-transcript"], never: &[] },
    Crate { name: "readback-kernels", uses: &[], never: &[] },
    Crate { name: "readback-transcript", uses: &[], never: AMBIENT },
    Crate { name: "xtask", uses: &[], never: &[] },
];

/// What reads a command line or draws on a terminal: no library's business.
const TERMINAL: &[&str] = &["anstream", "anstyle", "clap", "ctrlc", "indicatif", "terminal_size"];

/// What brings threads, files or networks along.
const AMBIENT: &[&str] = &["rayon", "tempfile", "tokio", "ureq", "walkdir"];

/// Crates that promise no I/O, no clock and no thread; the same `clippy.toml` holds each to it.
const PURE: &[&str] = &["readback-check", "readback-formats", "readback-transcript"];

/// Files that may say `unsafe`: the kernels, and the one place that maps a model into memory.
const UNSAFE: &[&str] =
    &["crates/readback-kernels/src/", "crates/readback-speech/src/model/map.rs"];

/// Words that must not land.
const UNFINISHED: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("dbg", "!(")];

/// Checks every rule on the whole tree and reports all that is wrong.
pub fn run(_arguments: &[String]) -> Result<()> {
    let mut wrong = Vec::new();
    let mut sources = files(Path::new("stories"), &["py"])?;
    sources.extend(files(Path::new("fuzz"), &["rs"])?);
    for (folder, package) in packages()? {
        arrows(&folder, &package, &mut wrong)?;
        wrong.extend(circles::circles(&folder.join("src"))?);
        sources.extend(files(&folder, &["rs", "py"])?);
    }
    for file in sources {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        lines(&file, &text, &mut wrong);
    }
    promises(&mut wrong)?;
    if !wrong.is_empty() {
        bail!("not tidy:\n{}", wrong.join("\n"));
    }
    Ok(())
}

/// Every package of the workspace: its folder and its name, which are the same but for the path.
fn packages() -> Result<Vec<(PathBuf, String)>> {
    let mut found = vec![(PathBuf::from("xtask"), "xtask".to_owned())];
    for entry in fs::read_dir("crates").context("crates/")? {
        let entry = entry?;
        found.push((entry.path(), entry.file_name().to_string_lossy().into_owned()));
    }
    found.sort();
    Ok(found)
}

/// The package's dependencies against [`CRATES`]; what only its tests use is its own business.
fn arrows(folder: &Path, package: &str, wrong: &mut Vec<String>) -> Result<()> {
    let path = folder.join("Cargo.toml");
    let manifest = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let Some(known) = CRATES.iter().find(|known| known.name == package) else {
        wrong.push(format!("{}: not in the list of crates in xtask/src/tidy.rs", path.display()));
        return Ok(());
    };
    let used = dependencies(&manifest);
    let forbidden = used.filter(|name| !known.may_use(name));
    wrong.extend(forbidden.map(|name| format!("{}: {package} may not use {name}", path.display())));
    Ok(())
}

impl Crate {
    fn may_use(&self, name: &str) -> bool {
        let is_ours = name == "readback" || name.starts_with("readback-");
        if is_ours { self.uses.contains(&name) } else { !self.never.contains(&name) }
    }
}

/// The names under `[dependencies]`, also those of one platform only.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let sections = manifest.split("\n[").filter_map(|section| section.split_once("]\n"));
    let used = sections.filter(|(name, _)| {
        *name == "dependencies" || (name.starts_with("target.") && name.ends_with(".dependencies"))
    });
    used.flat_map(|(_, lines)| lines.lines()).filter_map(|line| {
        let name = line.split(['=', '.']).next().unwrap_or_default().trim();
        let is_name = !name.is_empty() && !name.starts_with(['#', ' ', '}', ']', '"']);
        is_name.then_some(name)
    })
}

/// Whether the `clippy.toml` of each of [`PURE`] is there and says the same.
fn promises(wrong: &mut Vec<String>) -> Result<()> {
    let settings = |name: &&str| {
        let path = format!("crates/{name}/clippy.toml");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"));
        text.map(|text| (path, text))
    };
    let settings = PURE.iter().map(settings).collect::<Result<Vec<_>>>()?;
    let common = fs::read_to_string("clippy.toml").context("cannot read clippy.toml")?;
    for (path, text) in &settings {
        if *text != settings[0].1 {
            wrong.push(format!("{path}: not the same as {}", settings[0].0));
        }
        if !text.contains(&common) {
            wrong.push(format!("{path}: lacks what the workspace's clippy.toml says"));
        }
    }
    Ok(())
}

/// Every file below `folder` with one of `endings`, in order.
fn files(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, endings)?);
        } else if path.extension().is_some_and(|ending| endings.iter().any(|it| ending == *it)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// One source file, line by line.
fn lines(path: &Path, text: &str, wrong: &mut Vec<String>) {
    let shown = path.display().to_string().replace('\\', "/");
    let opening = if path.extension().is_some_and(|it| it == "rs") { "//! " } else { "\"\"\"" };
    let head =
        if text.starts_with("#!/") { text.split_once('\n').map_or("", |it| it.1) } else { text };
    if !head.starts_with(opening) {
        wrong.push(format!("{shown}: does not open by saying what it is for"));
    }
    let may_be_unsafe = UNSAFE.iter().any(|allowed| shown.starts_with(allowed));
    for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line)) {
        if let Some(word) = UNFINISHED.iter().find(|word| line.contains(**word)) {
            wrong.push(format!("{shown}:{number}: `{word}` must not land"));
        }
        if !may_be_unsafe && is_unsafe(line) {
            wrong.push(format!("{shown}:{number}: `unsafe` belongs in readback-kernels"));
        }
    }
}

/// Whether the line uses `unsafe` as code, not in a comment or a longer word.
fn is_unsafe(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    code.split_whitespace().any(|word| word == "unsafe")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong_with(path: &str, text: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        lines(Path::new(path), text, &mut wrong);
        wrong
    }

    #[test]
    fn a_file_opens_by_saying_what_it_is_for() {
        assert!(wrong_with("a.rs", "//! Adds.\nfn add() {}\n").is_empty());
        assert_eq!(
            wrong_with("a.rs", "fn add() {}\n"),
            ["a.rs: does not open by saying what it is for"]
        );
    }

    #[test]
    fn unsafe_code_stays_in_the_kernels() {
        let text = concat!("//! Adds.\nuns", "afe { add() }\n");
        assert!(wrong_with("crates/readback-kernels/src/add.rs", text).is_empty());
        assert_eq!(
            wrong_with("crates/readback-check/src/add.rs", text),
            ["crates/readback-check/src/add.rs:2: `unsafe` belongs in readback-kernels"]
        );
        assert!(wrong_with("a.rs", "//! Adds.\n// no unsafe { } here\n").is_empty());
    }

    #[test]
    fn unfinished_work_is_named_with_its_line() {
        let text = concat!("//! Adds.\n\n// TO", "DO: subtract\n");
        assert_eq!(wrong_with("a.rs", text), [concat!("a.rs:3: `TO", "DO` must not land")]);
    }

    #[test]
    fn only_what_the_crate_itself_uses_counts_as_an_arrow() {
        let manifest = "[package]\nname = \"a\"\n\n[dependencies]\n# why\nserde = \"1\"\n\
                        readback-audio.workspace = true\n\n[dev-dependencies]\nreadback = \"1\"\n\n\
                        [target.'cfg(unix)'.dependencies]\nlibc = \"1\"\n";
        let names: Vec<&str> = dependencies(manifest).collect();
        assert_eq!(names, ["serde", "readback-audio", "libc"]);
    }

    #[test]
    fn an_arrow_points_down_and_what_a_crate_does_without_stays_out() {
        let library = CRATES.iter().find(|known| known.name == "readback").expect("in the list");
        assert!(library.may_use("readback-check") && library.may_use("serde"));
        assert!(!library.may_use("readback-archive") && !library.may_use("clap"));
    }
}
