//! What OpenAI's transcription API answers as `verbose_json` (API reference, `TranscriptionVerbose`),
//! and what servers that imitate it answer: segments of text with punctuation, and beside them words
//! with times but, of OpenAI's own, without punctuation.

use readback_transcript::Transcript;
use serde::Serialize;

use super::shared::HEARD;
use super::whisper::{WrittenSegment, read_family};
use crate::reading::{has_keys, language_name};
use crate::writing::{ShownWord, json, passages, seconds};
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Way, WriteError, WriteOptions};

pub(crate) static FORMAT: Format = Format {
    id: "openai",
    name: "OpenAI verbose_json",
    extensions: &["json"],
    media_type: "application/json",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { speakers: false, confidence: false, ..HEARD },
    oracle: "openai (Python), strictly",
};

fn sniff(head: &Head<'_>) -> bool {
    let whole = ["/duration", "/language", "/text"];
    let more = ["/task", "/segments/start", "/words/start"];
    has_keys(head, &whole) && more.iter().any(|key| has_keys(head, &[key]))
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    read_family(bytes, FORMAT.id)
}

#[derive(Serialize)]
struct Written<'a> {
    task: &'static str,
    language: &'a str,
    duration: f64,
    text: String,
    segments: Vec<WrittenSegment>,
    words: Vec<Word>,
}

#[derive(Serialize)]
struct Word {
    #[serde(rename = "word")]
    text: String,
    start: f64,
    end: f64,
}

fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let passages = passages(transcript)?;
    let word = |word: &ShownWord| Word {
        text: word.bare.clone(),
        start: seconds(word.timing.stretch.start()),
        end: seconds(word.timing.stretch.end()),
    };
    let lines: Vec<&str> = passages.iter().map(|passage| passage.text.as_str()).collect();
    Ok(json(&Written {
        task: "transcribe",
        language: transcript.language.as_deref().map_or("", language_name),
        duration: passages.last().map_or(0.0, |last| seconds(last.stretch.end())),
        text: lines.join(" "),
        segments: passages.iter().enumerate().map(|(id, p)| WrittenSegment::new(id, p)).collect(),
        words: passages.iter().flat_map(|passage| &passage.words).map(word).collect(),
    }))
}
