//! New folders that are there whole or not at all.

use std::fs;
use std::path::Path;

use crate::ArchiveError;
use crate::durable::sync_folder;

/// Lets `write` fill a folder under another name, and gives it the name `to` once that is durable.
pub(crate) fn whole<T>(
    to: &Path,
    write: impl FnOnce(&Path) -> Result<T, ArchiveError>,
) -> Result<T, ArchiveError> {
    if to.exists() {
        return Err(ArchiveError::Exists(to.into()));
    }
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let partial = to.with_file_name(format!("{name}.{}.partial", std::process::id()));
    let parent = to.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let what = format!("cannot write {}", to.display());
    let finish = || {
        sync_folder(&partial)?;
        fs::rename(&partial, to)?;
        sync_folder(parent)
    };
    let done = fs::create_dir_all(&partial)
        .map_err(ArchiveError::io(what.clone()))
        .and_then(|()| write(&partial))
        .and_then(|done| finish().map(|()| done).map_err(ArchiveError::io(what)));
    if done.is_err() {
        // Its name says that it is not complete, should even this fail.
        let _ = fs::remove_dir_all(&partial);
    }
    done
}
