//! Sonix's JSON (API, "Get JSON transcript"): passages of one speaker each with their words.

use serde::Deserialize;

use super::heard::from_recogniser;
use super::shared::{HEARD, Speaker, SpokenWord, parse, recogniser, timing, words_of_text};
use crate::reading::{has_keys, seconds};
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions};

pub(crate) static FORMAT: Format = Format {
    carries: Carries { confidence: false, language: false, ..HEARD },
    ..recogniser("sonix", "Sonix", "none: a source of the documented shape", sniff, read)
};

#[derive(Deserialize)]
struct Source {
    transcript: Vec<Passage>,
}

#[derive(Deserialize)]
struct Passage {
    #[serde(default)]
    speaker: Option<Speaker>,
    #[serde(default)]
    text: String,
    start_time: f64,
    end_time: f64,
    #[serde(default)]
    words: Vec<Word>,
}

#[derive(Deserialize)]
struct Word {
    text: String,
    start_time: f64,
    end_time: f64,
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["/transcript/start_time", "/transcript/speaker"])
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let Source { transcript } = parse(bytes, FORMAT.id)?;
    from_recogniser(transcript.into_iter().flat_map(words_of).collect(), FORMAT.id, None)
}

fn words_of(passage: Passage) -> Vec<SpokenWord> {
    let speaker = passage.speaker.as_ref().and_then(Speaker::name);
    if passage.words.is_empty() {
        let timing = timing(seconds(passage.start_time), seconds(passage.end_time), None);
        return words_of_text(&passage.text, timing, speaker.as_deref());
    }
    let spoken = |word: Word| SpokenWord {
        timing: timing(seconds(word.start_time), seconds(word.end_time), None),
        text: word.text,
        speaker: speaker.clone(),
    };
    passage.words.into_iter().map(spoken).collect()
}
