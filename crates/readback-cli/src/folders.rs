//! Which files of a folder are texts or recordings, by their names. It opens none of them.

use std::path::{Path, PathBuf};

use anyhow::{Error, Result};
use readback::audio::ENDINGS;
use walkdir::{DirEntry, WalkDir};

/// Every file in a folder and those below it, in order; hidden ones aside. What cannot be looked through
/// is an error among them.
pub fn below(folder: &Path) -> impl Iterator<Item = Result<PathBuf>> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(is_seen);
    let files = entries.filter(|entry| entry.as_ref().map_or(true, |it| !it.path().is_dir()));
    files.map(|entry| {
        let entry = entry.map_err(|it| Error::new(it).context("cannot look through a folder"))?;
        Ok(from_here(entry.into_path()))
    })
}

fn is_seen(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Without the dot for the current folder, which would only be noise in a report.
fn from_here(path: PathBuf) -> PathBuf {
    path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path)
}

/// Whether the file's ending is that of a text format.
pub fn is_text(path: &Path) -> bool {
    readback_formats::formats_of_file(path).next().is_some()
}

/// Whether the file's ending is that of a recording.
pub fn is_audio(path: &Path) -> bool {
    ends_in(path, ENDINGS)
}

/// Whether a file has one of these endings, in whatever case.
pub fn ends_in(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}
