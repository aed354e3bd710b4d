//! Puts a transcript together: notes, labels and cues as found, everything between them speech.

use readback_transcript::{Cue, Label, Note, Piece, Problem, Span, Transcript, Turn};

use crate::Parsed;

use super::cues::in_paragraph;
use super::labels::{self, Found, Names};
use super::paragraphs::{Paragraph, paragraphs, trimmed};
use super::{Problems, cut_words, mask, notes};

/// How a text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Turns with labels; labels and headlines are looked for.
    Labelled,
    /// Words only; cues and notices are still not spoken.
    Plain,
}

impl Shape {
    /// How `text` is laid out, by whether a line begins with a label.
    pub(crate) fn of(text: &str) -> Self {
        if labels::looks_labelled(text) { Self::Labelled } else { Self::Plain }
    }
}

/// A part of the text that is not speech, and the bytes it takes.
enum Mark {
    Note,
    Label(Label),
    Cue(Cue),
}

/// What the markup of a source tells of its text, in order.
#[derive(Default)]
pub(super) struct FromMarkup {
    pub(super) labels: Vec<Found>,
    /// Each of them is a paragraph.
    pub(super) notes: Vec<Note>,
}

/// Reads `text`; never fails, what is malformed is a problem.
pub(crate) fn read_text(text: String, format: &str, shape: Shape, found: Vec<Problem>) -> Parsed {
    let mut problems = Problems::from(found);
    let transcript = read_known(text, format, shape, FromMarkup::default(), &mut problems);
    Parsed { transcript, problems: problems.finish() }
}

/// Reads `text`, of which some is known.
pub(super) fn read_known(
    text: String,
    format: &str,
    shape: Shape,
    known: FromMarkup,
    problems: &mut Problems,
) -> Transcript {
    let masked = mask(&text, problems);
    let paragraphs = paragraphs(&masked);
    let written = match shape {
        Shape::Labelled => labels::at_line_starts(&masked, &paragraphs),
        Shape::Plain => Vec::new(),
    };
    let leading = with_known(written, known.labels);
    let notes = find_notes(&text, &masked, &paragraphs, leading.first(), known.notes);
    let parts = Parts { masked: &masked, paragraphs: &paragraphs, labels: leading, notes: &notes };
    let turns = parts.assemble(problems);
    Transcript { format: format.into(), turns, notes, text, ..Transcript::default() }
}

/// The labels that are known, and of those found only the ones that none of them overlaps.
fn with_known(mut found: Vec<Found>, known: Vec<Found>) -> Vec<Found> {
    found.retain(|found| {
        let next = known.partition_point(|known| known.whole.end <= found.whole.start);
        known.get(next).is_none_or(|known| !known.whole.overlaps(found.whole))
    });
    found.extend(known);
    found.sort_by_key(|found| found.whole);
    found
}

/// What a text was taken apart into before its turns are put together.
pub(super) struct Parts<'a> {
    /// The text without debris.
    pub(super) masked: &'a str,
    /// Where words, cues and misplaced labels are looked for, in order.
    pub(super) paragraphs: &'a [Paragraph],
    /// The labels known so far, in order.
    pub(super) labels: Vec<Found>,
    /// What is not spoken, in order.
    pub(super) notes: &'a [Note],
}

impl Parts<'_> {
    pub(super) fn assemble(self, problems: &mut Problems) -> Vec<Turn> {
        let names = Names::of(&self.labels);
        let marked = Marked { masked: self.masked, labelled: !self.labels.is_empty(), names };
        let mut turns = Turns::default();
        let mut labels = self.labels.into_iter().peekable();
        let mut notes = self.notes.iter().peekable();
        for paragraph in self.paragraphs {
            let mut marks = Vec::new();
            while let Some(note) = notes.next_if(|note| note.span.start < paragraph.span.end) {
                marks.push((note.span, Mark::Note));
            }
            let here = std::iter::from_fn(|| {
                labels.next_if(|found| found.whole.start < paragraph.span.end)
            });
            add_free(&mut marks, here.map(|found| (found.whole, Mark::Label(found.label))));
            marked.paragraph(paragraph, marks, &mut turns, problems);
        }
        turns.0
    }
}

fn find_notes(
    text: &str,
    masked: &str,
    paragraphs: &[Paragraph],
    first_label: Option<&Found>,
    known: Vec<Note>,
) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut known = known.into_iter().peekable();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if let Some(note) = known.next_if(|note| note.span.overlaps(paragraph.span)) {
            notes.push(note);
            continue;
        }
        let above = first_label.is_some_and(|label| paragraph.span.end <= label.whole.start);
        match notes::heading(masked, paragraph, above.then_some(index)) {
            Some(note) if first_label.is_some() => notes.push(note),
            _ => notes.extend(notes::notices(text, masked, paragraph)),
        }
    }
    notes
}

/// The turns so far.
#[derive(Default)]
struct Turns(Vec<Turn>);

impl Turns {
    fn begin(&mut self, label: Label) {
        self.0.push(Turn { label: Some(label), ..Turn::default() });
    }

    fn add(&mut self, piece: Piece) {
        if self.0.is_empty() {
            self.0.push(Turn::default());
        }
        self.0.last_mut().expect("there is a turn").pieces.push(piece);
    }
}

/// A masked text and what is known of the whole of it.
struct Marked<'a> {
    masked: &'a str,
    labelled: bool,
    names: Names,
}

impl Marked<'_> {
    /// Adds one paragraph to `turns`; `marks` holds its notes and the labels at its line starts.
    fn paragraph(
        &self,
        paragraph: &Paragraph,
        mut marks: Vec<(Span, Mark)>,
        turns: &mut Turns,
        problems: &mut Problems,
    ) {
        let cues = in_paragraph(self.masked, paragraph, self.labelled, problems);
        add_free(&mut marks, cues.into_iter().map(|cue| (cue.span, Mark::Cue(cue))));
        self.add_inline_labels(paragraph.span, &mut marks);
        let mut at = paragraph.span.start;
        for (span, mark) in marks {
            self.speech(Span::new(at, span.start), turns);
            at = span.end;
            match mark {
                Mark::Note => {}
                Mark::Label(label) => turns.begin(label),
                Mark::Cue(cue) => turns.add(Piece::Cue(cue)),
            }
        }
        self.speech(Span::new(at, paragraph.span.end), turns);
    }

    /// Adds the labels that are known by what stands in them, wherever they stand in the paragraph.
    fn add_inline_labels(&self, paragraph: Span, marks: &mut Vec<(Span, Mark)>) {
        let mut found = Vec::new();
        let mut at = paragraph.start;
        for (span, mark) in marks.iter() {
            let before_cue = matches!(mark, Mark::Cue(_));
            found.extend(labels::inside(
                self.masked,
                Span::new(at, span.start),
                before_cue,
                &self.names,
            ));
            at = span.end;
        }
        found.extend(labels::inside(self.masked, Span::new(at, paragraph.end), false, &self.names));
        let start = trimmed(self.masked, paragraph).start;
        marks.extend(found.into_iter().map(|found| {
            let inline = found.label.span.start > start;
            (found.whole, Mark::Label(Label { inline, ..found.label }))
        }));
        marks.sort_by_key(|(span, _)| *span);
    }

    /// A run of speech, if it has a word.
    fn speech(&self, span: Span, turns: &mut Turns) {
        let span = trimmed(self.masked, span);
        let words = cut_words(self.masked, span);
        if !words.is_empty() {
            turns.add(Piece::Speech { span, words });
        }
    }
}

/// Adds to `marks`, which are in order, those of `more` that take no byte of another.
fn add_free(marks: &mut Vec<(Span, Mark)>, more: impl Iterator<Item = (Span, Mark)>) {
    let mut free: Vec<(Span, Mark)> = Vec::new();
    for (span, mark) in more {
        let next = marks.partition_point(|(taken, _)| taken.end <= span.start);
        let in_taken = marks.get(next).is_some_and(|(taken, _)| taken.start < span.end);
        if !in_taken && free.last().is_none_or(|(last, _)| last.end <= span.start) {
            free.push((span, mark));
        }
    }
    marks.append(&mut free);
    marks.sort_by_key(|(span, _)| *span);
}
