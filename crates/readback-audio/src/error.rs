//! What can be wrong with a recording, each in one plain sentence.

use std::io;
use std::path::PathBuf;

use readback_transcript::Length;
use thiserror::Error;

/// Why a recording cannot be heard at all.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AudioError {
    /// Nothing is there.
    #[error("there is no file {}", path.display())]
    Missing {
        /// The path asked for.
        path: PathBuf,
    },
    /// A folder where a recording was expected.
    #[error("{} is a folder, not a recording", path.display())]
    Folder {
        /// The path asked for.
        path: PathBuf,
    },
    /// No bytes at all.
    #[error("{} is empty", path.display())]
    Empty {
        /// The path asked for.
        path: PathBuf,
    },
    /// The operating system refuses to hand out the bytes.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The path asked for.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Standard input cannot be kept for decoding.
    #[error("the recording on standard input cannot be kept in a temporary file: {source}")]
    Spool {
        /// What the operating system said.
        source: io::Error,
    },
    /// The bytes are of no known audio or video format.
    #[error("{} is not an audio file{advice}", path.display())]
    NotAudio {
        /// The path asked for.
        path: PathBuf,
        /// Empty, or what would help.
        advice: String,
    },
    /// A video or container without sound.
    #[error("{} has no audio track", path.display())]
    NoAudioTrack {
        /// The path asked for.
        path: PathBuf,
    },
    /// A known format of which no sound could be decoded.
    #[error("nothing in {} could be decoded: {reason}", path.display())]
    NothingDecodable {
        /// The path asked for.
        path: PathBuf,
        /// What the decoders said.
        reason: String,
    },
}

/// What is wrong with a recording that could be heard nevertheless.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum Warning {
    /// Some of it could not be decoded; silence of equal length stands in its place.
    #[error("{places} damaged {} replaced by {:.1} s of silence", plural(*places), silence.seconds())]
    Damaged {
        /// Number of frames or gaps.
        places: u64,
        /// How much silence was put in their place.
        silence: Length,
    },
    /// It ends before the end.
    #[error("the recording is cut short: {:.1} s could be read{}", heard.seconds(), of(*stated))]
    Truncated {
        /// How much there is.
        heard: Length,
        /// How much the file says there should be.
        stated: Option<Length>,
    },
    /// The outside decoder had something to say.
    #[error("ffmpeg reports: {0}")]
    Outside(String),
}

fn plural(places: u64) -> &'static str {
    if places == 1 { "place was" } else { "places were" }
}

fn of(stated: Option<Length>) -> String {
    stated.map(|length| format!(" of {:.1} s", length.seconds())).unwrap_or_default()
}
