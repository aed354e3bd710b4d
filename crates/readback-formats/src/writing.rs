//! What the writers share: times for every word, words as they are shown, captions, house style.

mod captions;
mod house;
mod letters;
mod markup;
mod options;
mod paragraphs;
mod passages;
mod shown;
mod timing;

pub use captions::{CAPTION_PRESETS, CaptionPreset, Citation, Guideline};
pub(crate) use captions::{Caption, Stamp, captions, clock_fields};
pub(crate) use house::{
    HouseParagraph, Manner, Part, house_label, house_paragraphs, house_style, in_paragraphs,
    label_with_role, note_text, piece_text, speaker_label, turn_start, written_cue,
};
pub(crate) use letters::{lacking, within};
pub(crate) use markup::{clock_text, escaped, uri};
pub use options::{Publication, WriteError, WriteOptions};
pub(crate) use paragraphs::{Paragraph, paragraphs, parts_lines, turn_stretches};
pub(crate) use passages::{Passage, json, millis, passages, seconds};
pub(crate) use shown::{PlainText, Shown, ShownWord, shown, shown_words};
pub use timing::timed_words;
