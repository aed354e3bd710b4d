//! Amazon Transcribe's JSON: `results.items` with a time and a confidence for each word, punctuation as
//! items of its own without a time, and speakers beside each item or in a list of their own (Developer
//! Guide, "Data input and output"). Times and confidences are strings.

use std::collections::HashMap;

use serde::Deserialize;

use super::heard::from_recogniser;
use super::shared::{Seconds, SpokenWord, add_mark, by_time, instant, parse, recogniser, timing};
use crate::reading::{has_keys, language, named};
use crate::{Format, Head, Parsed, ReadError, ReadOptions};

pub(crate) static FORMAT: Format =
    recogniser("aws", "Amazon Transcribe", "none: a source of the documented shape", sniff, read);

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
    channel_labels: Option<ChannelLabels>,
    #[serde(default)]
    language_code: Option<String>,
    /// Where several languages are spoken, the one spoken most comes first.
    #[serde(default)]
    language_codes: Vec<Language>,
}

#[derive(Deserialize)]
struct Language {
    language_code: String,
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
    /// What the confidence is called where the content is redacted.
    #[serde(default)]
    redactions: Vec<Redaction>,
}

#[derive(Deserialize)]
struct Redaction {
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

#[derive(Deserialize)]
struct ChannelLabels {
    #[serde(default)]
    channels: Vec<Channel>,
}

#[derive(Deserialize)]
struct Channel {
    channel_label: String,
    #[serde(default)]
    items: Vec<Item>,
}

fn sniff(head: &Head<'_>) -> bool {
    ["/results/transcripts", "/results/items"].iter().any(|key| has_keys(head, &[key]))
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let Source { results } = parse(bytes, FORMAT.id)?;
    let speakers = speakers(results.speaker_labels);
    let channels = results.channel_labels.map_or(Vec::new(), |labels| labels.channels);
    let words = if channels.len() > 1 {
        let of = |c: Channel| words(c.items, &speakers, Some(&c.channel_label));
        by_time(channels.into_iter().map(of).collect())
    } else {
        words(results.items, &speakers, None)
    };
    let most = results.language_codes.first().map(|language| &language.language_code);
    let code = results.language_code.as_ref().or(most).and_then(|named| language(named));
    from_recogniser(words, FORMAT.id, code.as_deref())
}

fn words(
    items: Vec<Item>,
    speakers: &HashMap<i64, String>,
    otherwise: Option<&str>,
) -> Vec<SpokenWord> {
    let mut words: Vec<SpokenWord> = Vec::with_capacity(items.len());
    for item in items {
        let Some(best) = item.alternatives.first() else { continue };
        if item.kind == "punctuation" {
            add_mark(&mut words, &best.content);
            continue;
        }
        let start = instant(item.start_time.as_ref());
        let redacted = best.redactions.first().and_then(|redaction| redaction.confidence.as_ref());
        let confidence = best.confidence.as_ref().or(redacted).and_then(Seconds::value);
        let listed = || start.and_then(|start| speakers.get(&start.micros()).cloned());
        words.push(SpokenWord {
            text: best.content.clone(),
            timing: timing(start, instant(item.end_time.as_ref()), confidence.map(|c| c as f32)),
            speaker: item
                .speaker_label
                .as_deref()
                .and_then(named)
                .or_else(listed)
                .or_else(|| otherwise.and_then(named)),
        });
    }
    words
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
