//! Story transcripts as radio networks publish them: labelled turns, cues in parentheses, blank lines
//! between paragraphs, a headline above and a notice below. White House transcripts are close enough to
//! be read alike.

use readback_transcript::Transcript;

use crate::reading::{Shape, decode_text, looks_labelled, read_text};
use crate::writing::house_style;
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Way, WriteError, WriteOptions};

pub(crate) static FORMAT: Format = Format {
    id: "npr",
    name: "labelled transcript (NPR style)",
    extensions: &["txt"],
    media_type: "text/plain",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { language: false, ..Carries::PUBLISHED },
    oracle: "none: stories of our own, the evaluation corpus",
};

fn sniff(head: &Head<'_>) -> bool {
    looks_labelled(head.text)
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, problems) = decode_text(bytes)?;
    Ok(read_text(text.into_owned(), FORMAT.id, Shape::Labelled, problems))
}

fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    house_style(transcript).map(String::into_bytes)
}
