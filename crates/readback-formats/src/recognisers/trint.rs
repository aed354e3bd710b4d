//! Trint's JSON, its export of words: times and lengths in milliseconds, a speaker beside each word,
//! and words that an editor struck out.

use readback_transcript::Instant;
use serde::Deserialize;

use super::heard::from_recogniser;
use super::shared::{HEARD, Speaker, SpokenWord, millis, parse, recogniser, timing};
use crate::reading::has_keys;
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions};

pub(crate) static FORMAT: Format = Format {
    carries: Carries { confidence: false, language: false, ..HEARD },
    ..recogniser("trint", "Trint", "none: a source of the documented shape", sniff, read)
};

#[derive(Deserialize)]
struct Source {
    words: Vec<Word>,
}

#[derive(Deserialize)]
struct Word {
    #[serde(default)]
    time: Option<f64>,
    #[serde(default)]
    duration: Option<f64>,
    #[serde(default)]
    value: String,
    #[serde(default)]
    speaker: Option<Speaker>,
    #[serde(default)]
    strikethrough: bool,
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["/words/value", "/words/time"])
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let Source { words } = parse(bytes, FORMAT.id)?;
    let kept = words.into_iter().filter(|word| !word.strikethrough);
    from_recogniser(kept.map(spoken).collect(), FORMAT.id, None)
}

fn spoken(word: Word) -> SpokenWord {
    let start = word.time.and_then(millis);
    let length = word.duration.and_then(millis).map(|end| end - Instant::START);
    let end = start.zip(length).map(|(start, length)| start + length);
    SpokenWord {
        timing: timing(start, end, None),
        speaker: word.speaker.as_ref().and_then(Speaker::name),
        text: word.value,
    }
}
