//! The seam to whoever keeps speech models. Where they lie, and whether they are fetched, is not known here.

use std::error::Error;
use std::path::PathBuf;

use thiserror::Error as ThisError;

/// Somebody who has speech models by name: a folder of them, or a program that fetches them.
pub trait Models {
    /// The folder of the model called `name`, in CTranslate2's Whisper layout; fetched first, if need be.
    fn locate(&self, name: &str) -> Result<PathBuf, ModelUnavailable>;
}

/// Why there is no model of that name.
#[derive(Debug, ThisError)]
#[error("{0}")]
pub struct ModelUnavailable(#[source] pub Box<dyn Error + Send + Sync>);
