//! What OpenAI's transcription API answers as `diarized_json` (API reference, `TranscriptionDiarized`):
//! segments of one speaker each.

use readback_transcript::Transcript;
use serde::Serialize;

use super::shared::HEARD;
use super::whisper::read_family;
use crate::reading::has_keys;
use crate::writing::{Passage, json, passages, seconds};
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "openai-diarized",
    name: "OpenAI diarized_json",
    extensions: &["json"],
    media_type: "application/json",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { times: Times::Passages, confidence: false, language: false, ..HEARD },
    oracle: "openai (Python), strictly",
};

/// What the type of every segment is.
const KIND: &str = "transcript.text.segment";

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["/segments/speaker"]) && head.text.contains(KIND)
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    read_family(bytes, FORMAT.id)
}

#[derive(Serialize)]
struct Written {
    task: &'static str,
    duration: f64,
    text: String,
    segments: Vec<Segment>,
}

#[derive(Serialize)]
struct Segment {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    start: f64,
    end: f64,
    text: String,
    speaker: String,
}

fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let passages = passages(transcript)?;
    let lines: Vec<&str> = passages.iter().map(|passage| passage.text.as_str()).collect();
    let (text, end) = (lines.join(" "), passages.last().map(|last| last.stretch.end()));
    let segment = |(number, passage): (usize, Passage)| Segment {
        kind: KIND,
        id: format!("seg_{number}"),
        start: seconds(passage.stretch.start()),
        end: seconds(passage.stretch.end()),
        text: passage.text,
        speaker: passage.speaker.unwrap_or_default(),
    };
    Ok(json(&Written {
        task: "transcribe",
        duration: end.map_or(0.0, seconds),
        text,
        segments: passages.into_iter().enumerate().map(segment).collect(),
    }))
}
