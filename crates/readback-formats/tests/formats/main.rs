//! The formats from outside: what each reads and writes, that nothing breaks them, and that other
//! programs agree. Fixtures are our own; the evaluation corpus and other programs are used where
//! they are there, and their absence is said.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read files")]

mod broadcast;
mod captions;
mod corpus;
mod documents;
mod markdown;
mod nist;
mod npr;
mod oracles;
mod pages;
mod properties;
mod recognisers;
mod snapshots;
mod sound;
mod subrip;
mod tei;
mod tiers;
mod webvtt;
mod xml;

use std::fmt::Write as _;

use readback_formats::{Format, WriteError, WriteOptions, read};
use readback_transcript::{
    Instant, Length, Piece, Probability, Problem, Stretch, TimeOrigin, Timing, Transcript,
};

/// What a format of text writes, in the usual style.
fn write(transcript: &Transcript, format: &Format) -> Result<String, WriteError> {
    write_bytes(transcript, format)
        .map(|written| String::from_utf8(written).expect("a format of text"))
}

/// What any format writes, in the usual style.
fn write_bytes(transcript: &Transcript, format: &Format) -> Result<Vec<u8>, WriteError> {
    readback_formats::write(transcript, format, &WriteOptions::default())
}

/// Everything that was read, as an outline.
fn outline(transcript: &Transcript, problems: &[Problem]) -> String {
    let text = &transcript.text;
    let mut out = format!("format {}\n", transcript.format);
    for note in &transcript.notes {
        let _ = writeln!(out, "{:?}: {}", note.kind, note.span.of(text));
    }
    for turn in &transcript.turns {
        let label = turn.label.as_ref();
        let shown = label
            .map(|l| format!("{} {:?}{}", l.name, l.role, if l.inline { " inline" } else { "" }));
        let _ = writeln!(out, "turn {}", shown.unwrap_or_default());
        for piece in &turn.pieces {
            let _ = match piece {
                Piece::Cue(cue) => writeln!(out, "  {:?} {}", cue.kind, cue.span.of(text)),
                Piece::Speech { words, .. } => {
                    let words: Vec<&str> = words.iter().map(|word| word.span.of(text)).collect();
                    writeln!(out, "  {}", words.join(" | "))
                }
            };
        }
    }
    for problem in problems {
        let _ = writeln!(out, "problem at {:?}: {}", problem.span.of(text), problem.message);
    }
    out
}

/// The words of a transcript, bare.
fn words(transcript: &Transcript) -> Vec<&str> {
    transcript.words().map(|word| word.span.of(&transcript.text)).collect()
}

/// Reads `text` as story or plain text.
fn transcript(text: &str) -> Transcript {
    read(text.as_bytes(), Some("story.txt")).expect("a readable text").transcript
}

/// Gives every word 0.3 s, and a second of pause after every tenth.
fn timed(mut transcript: Transcript) -> Transcript {
    let mut at = Instant::from_seconds(0.5);
    for (i, word) in transcript.words_mut().enumerate() {
        let end = at + Length::from_millis(300);
        let stretch = Stretch::new(at, end);
        let probability = Probability::new(0.5 + (i % 5) as f32 / 10.0);
        word.timing = Some(Timing { stretch, probability, known: TimeOrigin::Measured });
        at = if i % 10 == 9 { end + Length::from_millis(1000) } else { end };
    }
    transcript
}

const STORY: &str = include_str!("../fixtures/story.txt");
