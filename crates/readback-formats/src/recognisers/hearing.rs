//! What Readback itself heard, as `readback check --heard FILE` writes it: the words with their times
//! and probabilities. How differences were weighed then is left alone; another text is weighed anew.

use serde::Deserialize;

use super::heard::from_recogniser;
use super::shared::{Seconds, SpokenWord, parse, recogniser, timing};
use crate::reading::language;
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Times};

pub(crate) static FORMAT: Format = Format {
    carries: Carries { times: Times::Words, confidence: true, ..Carries::WORDS },
    ..recogniser("hearing", "Readback hearing", "none: our own", sniff, read)
};

const MARK: &str = "\"readback-hearing\"";

#[derive(Deserialize)]
struct Source {
    words: Vec<Word>,
    #[serde(default)]
    language: String,
}

#[derive(Deserialize)]
struct Word {
    text: String,
    time: Time,
    probability: f32,
}

#[derive(Deserialize)]
struct Time {
    start: Seconds,
    end: Seconds,
}

fn sniff(head: &Head<'_>) -> bool {
    let inside = head.text.trim_start().strip_prefix('{');
    inside.is_some_and(|inside| inside.trim_start().starts_with(MARK))
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let source: Source = parse(bytes, FORMAT.id)?;
    let spoken = |word: Word| SpokenWord {
        timing: timing(word.time.start.instant(), word.time.end.instant(), Some(word.probability)),
        text: word.text,
        speaker: None,
    };
    let words = source.words.into_iter().map(spoken).collect();
    from_recogniser(words, FORMAT.id, language(&source.language).as_deref())
}
