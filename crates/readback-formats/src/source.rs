//! What is read and what reading gives: a source, of bounded size, and the transcript in it with what is wrong,
//! or why there is none.

use std::collections::BTreeSet;

use readback_transcript::{Problem, Transcript};
use thiserror::Error;

/// The largest source that is read, in bytes: a day and a night of speech with a time for every word.
/// More is not one story, and would only cost its reader memory.
pub const MAX_BYTES: usize = 32 << 20;

/// The most words or lines of a text, elements of XML, or objects and lists of JSON that are read:
/// two days of speech, as words.
pub const MAX_PARTS: usize = 500_000;

/// The longest stretch of a text without a blank that is read, in bytes: a day of a script that has none.
pub const MAX_STRETCH: usize = 4 << 20;

/// What reading gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// What the source says.
    pub transcript: Transcript,
    /// What is wrong with the source, in the order of its places.
    pub problems: Vec<Problem>,
}

/// The beginning of a source, for recognising its format.
pub struct Head<'a> {
    /// The bytes as they are.
    pub bytes: &'a [u8],
    /// The same as text; empty where it is none.
    pub text: &'a str,
    /// Where the keys stand if it is JSON, as `/segments/words`.
    pub keys: BTreeSet<String>,
}

/// Why a source cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// Nothing but blanks, or no letter and no digit.
    #[error("there is no text in it")]
    Empty,
    /// The format is not read.
    #[error("{0}")]
    Closed(&'static str),
    /// Larger than [`MAX_BYTES`].
    #[error("it is larger than {} MB, the most that is read of one story", MAX_BYTES >> 20)]
    TooLarge,
    /// More than [`MAX_PARTS`].
    #[error(
        "it has more than half a million words, lines or elements, the most that is read of one story"
    )]
    TooMany,
    /// A stretch longer than [`MAX_STRETCH`].
    #[error("it has {} MB without a blank, which no story has", MAX_STRETCH >> 20)]
    Endless,
    /// Not text; names the kind where it is known.
    #[error("it is {0}, not text; give the transcript as a text file")]
    NotText(&'static str),
    /// Named or marked as a format that it does not follow.
    #[error("{format}: {reason}")]
    Malformed {
        /// Id of the format.
        format: &'static str,
        /// What is wrong and where.
        reason: String,
    },
}
