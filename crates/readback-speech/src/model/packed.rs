//! The layers of a model as this processor multiplies with them, kept beside the model so that they are
//! packed once and not at every start.
//!
//! The file is `packed-WAY.bin`, WAY being [`packing`]. It is used if it was made of this very
//! `model.bin`, by its size and time, and if its sum is right; else it is made anew. Where it cannot be
//! written, every start packs for itself. It holds the mark, the identity, how many layers, each one's
//! name, length and bytes, and the BLAKE3 sum of all that.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use readback_kernels::{Linear, packing};

use super::map::Map;

/// How the file begins; the number rises whenever what follows is laid out otherwise.
const MARK: &[u8; 16] = b"readback packed1";
/// Bytes of the sum at its end.
const SUM: usize = blake3::OUT_LEN;

/// The packed layers of one model.
pub(super) struct Packed {
    path: PathBuf,
    identity: [u8; 24],
    /// The file as it was found, if it can be used.
    map: Option<Map>,
    layers: HashMap<String, Range<usize>>,
    /// Layers that were packed now, in their place in the file.
    made: RefCell<Made>,
}

#[derive(Default)]
struct Made {
    count: u64,
    bytes: Vec<u8>,
}

impl Packed {
    /// Those of the `model.bin` at `model`, of which its `file` tells size and time.
    pub(super) fn open(model: &Path, file: &Metadata) -> Self {
        let path = model.with_file_name(format!("packed-{}.bin", packing()));
        let identity = identity(file);
        let map = Map::open(&path).ok();
        let layers = map.as_deref().and_then(|bytes| index(bytes, &identity));
        let map = map.filter(|_| layers.is_some());
        Self { path, identity, map, layers: layers.unwrap_or_default(), made: RefCell::default() }
    }

    /// A layer that was packed before.
    pub(super) fn layer(&self, name: &str) -> Option<Linear> {
        Linear::from_packed(&self.map.as_deref()?[self.layers.get(name)?.clone()])
    }

    /// Remembers a layer for [`Packed::save`].
    pub(super) fn add(&self, name: &str, layer: &Linear) {
        let mut made = self.made.borrow_mut();
        let bytes = &mut made.bytes;
        write_size(bytes, name.len());
        bytes.extend(name.as_bytes());
        let length = bytes.len();
        write_size(bytes, 0);
        let start = bytes.len();
        if layer.write_packed(bytes) {
            let size = (bytes.len() - start) as u64;
            bytes[length..start].copy_from_slice(&size.to_le_bytes());
            made.count += 1;
        }
    }

    /// Writes the file if it was not found. Without it the next start takes longer, nothing else.
    pub(super) fn save(self) {
        let made = self.made.into_inner();
        if self.map.is_none() && made.count > 0 {
            let _ = write(&self.path, &self.identity, &made);
        }
    }
}

/// Size, and time to the nanosecond, of the file that was packed.
fn identity(file: &Metadata) -> [u8; 24] {
    let time = file.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let mut identity = [0; 24];
    identity[..8].copy_from_slice(&file.len().to_le_bytes());
    identity[8..].copy_from_slice(&time.unwrap_or_default().as_nanos().to_le_bytes());
    identity
}

fn write(path: &Path, identity: &[u8], made: &Made) -> std::io::Result<()> {
    let mut hasher = blake3::Hasher::new();
    let count = made.count.to_le_bytes();
    let parts = [&MARK[..], identity, &count, &made.bytes];
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".packed-").tempfile_in(folder)?;
    for part in parts {
        hasher.update_rayon(part);
        file.write_all(part)?;
    }
    file.write_all(hasher.finalize().as_bytes())?;
    file.as_file()
        .set_permissions(fs::metadata(path.with_file_name("model.bin"))?.permissions())?;
    file.persist(path)?;
    Ok(())
}

/// Where each layer lies in a file of this identity; `None` if it is of another, or damaged.
fn index(bytes: &[u8], identity: &[u8]) -> Option<HashMap<String, Range<usize>>> {
    let (all, sum) = bytes.split_at_checked(bytes.len().checked_sub(SUM)?)?;
    let rest = all.strip_prefix(MARK)?.strip_prefix(identity)?;
    let mut hasher = blake3::Hasher::new();
    if hasher.update_rayon(all).finalize().as_bytes() != sum {
        return None;
    }
    let mut at = all.len() - rest.len();
    let mut take = |count: usize| {
        let range = at..at.checked_add(count).filter(|&end| end <= all.len())?;
        at = range.end;
        Some(range)
    };
    let size =
        |range: Range<usize>| usize::try_from(u64::from_le_bytes(*all[range].first_chunk()?)).ok();
    let count = size(take(8)?)?;
    let mut layers = HashMap::new();
    for _ in 0..count {
        let length = size(take(8)?)?;
        let name = str::from_utf8(&all[take(length)?]).ok()?.to_owned();
        let length = size(take(8)?)?;
        layers.insert(name, take(length)?);
    }
    Some(layers)
}

fn write_size(out: &mut Vec<u8>, size: usize) {
    out.extend((size as u64).to_le_bytes());
}
