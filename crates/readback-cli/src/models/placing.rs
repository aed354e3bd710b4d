//! The files of a model as they arrive from a source: written beside their place, and held against their
//! size and sum. It does not know which source they come from.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::PathBuf;

use readback_archive::durable::sync_folder;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::folder::{self, SUMS};
use super::{KnownFile, KnownModel};
use crate::progress::Bytes;

/// Why one source failed, in a sentence.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct SourceError(String);

impl SourceError {
    pub(crate) fn new(what: impl fmt::Display) -> Self {
        Self(what.to_string())
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
    /// None yet; `folder` is there and empty.
    pub fn new(known: &'static KnownModel, folder: PathBuf) -> Self {
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
    pub fn finish(mut self) -> Result<(), SourceError> {
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
