//! Where models are kept, and the lock that lets several pulls share the place.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why models cannot be kept.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CacheError {
    /// No variable says where the home folder is.
    #[error("no folder for speech models: neither READBACK_MODELS, XDG_CACHE_HOME nor HOME is set")]
    Nowhere,
    /// The folder cannot be made or written to.
    #[error("cannot keep speech models in {}: {source}", path.display())]
    Unwritable {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// The folder that holds one folder for each model.
#[derive(Clone, Debug)]
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// The cache that the environment asks for.
    pub fn from_environment() -> Result<Self, CacheError> {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        Self::chosen(
            variable("READBACK_MODELS"),
            variable("XDG_CACHE_HOME"),
            variable("HOME").or_else(|| variable("USERPROFILE")),
        )
    }

    fn chosen(
        own: Option<OsString>,
        caches: Option<OsString>,
        home: Option<OsString>,
    ) -> Result<Self, CacheError> {
        let caches = || {
            let caches = caches.map(PathBuf::from).filter(|path| path.is_absolute());
            caches.or_else(|| home.map(|home| Path::new(&home).join(".cache")))
        };
        let root = own.map(PathBuf::from).or_else(|| caches().map(|c| c.join("readback/models")));
        root.map(Self::at).ok_or(CacheError::Nowhere)
    }

    /// The cache in the folder `root`, which need not exist yet.
    pub fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// The folder that holds one folder for each model.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the model of that name lies, or would lie.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Reserves the model of that name for this process, waiting for another that has it; `waiting` is
    /// called before the wait. The reservation ends with the returned file, even by a crash.
    pub(crate) fn reserve(&self, name: &str, waiting: impl Fn()) -> Result<File, CacheError> {
        let unwritable = |source| CacheError::Unwritable { path: self.root.clone(), source };
        fs::create_dir_all(&self.root).map_err(unwritable)?;
        let path = self.root.join(format!(".{name}.lock"));
        let mut options = File::options();
        let file =
            options.create(true).truncate(false).write(true).open(path).map_err(unwritable)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock().map_err(unwritable)?;
            }
            Err(TryLockError::Error(source)) => return Err(unwritable(source)),
            Ok(()) => {}
        }
        Ok(file)
    }

    /// Removes what earlier pulls of that model left behind; call it with the model reserved.
    pub(crate) fn sweep(&self, name: &str) {
        let start = partial_prefix(name);
        for entry in fs::read_dir(&self.root).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&start) {
                // What cannot be removed is in nobody's way; the next pull tries again.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// A new folder beside the model's, to be filled and renamed, or to vanish.
    pub(crate) fn partial(&self, name: &str) -> Result<tempfile::TempDir, CacheError> {
        tempfile::Builder::new()
            .prefix(&partial_prefix(name))
            .tempdir_in(&self.root)
            .map_err(|source| CacheError::Unwritable { path: self.root.clone(), source })
    }
}

fn partial_prefix(name: &str) -> String {
    format!(".{name}.partial-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(own: &str, caches: &str, home: &str) -> Option<PathBuf> {
        let given = |value: &str| (!value.is_empty()).then(|| OsString::from(value));
        Cache::chosen(given(own), given(caches), given(home)).ok().map(|cache| cache.root)
    }

    #[test]
    fn its_own_variable_wins_then_the_cache_folder_then_home() {
        assert_eq!(root("/m", "/c", "/h"), Some("/m".into()));
        assert_eq!(root("", "/c", "/h"), Some("/c/readback/models".into()));
        assert_eq!(root("", "", "/h"), Some("/h/.cache/readback/models".into()));
        assert_eq!(root("", "", ""), None);
    }

    #[test]
    fn a_relative_cache_folder_is_ignored_as_its_standard_asks() {
        assert_eq!(root("", "c", "/h"), Some("/h/.cache/readback/models".into()));
    }

    #[test]
    fn sweeping_leaves_other_models_partials_alone() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().into());
        for name in [".base.partial-x", ".base.en.partial-x", "base"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        cache.sweep("base");
        let left = |name: &str| folder.path().join(name).exists();
        assert!(!left(".base.partial-x") && left(".base.en.partial-x") && left("base"));
    }
}
