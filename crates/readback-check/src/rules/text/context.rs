//! What every text rule looks at: the transcript, what the desk expects of it, and what several rules
//! need to know of the whole, worked out once.

use std::cell::OnceCell;

use readback_transcript::{Label, Piece, Span, Transcript, Turn, Word};

use super::language;
use super::sentences::{Sentence, sentences};
use crate::{House, Style};

/// Formats whose texts somebody typed as they stand, by their ids: nothing else tells a page from the lines of
/// captions or from a recogniser's words.
const PAGES: [&str; 3] = ["npr", "text", "markdown"];

/// A transcript under the eyes of the text rules.
pub(crate) struct Context<'a> {
    pub(super) transcript: &'a Transcript,
    /// The source text.
    pub(super) text: &'a str,
    /// What the desk expects.
    pub(super) style: &'a Style,
    /// The house that is asked for, else the one that the text seems to be written for.
    pub(super) house: Option<&'static House>,
    /// Whether the text is English.
    pub(super) english: bool,
    /// Whether labels are set in bold with Markdown's stars.
    pub(super) markdown: bool,
    sentences: OnceCell<Vec<Sentence<'a>>>,
    runs: OnceCell<Vec<Span>>,
    cues: OnceCell<Vec<usize>>,
    pieces: OnceCell<Vec<Span>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(transcript: &'a Transcript, style: &'a Style) -> Self {
        Self {
            transcript,
            text: &transcript.text,
            style,
            house: style.house.or_else(|| House::detect(transcript)),
            english: is_english(transcript),
            markdown: transcript.text.contains(":**"),
            sentences: OnceCell::new(),
            runs: OnceCell::new(),
            cues: OnceCell::new(),
            pieces: OnceCell::new(),
        }
    }

    /// The sentences of the transcript, in order.
    pub(super) fn sentences(&self) -> &[Sentence<'a>] {
        self.sentences.get_or_init(|| sentences(self.transcript))
    }

    /// The labels, in order.
    pub(super) fn labels(&self) -> impl Iterator<Item = &'a Label> {
        self.transcript.turns.iter().filter_map(|turn| turn.label.as_ref())
    }

    /// The runs of words between labels and cues, in order.
    pub(super) fn speech(&self) -> impl Iterator<Item = (Span, &'a [Word])> {
        self.transcript.speech()
    }

    /// Whether `span` lies in a run of words: in no label, cue or note.
    pub(super) fn is_said(&self, span: Span) -> bool {
        let runs = self.runs.get_or_init(|| self.speech().map(|(run, _)| run).collect());
        let next = runs.partition_point(|run| run.end < span.end);
        runs.get(next).is_some_and(|run| run.contains(span))
    }

    /// Whether words or a cue stand in `span`.
    pub(super) fn spoken_or_cue(&self, span: Span) -> bool {
        let pieces = self.pieces.get_or_init(|| {
            self.transcript.turns.iter().flat_map(|turn| &turn.pieces).map(place).collect()
        });
        let next = pieces.partition_point(|piece| piece.end <= span.start);
        pieces.get(next).is_some_and(|piece| piece.overlaps(span))
    }

    /// Whether a turn with a label begins at or after byte `at`.
    pub(super) fn label_after(&self, at: usize) -> bool {
        let last = self.transcript.turns.iter().rev().find_map(|turn| turn.label.as_ref());
        last.is_some_and(|label| label.span.start >= at)
    }

    /// Whether a label stands before byte `at`.
    pub(super) fn is_amid(&self, at: usize) -> bool {
        self.labels().next().is_some_and(|label| label.span.end <= at)
    }

    /// Whether nothing else stands on the lines of `span`.
    pub(super) fn fills_line(&self, span: Span) -> bool {
        let ends = |c: char| c == '\n' || c == '\r';
        let before = self.text[..span.start].trim_end_matches([' ', '\t']);
        let after = self.text[span.end..].trim_start_matches([' ', '\t']);
        (before.is_empty() || before.ends_with(ends))
            && (after.is_empty() || after.starts_with(ends))
    }

    /// The last word before `span`, without punctuation.
    pub(super) fn word_before(&self, span: Span) -> Span {
        let before = self.text[..span.start].trim_end_matches(|c: char| !c.is_alphanumeric());
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        Span::new(before.len() - word.len(), before.len())
    }

    /// Whether a label begins at byte `at`.
    pub(super) fn label_begins(&self, at: usize) -> bool {
        let turns = &self.transcript.turns;
        let start = |turn: &Turn| turn.label.as_ref().map_or(0, |label| label.span.start);
        turns.binary_search_by_key(&at, start).is_ok()
    }

    /// Whether a cue ends at byte `at`.
    pub(super) fn ends_cue(&self, at: usize) -> bool {
        let cues =
            self.cues.get_or_init(|| self.transcript.cues().map(|cue| cue.span.end).collect());
        cues.binary_search(&at).is_ok()
    }

    /// The paragraphs of every turn, as the runs and cues of which they consist.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = (&'a Turn, &'a [Piece])> {
        let text = self.text;
        self.transcript.turns.iter().flat_map(move |turn| {
            let joined = move |before: &Piece, after: &Piece| {
                let between = Span::new(place(before).end, place(after).start).of(text);
                between.bytes().filter(|byte| *byte == b'\n').count() < 2
            };
            turn.pieces.chunk_by(joined).map(move |pieces| (turn, pieces))
        })
    }

    /// Whether the text is a page with labels and not captions or a recogniser's words.
    pub(super) fn is_page(&self) -> bool {
        PAGES.contains(&self.transcript.format.as_str())
    }
}

/// Where a piece of a turn stands.
pub(super) fn place(piece: &Piece) -> Span {
    match piece {
        Piece::Speech { span, .. } => *span,
        Piece::Cue(cue) => cue.span,
    }
}

/// Words enough to tell a language by.
const TELLING: usize = 2000;

/// Whether the text says that it is English, or every twentieth word is one that only English has.
fn is_english(transcript: &Transcript) -> bool {
    if transcript.language.is_some() {
        return language(transcript).starts_with("en");
    }
    let (mut words, mut english) = (0, 0);
    for word in transcript.words().take(TELLING) {
        words += 1;
        let shown = word.span.of(&transcript.text);
        english +=
            usize::from(matches!(shown, "the" | "The" | "and" | "of" | "it" | "that" | "with"));
    }
    english * 20 >= words
}
