//! Azure Speech's JSON: batch transcription (versions 3 and 2024-11-15, `recognizedPhrases` with times
//! in ticks of 100 ns and as ISO 8601 durations) and fast transcription (`phrases`, milliseconds).

use readback_transcript::{Instant, Length, Timing};
use serde::Deserialize;

use super::heard::from_recogniser;
use super::shared::{
    Speaker, SpokenWord, iso_duration, millis, parse, recogniser, timed_by, timing, words_of_text,
};
use crate::reading::{has_keys, language, seconds};
use crate::{Format, Head, Parsed, ReadError, ReadOptions};

pub(crate) static FORMAT: Format =
    recogniser("azure", "Azure Speech", "none: a source of the documented shape", sniff, read);

#[derive(Deserialize)]
struct Source {
    #[serde(default, rename = "recognizedPhrases", alias = "phrases")]
    phrases: Vec<Phrase>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Phrase {
    #[serde(flatten)]
    time: Time,
    #[serde(default)]
    channel: Option<u32>,
    #[serde(default)]
    speaker: Option<Speaker>,
    #[serde(default)]
    locale: Option<String>,
    #[serde(default)]
    n_best: Vec<Best>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    words: Vec<Word>,
    #[serde(default)]
    confidence: Option<f32>,
}

/// The readings of a phrase, the best first: as it is written, with its words as they are spoken and,
/// where that was asked for, as they are written.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Best {
    #[serde(default)]
    confidence: Option<f32>,
    #[serde(default)]
    display: String,
    #[serde(default)]
    words: Vec<Word>,
    #[serde(default)]
    display_words: Vec<Word>,
}

#[derive(Deserialize)]
struct Word {
    #[serde(alias = "word", alias = "displayText")]
    text: String,
    #[serde(default)]
    confidence: Option<f32>,
    #[serde(flatten)]
    time: Time,
}

/// The same time in up to three ways.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Time {
    #[serde(default)]
    offset_milliseconds: Option<f64>,
    #[serde(default)]
    duration_milliseconds: Option<f64>,
    #[serde(default)]
    offset_in_ticks: Option<f64>,
    #[serde(default)]
    duration_in_ticks: Option<f64>,
    #[serde(default)]
    offset: Option<String>,
    #[serde(default)]
    duration: Option<String>,
}

impl Time {
    fn start(&self) -> Option<Instant> {
        let ticks = || self.offset_in_ticks.and_then(|ticks| seconds(ticks / 1e7));
        let milliseconds = || self.offset_milliseconds.and_then(millis);
        ticks().or_else(milliseconds).or_else(|| iso_duration(self.offset.as_deref()?))
    }

    fn length(&self) -> Option<Length> {
        let ticks = || self.duration_in_ticks.and_then(|ticks| seconds(ticks / 1e7));
        let milliseconds = || self.duration_milliseconds.and_then(millis);
        let end = ticks().or_else(milliseconds).or_else(|| iso_duration(self.duration.as_deref()?));
        Some(end? - Instant::START)
    }

    fn timing(&self, confidence: Option<f32>) -> Option<Timing> {
        let start = self.start()?;
        timing(Some(start), Some(start + self.length()?), confidence)
    }
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["/recognizedPhrases"])
        || has_keys(head, &["/combinedRecognizedPhrases"])
        || has_keys(head, &["/combinedPhrases", "/durationMilliseconds"])
}

/// The phrases of several channels stand one channel after the other, so they are put in order of time.
fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let Source { mut phrases } = parse(bytes, FORMAT.id)?;
    phrases.sort_by_cached_key(|phrase| phrase.time.start());
    let code = phrases.iter().find_map(|phrase| phrase.locale.as_deref().and_then(language));
    let several = phrases.iter().any(|phrase| phrase.channel != phrases[0].channel);
    let words = phrases.into_iter().flat_map(|phrase| words(phrase, several)).collect();
    from_recogniser(words, FORMAT.id, code.as_deref())
}

fn words(phrase: Phrase, several_channels: bool) -> Vec<SpokenWord> {
    let channel = phrase.channel.filter(|_| several_channels);
    let speaker = phrase.speaker.as_ref().and_then(Speaker::name);
    let speaker = speaker.or(channel.map(|channel| format!("Channel {channel}")));
    let (display, written, spoken, confidence) = match phrase.n_best.into_iter().next() {
        Some(best) => (best.display, best.display_words, best.words, best.confidence),
        None => (phrase.text.unwrap_or_default(), phrase.words, Vec::new(), phrase.confidence),
    };
    let timed = |word: Word| SpokenWord {
        timing: word.time.timing(word.confidence.or(confidence)),
        text: word.text,
        speaker: speaker.clone(),
    };
    if !written.is_empty() {
        return written.into_iter().map(timed).collect();
    }
    // How sure the phrase is, is in its words already.
    let all = phrase.time.timing(confidence.filter(|_| spoken.is_empty()));
    let spoken: Vec<SpokenWord> = spoken.into_iter().map(timed).collect();
    timed_by(words_of_text(&display, all, speaker.as_deref()), spoken)
}
