//! What `readback check` was given: one text and perhaps its recording, or several texts.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use crate::folders::{below, is_text};

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

/// The path itself, or the texts in a folder and those below it, in order; hidden ones aside.
fn texts(path: &Path) -> Vec<Result<PathBuf>> {
    if !path.is_dir() {
        return vec![Ok(path.into())];
    }
    let is_text = |found: &Result<PathBuf>| found.as_ref().map_or(true, |path| is_text(path));
    let found: Vec<Result<PathBuf>> = below(path).filter(is_text).collect();
    if found.is_empty() {
        return vec![Err(anyhow!("there are no texts in the folder {}", path.display()))];
    }
    found
}
