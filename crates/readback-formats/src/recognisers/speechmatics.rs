//! Speechmatics' JSON (`json-v2`): results in order of time, each a word or a mark that says what it
//! attaches to.

use readback_transcript::Timing;
use serde::Deserialize;

use super::heard::from_recogniser;
use super::shared::{SpokenWord, by_time, parse, recogniser, timing};
use crate::reading::{has_keys, language, named, seconds};
use crate::{Format, Head, Parsed, ReadError, ReadOptions};

pub(crate) static FORMAT: Format =
    recogniser("speechmatics", "Speechmatics", "speechmatics-batch (Python)", sniff, read);

#[derive(Deserialize)]
struct Source {
    results: Vec<Part>,
    #[serde(default)]
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    transcription_config: Option<Settings>,
}

#[derive(Deserialize)]
struct Settings {
    #[serde(default)]
    language: Option<String>,
}

#[derive(Deserialize)]
struct Part {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    start_time: Option<f64>,
    #[serde(default)]
    end_time: Option<f64>,
    #[serde(default)]
    alternatives: Vec<Alternative>,
    #[serde(default)]
    attaches_to: Option<String>,
    #[serde(default)]
    channel: Option<String>,
}

#[derive(Deserialize)]
struct Alternative {
    #[serde(default)]
    content: String,
    #[serde(default)]
    confidence: Option<f32>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    speaker: Option<String>,
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["/results/type", "/results/start_time"])
        || has_keys(head, &["/format", "/job", "/metadata/transcription_config"])
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let source: Source = parse(bytes, FORMAT.id)?;
    let settings = source.metadata.and_then(|metadata| metadata.transcription_config);
    // What was asked for may be `auto`; the words say what it came to.
    let asked = settings.and_then(|settings| settings.language).filter(|asked| asked != "auto");
    let heard = || source.results.iter().flat_map(|part| &part.alternatives);
    let of_words = heard().find_map(|best| best.language.clone());
    let code = asked.or(of_words).as_deref().and_then(language);
    let channels: Vec<Vec<SpokenWord>> =
        source.results.chunk_by(|a, b| a.channel == b.channel).map(words).collect();
    from_recogniser(by_time(channels), FORMAT.id, code.as_deref())
}

/// The words of one channel.
fn words(parts: &[Part]) -> Vec<SpokenWord> {
    let mut words: Vec<SpokenWord> = Vec::with_capacity(parts.len());
    let mut opening = false;
    for part in parts {
        let Some(best) = part.alternatives.first() else { continue };
        let is_mark = part.kind == "punctuation";
        let attaches = part.attaches_to.as_deref().unwrap_or("previous");
        let backward = is_mark && matches!(attaches, "previous" | "both");
        let word = SpokenWord {
            text: best.content.clone(),
            timing: timing_of(part, best).filter(|_| !is_mark),
            speaker: speaker(part, best),
        };
        match words.last_mut().filter(|_| backward || opening) {
            Some(last) => last.join(&word),
            None => words.push(word),
        }
        opening = is_mark && matches!(attaches, "next" | "both");
    }
    words
}

fn timing_of(part: &Part, best: &Alternative) -> Option<Timing> {
    let at = |time: Option<f64>| time.and_then(seconds);
    timing(at(part.start_time), at(part.end_time), best.confidence)
}

/// `UU` is a speaker who is not known; a channel stands for one.
fn speaker(part: &Part, best: &Alternative) -> Option<String> {
    let known = best.speaker.as_deref().filter(|&speaker| speaker != "UU");
    known.or(part.channel.as_deref()).and_then(named)
}
