//! Rev AI's and Rev's JSON (`application/vnd.rev.transcript.v1.0+json`): a monologue for each turn,
//! made of elements. Blanks and marks are elements of their own, of type `punct`.

use std::collections::HashMap;

use readback_transcript::{Instant, Timing};
use serde::Deserialize;

use super::heard::from_recogniser;
use super::shared::{Speaker, SpokenWord, parse, recogniser, timing};
use crate::reading::{clock, has_keys, language, named, seconds};
use crate::{Format, Head, Parsed, ReadError, ReadOptions};

pub(crate) static FORMAT: Format = recogniser("revai", "Rev AI", "rev_ai (Python)", sniff, read);

#[derive(Deserialize)]
struct Source {
    monologues: Vec<Monologue>,
    #[serde(default)]
    speakers: Option<Vec<Name>>,
    #[serde(default)]
    language: Option<String>,
}

/// What Rev's people call a speaker.
#[derive(Deserialize)]
struct Name {
    id: u32,
    name: String,
}

#[derive(Deserialize)]
struct Monologue {
    #[serde(default)]
    speaker: Option<Speaker>,
    #[serde(default)]
    speaker_info: Option<SpeakerInfo>,
    #[serde(default)]
    elements: Vec<Element>,
}

/// What Rev AI calls one whose name it knows.
#[derive(Deserialize)]
struct SpeakerInfo {
    #[serde(default)]
    display_name: Option<String>,
}

/// `ts` is a recogniser's, `timestamp` of people who typed.
#[derive(Deserialize)]
struct Element {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    ts: Option<f64>,
    #[serde(default)]
    end_ts: Option<f64>,
    #[serde(default)]
    timestamp: Option<String>,
    #[serde(default)]
    end_timestamp: Option<String>,
    #[serde(default)]
    confidence: Option<f32>,
}

impl Element {
    fn timing(&self) -> Option<Timing> {
        let at = |number: Option<f64>, written: &Option<String>| -> Option<Instant> {
            number.and_then(seconds).or_else(|| clock(written.as_deref()?.trim()))
        };
        let start = at(self.ts, &self.timestamp);
        timing(start, at(self.end_ts, &self.end_timestamp), self.confidence)
    }
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["/monologues/elements"])
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let source: Source = parse(bytes, FORMAT.id)?;
    let names = source.speakers.unwrap_or_default();
    let names: HashMap<u32, String> = names.into_iter().map(|name| (name.id, name.name)).collect();
    let words = source.monologues.into_iter().flat_map(|monologue| words_of(monologue, &names));
    let code = source.language.as_deref().and_then(language);
    from_recogniser(words.collect(), FORMAT.id, code.as_deref())
}

/// Words, each with the marks that no blank parts from it.
fn words_of(monologue: Monologue, names: &HashMap<u32, String>) -> Vec<SpokenWord> {
    let listed = match &monologue.speaker {
        Some(Speaker::Number(id)) => names.get(id).cloned(),
        _ => None,
    };
    let shown = monologue.speaker_info.and_then(|info| info.display_name);
    let speaker = shown
        .or(listed)
        .as_deref()
        .and_then(named)
        .or_else(|| monologue.speaker.as_ref().and_then(Speaker::name));
    let mut words: Vec<SpokenWord> = Vec::new();
    let mut apart = true;
    for element in monologue.elements {
        let timing = element.timing();
        for (i, part) in element.value.split(char::is_whitespace).enumerate() {
            apart |= i > 0;
            if part.is_empty() {
                continue;
            }
            let timing = timing.filter(|_| element.kind != "punct");
            let word = SpokenWord { text: part.into(), timing, speaker: speaker.clone() };
            match words.last_mut().filter(|_| !apart) {
                Some(last) => last.join(&word),
                None => words.push(word),
            }
            apart = false;
        }
    }
    words
}
