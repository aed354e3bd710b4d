//! Markdown as podcasts publish their transcripts: a turn begins with the speaker's name in bold and a
//! colon (`**Ann Lee:**`), a headline with `#`. Between the words may stand, as the Changelog has them,
//! time stamps in escaped brackets (`\[04:01.06\]`), each the time of the word after it.

use readback_transcript::{Instant, Label, Length, Piece, Stretch, TimeOrigin, Transcript, Word};

use crate::reading::{
    Problems, Shape, clock, collapsed, decode_text, lines, read_text, share_known, with_role,
};
use crate::writing::{Manner, clock_fields, in_paragraphs};
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "markdown",
    name: "Markdown transcript",
    extensions: &["md", "markdown"],
    media_type: "text/markdown",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { times: Times::Passages, language: false, ..Carries::PUBLISHED },
    oracle: "none: stories of our own",
};

static MANNER: Manner = Manner {
    headline: "# ",
    label: bold_label,
    brackets: ["\\[", "\\]"],
    stamp: |at| Some(format!("\\[{}\\]", stamp(at))),
};

/// How long a word after the last stamp is taken to last.
const USUAL: Length = Length::from_millis(300);

/// A line that begins with a name in bold and its colon.
fn sniff(head: &Head<'_>) -> bool {
    lines(head.text).map(|line| line.of(head.text).trim_start()).any(|line| {
        line.strip_prefix("**").is_some_and(|rest| rest.contains(":**") || rest.contains("**:"))
    })
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, found) = decode_text(bytes)?;
    let shape = Shape::of(&text);
    let Parsed { mut transcript, problems } = read_text(text.into_owned(), FORMAT.id, shape, found);
    let mut problems = Problems::from(problems);
    let stamps = take_stamps(&mut transcript, &mut problems);
    give_times(&mut transcript, &stamps);
    Ok(Parsed { transcript, problems: problems.finish() })
}

/// Takes the time stamps out of the cues: where each stands, and the time.
fn take_stamps(transcript: &mut Transcript, problems: &mut Problems) -> Vec<(usize, Instant)> {
    let text = &transcript.text;
    let mut stamps: Vec<(usize, Instant)> = Vec::new();
    for turn in &mut transcript.turns {
        turn.pieces.retain(|piece| {
            let Piece::Cue(cue) = piece else { return true };
            let shown = cue.span.of(text).trim_matches(['(', ')', '[', ']', '\\', ' ']);
            let Some(time) = clock(shown).filter(|_| shown.contains(':')) else { return true };
            match stamps.last() {
                Some(&(_, last)) if time < last => {
                    problems.add(cue.span, "this time is before the one above it; it is left out");
                }
                _ => stamps.push((cue.span.start, time)),
            }
            false
        });
    }
    transcript.turns.retain(|turn| turn.label.is_some() || !turn.pieces.is_empty());
    stamps
}

/// Shares the time from one stamp to the next among the words between them, by their length. Before the
/// first no time is known; after the last, words take the usual time.
fn give_times(transcript: &mut Transcript, stamps: &[(usize, Instant)]) {
    let mut words: Vec<&mut Word> = transcript.words_mut().collect();
    let mut rest = words.as_mut_slice();
    for (i, &(at, start)) in stamps.iter().enumerate() {
        let before = rest.partition_point(|word| word.span.start < at);
        rest = &mut rest[before..];
        let next = stamps.get(i + 1);
        let count =
            next.map_or(rest.len(), |&(end, _)| rest.partition_point(|word| word.span.start < end));
        let usual = start + Length::from_micros(USUAL.micros() * count as i64);
        let end = next.map_or(usual, |&(_, end)| end);
        share_known(&mut rest[..count], Stretch::new(start, end), TimeOrigin::Estimated);
    }
}

fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    in_paragraphs(transcript, &MANNER).map(String::into_bytes)
}

fn bold_label(label: &Label) -> String {
    format!("**{}**", with_role(&collapsed(&label.name), label.role.as_ref()))
}

/// `04:01.06`, with hours in front where there are any.
fn stamp(at: Instant) -> String {
    let (hours, minutes, seconds, millis) = clock_fields(at);
    let hours = if hours > 0 { format!("{hours:02}:") } else { String::new() };
    format!("{hours}{minutes:02}:{seconds:02}.{:02}", millis / 10)
}
