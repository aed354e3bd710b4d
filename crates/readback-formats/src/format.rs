//! What a format is: what it is called, how it is recognised, read and written, and what it has a place for.

use readback_transcript::Transcript;

use crate::carries::Carries;
use crate::mapping::Mapping;
use crate::source::{Head, Parsed, ReadError};
use crate::writing::{WriteError, WriteOptions};

/// A format: what it is called, how to recognise it, how to read and write it.
#[non_exhaustive]
pub struct Format {
    /// What `--to` and [`Transcript::format`] call it.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// File name endings without the dot, lower case; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// Media type.
    pub media_type: &'static str,
    /// Whether a source begins like this format.
    pub sniff: fn(&Head<'_>) -> bool,
    /// Reads a whole source.
    pub read: Way<Reader>,
    /// Writes a whole transcript.
    pub write: Way<Writer>,
    /// What it has a place for.
    pub carries: Carries,
    /// By whom its reader and its writer are held to the specification: the programs of others that the
    /// tests let read what is written here, and write what is read here. `docs/formats.md` prints it.
    pub oracle: &'static str,
}

/// A direction in which a format goes, or in a few words why it does not.
#[derive(Clone, Copy, Debug)]
pub enum Way<T> {
    /// It goes.
    Open(T),
    /// It does not, and why, as in "only a recogniser writes this format".
    Closed(&'static str),
}

impl<T> Way<T> {
    /// Whether it goes.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open(_))
    }
}

/// Reads a whole source.
pub type Reader = fn(&[u8], &ReadOptions) -> Result<Parsed, ReadError>;

/// Writes a whole transcript in a style. What the format has no place for is left out; [`losses`](crate::losses()) says
/// what that is.
pub type Writer = fn(&Transcript, &WriteOptions) -> Result<Vec<u8>, WriteError>;

/// What a reader is told where a source can be read in more than one way.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// What a contractor's own XML calls its parts.
    pub mapping: Option<Mapping>,
    /// Which text is read of a document whose changes are tracked.
    pub changes: Changes,
}

impl ReadOptions {
    /// The same, XML read by `mapping`.
    #[must_use]
    pub fn with_mapping(self, mapping: Option<Mapping>) -> Self {
        Self { mapping, ..self }
    }

    /// The same, of tracked `changes` this text read.
    #[must_use]
    pub fn with_changes(self, changes: Changes) -> Self {
        Self { changes, ..self }
    }
}

/// The two texts of a document whose changes are tracked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Changes {
    /// With every change in place.
    #[default]
    Accepted,
    /// As it was before any of them.
    Original,
}
