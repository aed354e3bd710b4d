//! NIST CTM: one word a line with start, length and confidence, as `sclite` takes it (SCTK,
//! `doc/infmts.htm`). It holds no punctuation, cues or speakers.

use std::fmt::Write as _;

use readback_transcript::{
    Instant, Piece, Probability, Span, TimeOrigin, Timing, Transcript, Turn, Word,
};

use super::nist::{Fields, Recordings, begins_with, entries, read_turns, recording};
use crate::reading::{Problems, share_letters, words_amid_debris};
use crate::writing::timed_words;
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
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
    oracle: "sclite (SCTK), meeteval",
};

/// Types of entries, in the files that have them, that are no words (RT-09).
const NO_WORDS: &[&str] = &["non-lex", "misc", "noscore"];

/// One line: where its word stands and when it is said; a tag between alternatives has no time.
struct Entry<'a> {
    recording: &'a str,
    channel: &'a str,
    word: Span,
    timing: Option<Timing>,
}

fn sniff(head: &Head<'_>) -> bool {
    begins_with(head, |text, line| entry(text, line).is_some())
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    read_turns(bytes, FORMAT.id, turns, "there is no word with a time in it")
}

/// The words of each channel, one after the other.
fn turns(text: &str, problems: &mut Problems) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut recordings = Recordings::default();
    let mut place: Option<(&str, &str)> = None;
    let mut alternative = 0;
    let mut latest = Instant::START;
    let mut sorted = true;
    for line in entries(text) {
        alternative = alternative_after(line.of(text), alternative);
        let Some(entry) = entry(text, line) else {
            problems.add(line, "this line is not a word with its time");
            continue;
        };
        recordings.see(entry.recording, line, problems);
        // Of alternative transcriptions the first counts; a tag such as `<ALT>` is no word.
        let Some(timing) = entry.timing.filter(|_| alternative <= 1) else { continue };
        let words = timed(text, entry.word, timing);
        if words.is_empty() {
            continue;
        }
        let start = timing.stretch.start();
        let piece = Piece::Speech { span: entry.word, words };
        match turns.last_mut().filter(|_| place == Some((entry.recording, entry.channel))) {
            Some(turn) => {
                if start < latest && sorted {
                    problems.add(
                        line,
                        "this word begins before the one above it, which sclite refuses",
                    );
                    sorted = false;
                }
                turn.pieces.push(piece);
            }
            None => turns.push(Turn { pieces: vec![piece], ..Turn::default() }),
        }
        place = Some((entry.recording, entry.channel));
        latest = start;
    }
    turns
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

/// `recording channel start length word [confidence [type [speaker]]]`. Around alternatives stand tags
/// with `*` for times; `@` stands for no word.
fn entry(text: &str, line: Span) -> Option<Entry<'_>> {
    let mut fields = Fields::of(text, line);
    let (recording, channel) = (fields.shown()?, channel(fields.shown()?));
    let rest = fields.rest().of(text);
    if rest.starts_with('*') && rest.contains("<ALT") {
        return Some(Entry { recording, channel, word: Span::point(line.end), timing: None });
    }
    let stretch = fields.stretch()?;
    let word = fields.next()?;
    let confidence = fields.shown().and_then(|field| field.parse().ok()).unwrap_or(1.0);
    let kind = fields.shown().unwrap_or_default().to_ascii_lowercase();
    let is_word = !word.of(text).starts_with('<') && !NO_WORDS.contains(&kind.as_str());
    let probability = Probability::new(confidence);
    let timing = is_word.then_some(Timing { stretch, probability, known: TimeOrigin::Retained });
    Some(Entry { recording, channel, word, timing })
}

/// The first channel is called A or 1, the second B or 2.
fn channel(name: &str) -> &str {
    match name {
        "A" => "1",
        "B" => "2",
        other => other,
    }
}

fn timed(text: &str, span: Span, timing: Timing) -> Vec<Word> {
    let mut words = words_amid_debris(text, span);
    share_letters(&mut words, timing);
    words
}

/// Words in order of time, which is how `sclite` wants them within one recording.
fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let recording = recording(options);
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
