//! The JSON transcript of Podcasting 2.0, version 1.0.0: segments with a speaker, a start, mostly an end,
//! and what is said; one word each, or a sentence, as the writer likes.
//! (<https://github.com/Podcastindex-org/podcast-namespace>, docs/examples/transcripts)
//!
//! The page leaves open how segments are joined. Where most begin or end with a blank, they are joined as
//! they are; else a blank is put between them. A line break ends a paragraph.

use readback_transcript::{Instant, Span, Transcript};
use serde::{Deserialize, Serialize};

use crate::reading::{MarkedText, collapsed, has_keys, named};
use crate::recognisers::shared::{Seconds, instant, parse};
use crate::writing::{HouseParagraph, Part, house_paragraphs, json, seconds, shown_words};
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "podcast-json",
    name: "Podcasting 2.0 JSON",
    extensions: &["json"],
    media_type: "application/json",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { times: Times::Words, speakers: true, cues: true, ..Carries::WORDS },
    oracle: "podcast-transcript-convert",
};

#[derive(Deserialize)]
struct Source {
    segments: Vec<Segment>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Segment {
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    start_time: Option<Seconds>,
    #[serde(default)]
    end_time: Option<Seconds>,
    #[serde(default)]
    body: String,
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["/segments/startTime", "/segments/body"])
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let Source { segments } = parse(bytes, FORMAT.id)?;
    let joined = brings_blanks(&segments);
    let mut text = MarkedText::default();
    let mut speaker = None;
    for segment in &segments {
        let name = segment.speaker.as_deref().and_then(named);
        if let Some(name) = name.filter(|name| speaker.as_ref() != Some(name)) {
            text.add_label(&name);
            speaker = Some(name);
        }
        let span = add(&mut text, &segment.body, joined);
        if let Some(start) = instant(segment.start_time.as_ref()).filter(|_| !span.is_empty()) {
            text.time(span, start, instant(segment.end_time.as_ref()).filter(|end| *end > start));
        }
    }
    match text.finish(FORMAT.id) {
        Err(ReadError::Empty) => {
            let reason = "there is no word in it".into();
            Err(ReadError::Malformed { format: FORMAT.id, reason })
        }
        read => read,
    }
}

/// Whether segments carry the blanks between them: most places between two have one.
fn brings_blanks(segments: &[Segment]) -> bool {
    let blank = |c: char| c == ' ' || c == '\u{a0}';
    let places = segments.windows(2);
    let with_blank =
        places.filter(|pair| pair[0].body.ends_with(blank) || pair[1].body.starts_with(blank));
    2 * with_blank.count() >= segments.len().max(2)
}

/// Adds what a segment says; the answer is where it stands.
fn add(text: &mut MarkedText, body: &str, joined: bool) -> Span {
    let mut whole: Option<Span> = None;
    for (i, line) in body.split(['\n', '\r']).enumerate() {
        if i > 0 {
            text.end_paragraph();
        }
        if line.trim().is_empty() {
            continue;
        }
        let goes_on = if joined {
            !line.starts_with(char::is_whitespace)
        } else {
            line.chars().all(|c| ".,;:!?…)]”’%".contains(c))
        };
        if !goes_on {
            text.blank();
        }
        let span = text.add(line.trim());
        whole = Some(whole.map_or(span, |whole| whole.union(span)));
        if line.ends_with(char::is_whitespace) {
            text.blank();
        }
    }
    whole.unwrap_or_default()
}

#[derive(Serialize)]
struct Written {
    version: &'static str,
    segments: Vec<WrittenSegment>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenSegment {
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    start_time: f64,
    end_time: f64,
    body: String,
}

/// A segment for each word, and for each cue between the words around it.
fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut shown = shown_words(transcript)?.into_iter().peekable();
    let mut segments: Vec<WrittenSegment> = Vec::new();
    let mut at = Instant::START;
    for paragraph in house_paragraphs(transcript)? {
        let HouseParagraph::Spoken { turn, parts, .. } = paragraph else { continue };
        let speaker = turn.label.as_ref().map(|label| collapsed(&label.name));
        for part in &parts {
            let Part::Speech { words, .. } = part else {
                let next = shown.peek().map_or(at, |word| word.timing.stretch.start()).max(at);
                segments.push(segment(speaker.as_ref(), at, next, part.text()));
                continue;
            };
            for word in shown.by_ref().take(words.len()) {
                let stretch = word.timing.stretch;
                at = stretch.end();
                match segments.last_mut().filter(|_| !word.apart) {
                    Some(last) => {
                        last.body.push_str(&word.text);
                        last.end_time = seconds(at);
                    }
                    None => {
                        segments.push(segment(speaker.as_ref(), stretch.start(), at, &word.text));
                    }
                }
            }
        }
        segments.last_mut().into_iter().for_each(|last| last.body.push('\n'));
    }
    Ok(json(&Written { version: "1.0.0", segments }))
}

fn segment(speaker: Option<&String>, start: Instant, end: Instant, body: &str) -> WrittenSegment {
    WrittenSegment {
        speaker: speaker.cloned(),
        start_time: seconds(start),
        end_time: seconds(end),
        body: body.to_owned(),
    }
}
