//! Amazon Transcribe's JSON: `results.items` with a time and a confidence for each word, punctuation as
//! items of its own, and speakers beside each item or in a list of their own.

use std::collections::HashMap;

use serde::Deserialize;

use crate::heard::{SpokenWord, from_recogniser};
use crate::reading::recogniser::{Seconds, has_keys, language, named, parse, timing};
use crate::{Carries, Format, Head, RECOGNISERS_OWN, ReadError, ReadOptions, Reading, Times, Way};

pub(crate) static FORMAT: Format = Format {
    id: "aws",
    name: "Amazon Transcribe",
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
    results: Results,
}

#[derive(Deserialize)]
struct Results {
    items: Vec<Item>,
    #[serde(default)]
    speaker_labels: Option<SpeakerLabels>,
    #[serde(default)]
    language_code: Option<String>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(default)]
    start_time: Option<Seconds>,
    #[serde(default)]
    end_time: Option<Seconds>,
    #[serde(default)]
    alternatives: Vec<Alternative>,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    speaker_label: Option<String>,
}

#[derive(Deserialize)]
struct Alternative {
    #[serde(default)]
    content: String,
    #[serde(default)]
    confidence: Option<Seconds>,
}

#[derive(Deserialize)]
struct SpeakerLabels {
    #[serde(default)]
    segments: Vec<Segment>,
}

#[derive(Deserialize)]
struct Segment {
    #[serde(default)]
    items: Vec<Item>,
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["results", "transcripts"]) || has_keys(head, &["results", "items"])
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Reading, ReadError> {
    let Source { results } = parse(bytes, FORMAT.id)?;
    let speakers = speakers(results.speaker_labels);
    let mut words: Vec<SpokenWord> = Vec::with_capacity(results.items.len());
    for item in results.items {
        let Some(best) = item.alternatives.first() else { continue };
        if item.kind == "punctuation" {
            words.iter_mut().next_back().into_iter().for_each(|word| word.text += &best.content);
            continue;
        }
        let start = item.start_time.as_ref().and_then(Seconds::instant);
        let end = item.end_time.as_ref().and_then(Seconds::instant);
        let confidence =
            best.confidence.as_ref().and_then(Seconds::value).map(|value| value as f32);
        let listed = || start.and_then(|start| speakers.get(&start.micros()).cloned());
        words.push(SpokenWord {
            text: best.content.clone(),
            timing: timing(start, end, confidence),
            speaker: item.speaker_label.as_deref().and_then(named).or_else(listed),
        });
    }
    let code = results.language_code.as_deref().and_then(language);
    from_recogniser(words, FORMAT.id, code.as_deref())
}

/// Who speaks the word that begins at so many microseconds.
fn speakers(labels: Option<SpeakerLabels>) -> HashMap<i64, String> {
    let segments = labels.into_iter().flat_map(|labels| labels.segments);
    let items = segments.flat_map(|segment| segment.items);
    let entry = |item: Item| {
        Some((item.start_time?.instant()?.micros(), named(item.speaker_label.as_deref()?)?))
    };
    items.filter_map(entry).collect()
}
