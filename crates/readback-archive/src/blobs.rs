//! Files kept by their hash: recordings, and originals that are not their own text.
//!
//! They are objects of a store, which is a folder here and could be a bucket. An object is sent under a name
//! of no meaning, hashed on the way, and renamed to its hash; each step is durable before the next, and all
//! of them before anybody is told that the object is there.

use std::error::Error;
use std::fs::{self, File};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt};
use tokio::runtime::{Builder, Runtime};

use crate::{ArchiveError, Hash};

/// Where objects lie that are not complete.
const INCOMING: &str = "incoming";
/// Bytes that are sent at a time. Object stores take no part of fewer than 5 MiB, but for the last.
const PART: u64 = 8 << 20;

/// Files by their hash, as `ab/abcdef…` in a folder.
#[derive(Debug)]
pub(crate) struct Blobs {
    store: LocalFileSystem,
    folder: PathBuf,
    runtime: Runtime,
}

impl Blobs {
    /// Opens the folder, making it if it is not there.
    pub(crate) fn open(folder: &Path) -> Result<Self, ArchiveError> {
        let made = || {
            fs::create_dir_all(folder)?;
            let store = LocalFileSystem::new_with_prefix(folder).map_err(cause)?.with_fsync(true);
            Ok((store, Builder::new_current_thread().build()?))
        };
        let what = format!("cannot make the folder {}", folder.display());
        let (store, runtime) = made().map_err(ArchiveError::io(what))?;
        Ok(Self { store, folder: folder.into(), runtime })
    }

    /// Keeps all that `from` gives, and says its hash and length. When it returns, the content is durable.
    pub(crate) fn put(&self, from: &mut dyn Read) -> Result<(Hash, u64), ArchiveError> {
        self.runtime
            .block_on(self.send(from))
            .map_err(ArchiveError::io(format!("cannot write in {}", self.folder.display())))
    }

    async fn send(&self, from: &mut dyn Read) -> io::Result<(Hash, u64)> {
        let name = RandomState::new().hash_one(std::process::id());
        let incoming = Key::from_iter([INCOMING, &format!("{name:016x}")]);
        let mut upload = self.store.put_multipart(&incoming).await.map_err(cause)?;
        let (hash, bytes) = match send_parts(upload.as_mut(), from).await {
            Ok(sent) => sent,
            Err(error) => {
                // What is left of it is tidied up later, should even this fail.
                let _ = upload.abort().await;
                return Err(error);
            }
        };
        upload.complete().await.map_err(cause)?;
        // In the place of the same content, if it is kept already: whoever wrote that may have been killed
        // before its name was durable.
        self.store.rename(&incoming, &key(hash)).await.map_err(cause)?;
        Ok((hash, bytes))
    }

    /// Opens the content with this hash.
    pub(crate) fn read(&self, hash: Hash) -> Result<File, ArchiveError> {
        let path = self.path(hash)?;
        File::open(&path).map_err(ArchiveError::io(format!("cannot read {}", path.display())))
    }

    /// Where the content lies as a file, for programs that need one.
    pub(crate) fn path(&self, hash: Hash) -> Result<PathBuf, ArchiveError> {
        let path = self.folder.join(key(hash).as_ref());
        if path.is_file() { Ok(path) } else { Err(ArchiveError::NoBlob(hash)) }
    }

    /// What there is, in order.
    pub(crate) fn all(&self) -> Result<Vec<Hash>, ArchiveError> {
        let named = self.store.list(None).try_filter_map(|object| async move {
            Ok(object.location.filename().and_then(|name| name.parse::<Hash>().ok()))
        });
        let found = self.runtime.block_on(named.try_collect::<Vec<_>>()).map_err(cause);
        let what = format!("cannot list {}", self.folder.display());
        let mut found = found.map_err(ArchiveError::io(what))?;
        found.sort_unstable();
        Ok(found)
    }

    /// Removes what was never completed. Nobody else may be writing.
    pub(crate) fn tidy(&self) -> io::Result<()> {
        // The store does not list what was cut off while it was sent.
        let incoming = match fs::read_dir(self.folder.join(INCOMING)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            incoming => incoming?,
        };
        for entry in incoming {
            fs::remove_file(entry?.path())?;
        }
        Ok(())
    }
}

/// The name of the content with this hash.
fn key(hash: Hash) -> Key {
    let name = hash.to_string();
    Key::from_iter([&name[..2], &name])
}

/// Sends all that `from` gives, and says its hash and length.
async fn send_parts(
    upload: &mut dyn MultipartUpload,
    from: &mut dyn Read,
) -> io::Result<(Hash, u64)> {
    let mut hasher = blake3::Hasher::new();
    loop {
        let mut part = Vec::new();
        Read::take(&mut *from, PART).read_to_end(&mut part)?;
        hasher.update(&part);
        let is_last = (part.len() as u64) < PART;
        upload.put_part(part.into()).await.map_err(cause)?;
        if is_last {
            return Ok((hasher.finalize().into(), hasher.count()));
        }
    }
}

/// What the file system said, without what the layers above it made of that.
fn cause(error: object_store::Error) -> io::Error {
    let mut inner: Option<&dyn Error> = Some(&error);
    while let Some(error) = inner {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return io::Error::new(error.kind(), error.to_string());
        }
        inner = error.source();
    }
    error.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_over(folder: &Path) -> usize {
        fs::read_dir(folder.join(INCOMING)).map_or(0, Iterator::count)
    }

    #[test]
    fn content_is_kept_once_under_its_hash_and_nothing_is_left_over() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let (hash, bytes) = blobs.put(&mut &b"sound"[..]).unwrap();
        assert_eq!((hash, bytes), (Hash::of(b"sound"), 5));
        assert_eq!(blobs.put(&mut &b"sound"[..]).unwrap().0, hash);
        assert_eq!(blobs.all().unwrap(), [hash]);
        let mut read = Vec::new();
        blobs.read(hash).unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read, b"sound");
        assert_eq!(left_over(folder.path()), 0);
    }

    #[test]
    fn content_longer_than_a_part_is_kept_whole() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        for length in [0, PART, 2 * PART + 1] {
            let content: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let (hash, bytes) = blobs.put(&mut content.as_slice()).unwrap();
            assert_eq!((hash, bytes), (Hash::of(&content), length));
            let mut read = Vec::new();
            blobs.read(hash).unwrap().read_to_end(&mut read).unwrap();
            assert!(read == content, "{length} bytes");
        }
    }

    #[test]
    fn content_that_was_damaged_is_mended_when_it_comes_again() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let (hash, _) = blobs.put(&mut &b"sound"[..]).unwrap();
        fs::write(blobs.path(hash).unwrap(), "noise").unwrap();
        blobs.put(&mut &b"sound"[..]).unwrap();
        assert_eq!(fs::read(blobs.path(hash).unwrap()).unwrap(), b"sound");
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
        let blobs = Blobs::open(folder.path()).unwrap();
        let error = blobs.put(&mut Fails).unwrap_err();
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("unplugged"));
        assert_eq!(blobs.all().unwrap(), []);
        assert_eq!(left_over(folder.path()), 0);
    }
}
