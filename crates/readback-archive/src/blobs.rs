//! Files kept by their hash: recordings, and originals that are not their own text.
//!
//! A file is written beside its place, synced, renamed, and its folder synced, before anybody is told that
//! it is there. Another [`Blobs`] keeps them elsewhere; `ARCHITECTURE.md` says why this one is our own.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::{ArchiveError, Hash};

/// A store of files by their hash.
pub trait Blobs: Send {
    /// Keeps all that `from` gives. When it returns, the content is durable.
    fn put(&mut self, from: &mut dyn Read) -> Result<(Hash, u64), ArchiveError>;

    /// Opens the content with this hash.
    fn open(&self, hash: Hash) -> Result<Box<dyn Read>, ArchiveError>;

    /// Where the content lies as a file, for programs that need one.
    fn path(&self, hash: Hash) -> Result<PathBuf, ArchiveError>;

    /// What there is.
    fn all(&self) -> Result<Vec<Hash>, ArchiveError>;
}

/// Files in a folder: `ab/abcdef…`, and `tmp/` for those that are not complete.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Opens the folder, making it if it is not there.
    pub fn open(root: &Path) -> Result<Self, ArchiveError> {
        let made = fs::create_dir_all(root.join("tmp")).and_then(|()| sync_folder(root));
        made.map_err(ArchiveError::io(format!("cannot make the folder {}", root.display())))?;
        Ok(Self { root: root.into() })
    }

    /// Removes what was never completed. Nobody else may be writing.
    pub(crate) fn tidy(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.root.join("tmp"))? {
            fs::remove_file(entry?.path())?;
        }
        Ok(())
    }

    fn place(&self, hash: Hash) -> PathBuf {
        let name = hash.to_string();
        self.root.join(&name[..2]).join(name)
    }

    fn put_file(&self, from: &mut dyn Read) -> io::Result<(Hash, u64)> {
        let mut partial = tempfile::NamedTempFile::new_in(self.root.join("tmp"))?;
        let (hash, bytes) = Hash::of_reader(Tee { from, to: partial.as_file_mut() })?;
        let place = self.place(hash);
        if fs::metadata(&place).is_ok_and(|found| found.len() == bytes) {
            // Whoever wrote it may have been killed before its name was durable.
            sync_folder(place.parent().unwrap_or(&self.root))?;
            return Ok((hash, bytes));
        }
        partial.as_file().sync_all()?;
        let folder = self.root.join(&hash.to_string()[..2]);
        if !folder.is_dir() {
            fs::create_dir_all(&folder)?;
            sync_folder(&self.root)?;
        }
        partial.persist(&place)?;
        sync_folder(&folder)?;
        Ok((hash, bytes))
    }
}

/// Passes on what it reads, and writes it down.
struct Tee<'a> {
    from: &'a mut dyn Read,
    to: &'a mut File,
}

impl Read for Tee<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        io::Write::write_all(self.to, &buffer[..count])?;
        Ok(count)
    }
}

impl Blobs for Folder {
    fn put(&mut self, from: &mut dyn Read) -> Result<(Hash, u64), ArchiveError> {
        self.put_file(from)
            .map_err(ArchiveError::io(format!("cannot write in {}", self.root.display())))
    }

    fn open(&self, hash: Hash) -> Result<Box<dyn Read>, ArchiveError> {
        let path = self.path(hash)?;
        let file = File::open(&path);
        let file = file.map_err(ArchiveError::io(format!("cannot read {}", path.display())))?;
        Ok(Box::new(file))
    }

    fn path(&self, hash: Hash) -> Result<PathBuf, ArchiveError> {
        let path = self.place(hash);
        if path.is_file() { Ok(path) } else { Err(ArchiveError::NoBlob(hash)) }
    }

    fn all(&self) -> Result<Vec<Hash>, ArchiveError> {
        let list = || -> io::Result<Vec<Hash>> {
            let mut found = Vec::new();
            for folder in fs::read_dir(&self.root)? {
                for file in fs::read_dir(folder?.path())? {
                    let name = file?.file_name();
                    found.extend(name.to_str().and_then(|name| name.parse::<Hash>().ok()));
                }
            }
            found.sort_unstable();
            Ok(found)
        };
        list().map_err(ArchiveError::io(format!("cannot list {}", self.root.display())))
    }
}

/// Makes the names in a folder durable, where the system can.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_kept_once_under_its_hash_and_nothing_is_left_over() {
        let folder = tempfile::tempdir().unwrap();
        let mut blobs = Folder::open(folder.path()).unwrap();
        let (hash, bytes) = blobs.put(&mut &b"sound"[..]).unwrap();
        assert_eq!((hash, bytes), (Hash::of(b"sound"), 5));
        assert_eq!(blobs.put(&mut &b"sound"[..]).unwrap().0, hash);
        assert_eq!(blobs.all().unwrap(), [hash]);
        let mut read = Vec::new();
        blobs.open(hash).unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read, b"sound");
        assert_eq!(fs::read_dir(folder.path().join("tmp")).unwrap().count(), 0);
    }

    #[test]
    fn a_reader_that_fails_leaves_nothing() {
        struct Fails;
        impl Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("unplugged"))
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let mut blobs = Folder::open(folder.path()).unwrap();
        assert!(blobs.put(&mut Fails).is_err());
        assert_eq!(blobs.all().unwrap(), []);
    }
}
