//! WebVTT (W3C Candidate Recommendation, 2019-04-04): captions for the web, speakers as `<v Name>`.

use std::fmt::Write as _;
use std::sync::LazyLock;

use readback_transcript::{Instant, Label, Span, Transcript};
use regex::Regex;

use crate::reading::{Problems, Voice, caption_blocks, clock, decode_text, read_captions};
use crate::writing::{captions, clock_fields, collapsed};
use crate::{
    Carries, Format, Head, ReadError, ReadOptions, Reading, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "vtt",
    name: "WebVTT captions",
    extensions: &["vtt"],
    media_type: "text/vtt",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { times: Times::Passages, speakers: true, ..Carries::WORDS },
};

/// A voice tag with its name, or a time stamp.
static TAGS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"<v(?:\.[^ \t<>\r\n]*)?[ \t]+([^<>\r\n]+)>|<((?:[0-9]+:)?[0-9]{2}:[0-9]{2}\.[0-9]{3})>",
    )
    .expect("a fixed pattern")
});

fn sniff(head: &Head<'_>) -> bool {
    head.text.starts_with("WEBVTT")
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Reading, ReadError> {
    let (text, found) = decode_text(bytes)?;
    let mut problems = Problems::from(found);
    if !text.starts_with("WEBVTT") {
        problems.add(Span::point(0), "the first line is not WEBVTT");
    }
    let blocks = caption_blocks(&text, false, &mut problems);
    if blocks.is_empty() {
        return Err(ReadError::Malformed {
            format: FORMAT.id,
            reason: "there is no caption in it".into(),
        });
    }
    let voice = voice(&text);
    Ok(read_captions(text, FORMAT.id, &blocks, voice, problems))
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
        }
    }
    voice
}

fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut out = String::from("WEBVTT\n");
    for caption in captions(transcript, options.captions, false)? {
        let (start, end) = (time(caption.stretch.start()), time(caption.stretch.end()));
        let speaker =
            caption.speaker.map(|name| format!("<v {}>", escaped(&name))).unwrap_or_default();
        let lines = escaped(&caption.lines.join("\n"));
        let _ = write!(out, "\n{start} --> {end}\n{speaker}{lines}\n");
    }
    Ok(out.into_bytes())
}

/// `-->` cannot appear in a caption's text either; escaping `>` sees to it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn time(instant: Instant) -> String {
    let (hours, minutes, seconds, millis) = clock_fields(instant);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{millis:03}")
}
