//! Plain text: words without labels, one turn in all. Cues, credits and notices are still told from
//! speech.

use readback_transcript::Transcript;

use crate::reading::{Shape, decode_text, read_text};
use crate::writing::house_style;
use crate::{Format, Head, ReadError, Reading, Style, WriteError};

pub(crate) static FORMAT: Format = Format {
    id: "text",
    name: "plain text",
    extensions: &["txt", "text"],
    mime: "text/plain",
    sniff,
    read,
    write: Some(write),
};

/// Whatever no other format claims is plain text.
fn sniff(_: &Head<'_>) -> bool {
    true
}

fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let (text, problems) = decode_text(bytes)?;
    Ok(read_text(text, FORMAT.id, Shape::Plain, problems))
}

fn write(transcript: &Transcript, _: &Style) -> Result<String, WriteError> {
    house_style(transcript)
}
