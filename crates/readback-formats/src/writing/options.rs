//! How a transcript is written where a format leaves a choice, and why one cannot be written.

use thiserror::Error;

use super::captions::{CAPTION_PRESETS, CaptionPreset};
use crate::timecode::FrameRate;

/// How a transcript is written where a format leaves a choice.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    /// What formats that name the recording call it.
    pub recording: String,
    /// How captions are cut.
    pub captions: &'static CaptionPreset,
    /// Frames a second, where a format counts in them and leaves the choice.
    pub frame_rate: FrameRate,
    /// What web pages and formats of newsrooms say besides the text.
    pub publication: Publication,
}

/// What is known of the publication of a transcript.
#[derive(Clone, Debug, Default)]
pub struct Publication {
    /// The URI that names the transcript for good.
    pub uri: Option<String>,
    /// Who publishes it.
    pub provider: Option<String>,
    /// When this version of it was made, as in RFC 3339: `2026-05-03T10:00:00Z`.
    pub created: Option<String>,
    /// The address of its recording.
    pub audio: Option<String>,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self {
            recording: "recording".into(),
            captions: &CAPTION_PRESETS[0],
            frame_rate: FrameRate::FPS_25,
            publication: Publication::default(),
        }
    }
}

/// Why a transcript cannot be written.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// The format needs times and no word has one.
    #[error("no word of the transcript has a time; align it with its recording first")]
    NoTimes,
    /// There is nothing to write.
    #[error("the transcript has no words")]
    NoWords,
    /// The format is not written.
    #[error("{0}")]
    Closed(&'static str),
}
