//! What it takes for a file to outlast a power cut, besides its own content.

use std::fs::File;
use std::io;
use std::path::Path;

/// Makes the names in a folder durable, where the system can.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
