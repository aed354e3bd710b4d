//! What the readers of sources with markup share: they put the text together themselves, say of its parts
//! what the markup says of them, and the rest is told apart as in any text.

use readback_transcript::{Instant, Length, Note, NoteKind, Span, Stretch, TimeOrigin, Turn, Word};

use super::assemble::{FromMarkup, Shape, read_known};
use super::labels::{self, Found};
use super::sharing::{share_among, words_of};
use super::{Problems, looks_labelled, words_amid_debris};
use crate::{MAX_BYTES, Parsed, ReadError};

/// How long a word takes where nothing says when it ends.
const USUAL: Length = Length::from_millis(300);

/// A text that is being put together.
#[derive(Default)]
pub(crate) struct MarkedText {
    text: String,
    between: &'static str,
    known: FromMarkup,
    passages: Vec<Passage>,
    language: Option<String>,
    pub(crate) problems: Problems,
}

/// Words that have one time.
struct Passage {
    span: Span,
    start: Instant,
    end: Option<Instant>,
}

impl MarkedText {
    /// Where the next text is put, as far as nothing parts it from the last.
    pub(crate) fn place(&self) -> usize {
        self.text.len()
    }

    /// Whether more is put together than is read of one story.
    pub(crate) fn is_full(&self) -> bool {
        self.text.len() > MAX_BYTES
    }

    /// What is added next is a new paragraph, but after a label, with which it begins.
    pub(crate) fn end_paragraph(&mut self) {
        let labels = &self.known.labels;
        if labels.last().is_none_or(|label| label.whole.end < self.text.len()) {
            self.part("\n\n");
        }
    }

    /// A blank stands before what is added next.
    pub(crate) fn blank(&mut self) {
        if !self.text.ends_with(char::is_whitespace) {
            self.part(" ");
        }
    }

    /// What is added next is a new line; two in a row end the paragraph.
    pub(crate) fn end_line(&mut self) {
        self.join();
        self.part(if self.between == "\n" { "\n\n" } else { "\n" });
    }

    /// Nothing stands before what is added next, but for the end of a paragraph or line.
    pub(crate) fn join(&mut self) {
        if self.between == " " {
            self.between = "";
        }
    }

    fn part(&mut self, between: &'static str) {
        if !self.text.is_empty() && between.len() > self.between.len() {
            self.between = between;
        }
    }

    /// Adds text; the answer is where it stands.
    pub(crate) fn add(&mut self, text: &str) -> Span {
        if !text.is_empty() {
            self.text.push_str(std::mem::take(&mut self.between));
        }
        let start = self.text.len();
        self.text.push_str(text);
        Span::new(start, self.text.len())
    }

    /// Begins a paragraph with a label, a colon after it; `shown` may have a role, and the colon.
    pub(crate) fn add_label(&mut self, shown: &str) {
        let shown = shown.trim().trim_end_matches([':', ' ']);
        if shown.is_empty() {
            return;
        }
        self.part("\n\n");
        let span = self.add(&format!("{shown}:"));
        let label = labels::stated(shown, span);
        self.known.labels.push(Found { label, whole: span });
        self.blank();
    }

    /// Adds a paragraph that nobody speaks; the answer is where it stands.
    pub(crate) fn add_note(&mut self, text: &str, kind: NoteKind) -> Span {
        self.part("\n\n");
        let span = self.add(text);
        self.known.notes.push(Note { span, kind });
        self.end_paragraph();
        span
    }

    /// The words within `span` begin at `start`; where `end` is not known, the next time ends them.
    /// Spans come in order.
    pub(crate) fn time(&mut self, span: Span, start: Instant, end: Option<Instant>) {
        self.passages.push(Passage { span, start, end });
    }

    /// The words within `span`, which the text will have too.
    pub(crate) fn words(&self, span: Span) -> Vec<Word> {
        words_amid_debris(&self.text, span)
    }

    /// The language of the words.
    pub(crate) fn set_language(&mut self, code: Option<String>) {
        self.language = code;
    }

    /// The transcript of all that was added.
    pub(crate) fn finish(self, format: &str) -> Result<Parsed, ReadError> {
        if self.is_full() {
            return Err(ReadError::TooLarge);
        }
        if !self.text.contains(char::is_alphanumeric) {
            return Err(ReadError::Empty);
        }
        let labelled = !self.known.labels.is_empty() || looks_labelled(&self.text);
        let shape = if labelled { Shape::Labelled } else { Shape::Plain };
        let mut problems = self.problems;
        let mut transcript = read_known(self.text, format, shape, self.known, &mut problems);
        transcript.language = self.language;
        for pair in self.passages.windows(2) {
            if pair[1].start < pair[0].start {
                problems.add(pair[1].span, "this passage begins before the one above it");
            }
        }
        give_times(&mut transcript.turns, &self.passages);
        Ok(Parsed { transcript, problems: problems.finish() })
    }
}

fn give_times(turns: &mut [Turn], passages: &[Passage]) {
    let mut words: Vec<&mut Word> =
        turns.iter_mut().flat_map(|turn| &mut turn.pieces).flat_map(words_of).collect();
    let mut rest = words.as_mut_slice();
    for (i, Passage { span, start, end }) in passages.iter().enumerate() {
        let before = rest.iter().take_while(|word| word.span.start < span.start).count();
        let inside = rest[before..].iter().take_while(|word| word.span.start < span.end).count();
        let (done, later) = rest.split_at_mut(before + inside);
        let here = &mut done[before..];
        let next = passages.get(i + 1).map(|next| next.start).filter(|next| next > start);
        let usual = *start + Length::from_micros(USUAL.micros() * inside as i64);
        share_among(here, Stretch::new(*start, end.or(next).unwrap_or(usual)));
        for word in here.iter_mut().filter(|_| end.is_none()) {
            word.timing.iter_mut().for_each(|timing| timing.known = TimeOrigin::Estimated);
        }
        rest = later;
    }
}
