//! What an archive asks of the database that keeps its entries. Nothing of SQL, and nothing that only one
//! database could do, stands here.

use std::path::Path;

use jiff::civil::Date;
use readback_transcript::Instant;
use serde::Serialize;

use crate::{About, ArchiveError, Chain, Hash, Query, Sealed, Slug, Snippet, State};

/// Keeps entries, and what follows from them.
pub trait Store: Send {
    /// Adds entries, all or none, durably. False, and nothing added, if one does not follow the last of its
    /// chain any more: somebody else was faster.
    fn append(&mut self, entries: &[Sealed]) -> Result<bool, ArchiveError>;

    /// Where a chain ends; `None` where it has not begun.
    fn head(&mut self, chain: &Chain) -> Result<Option<Head>, ArchiveError>;

    /// A chain from its beginning, each entry held against its seal.
    fn entries(&mut self, chain: &Chain) -> Result<Vec<Sealed>, ArchiveError>;

    /// As [`Store::entries`], but goes on behind what is broken.
    fn salvage(&mut self, chain: &Chain)
    -> Result<Vec<Result<Sealed, ArchiveError>>, ArchiveError>;

    /// The entry of a revision, held against its seal.
    fn revision(&mut self, story: &Slug, number: u32) -> Result<Option<Sealed>, ArchiveError>;

    /// Every chain, in order of name.
    fn chains(&mut self) -> Result<Vec<Chain>, ArchiveError>;

    /// The story and revision that were read from a file with this hash.
    fn holder(&mut self, original: Hash) -> Result<Option<(Slug, u32)>, ArchiveError>;

    /// Stories, the latest broadcast first.
    fn list(&mut self, filter: &Filter) -> Result<Vec<Listed>, ArchiveError>;

    /// Turns in which something was said, the best first.
    fn search(&mut self, query: &Query, most: usize) -> Result<Vec<Hit>, ArchiveError>;

    /// How much there is.
    fn stats(&mut self) -> Result<Stats, ArchiveError>;

    /// Writes a complete and durable copy of the database to a new file.
    fn copy_to(&mut self, path: &Path) -> Result<(), ArchiveError>;

    /// What is wrong with the database itself, in its own words.
    fn faults(&mut self) -> Result<Vec<String>, ArchiveError>;
}

/// Where a chain ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of its last entry.
    pub number: u32,
    /// Hash of its last entry.
    pub hash: Hash,
    /// Number of its last revision.
    pub revisions: u32,
    /// The state of that.
    pub state: State,
}

/// Which stories to list; all by default.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those of this programme.
    pub programme: Option<String>,
    /// Those in this state.
    pub state: Option<State>,
    /// Those whose date begins so: `2026`, `2026-11`, `2026-11-26`.
    pub date: Option<String>,
}

/// A story in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its short name.
    pub slug: Slug,
    /// What is known of it.
    #[serde(flatten)]
    pub about: About,
    /// Its state.
    pub state: State,
    /// How many revisions it has.
    pub revisions: u32,
    /// How many recordings.
    pub recordings: u32,
}

/// A turn that a search found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// The story.
    pub slug: Slug,
    /// Its headline.
    pub title: String,
    /// Its programme.
    pub programme: Option<String>,
    /// When it was broadcast.
    pub date: Option<Date>,
    /// The first revision that has the turn so.
    pub revision: u32,
    /// The last one, where later ones have it no more.
    pub until: Option<u32>,
    /// Who speaks.
    pub speaker: Option<String>,
    /// The words, and those beside them.
    pub snippet: Snippet,
    /// When they are said, where that is known.
    pub at: Option<Instant>,
    /// The recording: where the public hears it, else its hash.
    pub recording: Option<Heard>,
    /// Whether the words only sound like those asked for.
    pub by_sound: bool,
}

/// The recording that a hit is heard in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Heard {
    /// Its hash.
    pub hash: Hash,
    /// Where the public hears it.
    pub url: Option<String>,
}

/// How much an archive holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Stories.
    pub stories: u64,
    /// Stories in each state.
    pub states: Vec<(State, u64)>,
    /// Revisions of all stories.
    pub revisions: u64,
    /// Entries of all chains.
    pub entries: u64,
    /// Different recordings.
    pub recordings: u64,
    /// Their length, as far as it is known, in seconds.
    pub seconds: u64,
    /// Words of the last revisions.
    pub words: u64,
    /// Speakers, as labels name them.
    pub speakers: u64,
    /// Bytes of the database.
    pub database: u64,
}
