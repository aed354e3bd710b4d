//! Where the evaluation corpus lies, on machines that have it.

use std::env;
use std::path::PathBuf;

use crate::cargo::root;

/// The corpus: what `READBACK_CORPUS` names, else the folder beside the workspace.
pub fn folder() -> Option<PathBuf> {
    let named = env::var_os("READBACK_CORPUS").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| root().join("../shared/corpus"));
    folder.is_dir().then_some(folder)
}

/// Its recordings, with reference texts beside most of them.
pub fn clips() -> Option<PathBuf> {
    let clips = folder()?.join("public").join("audio");
    clips.is_dir().then_some(clips)
}
