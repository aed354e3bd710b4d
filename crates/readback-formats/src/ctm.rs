//! NIST CTM: one word a line with start, length and confidence, as `sclite` takes it (SCTK,
//! `doc/infmts.htm`). It holds no punctuation, cues or speakers.

use std::fmt::Write as _;

use readback_transcript::{
    Instant, Known, Length, Piece, Probability, Span, Stretch, Timing, Transcript, Turn, Word,
};

use crate::reading::{Problems, cut_words, decode_text, lines, share};
use crate::writing::timed_words;
use crate::{
    Carries, Format, Head, ReadError, ReadOptions, Reading, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "ctm",
    name: "NIST CTM word times",
    extensions: &["ctm"],
    media_type: "text/plain",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries {
        times: Times::Words,
        confidence: true,
        punctuation: false,
        ..Carries::WORDS
    },
};

/// One line: where its word stands and when it is said.
struct Entry<'a> {
    recording: &'a str,
    word: Span,
    timing: Timing,
}

fn sniff(head: &Head<'_>) -> bool {
    let lines = lines(head.text).filter(|line| !is_blank(line.of(head.text))).take(3);
    let entries: Vec<bool> = lines.map(|line| entry(head.text, line).is_some()).collect();
    !entries.is_empty() && !entries.contains(&false)
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with(";;")
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Reading, ReadError> {
    let (text, found) = decode_text(bytes)?;
    let mut problems = Problems::from(found);
    let pieces = pieces(&text, &mut problems);
    if pieces.is_empty() {
        return Err(ReadError::Malformed {
            format: FORMAT.id,
            reason: "there is no word with a time in it".into(),
        });
    }
    let turns = vec![Turn { pieces, ..Turn::default() }];
    let transcript =
        Transcript { format: FORMAT.id.into(), language: None, turns, notes: Vec::new(), text };
    Ok((transcript, problems.finish()))
}

fn pieces(text: &str, problems: &mut Problems) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut recording = None;
    let mut alternative = 0;
    for line in lines(text).filter(|line| !is_blank(line.of(text))) {
        alternative = alternative_after(line.of(text), alternative);
        let Some(entry) = entry(text, line) else {
            problems.add(line, "this line is not a word with its time");
            continue;
        };
        if *recording.get_or_insert(entry.recording) != entry.recording {
            problems
                .add(line, "another recording begins here; its words follow those of the first");
            recording = Some(entry.recording);
        }
        // Of alternative transcriptions the first counts; a tag such as `<ALT>` is no word.
        let words = if alternative > 1 || entry.word.of(text).starts_with('<') {
            Vec::new()
        } else {
            timed(text, &entry)
        };
        if !words.is_empty() {
            pieces.push(Piece::Speech { span: entry.word, words });
        }
    }
    pieces
}

/// Number of the alternative that a line belongs to, 0 outside of any.
fn alternative_after(line: &str, before: usize) -> usize {
    match () {
        () if line.contains("<ALT_BEGIN>") => 1,
        () if line.contains("<ALT_END>") => 0,
        () if line.contains("<ALT>") && before > 0 => before + 1,
        () => before,
    }
}

/// `recording channel start length word [confidence …]`.
fn entry(text: &str, line: Span) -> Option<Entry<'_>> {
    let shown = line.of(text);
    let mut fields = shown.split_ascii_whitespace();
    let (recording, _channel) = (fields.next()?, fields.next()?);
    let (start, length) = (seconds(fields.next()?)?, seconds(fields.next()?)?);
    let word = fields.next()?;
    let confidence = fields.next().and_then(|field| field.parse().ok()).unwrap_or(1.0);
    let at = line.start + (word.as_ptr() as usize - shown.as_ptr() as usize);
    let start = Instant::from_seconds(start);
    let stretch = Stretch::new(start, start + Length::from_seconds(length));
    let timing =
        Timing { stretch, probability: Probability::new(confidence), known: Known::Retained };
    Some(Entry { recording, word: Span::new(at, at + word.len()), timing })
}

/// A time of at most a hundred thousand hours; `*` stands for none and reads as 0.
fn seconds(field: &str) -> Option<f64> {
    if field == "*" {
        return Some(0.0);
    }
    field.parse().ok().filter(|seconds| (0.0..3.6e8).contains(seconds))
}

fn timed(text: &str, entry: &Entry<'_>) -> Vec<Word> {
    let mut words = cut_words(text, entry.word);
    let all: usize = words.iter().map(|word| word.span.len()).sum();
    let mut done = 0;
    for word in &mut words {
        let from = done;
        done += word.span.len();
        word.timing =
            Some(Timing { stretch: share(entry.timing.stretch, from, done, all), ..entry.timing });
    }
    words
}

/// Words in order of time, which is how `sclite` wants them within one recording.
fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let recording = options.recording.split_whitespace().collect::<Vec<_>>().join("_");
    let recording = if recording.is_empty() { "recording" } else { &recording };
    let mut out = String::new();
    for (word, timing) in timed_words(transcript)? {
        let shown: String =
            word.span.of(&transcript.text).chars().filter(|c| !c.is_whitespace()).collect();
        let (start, length) = (timing.stretch.start().seconds(), timing.stretch.length().seconds());
        let _ = writeln!(
            out,
            "{recording} 1 {start:.3} {length:.3} {shown} {:.3}",
            timing.probability.get()
        );
    }
    Ok(out.into_bytes())
}
