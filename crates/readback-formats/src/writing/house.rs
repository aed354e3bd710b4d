//! Writes a transcript as a text for people: headline, turns with labels, cues, notices, blank lines
//! between paragraphs. How a label or a headline is written is each format's; house style is the usual.

use readback_transcript::{Instant, Label, Note, NoteKind, Piece, Role, Span, Transcript, Turn};

use crate::WriteError;
use crate::reading::{stands_as_label, word_end_mark};

use super::collapsed;

/// How the parts of a transcript are written where texts for people differ.
pub(crate) struct Manner {
    /// What stands before a headline.
    pub(crate) headline: &'static str,
    /// A label with its colon.
    pub(crate) label: fn(&Label) -> String,
    /// Square brackets.
    pub(crate) brackets: [&'static str; 2],
    /// The time at which a paragraph begins.
    pub(crate) stamp: fn(Instant) -> Option<String>,
}

static HOUSE: Manner =
    Manner { headline: "", label: house_label, brackets: ["[", "]"], stamp: |_| None };

/// House style text of `transcript`; reading it back gives the same turns, cues and words.
///
/// A label inside a paragraph gets a paragraph of its own; stray bytes and markup are gone.
pub(crate) fn house_style(transcript: &Transcript) -> Result<String, WriteError> {
    in_paragraphs(transcript, &HOUSE)
}

/// The text of `transcript` with its parts written in a `manner`.
pub(crate) fn in_paragraphs(
    transcript: &Transcript,
    manner: &Manner,
) -> Result<String, WriteError> {
    let mut paragraphs = Paragraphs { transcript, manner, done: Vec::new(), time: Instant::START };
    let mut notes = transcript.notes.iter().peekable();
    for turn in &transcript.turns {
        let start = turn_start(turn);
        while let Some(note) = notes.next_if(|note| note.span.start < start) {
            paragraphs.note(note);
        }
        paragraphs.turn(turn);
    }
    for note in notes {
        paragraphs.note(note);
    }
    if paragraphs.done.is_empty() {
        Err(WriteError::NoWords)
    } else {
        Ok(paragraphs.done.join("\n\n") + "\n")
    }
}

/// A note without the marks of headings.
pub(crate) fn note_text(transcript: &Transcript, note: &Note) -> String {
    let text = collapsed(note.span.of(&transcript.text));
    match note.kind {
        NoteKind::Headline => text.trim_start_matches('#').trim().to_owned(),
        NoteKind::Credit | NoteKind::Notice => text,
    }
}

/// Where a turn begins in the text.
pub(crate) fn turn_start(turn: &Turn) -> usize {
    let piece = turn.pieces.first().map(|piece| piece.span().start);
    turn.label.as_ref().map(|label| label.span.start).or(piece).unwrap_or_default()
}

/// A piece as house style has it, with the punctuation that follows it.
pub(crate) fn piece_text(transcript: &Transcript, piece: &Piece) -> String {
    written(transcript, piece, HOUSE.brackets)
}

/// A piece with the punctuation that follows it: a cue between two brackets of one kind.
fn written(transcript: &Transcript, piece: &Piece, [open, close]: [&str; 2]) -> String {
    let (text, span) = (&transcript.text, piece.span());
    let closing = Span::new(span.end, span.end + word_end_mark(text, span.end));
    let closing = collapsed(closing.of(text));
    let source = span.of(text);
    let Piece::Cue(_) = piece else {
        return collapsed(source).replace('[', open).replace(']', close) + &closing;
    };
    let inside = collapsed(source.trim_matches(['(', ')', '[', ']', '<', '>', '\\', ' ']));
    if source.starts_with(['[', '<']) {
        format!("{open}{}{close}{closing}", inside.trim())
    } else {
        format!("({}){closing}", balanced(inside.trim()))
    }
}

struct Paragraphs<'a> {
    transcript: &'a Transcript,
    manner: &'a Manner,
    done: Vec<String>,
    /// The last time that was written.
    time: Instant,
}

impl Paragraphs<'_> {
    fn note(&mut self, note: &Note) {
        let mut text = note_text(self.transcript, note);
        if note.kind == NoteKind::Headline {
            text.insert_str(0, self.manner.headline);
        }
        self.done.extend((!text.is_empty()).then_some(text));
    }

    fn turn(&mut self, turn: &Turn) {
        let text = &self.transcript.text;
        let mut paragraph = turn.label.as_ref().map(self.manner.label).unwrap_or_default();
        let mut end: Option<usize> = None;
        let mut stamped = false;
        for piece in &turn.pieces {
            let span = piece.span();
            if end.is_some_and(|end| parts_paragraphs(Span::new(end, span.start).of(text))) {
                self.done.push(std::mem::take(&mut paragraph));
                stamped = false;
            }
            let stamp = if stamped { None } else { self.stamp(piece) };
            stamped |= matches!(piece, Piece::Speech { .. });
            let shown = written(self.transcript, piece, self.manner.brackets);
            for part in stamp.into_iter().chain([shown]) {
                paragraph.push_str(if paragraph.is_empty() { "" } else { " " });
                paragraph.push_str(&part);
            }
            end = Some(span.end);
        }
        self.done.extend((!paragraph.is_empty()).then_some(paragraph));
    }

    /// The time of the first speech of a paragraph. None is written that is before an earlier one.
    fn stamp(&mut self, piece: &Piece) -> Option<String> {
        let Piece::Speech { words, .. } = piece else { return None };
        let start = words.first()?.timing?.stretch.start();
        let stamp = (self.manner.stamp)(start).filter(|_| start >= self.time)?;
        self.time = start;
        Some(stamp)
    }
}

/// `text` with the parenthesis closed that trimming took from its end.
fn balanced(text: &str) -> String {
    let count = |c: char| text.matches(c).count();
    let missing = count('(').saturating_sub(count(')'));
    text.to_owned() + &")".repeat(missing)
}

/// Whether the text between two pieces of a turn is a paragraph break: only punctuation, a blank line
/// and maybe a time stamp in brackets. Between the captions of a caption file stand times, and no
/// paragraph ends.
fn parts_paragraphs(between: &str) -> bool {
    let lines = between.replace("\r\n", "\n");
    let outside: String =
        lines.split('[').map(|part| part.rsplit(']').next().unwrap_or(part)).collect();
    let is_blank = |line: &&str| line.trim_matches([' ', '\t', '\\']).is_empty();
    !outside.contains(char::is_alphanumeric)
        && outside.split(['\n', '\r']).skip(1).filter(is_blank).count() > 1
}

/// A label in house style. A name in mixed case that no reader would take for a label is put in
/// capitals.
fn house_label(label: &Label) -> String {
    let name = label.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let written = with_role(&name, label.role.as_ref());
    if stands_as_label(&written) {
        written
    } else {
        with_role(&name.to_uppercase(), label.role.as_ref())
    }
}

/// The name in a label and a colon, as a label that readers take for one.
pub(crate) fn speaker_label(named: &Label) -> String {
    house_label(&Label { role: None, ..named.clone() })
}

/// Name, role and colon.
pub(crate) fn with_role(name: &str, role: Option<&Role>) -> String {
    match role {
        Some(Role::Host) if name != "HOST" => format!("{name}, HOST:"),
        Some(Role::Byline) if name != "BYLINE" => format!("{name}, BYLINE:"),
        Some(Role::Other(role)) => format!("{name} ({role}):"),
        _ => format!("{name}:"),
    }
}
