//! SubRip: captions as nearly every player takes them. There is no standard; it is read tolerantly
//! and written as ffmpeg and the players agree on.

use std::fmt::Write as _;

use readback_transcript::{Instant, Transcript};

use super::arrow::arrow_line;
use crate::reading::{Problems, Voice, caption_blocks, decode_text, read_captions};
use crate::writing::{captions, clock_fields};
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Way, WriteError, WriteOptions};

pub(crate) static FORMAT: Format = Format {
    id: "srt",
    name: "SubRip captions",
    extensions: &["srt"],
    media_type: "application/x-subrip",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries::CAPTIONS,
    oracle: "ffmpeg, srt and pysubs2 (Python)",
};

/// A number and a time above the first caption, or the time alone.
fn sniff(head: &Head<'_>) -> bool {
    let mut lines = head.text.lines().map(str::trim).filter(|line| !line.is_empty()).take(2);
    lines.any(|line| line.starts_with(|c: char| c.is_ascii_digit()) && line.contains("-->"))
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, found) = decode_text(bytes)?;
    let mut problems = Problems::from(found);
    let blocks = caption_blocks(&text, arrow_line, true, &mut problems);
    if blocks.is_empty() {
        return Err(ReadError::Malformed {
            format: FORMAT.id,
            reason: "there is no caption in it".into(),
        });
    }
    Ok(read_captions(text.into_owned(), FORMAT.id, &blocks, Voice::default(), problems))
}

/// A speaker is named before the first words of a turn, for the format has no other place.
fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut out = String::new();
    for (i, caption) in captions(transcript, options.captions, true)?.iter().enumerate() {
        let (start, end) = (time(caption.stretch.start()), time(caption.stretch.end()));
        let blank = if i == 0 { "" } else { "\n" };
        // An arrow in a text would be taken for a time.
        let text = caption.lines.join("\n").replace("-->", "->");
        let _ = write!(out, "{blank}{}\n{start} --> {end}\n{text}\n", i + 1);
    }
    Ok(out.into_bytes())
}

fn time(instant: Instant) -> String {
    let (hours, minutes, seconds, millis) = clock_fields(instant);
    format!("{hours:02}:{minutes:02}:{seconds:02},{millis:03}")
}
