//! Words as a reader sees them: with the punctuation around them, without what was never meant to be
//! seen (stray bytes, markup, the escapes of the source).

use std::borrow::Cow;

use readback_transcript::{Piece, Span, Timing, Transcript, Word};

use crate::WriteError;
use crate::reading::{Problems, collapsed, mask, without_markup};

use super::{timed_words, written_cue};

/// A word with its punctuation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ShownWord {
    /// The word with the punctuation before and after it.
    pub(crate) text: String,
    /// The word alone.
    pub(crate) bare: String,
    /// Whether a blank stands before it.
    pub(crate) apart: bool,
    /// When it is said.
    pub(crate) timing: Timing,
    /// Index of its turn.
    pub(crate) turn: usize,
}

/// A word with its punctuation, as [`ShownWord`], of which no time need be known.
pub(crate) struct Punctuated {
    pub(crate) text: String,
    pub(crate) bare: String,
    pub(crate) apart: bool,
}

/// What a reader sees of a turn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shown {
    Word(ShownWord),
    /// A cue as it is written, with its brackets.
    Cue {
        text: String,
        /// Index of its turn.
        turn: usize,
    },
}

/// Every word of `transcript` with its punctuation and a time, in order.
pub(crate) fn shown_words(transcript: &Transcript) -> Result<Vec<ShownWord>, WriteError> {
    let word = |shown: Shown| match shown {
        Shown::Word(word) => Some(word),
        Shown::Cue { .. } => None,
    };
    Ok(shown(transcript)?.into_iter().filter_map(word).collect())
}

/// Every word of `transcript` with its punctuation and a time, and every cue, in order.
pub(crate) fn shown(transcript: &Transcript) -> Result<Vec<Shown>, WriteError> {
    let mut timings = timed_words(transcript)?.into_iter();
    let plain = PlainText::of(transcript);
    let mut all = Vec::new();
    for (turn, pieces) in transcript.turns.iter().map(|turn| &turn.pieces).enumerate() {
        for piece in pieces {
            if let Piece::Cue(cue) = piece {
                all.push(Shown::Cue { text: written_cue(transcript, cue), turn });
            }
            let words = plain.words(piece.span(), piece.words());
            for (Punctuated { text, bare, apart }, (_, timing)) in words.zip(&mut timings) {
                all.push(Shown::Word(ShownWord { text, bare, apart, timing, turn }));
            }
        }
    }
    Ok(all)
}

/// The source of a transcript without what was never meant to be seen, byte for byte in its place.
pub(crate) struct PlainText<'a> {
    text: &'a str,
    /// Without debris.
    masked: Cow<'a, str>,
    /// Without markup; a link is known as such only as a whole.
    plain: Cow<'a, str>,
}

impl<'a> PlainText<'a> {
    pub(crate) fn of(transcript: &'a Transcript) -> Self {
        let text = transcript.text.as_str();
        let masked = mask(text, &mut Problems::default());
        Self { text, masked, plain: without_markup(text) }
    }

    /// The words of a run of speech, which stands at `span`, with their punctuation.
    pub(crate) fn words(&self, span: Span, words: &[Word]) -> impl Iterator<Item = Punctuated> {
        let mut from = span.start;
        let mut apart = true;
        words.iter().enumerate().map(move |(i, word)| {
            let next = words.get(i + 1).map_or(span.end, |next| next.span.start);
            let (after, next_apart) = after_word(&self.masked, Span::new(word.span.end, next));
            let text = collapsed(Span::new(from, after).of(&self.plain));
            let bare = word.span.of(self.text).to_owned();
            from = after;
            Punctuated { text, bare, apart: std::mem::replace(&mut apart, next_apart) }
        })
    }
}

/// Where the punctuation that belongs to a word ends in the gap after it, and whether a blank parts it
/// from the next word. Opening brackets and quotes belong to the word after them.
fn after_word(text: &str, gap: Span) -> (usize, bool) {
    let between = gap.of(text);
    let apart = between.contains(char::is_whitespace);
    let kept = if apart {
        between.trim_end_matches(|c| "([{“‘«\"'¿¡$£€".contains(c)).len()
    } else {
        between.find(|c| "([{“‘«".contains(c)).unwrap_or(between.len())
    };
    (gap.start + kept, apart)
}
