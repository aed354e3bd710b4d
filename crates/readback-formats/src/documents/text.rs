//! Plain text: where no line begins with a label, words in one turn. Cues, credits and notices are
//! still told from speech.

use readback_transcript::Transcript;

use crate::reading::{Shape, decode_text, read_text};
use crate::writing::house_style;
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Way, WriteError, WriteOptions};

pub(crate) static FORMAT: Format = Format {
    id: "text",
    name: "plain text",
    extensions: &["txt", "text"],
    media_type: "text/plain",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { language: false, ..Carries::PUBLISHED },
    oracle: "none: stories of our own",
};

/// Whatever text no other format claims is plain text.
fn sniff(head: &Head<'_>) -> bool {
    !head.text.is_empty()
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, problems) = decode_text(bytes)?;
    let shape = Shape::of(&text);
    Ok(read_text(text.into_owned(), FORMAT.id, shape, problems))
}

fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    house_style(transcript).map(String::into_bytes)
}
