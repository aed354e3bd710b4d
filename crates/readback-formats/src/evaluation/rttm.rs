//! NIST RTTM: who speaks when (the RT-09 evaluation plan, appendix A). A `SPEAKER` line is a turn
//! without words; where there are `LEXEME` lines, their words make the turns instead, for they tell
//! more. All else that RTTM can say (fillers, breaks, sentence units) is passed over.

use std::fmt::Write as _;

use readback_transcript::{
    Label, Piece, Probability, Span, Stretch, TimeOrigin, Timing, Transcript, Turn,
};

use super::nist::{
    Fields, Recordings, begins_with, entries, field, is_none, read_turns, recording, shown,
    shown_length,
};
use crate::reading::{Problems, words_amid_debris};
use crate::writing::turn_stretches;
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "rttm",
    name: "NIST RTTM speakers",
    extensions: &["rttm"],
    media_type: "text/plain",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { words: false, times: Times::Passages, speakers: true, ..Carries::WORDS },
    oracle: "meeteval, spy-der",
};

/// What a line may be about.
const TYPES: &[&str] = &[
    "SPEAKER",
    "LEXEME",
    "SEGMENT",
    "NON-LEX",
    "NON-SPEECH",
    "FILLER",
    "EDIT",
    "IP",
    "SU",
    "CB",
    "A/P",
    "NOSCORE",
    "NO_RT_METADATA",
    "SPKR-INFO",
];

/// One line.
struct Entry<'a> {
    kind: &'a str,
    recording: &'a str,
    stretch: Option<Stretch>,
    spelling: Span,
    name: Span,
    confidence: Option<f32>,
}

fn sniff(head: &Head<'_>) -> bool {
    begins_with(head, |text, line| entry(text, line).is_some())
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    read_turns(bytes, FORMAT.id, turns, "there is no SPEAKER line with a time in it")
}

fn turns(text: &str, problems: &mut Problems) -> Vec<Turn> {
    let mut recordings = Recordings::default();
    let (mut spoken, mut worded) = (Vec::new(), Vec::new());
    for line in entries(text) {
        let Some(entry) = entry(text, line) else {
            problems
                .add(line, "this line is not of RTTM: a type, a recording, a channel, a time …");
            continue;
        };
        recordings.see(entry.recording, line, problems);
        match (entry.kind, entry.stretch) {
            ("SPEAKER", Some(stretch)) => {
                let label = label(text, entry.name, entry.name);
                spoken.push(Turn { label, pieces: Vec::new(), stretch: Some(stretch) });
            }
            ("LEXEME", Some(stretch)) => word(text, line, &entry, stretch, &mut worded),
            ("SPEAKER" | "LEXEME", None) => problems.add(line, "this line has no time"),
            _ => {}
        }
    }
    if worded.is_empty() { spoken } else { worded }
}

fn label(text: &str, name: Span, span: Span) -> Option<Label> {
    let name = name.of(text);
    let label = Label { span, name: name.to_owned(), role: None, inline: false };
    (!is_none(name)).then_some(label)
}

/// Adds a word to the last turn, if that is its speaker's. Its name stands behind it on its line, so
/// the label of a new turn is an empty place at the beginning of the line.
fn word(text: &str, line: Span, entry: &Entry<'_>, stretch: Stretch, turns: &mut Vec<Turn>) {
    let probability = Probability::new(entry.confidence.unwrap_or(1.0));
    let timing = Timing { stretch, probability, known: TimeOrigin::Retained };
    let mut words = words_amid_debris(text, entry.spelling);
    for word in &mut words {
        word.timing = Some(timing);
    }
    if words.is_empty() {
        return;
    }
    let label = label(text, entry.name, Span::point(line.start));
    let named = |label: &Option<Label>| label.as_ref().map(|label| label.name.clone());
    let piece = Piece::Speech { span: entry.spelling, words };
    match turns.last_mut().filter(|last| named(&last.label) == named(&label)) {
        Some(last) => last.pieces.push(piece),
        None => turns.push(Turn { label, pieces: vec![piece], stretch: None }),
    }
}

/// `type recording channel start length spelling subtype name confidence [lookahead]`.
fn entry(text: &str, line: Span) -> Option<Entry<'_>> {
    let mut fields = Fields::of(text, line);
    let kind = fields.shown().filter(|kind| TYPES.contains(kind))?;
    let (recording, _channel) = (fields.shown()?, fields.shown()?);
    let mut times = Fields::of(text, fields.rest());
    let stretch = times.stretch();
    fields.nth(1)?;
    let (spelling, _subtype, name) = (fields.next()?, fields.next()?, fields.next()?);
    let confidence = fields.shown().and_then(|field| field.parse().ok());
    Some(Entry { kind, recording, stretch, spelling, name, confidence })
}

/// A line for each turn: from its first word to its last, or as the source says of it.
fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let recording = recording(options);
    let mut out = String::new();
    for (turn, stretch) in turn_stretches(transcript)? {
        let (start, length) = (shown(stretch.start()), shown_length(stretch.length()));
        let name = turn.label.as_ref().map(|label| field(&label.name)).unwrap_or_default();
        let name = if name.is_empty() { "<NA>" } else { &name };
        let _ = writeln!(out, "SPEAKER {recording} 1 {start} {length} <NA> <NA> {name} <NA> <NA>");
    }
    Ok(out.into_bytes())
}
