//! whisper.cpp's JSON (`-oj`, and `-ojf` with tokens): segments with offsets in milliseconds. With
//! tokens the words are put together from them; without, they share the time of their segment.

use readback_transcript::{Instant, Known, Probability, Stretch, Timing};
use serde::Deserialize;

use crate::heard::{SpokenWord, from_recogniser};
use crate::reading::recogniser::{has_keys, language, named, parse, words_of_text};
use crate::{Carries, Format, Head, RECOGNISERS_OWN, ReadError, ReadOptions, Reading, Times, Way};

pub(crate) static FORMAT: Format = Format {
    id: "whispercpp",
    name: "whisper.cpp",
    extensions: &["json"],
    media_type: "application/json",
    sniff,
    read: Way::Open(read),
    write: Way::Closed(RECOGNISERS_OWN),
    carries: Carries {
        times: Times::Words,
        confidence: true,
        speakers: true,
        language: true,
        ..Carries::WORDS
    },
};

#[derive(Deserialize)]
struct Source {
    transcription: Vec<Segment>,
    #[serde(default)]
    result: Option<Facts>,
}

#[derive(Deserialize)]
struct Facts {
    #[serde(default)]
    language: Option<String>,
}

#[derive(Deserialize)]
struct Segment {
    #[serde(default)]
    offsets: Option<Offsets>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    tokens: Vec<Token>,
    #[serde(default)]
    speaker: Option<String>,
}

/// A piece of a word; one that begins a word begins with a blank. Some have no time.
#[derive(Deserialize)]
struct Token {
    text: String,
    #[serde(default)]
    offsets: Option<Offsets>,
    #[serde(default)]
    p: Option<f32>,
}

#[derive(Clone, Copy, Deserialize)]
struct Offsets {
    from: i64,
    to: i64,
}

impl Offsets {
    fn timing(self, probability: Option<f32>) -> Option<Timing> {
        const LATEST: i64 = 360_000_000_000;
        let instant = |millis: i64| {
            (0..LATEST).contains(&millis).then(|| Instant::from_micros(millis * 1000))
        };
        let stretch = Stretch::new(instant(self.from)?, instant(self.to)?);
        let probability = Probability::new(probability.unwrap_or(1.0));
        Some(Timing { stretch, probability, known: Known::Retained })
    }
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["transcription", "offsets"])
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Reading, ReadError> {
    let Source { transcription, result } = parse(bytes, FORMAT.id)?;
    let words = transcription.iter().flat_map(words_of).collect();
    let code = result.and_then(|facts| facts.language).as_deref().and_then(language);
    from_recogniser(words, FORMAT.id, code.as_deref())
}

fn words_of(segment: &Segment) -> Vec<SpokenWord> {
    let speaker = segment.speaker.as_deref().and_then(named);
    let mut words: Vec<SpokenWord> = Vec::new();
    for token in segment.tokens.iter().filter(|token| !token.text.starts_with("[_")) {
        let timing = token.offsets.and_then(|offsets| offsets.timing(token.p));
        match words.last_mut().filter(|_| !token.text.starts_with(' ')) {
            Some(word) => {
                word.text += &token.text;
                word.timing = joined(word.timing, timing, &token.text);
            }
            None => words.push(SpokenWord {
                text: token.text.clone(),
                timing,
                speaker: speaker.clone(),
            }),
        }
    }
    if words.is_empty() {
        let timing = segment.offsets.and_then(|offsets| offsets.timing(None));
        return words_of_text(&segment.text, timing, speaker.as_deref());
    }
    words
}

/// The time of a word and the next piece of it. A word is as sure as its least sure piece; a mark
/// after it says nothing about it.
fn joined(word: Option<Timing>, next: Option<Timing>, text: &str) -> Option<Timing> {
    let (Some(word), Some(next)) = (word, next) else { return word.or(next) };
    if !text.contains(char::is_alphanumeric) {
        return Some(word);
    }
    let least = word.probability.get().min(next.probability.get());
    let stretch = word.stretch.union(next.stretch);
    Some(Timing { stretch, probability: Probability::new(least), ..word })
}
