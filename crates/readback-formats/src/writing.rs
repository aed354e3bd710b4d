//! What the writers share: times for every word, words as they are shown, captions, house style.

use crate::FrameRate;

mod captions;
mod house;
mod letters;
mod markup;
mod paragraphs;
mod passages;
mod shown;
mod timing;

pub use captions::{CAPTION_PRESETS, CaptionPreset, Rule, Source};
pub(crate) use captions::{Caption, Stamp, captions, clock_fields};
pub(crate) use house::{
    HouseParagraph, Manner, Part, house_label, house_paragraphs, house_style, in_paragraphs,
    label_with_role, note_text, piece_text, speaker_label, turn_start, with_role, written_cue,
};
pub(crate) use letters::{lacking, within};
pub(crate) use markup::{clock_text, escaped, uri};
pub(crate) use paragraphs::{Paragraph, paragraphs, parts_lines, turn_stretches};
pub(crate) use passages::{Passage, json, millis, passages, seconds};
pub(crate) use shown::{PlainText, Shown, ShownWord, collapsed, shown, shown_words};
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
