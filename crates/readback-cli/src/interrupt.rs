//! Ctrl-C: what is half written goes away, then the process ends with code 130.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The exit code of an interrupted process, as shells have it.
const INTERRUPTED: i32 = 130;

/// How often removing something is tried.
const TRIES: usize = 10;

static DOOMED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// From now on an interrupt, a hang-up or a request to end removes every [`Doomed`] path first.
pub fn install() {
    // A second handler in the same process is the only way this fails, and then the first one serves.
    let _ = ctrlc::set_handler(|| {
        let doomed = doomed();
        for path in doomed.iter() {
            remove(path);
        }
        std::process::exit(INTERRUPTED);
    });
}

fn doomed() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    DOOMED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Out of the way first: whoever still writes by the old path then fails, where otherwise a file made while
/// the folder is emptied would keep it.
fn remove(path: &Path) {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".interrupted");
    let aside = fs::rename(path, &aside).map_or_else(|_| path.into(), |()| PathBuf::from(aside));
    // Whoever made it may be removing it, too, so that one of the two finds less than it saw. Nobody is left
    // to tell what cannot be removed at all.
    for _ in 0..TRIES {
        let removed =
            if aside.is_dir() { fs::remove_dir_all(&aside) } else { fs::remove_file(&aside) };
        if removed.is_ok() || !aside.exists() {
            return;
        }
    }
}

/// A temporary file or folder that must not outlive this process, for as long as this value lives.
#[derive(Debug)]
pub struct Doomed(PathBuf);

impl Doomed {
    /// Registers what `make` makes; an interrupt waits until both are done. What was made comes second, so
    /// that it goes first where both are let go of at once: until it is gone, it is registered.
    pub fn made<T: AsRef<Path>, E>(make: impl FnOnce() -> Result<T, E>) -> Result<(Self, T), E> {
        let mut doomed = doomed();
        let made = make()?;
        let path = made.as_ref().to_path_buf();
        doomed.insert(path.clone());
        Ok((Self(path), made))
    }
}

impl Drop for Doomed {
    fn drop(&mut self) {
        doomed().remove(&self.0);
    }
}
