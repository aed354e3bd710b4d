//! Writes a transcript as a text for people: headline, turns with labels, cues, notices, blank lines
//! between paragraphs. How a label or a headline is written is each format's; house style is the usual.

use readback_transcript::{
    Cue, Instant, Label, Note, NoteKind, Piece, Span, Transcript, Turn, Word,
};

use crate::WriteError;
use crate::reading::{collapsed, stands_as_label, with_role, word_end_mark};

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

/// A paragraph in house style.
pub(crate) enum HouseParagraph<'a> {
    /// Nobody speaks it.
    Note { kind: NoteKind, text: String },
    /// A turn's first paragraph, which has the label, or a later one.
    Spoken { turn: &'a Turn, is_first: bool, parts: Vec<Part<'a>> },
}

/// A piece of a paragraph as it is shown; a blank stands between two.
pub(crate) enum Part<'a> {
    Speech { text: String, words: &'a [Word] },
    Cue(String),
}

impl Part<'_> {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Speech { text, .. } | Self::Cue(text) => text,
        }
    }
}

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
    let mut time = Instant::START;
    let mut text = |paragraph: &HouseParagraph<'_>| match paragraph {
        HouseParagraph::Note { kind: NoteKind::Headline, text } => {
            manner.headline.to_owned() + text
        }
        HouseParagraph::Note { text, .. } => text.clone(),
        HouseParagraph::Spoken { turn, is_first, parts } => {
            let label = turn.label.as_ref().filter(|_| *is_first).map(manner.label);
            let mut written: Vec<String> = label.into_iter().collect();
            let mut stamped = false;
            for part in parts {
                if let (Part::Speech { words, .. }, false) = (part, stamped) {
                    written.extend(stamp(manner, words, &mut time));
                    stamped = true;
                }
                written.push(part.text().to_owned());
            }
            written.join(" ")
        }
    };
    let paragraphs = paragraphs(transcript, manner.brackets)?;
    Ok(paragraphs.iter().map(&mut text).collect::<Vec<_>>().join("\n\n") + "\n")
}

/// The time of the first speech of a paragraph. None is written that is before an earlier one.
fn stamp(manner: &Manner, words: &[Word], time: &mut Instant) -> Option<String> {
    let start = words.first()?.timing?.stretch.start();
    let stamp = (manner.stamp)(start).filter(|_| start >= *time)?;
    *time = start;
    Some(stamp)
}

/// The paragraphs of `transcript` in house style.
pub(crate) fn house_paragraphs(
    transcript: &Transcript,
) -> Result<Vec<HouseParagraph<'_>>, WriteError> {
    paragraphs(transcript, HOUSE.brackets)
}

/// The paragraphs of `transcript`, with such square brackets.
fn paragraphs<'a>(
    transcript: &'a Transcript,
    brackets: [&'static str; 2],
) -> Result<Vec<HouseParagraph<'a>>, WriteError> {
    let mut paragraphs = Paragraphs { transcript, brackets, done: Vec::new() };
    let mut notes = transcript.notes.iter().peekable();
    for turn in &transcript.turns {
        let start = turn_start(turn);
        while let Some(note) = notes.next_if(|note| note.span.start < start) {
            paragraphs.note(note);
        }
        paragraphs.turn(turn);
    }
    notes.for_each(|note| paragraphs.note(note));
    if paragraphs.done.is_empty() { Err(WriteError::NoWords) } else { Ok(paragraphs.done) }
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

struct Paragraphs<'a> {
    transcript: &'a Transcript,
    brackets: [&'static str; 2],
    done: Vec<HouseParagraph<'a>>,
}

impl<'a> Paragraphs<'a> {
    fn note(&mut self, note: &Note) {
        let text = note_text(self.transcript, note);
        if !text.is_empty() {
            self.done.push(HouseParagraph::Note { kind: note.kind, text });
        }
    }

    fn turn(&mut self, turn: &'a Turn) {
        let text = &self.transcript.text;
        let mut is_first = true;
        let mut parts: Vec<Part<'a>> = Vec::new();
        let mut end: Option<usize> = None;
        for piece in &turn.pieces {
            let span = piece.span();
            if end.is_some_and(|end| parts_paragraphs(Span::new(end, span.start).of(text))) {
                let parts = std::mem::take(&mut parts);
                self.done.push(HouseParagraph::Spoken { turn, is_first, parts });
                is_first = false;
            }
            let shown = written(self.transcript, piece, self.brackets);
            parts.push(match piece {
                Piece::Speech { words, .. } => Part::Speech { text: shown, words },
                Piece::Cue(_) => Part::Cue(shown),
            });
            end = Some(span.end);
        }
        if turn.label.is_some() || !parts.is_empty() {
            self.done.push(HouseParagraph::Spoken { turn, is_first, parts });
        }
    }
}

/// A piece as house style has it, with the punctuation that follows it.
pub(crate) fn piece_text(transcript: &Transcript, piece: &Piece) -> String {
    written(transcript, piece, HOUSE.brackets)
}

/// A piece with the punctuation that follows it.
fn written(transcript: &Transcript, piece: &Piece, brackets: [&str; 2]) -> String {
    let (text, span) = (&transcript.text, piece.span());
    let closing = Span::new(span.end, span.end + word_end_mark(text, span.end));
    let shown = match piece {
        Piece::Speech { .. } => {
            collapsed(span.of(text)).replace('[', brackets[0]).replace(']', brackets[1])
        }
        Piece::Cue(cue) => between_brackets(transcript, cue, brackets),
    };
    shown + &collapsed(closing.of(text))
}

/// A cue as house style has it.
pub(crate) fn written_cue(transcript: &Transcript, cue: &Cue) -> String {
    between_brackets(transcript, cue, HOUSE.brackets)
}

/// A cue between two brackets of one kind.
fn between_brackets(transcript: &Transcript, cue: &Cue, [open, close]: [&str; 2]) -> String {
    let source = cue.span.of(&transcript.text);
    let inside = collapsed(source.trim_matches(['(', ')', '[', ']', '<', '>', '\\', ' ']));
    if source.starts_with(['[', '<']) {
        format!("{open}{}{close}", inside.trim())
    } else {
        format!("({})", balanced(inside.trim()))
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

/// A label as it is written. A name in mixed case that no reader would take for a label is put in
/// capitals, as house style has it.
pub(crate) fn house_label(label: &Label) -> String {
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

/// The name in a label with its role, the name as it is.
pub(crate) fn label_with_role(label: &Label) -> String {
    let written = with_role(&collapsed(&label.name), label.role.as_ref());
    written.trim_end_matches(':').to_owned()
}
