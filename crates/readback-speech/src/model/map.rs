//! A read-only memory map of a file, whose pages can be given back as they are used up.
#![expect(unsafe_code, reason = "mapping a file is unsafe: another process may change it")]

use std::fs::{File, Metadata};
use std::io;
use std::ops::{Deref, Range};
use std::path::Path;

use memmap2::Mmap;

/// A mapped file.
pub(super) struct Map {
    bytes: Mmap,
    metadata: Metadata,
}

impl Map {
    /// Maps the whole file.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
        }
        // SAFETY: the map is only read, and only while loading. A model file that another process
        // changes meanwhile gives wrong numbers, which every reader takes in its stride; one that it
        // truncates meanwhile ends the process, which no reader of a map can prevent.
        let bytes = unsafe { Mmap::map(&file)? };
        Ok(Self { bytes, metadata })
    }

    /// What the system said of the file.
    pub(super) fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Tells the system that these bytes will not be read again soon, so that a loaded model is not
    /// held twice.
    pub(super) fn release(&self, bytes: Range<usize>) {
        #[cfg(unix)]
        {
            use memmap2::UncheckedAdvice::DontNeed;
            // SAFETY: the map is backed by a file and never written, so dropped pages read the same
            // again. Failing to drop them costs memory only.
            let _ =
                unsafe { self.bytes.unchecked_advise_range(DontNeed, bytes.start, bytes.len()) };
        }
        #[cfg(not(unix))]
        let _ = bytes;
    }
}

impl Deref for Map {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}
