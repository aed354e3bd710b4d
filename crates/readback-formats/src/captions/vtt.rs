//! WebVTT (W3C Candidate Recommendation, 2019-04-04): captions for the web, speakers as `<v Name>`.
//! Read as its section 6 parses, and where a player would drop a caption for how its time is written,
//! it is kept and that is said. Written plain, or with the time of every word inside the captions
//! (section 4.2.2, timestamps), which a player that does not know them would show.

use std::fmt::Write as _;
use std::sync::LazyLock;

use readback_transcript::{Instant, Label, Span, Transcript};
use regex::Regex;

use super::arrow::arrow_line;
use crate::reading::{
    CaptionBlock, Problems, Voice, caption_blocks, clock, collapsed, decode_text, read_captions,
};
use crate::writing::{Caption, Stamp, captions, clock_fields};
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "vtt",
    name: "WebVTT captions",
    extensions: &["vtt"],
    media_type: "text/vtt",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries::CAPTIONS,
    oracle: "webvtt-parser (W3C), vtt.js, webvtt-py, pysubs2, ffmpeg",
};

/// The same with the time of every word.
pub(crate) static WORDS: Format = Format {
    id: "vtt-words",
    name: "WebVTT captions with the time of every word",
    extensions: &["vtt"],
    media_type: "text/vtt",
    sniff: |head| sniff(head) && TAGS.captures_iter(head.text).any(|tag| tag.get(2).is_some()),
    read: Way::Open(read_words),
    write: Way::Open(write_words),
    carries: Carries { times: Times::Words, ..FORMAT.carries },
    oracle: "webvtt-parser (W3C)",
};

/// A voice tag with its name, a time stamp, or ruby's reading aid.
static TAGS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"<v(?:\.[^ \t<>\r\n]*)?[ \t]+([^<>\r\n]+)>|<((?:[0-9]+:)?[0-9]{2}:[0-9]{2}\.[0-9]{3})>|<rt(?:\.[^<>\r\n]*)?>([^<\r\n]*)",
    )
    .expect("a fixed pattern")
});

/// A time as WebVTT asks for it.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    let time = r"(?:[0-9]{2,}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3}";
    Regex::new(&format!(r"^[ \t]*{time}[ \t]*-->[ \t]*{time}")).expect("a fixed pattern")
});

/// The mark of the format at the very start, a blank or nothing after it.
fn is_marked(text: &str) -> bool {
    let rest = text.strip_prefix("WEBVTT");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

fn sniff(head: &Head<'_>) -> bool {
    is_marked(head.text)
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    read_as(bytes, &FORMAT)
}

fn read_words(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    read_as(bytes, &WORDS)
}

fn read_as(bytes: &[u8], format: &Format) -> Result<Parsed, ReadError> {
    let (text, found) = decode_text(bytes)?;
    let mut problems = Problems::from(found);
    if !is_marked(&text) {
        problems.add(Span::point(0), "the first line is not WEBVTT");
    }
    let blocks = caption_blocks(&text, arrow_line, false, &mut problems);
    if blocks.is_empty() {
        return Err(ReadError::Malformed {
            format: FORMAT.id,
            reason: "there is no caption in it".into(),
        });
    }
    report_dropped(&text, &blocks, &mut problems);
    let voice = voice(&text);
    Ok(read_captions(text.into_owned(), format.id, &blocks, voice, problems))
}

/// Says which times players do not take, though they can be read.
fn report_dropped(text: &str, blocks: &[CaptionBlock], problems: &mut Problems) {
    for block in blocks.iter().filter(|block| !TIME.is_match(block.time.of(text))) {
        let message = "players drop this caption: its time is not written as 00:00:00.000";
        problems.add(block.time, message);
    }
}

fn voice(text: &str) -> Voice {
    let mut voice = Voice::default();
    for found in TAGS.captures_iter(text) {
        let tag = Span::new(found.get_match().start(), found.get_match().end());
        if let Some(name) = found.get(1) {
            let span = Span::new(name.start(), name.end());
            let name = collapsed(name.as_str());
            voice.labels.push((tag, Label { span, name, role: None, inline: false }));
        } else if let Some(time) = found.get(2).and_then(|time| clock(time.as_str())) {
            voice.stamps.push((tag.start, time));
        } else if let Some(aid) = found.get(3) {
            voice.unspoken.push(Span::new(aid.start(), aid.end()));
        }
    }
    voice
}

fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    written(transcript, options, |caption| escaped(&caption.lines.join("\n")))
}

fn write_words(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    written(transcript, options, stamped)
}

fn written(
    transcript: &Transcript,
    options: &WriteOptions,
    text: fn(&Caption) -> String,
) -> Result<Vec<u8>, WriteError> {
    let mut out = String::from("WEBVTT\n");
    for caption in captions(transcript, options.captions, false)? {
        let (start, end) = (time(caption.stretch.start()), time(caption.stretch.end()));
        let voice = caption.speaker.as_deref().map(escaped);
        let voice = voice.map(|name| format!("<v {name}>")).unwrap_or_default();
        let _ = write!(out, "\n{start} --> {end}\n{voice}{}\n", text(&caption));
    }
    Ok(out.into_bytes())
}

/// The text of a caption with a stamp before each word, and after it where silence follows. Stamps rise,
/// and lie inside the caption's own time, as the format asks.
fn stamped(caption: &Caption) -> String {
    let mut last = caption.stretch.start();
    let mut stamp = |at: Instant| {
        let rises = last < at && at < caption.stretch.end();
        last = if rises { at } else { last };
        if rises { format!("<{}>", time(at)) } else { String::new() }
    };
    let mut stamps = caption.stamps.iter().peekable();
    let mut lines = Vec::with_capacity(caption.lines.len());
    for (index, line) in caption.lines.iter().enumerate() {
        let mut out = String::new();
        let mut at = 0;
        while let Some(Stamp { span, sound, .. }) = stamps.next_if(|stamp| stamp.line == index) {
            let next = stamps.peek().map(|next| next.sound.start());
            let pauses = next.is_none_or(|next| sound.end() < next);
            out += &escaped(&line[at..span.start]);
            out += &stamp(sound.start());
            out += &escaped(span.of(line));
            out += &if pauses { stamp(sound.end()) } else { String::new() };
            at = span.end;
        }
        out += &escaped(&line[at..]);
        lines.push(out);
    }
    lines.join("\n")
}

/// `-->` cannot appear in a caption's text either; escaping `>` sees to it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn time(instant: Instant) -> String {
    let (hours, minutes, seconds, millis) = clock_fields(instant);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{millis:03}")
}
