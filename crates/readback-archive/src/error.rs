//! What can go wrong with an archive, in sentences that say what to do.

use std::path::PathBuf;

use thiserror::Error;

use crate::{BadSlug, Hash, Slug, State};

/// Why the archive did not do what it was asked; then nothing of it was done.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// There is no archive in the folder.
    #[error("there is no archive in {}; `readback init` makes one", .0.display())]
    Missing(PathBuf),
    /// There is one already.
    #[error("there is an archive in {} already", .0.display())]
    Exists(PathBuf),
    /// Made by a later version.
    #[error(
        "the archive in {} was written by a newer Readback (layout {found}; this one knows up to {known}); use that one",
        .folder.display()
    )]
    Newer {
        /// Where the archive is.
        folder: PathBuf,
        /// Its layout.
        found: i64,
        /// The newest layout that is known here.
        known: i64,
    },
    /// A database, but of something else.
    #[error("{} is a database, but not of a Readback archive", .0.display())]
    Foreign(PathBuf),
    /// The database file cannot be read any more.
    #[error(
        "the database {} is damaged ({reason}); `readback verify` says what is left of it, and a backup or an export brings it back",
        .path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// In SQLite's words.
        reason: String,
    },
    /// An entry is not what its seal says.
    #[error("entry {number} of {story} is not as it was sealed: {reason}")]
    Broken {
        /// The story.
        story: String,
        /// Number of the entry.
        number: u32,
        /// What is wrong.
        reason: String,
    },
    /// No story of that name.
    #[error("there is no story {0} in the archive; `readback list` shows all")]
    NoStory(Slug),
    /// The story has no such revision.
    #[error("{story} has no revision {number}; the last is {last}")]
    NoRevision {
        /// The story.
        story: Slug,
        /// What was asked for.
        number: u32,
        /// The last there is.
        last: u32,
    },
    /// The revision has no such finding.
    #[error("revision {revision} of {story} has no finding {number}; it has {count}")]
    NoFinding {
        /// The story.
        story: Slug,
        /// The revision.
        revision: u32,
        /// What was asked for.
        number: usize,
        /// How many there are.
        count: usize,
    },
    /// Somebody else was faster.
    #[error(
        "{story} was revised by somebody else meanwhile (revision {last}); nothing was written; look at it and revise that one"
    )]
    Overtaken {
        /// The story.
        story: Slug,
        /// Its last revision now.
        last: u32,
    },
    /// A state does not go back.
    #[error("{story} is {from} already and cannot become {to} again")]
    Backwards {
        /// The story.
        story: Slug,
        /// Its state.
        from: State,
        /// What was asked for.
        to: State,
    },
    /// A revision that changes nothing.
    #[error("{0} has these very words as its last revision; there is nothing to revise")]
    Unchanged(Slug),
    /// Two histories of one story.
    #[error("{story} has another history here, from entry {number} on; nothing of it was imported")]
    Diverged {
        /// The story.
        story: String,
        /// First entry that differs.
        number: u32,
    },
    /// A name that no story can have.
    #[error(transparent)]
    BadSlug(#[from] BadSlug),
    /// A file is not in the store.
    #[error("the file {0} is not in the archive any more")]
    NoBlob(Hash),
    /// A file that is imported is not what its name says.
    #[error("{}: {reason}", .path.display())]
    BadImport {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Reading or writing failed.
    #[error("{what}")]
    Io {
        /// What was being done.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The store failed.
    #[error("the archive's database refused: {0}")]
    Store(String),
}

impl ArchiveError {
    /// An error of the file system while doing `what`.
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}
