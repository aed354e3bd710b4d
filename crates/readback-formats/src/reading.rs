//! What the readers of text transcripts share: from bytes to text, from text to its parts.
//!
//! The order is fixed: decode, mask what is neither said nor written by a person (debris), find
//! notes, labels and cues, assemble turns, cut the rest into words. Masking replaces bytes by blanks,
//! so every span found in the masked text holds in the source.

mod assemble;
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
mod single_byte;
mod timed;
mod vocabulary;
mod words;
pub(crate) mod xml;

use readback_transcript::{Problem, Span};

pub(crate) use assemble::{Shape, read_text};
pub(crate) use compose::{Composer, retained, role_called};
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
pub(crate) use timed::{
    CaptionBlock, Header, Voice, caption_blocks, clock, read_captions, read_headed, share,
    share_among, share_known, share_letters, spoken_words,
};
use words::is_invisible;
pub(crate) use words::{cut_words, is_solid, joined, word_end_mark, words_amid_debris};

/// Collects problems, up to a limit that keeps a hostile source from filling memory.
#[derive(Default)]
pub(crate) struct Problems {
    kept: Vec<Problem>,
    more: usize,
}

impl From<Vec<Problem>> for Problems {
    fn from(kept: Vec<Problem>) -> Self {
        Self { kept, more: 0 }
    }
}

impl Problems {
    const LIMIT: usize = 1000;

    pub(crate) fn add(&mut self, span: Span, message: impl Into<String>) {
        if self.kept.len() < Self::LIMIT {
            self.kept.push(Problem { span, message: message.into() });
        } else {
            self.more += 1;
        }
    }

    /// All of them in order of place; a last one counts those beyond the limit.
    pub(crate) fn finish(mut self) -> Vec<Problem> {
        self.kept.sort_by_key(|problem| problem.span);
        if self.more > 0 {
            let message = format!("{} more problems are not listed", self.more);
            self.kept.push(Problem { span: Span::default(), message });
        }
        self.kept
    }
}
