//! Speech models: which are known, where they lie on this machine, and how to fetch one.
//!
//! A model is a folder in the layout that the faster-whisper project publishes: `model.bin`,
//! `config.json`, `tokenizer.json` and `vocabulary.*`. What the files mean is the speech engine's business.

mod cache;
mod folder;
mod hub;
mod placing;
mod pull;
mod table;
mod wheels;

use std::path::{Path, PathBuf};

pub use cache::{Cache, CacheError};
pub use folder::{FileState, FolderError, FolderState, VerifiedFile, state, verify};
pub use placing::SourceError;
pub use pull::{PullError, pull};
pub use table::{KnownFile, KnownModel, MODELS, Wheel, find};

use readback::ModelUnavailable;
use thiserror::Error;

use crate::failure::Advised;

/// Why a name does not lead to a model.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LocateError {
    /// Neither a known name nor a folder.
    #[error("there is no model {0}")]
    Unknown(String),
    /// A folder that is no model.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// Not on this machine, and no way to fetch it.
    #[error(transparent)]
    Pull(#[from] PullError),
    /// No place to keep models.
    #[error(transparent)]
    Cache(#[from] CacheError),
}

/// The models of this machine: a known name (fetched if it is missing, which is said on standard error), a
/// folder in the model cache, or any folder in the layout.
#[derive(Clone, Copy, Debug)]
pub struct OfThisMachine;

impl readback::Models for OfThisMachine {
    fn locate(&self, name: &str) -> Result<PathBuf, ModelUnavailable> {
        locate(name).map_err(|error| {
            ModelUnavailable(match error {
                LocateError::Unknown(_) => {
                    unknown(&format!("{error}: neither a known name nor a folder")).into()
                }
                other => other.into(),
            })
        })
    }
}

fn locate(name: &str) -> Result<PathBuf, LocateError> {
    if let Some(known) = find(name) {
        return Ok(pull(known, &Cache::from_environment()?)?);
    }
    let folder = own_folder(name).ok_or_else(|| LocateError::Unknown(name.into()))?;
    folder::complete(&folder)?;
    Ok(folder)
}

/// An error about a model's name, with the names there are.
pub fn unknown(message: &str) -> Advised {
    let names: Vec<&str> = MODELS.iter().map(|model| model.name).collect();
    Advised::new(message, format!("Known models: {}.", names.join(", ")))
}

/// The folder of a model that is not in the table.
fn own_folder(name: &str) -> Option<PathBuf> {
    let given = Path::new(name);
    let plain_name = given.components().count() == 1 && !name.starts_with('.');
    let cached = Cache::from_environment().ok().map(|cache| cache.folder(name));
    Some(given.to_path_buf())
        .filter(|folder| folder.is_dir())
        .or_else(|| cached.filter(|folder| plain_name && folder.is_dir()))
}

/// `145 MB`, as download pages count.
pub fn megabytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}
