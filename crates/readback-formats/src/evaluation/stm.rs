//! NIST STM: one segment a line with its speaker, its time and its words, the reference that `sclite`
//! scores against (SCTK, `doc/infmts.htm`). Each segment is a run of its speaker's words; the words
//! share its time. Of alternatives `{ a / b / @ }` the first counts, words in parentheses are words.

use std::fmt::Write as _;

use readback_transcript::{Cue, CueKind, Label, Piece, Span, Stretch, Transcript, Turn, Word};

use super::nist::{Fields, Recordings, begins_with, entries, field, read_turns, recording, shown};
use crate::reading::{Problems, cue_kind, share_among, words_amid_debris};
use crate::writing::paragraphs;
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "stm",
    name: "NIST STM reference",
    extensions: &["stm"],
    media_type: "text/plain",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries {
        times: Times::Passages,
        punctuation: false,
        speakers: true,
        ..Carries::WORDS
    },
    oracle: "sclite (SCTK), meeteval",
};

/// In place of words: nobody wrote down what is said here.
const IGNORED: &str = "ignore_time_segment_in_scoring";
/// Speakers of segments in which nobody's words are scored.
const NOBODY: &[&str] = &["inter_segment_gap", "intersegment_gap", "excluded_region"];
/// The speaker of words whose speaker is not named.
const UNKNOWN: &str = "unknown";

/// One line.
struct Segment<'a> {
    recording: &'a str,
    speaker: Span,
    stretch: Stretch,
    words: Span,
}

fn sniff(head: &Head<'_>) -> bool {
    begins_with(head, |text, line| {
        let decimal =
            Fields::of(text, line).nth(3).is_some_and(|start| start.of(text).contains('.'));
        decimal && segment(text, line).is_some_and(|segment| !segment.words.is_empty())
    })
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    read_turns(bytes, FORMAT.id, turns, "there is no segment with a speaker and a time in it")
}

fn turns(text: &str, problems: &mut Problems) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut recordings = Recordings::default();
    for line in entries(text) {
        let Some(segment) = segment(text, line) else {
            problems.add(line, "this line is not a segment with its speaker and time");
            continue;
        };
        recordings.see(segment.recording, line, problems);
        let name = segment.speaker.of(text);
        if NOBODY.contains(&name.to_ascii_lowercase().as_str()) {
            continue;
        }
        let mut pieces = pieces(text, segment.words, problems);
        give_times(&mut pieces, segment.stretch);
        let label = (!name.eq_ignore_ascii_case(UNKNOWN)).then(|| Label {
            span: segment.speaker,
            name: name.to_owned(),
            role: None,
            inline: false,
        });
        let same = |turn: &&mut Turn| {
            let named = |label: &Option<Label>| label.as_ref().map(|label| label.name.clone());
            !pieces.is_empty() && !turn.pieces.is_empty() && named(&turn.label) == named(&label)
        };
        match turns.last_mut().filter(same) {
            Some(turn) => {
                turn.stretch = turn.stretch.map(|before| before.union(segment.stretch));
                turn.pieces.extend(pieces);
            }
            None => turns.push(Turn { label, pieces, stretch: Some(segment.stretch) }),
        }
    }
    turns
}

/// `recording channel speaker start end [<labels>] words`.
fn segment(text: &str, line: Span) -> Option<Segment<'_>> {
    let mut fields = Fields::of(text, line);
    let recording = fields.shown()?;
    let (_channel, speaker) = (fields.next()?, fields.next()?);
    let (start, end) = (fields.seconds()?, fields.seconds()?);
    if end < start {
        return None;
    }
    let words = without_labels(text, fields.rest());
    Some(Segment { recording, speaker, stretch: Stretch::new(start, end), words })
}

/// `words` without the labels before them: `<o,f0,male>`.
fn without_labels(text: &str, words: Span) -> Span {
    let shown = words.of(text);
    let end = shown.find('>').filter(|&end| {
        shown.starts_with('<') && shown[..end].contains(',') && !shown[..end].contains(' ')
    });
    end.map_or(words, |end| {
        let start = words.start + end + 1;
        Span::new(start + (shown.len() - end - 1 - shown[end + 1..].trim_start().len()), words.end)
    })
}

/// The words of a segment and the tags between them. What an alternative leaves out parts two pieces.
fn pieces(text: &str, span: Span, problems: &mut Problems) -> Vec<Piece> {
    let mut pieces = Vec::new();
    // For each alternative that is open, which of its readings is being read.
    let mut open: Vec<usize> = Vec::new();
    let mut run: Option<Span> = None;
    for token in tokens(text, span) {
        let shown = token.of(text);
        if let Some(reading) = open.last_mut().filter(|_| shown == "/") {
            *reading += 1;
            continue;
        }
        let read = open.iter().all(|&reading| reading == 0);
        match shown {
            "{" => open.push(0),
            "}" if open.pop().is_none() => problems.add(token, "no alternative ends here"),
            "}" | IGNORED | "@" => {}
            _ if !read => {}
            _ if shown.starts_with(['<', '[']) => {
                end_run(text, run.take(), &mut pieces);
                let bare = shown.trim_matches(['<', '>', '[', ']']);
                if bare.contains(char::is_alphanumeric) {
                    let kind = cue_kind(bare).unwrap_or(CueKind::Other);
                    pieces.push(Piece::Cue(Cue { span: token, kind }));
                }
                continue;
            }
            _ => {
                run = Some(run.map_or(token, |run| run.union(token)));
                continue;
            }
        }
        end_run(text, run.take(), &mut pieces);
    }
    end_run(text, run, &mut pieces);
    if !open.is_empty() {
        problems.add(span, "an alternative is never closed");
    }
    pieces
}

fn end_run(text: &str, run: Option<Span>, pieces: &mut Vec<Piece>) {
    let Some(span) = run else { return };
    let words = words_amid_debris(text, span);
    if !words.is_empty() {
        pieces.push(Piece::Speech { span, words });
    }
}

/// What stands between blanks; braces stand for themselves even where they touch a word.
fn tokens(text: &str, span: Span) -> Vec<Span> {
    let mut all = Vec::new();
    for field in Fields::of(text, span) {
        let mut at = field.start;
        for (i, _) in field.of(text).match_indices(['{', '}']) {
            let brace = field.start + i;
            all.extend([Span::new(at, brace), Span::new(brace, brace + 1)]);
            at = brace + 1;
        }
        all.push(Span::new(at, field.end));
    }
    all.retain(|token| !token.is_empty());
    all
}

fn give_times(pieces: &mut [Piece], stretch: Stretch) {
    let words = pieces.iter_mut().flat_map(|piece| match piece {
        Piece::Speech { words, .. } => words.as_mut_slice(),
        Piece::Cue(_) => &mut [],
    });
    share_among(&mut words.collect::<Vec<&mut Word>>(), stretch);
}

/// Segments in order of time, which is how `sclite` wants them within one recording.
fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let recording = recording(options);
    let mut all = paragraphs(transcript)?;
    // A cue alone is no segment.
    all.retain(|paragraph| !paragraph.words.is_empty() || paragraph.text.is_empty());
    all.sort_by_key(|paragraph| paragraph.stretch.start());
    let mut out = String::new();
    for paragraph in all {
        let (start, end) = (shown(paragraph.stretch.start()), shown(paragraph.stretch.end()));
        let speaker = paragraph.label.map(|label| field(&label.name)).unwrap_or_default();
        let speaker = if speaker.is_empty() { UNKNOWN } else { &speaker };
        let words: Vec<String> = paragraph.words.iter().map(|word| field(&word.bare)).collect();
        let words = if words.is_empty() { IGNORED.to_owned() } else { words.join(" ") };
        let _ = writeln!(out, "{recording} 1 {speaker} {start} {end} {words}");
    }
    Ok(out.into_bytes())
}
