//! NIST UEM: the regions of a recording that are scored. A region is read as a turn without a speaker
//! and without words.

use std::fmt::Write as _;

use readback_transcript::{Span, Stretch, Transcript, Turn};

use super::nist::{Fields, Recordings, begins_with, entries, read_turns, recording, shown};
use crate::reading::Problems;
use crate::writing::turn_stretches;
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "uem",
    name: "NIST UEM scored regions",
    extensions: &["uem"],
    media_type: "text/plain",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { words: false, times: Times::Passages, ..Carries::WORDS },
    oracle: "none: sources of our own",
};

fn sniff(head: &Head<'_>) -> bool {
    begins_with(head, |text, line| {
        let decimal = Fields::of(text, line).skip(2).any(|time| time.of(text).contains('.'));
        decimal && region(text, line).is_some() && Fields::of(text, line).count() == 4
    })
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    read_turns(bytes, FORMAT.id, turns, "there is no region in it")
}

fn turns(text: &str, problems: &mut Problems) -> Vec<Turn> {
    let mut recordings = Recordings::default();
    let mut turns = Vec::new();
    for line in entries(text) {
        let Some((recording, stretch)) = region(text, line) else {
            problems
                .add(line, "this line is not a region: a recording, a channel, a start, an end");
            continue;
        };
        recordings.see(recording, line, problems);
        turns.push(Turn { stretch: Some(stretch), ..Turn::default() });
    }
    turns
}

/// `recording channel start end`.
fn region(text: &str, line: Span) -> Option<(&str, Stretch)> {
    let mut fields = Fields::of(text, line);
    let (recording, _channel) = (fields.shown()?, fields.next()?);
    let (start, end) = (fields.seconds()?, fields.seconds()?);
    (start <= end).then(|| (recording, Stretch::new(start, end)))
}

/// The regions, where the transcript is nothing else; of any other transcript one region, from its
/// first sound to its last.
fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let recording = recording(options);
    let stretches = turn_stretches(transcript)?;
    let is_region = |turn: &Turn| turn.label.is_none() && turn.pieces.is_empty();
    let regions: Vec<Stretch> = if transcript.turns.iter().all(is_region) {
        stretches.into_iter().map(|(_, stretch)| stretch).collect()
    } else {
        stretches
            .into_iter()
            .map(|(_, stretch)| stretch)
            .reduce(Stretch::union)
            .into_iter()
            .collect()
    };
    let mut out = String::new();
    for region in regions {
        let _ = writeln!(out, "{recording} 1 {} {}", shown(region.start()), shown(region.end()));
    }
    Ok(out.into_bytes())
}
