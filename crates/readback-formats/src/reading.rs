//! What the readers of text transcripts share: from bytes to text, from text to its parts.
//!
//! The order is fixed: decode, mask what is neither said nor written by a person (debris), find
//! notes, labels and cues, assemble turns, cut the rest into words. Masking replaces bytes by blanks,
//! so every span found in the masked text holds in the source.

mod assemble;
mod clock;
mod compose;
mod cues;
mod decode;
mod html;
mod keys;
mod labels;
mod languages;
mod marked_text;
mod mask;
mod notes;
mod page;
mod paragraphs;
mod plain;
mod problems;
mod sharing;
mod single_byte;
mod speakers;
mod timed;
mod vocabulary;
mod words;
pub(crate) mod xml;

pub(crate) use assemble::{Shape, read_text};
pub(crate) use clock::{LATEST, clock, clock_or_before, seconds};
pub(crate) use compose::{Composer, retained};
pub(crate) use cues::{cue_kind, cues_heard, within_one_edit};
pub use decode::decode_text;
pub(crate) use decode::refuse_crowded;
pub(crate) use keys::{has_keys, json_keys};
pub(crate) use labels::{looks_labelled, stands_as_label};
pub(crate) use languages::{language, language_name};
pub(crate) use marked_text::MarkedText;
pub(crate) use mask::{mask, without_markup};
pub(crate) use page::read_page;
pub(crate) use paragraphs::{lines, trimmed};
pub(crate) use plain::collapsed;
pub(crate) use problems::Problems;
pub(crate) use sharing::{share, share_among, share_known, share_letters, spoken_words};
pub(crate) use speakers::{named, numbered, role_called, with_role};
pub(crate) use timed::{
    CaptionBlock, CaptionLine, Header, Voice, caption_blocks, read_captions, read_headed,
};
pub(crate) use words::{cut_words, is_solid, joined, word_end_mark, words_amid_debris};
