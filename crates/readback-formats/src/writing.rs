//! What the writers share: times for every word, words as they are shown, captions, house style.

use crate::FrameRate;

mod captions;
mod house;
mod letters;
mod paragraphs;
mod passages;
mod shown;
mod tiers;
mod timing;

pub use captions::{CAPTION_PRESETS, CaptionPreset};
pub(crate) use captions::{Caption, captions, clock_fields};
pub(crate) use house::{
    Manner, house_style, in_paragraphs, note_text, piece_text, speaker_label, turn_start, with_role,
};
pub(crate) use letters::within;
pub(crate) use paragraphs::{Paragraph, paragraphs, parts_lines, turn_stretches};
pub(crate) use passages::{Passage, json, millis, passages, seconds};
pub(crate) use shown::{PlainText, ShownWord, collapsed, shown_words};
pub(crate) use tiers::{SpeakerTier, tiers};
pub use timing::timed_words;

/// How a transcript is written where a format leaves a choice.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    /// What formats that name the recording call it.
    pub recording: String,
    /// How captions are cut.
    pub captions: &'static CaptionPreset,
    /// Frames a second, where a format counts in them and leaves the choice.
    pub frame_rate: FrameRate,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self {
            recording: "recording".into(),
            captions: &CAPTION_PRESETS[0],
            frame_rate: FrameRate::FPS_25,
        }
    }
}
