//! The JSON of openai-whisper and of faster-whisper: segments with words. Written as openai-whisper
//! writes it with `--word_timestamps True`.
//!
//! What the rest of the family writes ([`crate::whisperx`], [`crate::openai`]) differs in the names of
//! a few keys, so all of it is read here. What a hallucination repeats is only data.

use readback_transcript::{Timing, Transcript};
use serde::{Deserialize, Serialize};

use super::heard::from_recogniser;
use super::shared::{
    HEARD, Seconds, Speaker, SpokenWord, Whole, instant, parse, timed_by, timing, words_of_text,
};
use crate::reading::has_keys;
use crate::reading::language;
use crate::writing::{Passage, ShownWord, json, passages, seconds};
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Way, WriteError, WriteOptions};

pub(crate) static FORMAT: Format = Format {
    id: "whisper",
    name: "Whisper, faster-whisper",
    extensions: &["json"],
    media_type: "application/json",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { speakers: false, ..HEARD },
    oracle: "sources of the documented shapes",
};

/// The usual object; some write the bare list of segments.
#[derive(Default, Deserialize)]
struct Source {
    #[serde(default)]
    text: String,
    #[serde(default)]
    segments: Vec<Segment>,
    #[serde(default)]
    words: Option<Vec<Word>>,
    #[serde(default)]
    word_segments: Option<Vec<Word>>,
    #[serde(default)]
    language: Option<String>,
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
    avg_logprob: Option<f32>,
    #[serde(default)]
    words: Option<Vec<Word>>,
    #[serde(default)]
    speaker: Option<Speaker>,
}

/// WhisperX gives no time to a word that it could not align: most numerals.
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
    speaker: Option<Speaker>,
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["/segments", "/segments/start"])
        || has_keys(head, &["/start", "/end", "/text"]) && head.text.trim_start().starts_with('[')
        // The text of hours may stand before the first segment.
        || head.text.trim_start().starts_with("{\"text\":")
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    read_family(bytes, FORMAT.id)
}

/// Reads the JSON of any of the family as a transcript of `format`.
pub(crate) fn read_family(bytes: &[u8], format: &'static str) -> Result<Parsed, ReadError> {
    let source = match parse(bytes, format)? {
        Whole::Object(source) => source,
        Whole::List(segments) => Source { segments, ..Source::default() },
    };
    let code = source.language.as_deref().and_then(language);
    from_recogniser(words(source), format, code.as_deref())
}

/// The words as they stand in the segments. Where those have none, the text of the segments, which has
/// punctuation, with the times of the words that stand apart, which have none.
fn words(source: Source) -> Vec<SpokenWord> {
    let in_segments =
        source.segments.iter().any(|segment| segment.words.as_ref().is_some_and(|w| !w.is_empty()));
    let shown: Vec<SpokenWord> = source.segments.into_iter().flat_map(words_of).collect();
    if in_segments {
        return shown;
    }
    let apart = source.words.or(source.word_segments).unwrap_or_default();
    let apart: Vec<SpokenWord> = apart.into_iter().map(|word| spoken(word, None)).collect();
    let shown = if shown.is_empty() { words_of_text(&source.text, None, None) } else { shown };
    if shown.is_empty() { apart } else { timed_by(shown, apart) }
}

fn words_of(segment: Segment) -> Vec<SpokenWord> {
    let speaker = segment.speaker.as_ref().and_then(Speaker::name);
    match segment.words {
        Some(words) if !words.is_empty() => {
            let words = words.into_iter().map(|word| spoken(word, speaker.as_deref()));
            glued(words.collect())
        }
        _ => {
            let (start, end) = (instant(segment.start.as_ref()), instant(segment.end.as_ref()));
            let timing = timing(start, end, segment.avg_logprob.map(f32::exp));
            words_of_text(&segment.text, timing, speaker.as_deref())
        }
    }
}

fn spoken(word: Word, speaker: Option<&str>) -> SpokenWord {
    let (start, end) = (instant(word.start.as_ref()), instant(word.end.as_ref()));
    SpokenWord {
        timing: timing(start, end, word.probability),
        speaker: word.speaker.as_ref().and_then(Speaker::name).or(speaker.map(str::to_owned)),
        text: word.text,
    }
}

/// Where words bring the blank before them (` well`), a piece without one that begins with a mark
/// (`-known`, `%`) belongs to the word before it.
fn glued(words: Vec<SpokenWord>) -> Vec<SpokenWord> {
    let bring_blanks = words.iter().any(|word| word.text.starts_with(' '));
    let mut all: Vec<SpokenWord> = Vec::with_capacity(words.len());
    for word in words {
        let marked = word.text.starts_with(|c: char| !c.is_alphanumeric() && c != ' ');
        match all.last_mut().filter(|_| bring_blanks && marked) {
            Some(last) => last.join(&word),
            None => all.push(word),
        }
    }
    all
}

#[derive(Serialize)]
struct Written<'a> {
    text: String,
    segments: Vec<WrittenSegment>,
    language: &'a str,
}

/// A segment; what only a model knows of it stands at what it is where there is nothing to say.
#[derive(Serialize)]
pub(crate) struct WrittenSegment {
    id: usize,
    seek: u32,
    start: f64,
    end: f64,
    text: String,
    tokens: [u32; 0],
    temperature: f64,
    avg_logprob: f64,
    compression_ratio: f64,
    no_speech_prob: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<WrittenWord>,
}

#[derive(Serialize)]
struct WrittenWord {
    word: String,
    start: f64,
    end: f64,
    probability: f64,
}

impl WrittenSegment {
    pub(crate) fn new(id: usize, passage: &Passage) -> Self {
        let logprobs = passage.words.iter().map(|word| probability(word.timing).max(1e-3).ln());
        Self {
            id,
            seek: 0,
            start: seconds(passage.stretch.start()),
            end: seconds(passage.stretch.end()),
            text: format!(" {}", passage.text),
            tokens: [],
            temperature: 0.0,
            avg_logprob: logprobs.sum::<f64>() / passage.words.len() as f64,
            compression_ratio: 1.0,
            no_speech_prob: 0.0,
            words: Vec::new(),
        }
    }
}

impl WrittenWord {
    fn new(word: &ShownWord) -> Self {
        let blank = if word.apart { " " } else { "" };
        Self {
            word: format!("{blank}{}", word.text),
            start: seconds(word.timing.stretch.start()),
            end: seconds(word.timing.stretch.end()),
            probability: probability(word.timing),
        }
    }
}

/// How sure a word is, without the digits that only widening it adds.
pub(crate) fn probability(timing: Timing) -> f64 {
    (f64::from(timing.probability.get()) * 1e4).round() / 1e4
}

fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let passages = passages(transcript)?;
    let segment = |(id, passage): (usize, &Passage)| WrittenSegment {
        words: passage.words.iter().map(WrittenWord::new).collect(),
        ..WrittenSegment::new(id, passage)
    };
    let segments: Vec<WrittenSegment> = passages.iter().enumerate().map(segment).collect();
    let text = segments.iter().map(|segment| segment.text.as_str()).collect();
    let language = transcript.language.as_deref().unwrap_or_default();
    Ok(json(&Written { text, segments, language }))
}
