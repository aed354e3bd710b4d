//! What `readback check` was given: one text and perhaps its recording, or several texts.

use std::path::{Path, PathBuf};

use anyhow::{Error, Result, anyhow};
use walkdir::{DirEntry, WalkDir};

/// What is to be checked.
pub(super) enum Inputs {
    /// A text, and the recording to read it back against.
    One(PathBuf, Option<PathBuf>),
    /// Texts to check by themselves, and what could not be looked through for texts.
    Several(Vec<Result<PathBuf>>),
}

impl Inputs {
    /// A second path is the recording, unless it is a folder or ends like a text.
    pub fn of(first: &Path, others: &[PathBuf]) -> Self {
        match others {
            [] if !first.is_dir() => Self::One(first.into(), None),
            [audio] if !is_text(audio) && !audio.is_dir() => {
                Self::One(first.into(), Some(audio.into()))
            }
            _ => Self::Several(
                std::iter::once(first)
                    .chain(others.iter().map(PathBuf::as_path))
                    .flat_map(texts)
                    .collect(),
            ),
        }
    }
}

/// Whether the file's ending is that of a text format.
pub fn is_text(path: &Path) -> bool {
    readback_formats::formats_of_file(path).next().is_some()
}

/// The path itself, or the texts in a folder and those below it, in order; hidden ones aside.
fn texts(path: &Path) -> Vec<Result<PathBuf>> {
    if !path.is_dir() {
        return vec![Ok(path.into())];
    }
    let seen = |entry: &DirEntry| {
        entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    let entries = WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(seen);
    let wanted = |entry: &DirEntry| !entry.path().is_dir() && is_text(entry.path());
    let found: Vec<Result<PathBuf>> = entries
        .filter_map(|entry| match entry {
            Ok(entry) => wanted(&entry).then(|| Ok(from_here(entry.into_path()))),
            Err(error) => Some(Err(Error::new(error).context("cannot look through a folder"))),
        })
        .collect();
    if found.is_empty() {
        return vec![Err(anyhow!("there are no texts in the folder {}", path.display()))];
    }
    found
}

/// Without the dot for the current folder, which would only be noise in a report.
fn from_here(path: PathBuf) -> PathBuf {
    path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path)
}
