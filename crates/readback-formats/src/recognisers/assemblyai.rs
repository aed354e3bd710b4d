//! AssemblyAI's JSON (API reference, "Get transcript"): words with times in milliseconds, and, where
//! speakers or channels were told apart, utterances that hold the same words speaker by speaker.

use serde::Deserialize;

use super::heard::from_recogniser;
use super::shared::{Speaker, SpokenWord, millis, parse, recogniser, timing, words_of_text};
use crate::reading::{has_keys, language};
use crate::{Format, Head, Parsed, ReadError, ReadOptions};

pub(crate) static FORMAT: Format =
    recogniser("assemblyai", "AssemblyAI", "assemblyai (Python), deepgram-captions", sniff, read);

#[derive(Deserialize)]
struct Source {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    words: Option<Vec<Word>>,
    #[serde(default)]
    utterances: Option<Vec<Utterance>>,
    #[serde(default)]
    language_code: Option<String>,
}

#[derive(Deserialize)]
struct Utterance {
    #[serde(default)]
    speaker: Option<Speaker>,
    #[serde(default)]
    text: String,
    start: f64,
    end: f64,
    #[serde(default)]
    confidence: Option<f32>,
    #[serde(default)]
    words: Option<Vec<Word>>,
}

#[derive(Deserialize)]
struct Word {
    text: String,
    start: f64,
    end: f64,
    #[serde(default)]
    confidence: Option<f32>,
    #[serde(default)]
    speaker: Option<Speaker>,
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["/audio_url", "/status"])
        || has_keys(head, &["/audio_duration", "/words/text"])
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let source: Source = parse(bytes, FORMAT.id)?;
    let utterances = source.utterances.filter(|utterances| !utterances.is_empty());
    let words = match (utterances, source.words.filter(|words| !words.is_empty())) {
        (Some(utterances), _) => utterances.into_iter().flat_map(words_of).collect(),
        (None, Some(words)) => words.into_iter().map(|word| spoken(word, None)).collect(),
        (None, None) => words_of_text(&source.text.unwrap_or_default(), None, None),
    };
    let code = source.language_code.as_deref().and_then(language);
    from_recogniser(words, FORMAT.id, code.as_deref())
}

fn words_of(utterance: Utterance) -> Vec<SpokenWord> {
    let speaker = utterance.speaker.as_ref().and_then(Speaker::name);
    match utterance.words {
        Some(words) if !words.is_empty() => {
            words.into_iter().map(|word| spoken(word, speaker.as_deref())).collect()
        }
        _ => {
            let (start, end) = (millis(utterance.start), millis(utterance.end));
            let timing = timing(start, end, utterance.confidence);
            words_of_text(&utterance.text, timing, speaker.as_deref())
        }
    }
}

fn spoken(word: Word, speaker: Option<&str>) -> SpokenWord {
    SpokenWord {
        timing: timing(millis(word.start), millis(word.end), word.confidence),
        speaker: word.speaker.as_ref().and_then(Speaker::name).or(speaker.map(str::to_owned)),
        text: word.text,
    }
}
