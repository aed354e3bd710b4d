//! The JSON of openai-whisper and its relatives, faster-whisper, whisper-timestamped and WhisperX:
//! segments with words. Their keys differ in names only. Without words the segments' times are shared.

use serde::Deserialize;

use crate::heard::{SpokenWord, from_recogniser};
use crate::reading::recogniser::{
    Seconds, has_keys, language, named, parse, timing, words_of_text,
};
use crate::{Carries, Format, Head, RECOGNISERS_OWN, ReadError, ReadOptions, Reading, Times, Way};

pub(crate) static FORMAT: Format = Format {
    id: "whisper",
    name: "Whisper, faster-whisper, WhisperX",
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

/// The usual object, or the bare list of segments.
#[derive(Deserialize)]
#[serde(untagged)]
enum Source {
    Whole {
        segments: Vec<Segment>,
        #[serde(default)]
        words: Vec<Word>,
        #[serde(default)]
        language: Option<String>,
    },
    Segments(Vec<Segment>),
}

#[derive(Deserialize)]
struct Segment {
    #[serde(default)]
    start: Option<Seconds>,
    #[serde(default)]
    end: Option<Seconds>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    words: Option<Vec<Word>>,
    #[serde(default)]
    speaker: Option<String>,
}

/// WhisperX gives no time to a word that it could not align.
#[derive(Deserialize)]
struct Word {
    #[serde(alias = "word")]
    text: String,
    #[serde(default)]
    start: Option<Seconds>,
    #[serde(default)]
    end: Option<Seconds>,
    #[serde(default, alias = "score", alias = "confidence")]
    probability: Option<f32>,
    #[serde(default)]
    speaker: Option<String>,
}

fn sniff(head: &Head<'_>) -> bool {
    let start = head.text.trim_start();
    has_keys(head, &["segments", "start"]) && !has_keys(head, &["results"])
        || start.starts_with('[') && has_keys(head, &["start", "end", "text"])
        // The text of hours may stand before the first segment.
        || start.starts_with("{\"text\":")
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Reading, ReadError> {
    let (segments, loose, named) = match parse(bytes, FORMAT.id)? {
        Source::Whole { segments, words, language } => (segments, words, language),
        Source::Segments(segments) => (segments, Vec::new(), None),
    };
    let has_words = |segment: &Segment| segment.words.as_ref().is_some_and(|w| !w.is_empty());
    let words = if !loose.is_empty() && !segments.iter().any(has_words) {
        loose.into_iter().map(|word| spoken(word, None)).collect()
    } else {
        segments.into_iter().flat_map(words_of).collect()
    };
    let code = named.as_deref().and_then(language);
    from_recogniser(words, FORMAT.id, code.as_deref())
}

fn words_of(segment: Segment) -> Vec<SpokenWord> {
    let speaker = segment.speaker.as_deref();
    match segment.words {
        Some(words) if !words.is_empty() => {
            words.into_iter().map(|word| spoken(word, speaker)).collect()
        }
        _ => {
            let instant = |time: &Option<Seconds>| time.as_ref().and_then(Seconds::instant);
            let timing = timing(instant(&segment.start), instant(&segment.end), None);
            words_of_text(&segment.text, timing, speaker)
        }
    }
}

fn spoken(word: Word, speaker: Option<&str>) -> SpokenWord {
    let start = word.start.as_ref().and_then(Seconds::instant);
    let end = word.end.as_ref().and_then(Seconds::instant);
    SpokenWord {
        timing: timing(start, end, word.probability),
        speaker: word.speaker.as_deref().or(speaker).and_then(named),
        text: word.text,
    }
}
