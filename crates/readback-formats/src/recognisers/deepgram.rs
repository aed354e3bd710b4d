//! Deepgram's JSON (API reference, "Pre-recorded audio"): channels with alternatives, of which the
//! first holds the words, each as heard and, in `punctuated_word`, as it is written.

use serde::Deserialize;

use super::heard::from_recogniser;
use super::shared::{Speaker, SpokenWord, by_time, parse, recogniser, timing, words_of_text};
use crate::reading::{has_keys, language, seconds};
use crate::{Format, Head, Parsed, ReadError, ReadOptions};

pub(crate) static FORMAT: Format =
    recogniser("deepgram", "Deepgram", "deepgram-captions", sniff, read);

#[derive(Deserialize)]
struct Source {
    results: Results,
}

#[derive(Deserialize)]
struct Results {
    #[serde(default)]
    channels: Vec<Channel>,
}

#[derive(Deserialize)]
struct Channel {
    #[serde(default)]
    alternatives: Vec<Alternative>,
    #[serde(default)]
    detected_language: Option<String>,
}

#[derive(Deserialize)]
struct Alternative {
    #[serde(default)]
    transcript: String,
    #[serde(default)]
    words: Vec<Word>,
    #[serde(default)]
    paragraphs: Option<Paragraphs>,
    /// Of several, the one spoken most comes first.
    #[serde(default)]
    languages: Vec<String>,
}

#[derive(Deserialize)]
struct Paragraphs {
    #[serde(default)]
    paragraphs: Vec<Paragraph>,
}

#[derive(Deserialize)]
struct Paragraph {
    #[serde(default)]
    sentences: Vec<Sentence>,
    #[serde(default)]
    speaker: Option<Speaker>,
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
    start: f64,
    end: f64,
}

#[derive(Deserialize)]
struct Word {
    #[serde(rename = "word")]
    heard: String,
    #[serde(default, rename = "punctuated_word")]
    written: Option<String>,
    start: f64,
    end: f64,
    #[serde(default)]
    confidence: Option<f32>,
    #[serde(default)]
    speaker: Option<Speaker>,
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["/results/channels/alternatives"])
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let Source { results: Results { channels } } = parse(bytes, FORMAT.id)?;
    let several = channels.len() > 1;
    let mut code = None;
    let mut heard = Vec::with_capacity(channels.len());
    for (number, channel) in channels.into_iter().enumerate() {
        let Some(best) = channel.alternatives.into_iter().next() else { continue };
        let named = channel.detected_language.as_ref().or(best.languages.first());
        code = code.or(named.and_then(|named| language(named)));
        let mut words = words(best);
        // Speakers are numbered anew in every channel.
        let placed = |speaker: Option<String>| match speaker {
            Some(speaker) => Some(format!("Channel {number}, {speaker}")),
            None => Some(format!("Channel {number}")),
        };
        words.iter_mut().filter(|_| several).for_each(|w| w.speaker = placed(w.speaker.take()));
        heard.push(words);
    }
    let words = if several { by_time(heard) } else { heard.into_iter().flatten().collect() };
    from_recogniser(words, FORMAT.id, code.as_deref())
}

/// The words; without, those of the sentences in paragraphs; without, those of the bare text.
fn words(best: Alternative) -> Vec<SpokenWord> {
    if !best.words.is_empty() {
        return best.words.into_iter().map(spoken).collect();
    }
    let paragraphs = best.paragraphs.map_or(Vec::new(), |all| all.paragraphs);
    let sentences = paragraphs.iter().flat_map(|paragraph| {
        let speaker = paragraph.speaker.as_ref().and_then(Speaker::name);
        paragraph.sentences.iter().flat_map(move |sentence| {
            let timing = timing(seconds(sentence.start), seconds(sentence.end), None);
            words_of_text(&sentence.text, timing, speaker.as_deref())
        })
    });
    let words: Vec<SpokenWord> = sentences.collect();
    if words.is_empty() { words_of_text(&best.transcript, None, None) } else { words }
}

fn spoken(word: Word) -> SpokenWord {
    SpokenWord {
        text: word.written.unwrap_or(word.heard),
        timing: timing(seconds(word.start), seconds(word.end), word.confidence),
        speaker: word.speaker.as_ref().and_then(Speaker::name),
    }
}
