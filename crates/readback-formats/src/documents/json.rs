//! Readback's own JSON: a transcript with everything known about it, exactly.
//!
//! `{"readback-transcript": 1, "transcript": {…}}`. The number rises when an older reader could no
//! longer understand the rest. Spans come from outside and are checked before anyone trusts them.

use readback_transcript::{Piece, Span, Transcript, Turn};
use serde::{Deserialize, Serialize};

use crate::reading::decode_text;
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Way, WriteError, WriteOptions};

pub(crate) static FORMAT: Format = Format {
    id: "json",
    name: "Readback transcript",
    extensions: &["json"],
    media_type: "application/json",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries::EVERYTHING,
    oracle: "none: our own",
};

const MARK: &str = "\"readback-transcript\"";
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    #[serde(rename = "readback-transcript")]
    version: u32,
    transcript: &'a Transcript,
}

#[derive(Deserialize)]
struct Read {
    transcript: Transcript,
}

#[derive(Deserialize)]
struct Versioned {
    #[serde(rename = "readback-transcript")]
    version: u32,
}

fn sniff(head: &Head<'_>) -> bool {
    let start = head.text.trim_start();
    start.starts_with('{') && start[1..].trim_start().starts_with(MARK)
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, problems) = decode_text(bytes)?;
    let versioned: Versioned = serde_json::from_str(&text).map_err(|error| not_json(&error))?;
    if versioned.version != VERSION {
        let reason = format!(
            "version {} is not known; this Readback reads version {VERSION}",
            versioned.version
        );
        return Err(malformed(reason));
    }
    let Read { transcript } = serde_json::from_str(&text).map_err(|error| not_json(&error))?;
    check(&transcript)?;
    Ok(Parsed { transcript, problems })
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of the table of formats")]
fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let written = Written { version: VERSION, transcript };
    let mut json =
        serde_json::to_vec(&written).expect("a transcript has string keys and finite numbers");
    json.push(b'\n');
    Ok(json)
}

fn not_json(error: &serde_json::Error) -> ReadError {
    malformed(format!("neither a Readback transcript nor a recogniser's output: {error}"))
}

fn malformed(reason: String) -> ReadError {
    ReadError::Malformed { format: FORMAT.id, reason }
}

/// Every span must lie in the text, on character boundaries, in order; every number in its range.
fn check(transcript: &Transcript) -> Result<(), ReadError> {
    let mut order = Order { text: &transcript.text, at: 0 };
    for turn in &transcript.turns {
        order.turn(turn)?;
    }
    let mut order = Order { text: &transcript.text, at: 0 };
    transcript.notes.iter().try_for_each(|note| order.take(note.span))?;
    let mut order = Order { text: &transcript.text, at: 0 };
    transcript.captions.iter().try_for_each(|caption| order.take(caption.span))
}

struct Order<'a> {
    text: &'a str,
    at: usize,
}

impl Order<'_> {
    fn turn(&mut self, turn: &Turn) -> Result<(), ReadError> {
        if let Some(label) = &turn.label {
            self.take(label.span)?;
        }
        for piece in &turn.pieces {
            match piece {
                Piece::Cue(cue) => self.take(cue.span)?,
                Piece::Speech { span, words } => {
                    if words.is_empty() || words.iter().any(|word| word.span.is_empty()) {
                        return Err(malformed(format!(
                            "the speech at byte {} has no words, or one without letters",
                            span.start
                        )));
                    }
                    self.fits(*span)?;
                    self.at = span.start;
                    for word in words {
                        self.take(word.span)?;
                        let stretch = word.timing.map(|timing| timing.stretch);
                        let probability =
                            word.timing.map_or(0.0, |timing| timing.probability.get());
                        if stretch.is_some_and(|s| s.end() < s.start())
                            || !(0.0..=1.0).contains(&probability)
                        {
                            return Err(malformed(format!(
                                "the time of the word at byte {} is impossible",
                                word.span.start
                            )));
                        }
                    }
                    if span.end < self.at {
                        return Err(out_of_place(*span));
                    }
                    self.at = span.end;
                }
            }
        }
        Ok(())
    }

    /// Takes a span that must lie after the last one.
    fn take(&mut self, span: Span) -> Result<(), ReadError> {
        self.fits(span)?;
        self.at = span.end;
        Ok(())
    }

    fn fits(&self, span: Span) -> Result<(), ReadError> {
        let inside = self.at <= span.start && self.text.get(span.start..span.end).is_some();
        if inside { Ok(()) } else { Err(out_of_place(span)) }
    }
}

fn out_of_place(span: Span) -> ReadError {
    malformed(format!(
        "the span {}..{} lies outside the text or out of order",
        span.start, span.end
    ))
}
