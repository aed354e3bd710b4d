//! Writes a transcript as house style text: headline, turns with labels, cues, notices, blank lines
//! between paragraphs.

use readback_transcript::{Label, Note, NoteKind, Piece, Role, Span, Transcript, Turn};

use crate::WriteError;
use crate::reading::{stands_as_label, word_end_mark};

use super::collapsed;

/// House style text of `transcript`; reading it back gives the same turns, cues and words.
///
/// A label inside a paragraph gets a paragraph of its own; stray bytes and markup are gone.
pub(crate) fn house_style(transcript: &Transcript) -> Result<String, WriteError> {
    let mut paragraphs = Paragraphs::default();
    let mut notes = transcript.notes.iter().peekable();
    for turn in &transcript.turns {
        let start = turn_start(turn);
        while let Some(note) = notes.next_if(|note| note.span.start < start) {
            paragraphs.note(transcript, note);
        }
        paragraphs.turn(transcript, turn);
    }
    for note in notes {
        paragraphs.note(transcript, note);
    }
    if paragraphs.0.is_empty() {
        Err(WriteError::NoWords)
    } else {
        Ok(paragraphs.0.join("\n\n") + "\n")
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

#[derive(Default)]
struct Paragraphs(Vec<String>);

impl Paragraphs {
    fn note(&mut self, transcript: &Transcript, note: &Note) {
        let text = note_text(transcript, note);
        self.0.extend((!text.is_empty()).then_some(text));
    }

    fn turn(&mut self, transcript: &Transcript, turn: &Turn) {
        let mut paragraph = turn.label.as_ref().map(label).unwrap_or_default();
        let mut end: Option<usize> = None;
        for piece in &turn.pieces {
            let span = piece.span();
            if end.is_some_and(|end| {
                parts_paragraphs(Span::new(end, span.start).of(&transcript.text))
            }) {
                self.0.push(std::mem::take(&mut paragraph));
            }
            let text = piece_text(transcript, piece);
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(&text);
            end = Some(span.end);
        }
        self.0.extend((!paragraph.is_empty()).then_some(paragraph));
    }
}

/// A piece as house style has it, with the punctuation that follows it.
pub(crate) fn piece_text(transcript: &Transcript, piece: &Piece) -> String {
    let end = piece.span().end;
    let closing = Span::new(end, end + word_end_mark(&transcript.text, end));
    shown(transcript, piece) + &collapsed(closing.of(&transcript.text))
}

/// A piece as house style has it: a cue between two brackets of one kind.
fn shown(transcript: &Transcript, piece: &Piece) -> String {
    let source = piece.span().of(&transcript.text);
    let Piece::Cue(_) = piece else { return collapsed(source) };
    let text = collapsed(source.trim_matches(['(', ')', '[', ']', '<', '>', ' ']));
    if source.starts_with(['[', '<']) {
        format!("[{}]", text.trim())
    } else {
        format!("({})", balanced(text.trim()))
    }
}

/// `text` with the parenthesis closed that trimming took from its end.
fn balanced(text: &str) -> String {
    let count = |c: char| text.matches(c).count();
    let missing = count('(').saturating_sub(count(')'));
    text.to_owned() + &")".repeat(missing)
}

/// Whether the text between two pieces of a turn is a paragraph break: only punctuation and a blank
/// line. Between the captions of a caption file stand times, and no paragraph ends.
fn parts_paragraphs(between: &str) -> bool {
    let lines = between.replace("\r\n", "\n");
    !lines.contains(char::is_alphanumeric)
        && lines.split(['\n', '\r']).skip(1).filter(|line| line.trim().is_empty()).count() > 1
}

/// A label as it is written. A name in mixed case that no reader would take for a label is put in
/// capitals, as house style has it.
fn label(label: &Label) -> String {
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
    label(&Label { role: None, ..named.clone() })
}

/// A label as it is written with its role, and a colon.
pub(crate) fn with_role(name: &str, role: Option<&Role>) -> String {
    match role {
        Some(Role::Host) if name != "HOST" => format!("{name}, HOST:"),
        Some(Role::Byline) if name != "BYLINE" => format!("{name}, BYLINE:"),
        Some(Role::Other(role)) => format!("{name} ({role}):"),
        _ => format!("{name}:"),
    }
}
