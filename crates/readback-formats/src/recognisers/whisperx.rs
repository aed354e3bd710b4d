//! WhisperX's JSON (`whisperx/schema.py`, and what its command line adds): segments of a sentence with
//! their words, speakers where it was told to tell them apart, and all words once more.

use readback_transcript::Transcript;
use serde::Serialize;

use super::shared::HEARD;
use super::whisper::{probability, read_family};
use crate::reading::has_keys;
use crate::writing::{Passage, ShownWord, json, passages, seconds};
use crate::{Format, Head, Parsed, ReadError, ReadOptions, Way, WriteError, WriteOptions};

pub(crate) static FORMAT: Format = Format {
    id: "whisperx",
    name: "WhisperX",
    extensions: &["json"],
    media_type: "application/json",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: HEARD,
    oracle: "subverter (where Python is 3.13)",
};

fn sniff(head: &Head<'_>) -> bool {
    let marks = ["/word_segments", "/segments/words/score", "/segments/words/speaker"];
    has_keys(head, &["/segments"]) && marks.iter().any(|mark| has_keys(head, &[mark]))
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    read_family(bytes, FORMAT.id)
}

#[derive(Serialize)]
struct Written<'a> {
    segments: Vec<Segment>,
    word_segments: Vec<Word>,
    language: &'a str,
}

#[derive(Serialize)]
struct Segment {
    start: f64,
    end: f64,
    text: String,
    words: Vec<Word>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
}

#[derive(Clone, Serialize)]
struct Word {
    #[serde(rename = "word")]
    text: String,
    start: f64,
    end: f64,
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
}

fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let segments: Vec<Segment> = passages(transcript)?.into_iter().map(segment).collect();
    let word_segments = segments.iter().flat_map(|segment| segment.words.clone()).collect();
    let language = transcript.language.as_deref().unwrap_or_default();
    Ok(json(&Written { segments, word_segments, language }))
}

fn segment(passage: Passage) -> Segment {
    let word = |word: &ShownWord| Word {
        text: word.text.clone(),
        start: seconds(word.timing.stretch.start()),
        end: seconds(word.timing.stretch.end()),
        score: probability(word.timing),
        speaker: passage.speaker.clone(),
    };
    Segment {
        start: seconds(passage.stretch.start()),
        end: seconds(passage.stretch.end()),
        words: passage.words.iter().map(word).collect(),
        text: passage.text,
        speaker: passage.speaker,
    }
}
