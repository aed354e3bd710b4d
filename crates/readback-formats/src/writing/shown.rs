//! Words as a reader sees them: with the punctuation around them, without what was never meant to be
//! seen (stray bytes, markup, the escapes of the source).

use readback_transcript::{Piece, Span, Timing, Transcript};

use crate::WriteError;
use crate::reading::{Problems, mask, without_markup};

use super::timed_words;

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

/// Every word of `transcript` with its punctuation and a time, in order.
pub(crate) fn shown_words(transcript: &Transcript) -> Result<Vec<ShownWord>, WriteError> {
    let mut timings = timed_words(transcript)?.into_iter();
    let masked = mask(&transcript.text, &mut Problems::default());
    // A link is known as such only as a whole.
    let plain = without_markup(&transcript.text);
    let mut all = Vec::new();
    for (turn, piece) in transcript
        .turns
        .iter()
        .enumerate()
        .flat_map(|(i, turn)| turn.pieces.iter().map(move |p| (i, p)))
    {
        let Piece::Speech { span, words } = piece else { continue };
        let mut from = span.start;
        let mut apart = true;
        for (i, word) in words.iter().enumerate() {
            let next = words.get(i + 1).map_or(span.end, |next| next.span.start);
            let (after, next_apart) = after_word(&masked, Span::new(word.span.end, next));
            let text = collapsed(Span::new(from, after).of(&plain));
            let bare = word.span.of(&transcript.text).to_owned();
            if let Some((_, timing)) = timings.next() {
                all.push(ShownWord { text, bare, apart, timing, turn });
            }
            from = after;
            apart = next_apart;
        }
    }
    Ok(all)
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

/// `text` as it is meant to be read: entities decoded, debris and markup gone, blanks single.
pub(crate) fn collapsed(text: &str) -> String {
    let decoded = decode_entities(text);
    let masked = mask(&decoded, &mut Problems::default());
    let mut out = String::with_capacity(masked.len());
    for word in masked.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn decode_entities(text: &str) -> String {
    const ENTITIES: &[(&str, &str)] = &[
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&amp;", "&"),
    ];
    if !text.contains('&') {
        return text.to_owned();
    }
    ENTITIES
        .iter()
        .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}
