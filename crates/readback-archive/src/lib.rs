//! The archive: stories with their recordings, revisions, findings, decisions and notices, kept so that
//! nothing is ever lost, and searched by what was said.
//!
//! What happens to a story is an [`Entry`]: each is sealed by a hash over itself and the one before, and
//! only ever added. Everything else that a store knows (lists, the search index) follows from the entries
//! and can be made again. [`Archive`] holds the rules; a [`Store`] keeps entries (SQLite here), and files
//! are kept by their hash (in a folder here). It reads no format and hears nothing.

mod archive;
mod blobs;
pub mod durable;
mod error;
mod export;
mod hash;
mod model;
mod notice;
mod pack;
mod query;
mod slug;
mod snippet;
mod sqlite;
mod state;
mod store;
mod verify;
mod whole;

pub use archive::{Added, Adding, Archive, Arrival, Attachment, Review, Revising};
pub use error::ArchiveError;
pub use export::{Exported, Imported};
pub use hash::Hash;
pub use model::{
    About, Act, Decision, Entry, Feed, KeptFinding, KeptRecording, Notice, NoticeClass, Original,
    Revision, Sealed, Settled, Verdict,
};
pub use notice::{Correction, Kind, corrections, draft};
pub use query::{Query, QueryError, Which};
pub use slug::{BadSlug, Chain, Slug};
pub use snippet::Snippet;
pub use state::State;
pub use store::{Filter, Hit, Listed, Stats, Store};
pub use verify::{Damage, Verified};
