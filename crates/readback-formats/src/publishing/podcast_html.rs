//! The HTML transcript of Podcasting 2.0: for each turn a `<cite>` with the speaker, a `<time>` with its
//! start, and its paragraphs.
//! (<https://github.com/Podcastindex-org/podcast-namespace>, docs/examples/transcripts)

use std::fmt::Write as _;

use readback_transcript::{Transcript, Turn};

use crate::reading::{collapsed, decode_text, read_page};
use crate::writing::{HouseParagraph, Part, clock_text, escaped, house_paragraphs};
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "podcast-html",
    name: "Podcasting 2.0 HTML",
    extensions: &["html"],
    media_type: "text/html",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { times: Times::Passages, speakers: true, cues: true, ..Carries::WORDS },
    oracle: "podcast-transcript-convert",
};

/// A fragment of a page that names speakers; a whole page is another format.
fn sniff(head: &Head<'_>) -> bool {
    let start = head.text.trim_start();
    ["<cite>", "<time>", "<p>"].iter().any(|tag| start.starts_with(tag))
        && (start.contains("</cite>") || start.contains("</time>"))
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, problems) = decode_text(bytes)?;
    read_page(&text, FORMAT.id, problems)
}

/// A `<p>` for each turn, since players take no more than one; line breaks part its paragraphs.
fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut out = String::new();
    for paragraph in house_paragraphs(transcript)? {
        let HouseParagraph::Spoken { turn, is_first, parts } = paragraph else { continue };
        let text = escaped(&parts.iter().map(Part::text).collect::<Vec<_>>().join(" "));
        if is_first {
            begin_turn(&mut out, turn);
            let _ = writeln!(out, "<p>{text}</p>");
        } else {
            out.truncate(out.len() - "</p>\n".len());
            let _ = writeln!(out, "<br><br>\n{text}</p>");
        }
    }
    if out.is_empty() { Err(WriteError::NoWords) } else { Ok(out.into_bytes()) }
}

fn begin_turn(out: &mut String, turn: &Turn) {
    if let Some(label) = &turn.label {
        let _ = writeln!(out, "<cite>{}:</cite>", escaped(&collapsed(&label.name)));
    }
    if let Some(timing) = turn.words().find_map(|word| word.timing) {
        let _ = writeln!(out, "<time>{}</time>", clock_text(timing.stretch.start()));
    }
}
