//! How a transcript is written where a format leaves a choice, and why one cannot be written.

use thiserror::Error;

use super::captions::{CAPTION_PRESETS, CaptionPreset};
use crate::timecode::FrameRate;

/// How a transcript is written where a format leaves a choice.
#[derive(Clone, Debug)]
#[non_exhaustive]
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
#[non_exhaustive]
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

impl WriteOptions {
    /// The same, the recording called `recording`.
    #[must_use]
    pub fn with_recording(self, recording: impl Into<String>) -> Self {
        Self { recording: recording.into(), ..self }
    }

    /// The same, captions cut as `captions` says.
    #[must_use]
    pub fn with_captions(self, captions: &'static CaptionPreset) -> Self {
        Self { captions, ..self }
    }

    /// The same, so many frames a second.
    #[must_use]
    pub fn with_frame_rate(self, frame_rate: FrameRate) -> Self {
        Self { frame_rate, ..self }
    }

    /// The same, published so.
    #[must_use]
    pub fn with_publication(self, publication: Publication) -> Self {
        Self { publication, ..self }
    }
}

impl Publication {
    /// The same, named by `uri` for good.
    #[must_use]
    pub fn with_uri(self, uri: impl Into<String>) -> Self {
        Self { uri: Some(uri.into()), ..self }
    }

    /// The same, published by `provider`.
    #[must_use]
    pub fn with_provider(self, provider: impl Into<String>) -> Self {
        Self { provider: Some(provider.into()), ..self }
    }

    /// The same, made at `created`, as in RFC 3339.
    #[must_use]
    pub fn with_created(self, created: impl Into<String>) -> Self {
        Self { created: Some(created.into()), ..self }
    }

    /// The same, its recording at the address `audio`.
    #[must_use]
    pub fn with_audio(self, audio: impl Into<String>) -> Self {
        Self { audio: Some(audio.into()), ..self }
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
