//! Puts together the text of a transcript whose source is no running text: JSON, XML, annotations on
//! tiers. The text is house style, and turns, cues and words point into it.

use readback_transcript::{
    Cue, CueKind, Label, Note, NoteKind, Piece, Probability, Problem, Role, Span, Stretch,
    TimeOrigin, Timing, Transcript, Turn, Word,
};

use super::cues::{cue_kind, in_paragraph, without_inner};
use super::paragraphs::{Paragraph, trimmed};
use super::{Problems, joined, share_among, spoken_words, words_amid_debris};
use crate::reading::with_role;
use crate::{Parsed, ReadError};

/// A transcript in the making: what is added, is added at its end.
#[derive(Default)]
pub(crate) struct Composer {
    text: String,
    turns: Vec<Turn>,
    notes: Vec<Note>,
    /// The turn that is being added to, and where its text begins.
    turn: Turn,
    turn_start: usize,
    /// The run of words that is being added to, and where it begins.
    words: Vec<Word>,
    run: usize,
    problems: Problems,
}

impl Composer {
    /// Begins a turn, of `speaker` where somebody is named.
    pub(crate) fn turn(
        &mut self,
        speaker: Option<&str>,
        role: Option<Role>,
        stretch: Option<Stretch>,
    ) {
        self.end_turn();
        self.part();
        self.turn_start = self.text.len();
        self.turn.stretch = stretch;
        self.turn.label = speaker.map(|name| {
            let start = self.text.len();
            self.text.push_str(&with_role(name, role.as_ref()));
            let span = Span::new(start, self.text.len());
            self.text.push(' ');
            Label { span, name: name.to_owned(), role, inline: false }
        });
    }

    /// Who speaks now, where somebody is named.
    pub(crate) fn speaker(&self) -> Option<&str> {
        self.turn.label.as_ref().map(|label| label.name.as_str())
    }

    /// Whether the turn has something in it.
    pub(crate) fn has_begun(&self) -> bool {
        !self.turn.pieces.is_empty() || !self.words.is_empty()
    }

    /// Begins a paragraph of the same turn.
    pub(crate) fn paragraph(&mut self) {
        if self.has_begun() {
            self.end_run();
            self.part();
        }
    }

    /// Adds what is one word to its source, with its punctuation, after a blank where it stands `apart`.
    /// The words that are within it (`war--now` holds two) share its time.
    pub(crate) fn word(&mut self, shown: &str, apart: bool, timing: Option<Timing>) {
        let shown = shown.trim();
        let span = self.push(shown, apart && !joined(&self.text, shown));
        let words = spoken_words(&self.text, span, timing);
        self.extend_run(span, words);
    }

    /// Adds a text, in which cues are looked for. Its words have the times `each` where there are as
    /// many, which it tells, else they share that of `whole`.
    pub(crate) fn text(&mut self, shown: &str, whole: Option<Timing>, each: &[Timing]) -> bool {
        let shown: Vec<&str> = shown.split_whitespace().collect();
        let shown = shown.join(" ");
        let span = self.push(&shown, !joined(&self.text, &shown));
        let paragraph = Paragraph { span, lines: vec![span] };
        let labelled = self.turn.label.is_some();
        let cues = in_paragraph(&self.text, &paragraph, labelled, &mut self.problems);
        let cues = without_inner(cues);
        let mut runs = Vec::new();
        let mut at = span.start;
        for cue in &cues {
            runs.push(trimmed(&self.text, Span::new(at, cue.span.start)));
            at = cue.span.end;
        }
        runs.push(trimmed(&self.text, Span::new(at, span.end)));
        let mut runs: Vec<(Span, Vec<Word>)> =
            runs.into_iter().map(|run| (run, words_amid_debris(&self.text, run))).collect();
        let words = runs.iter_mut().flat_map(|(_, words)| words).collect();
        let as_many = give_times(words, whole, each);
        let mut cues = cues.into_iter();
        for (run, words) in runs {
            self.extend_run(run, words);
            if let Some(cue) = cues.next() {
                self.end_run_at(run.end);
                self.turn.pieces.push(Piece::Cue(cue));
            }
        }
        as_many
    }

    /// Adds a cue, in parentheses where it has no brackets yet.
    pub(crate) fn cue(&mut self, shown: &str) {
        let shown: Vec<&str> = shown.split_whitespace().collect();
        let shown = shown.join(" ");
        let bare = shown.trim_matches(['(', ')', '[', ']', ' ']);
        if !bare.contains(char::is_alphanumeric) {
            return;
        }
        self.end_run();
        let kind = cue_kind(bare).unwrap_or(CueKind::Other);
        let brackets = (shown.starts_with('(') && shown.ends_with(')'))
            || (shown.starts_with('[') && shown.ends_with(']'));
        let cue = if brackets { shown.clone() } else { format!("({bare})") };
        let span = self.push(&cue, true);
        self.turn.pieces.push(Piece::Cue(Cue { span, kind }));
    }

    /// Adds a paragraph that nobody speaks; the turn before it ends.
    pub(crate) fn note(&mut self, kind: NoteKind, shown: &str) {
        let shown: Vec<&str> = shown.split_whitespace().collect();
        if shown.is_empty() {
            return;
        }
        self.turn(None, None, None);
        let span = self.push(&shown.join(" "), false);
        self.notes.push(Note { span, kind });
        self.part();
        self.turn_start = self.text.len();
    }

    /// Something is wrong with the source; where, stands in the sentence.
    pub(crate) fn problem(&mut self, message: impl Into<String>) {
        self.problems.add(Span::point(0), message);
    }

    /// The transcript; `fault` says where the source could not be read on.
    pub(crate) fn finish(
        mut self,
        format: &'static str,
        language: Option<String>,
        found: Vec<Problem>,
        fault: Option<String>,
    ) -> Result<Parsed, ReadError> {
        self.end_turn();
        if self.turns.is_empty() {
            let reason = fault.unwrap_or_else(|| "there is no word in it".into());
            return Err(ReadError::Malformed { format, reason });
        }
        if let Some(fault) = fault {
            self.problem(format!("{fault}; what follows is left out"));
        }
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        let Self { text, turns, notes, problems: own, .. } = self;
        let format = format.into();
        let transcript =
            Transcript { text, format, language, turns, notes, ..Transcript::default() };
        let mut problems = found;
        problems.extend(own.finish());
        Ok(Parsed { transcript, problems })
    }

    /// Adds `shown`, after a blank where it stands `apart` from what is there.
    fn push(&mut self, shown: &str, apart: bool) -> Span {
        let fresh = self.text.is_empty() || self.text.ends_with(char::is_whitespace);
        if apart && !fresh && !shown.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(shown);
        Span::new(start, self.text.len())
    }

    fn extend_run(&mut self, span: Span, words: Vec<Word>) {
        if self.words.is_empty() && !words.is_empty() {
            self.run = span.start;
        }
        self.words.extend(words);
    }

    fn end_run(&mut self) {
        self.end_run_at(self.text.trim_end().len());
    }

    fn end_run_at(&mut self, end: usize) {
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            self.turn.pieces.push(Piece::Speech { span: Span::new(self.run, end), words });
        }
    }

    /// Ends the turn; one without anything in it leaves no trace.
    fn end_turn(&mut self) {
        self.end_run();
        let turn = std::mem::take(&mut self.turn);
        if turn.pieces.is_empty() {
            self.text.truncate(self.turn_start);
        } else {
            self.turns.push(turn);
        }
        self.turn_start = self.text.len();
    }

    /// A blank line, where something stands before it.
    fn part(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        self.text.push_str(if self.text.is_empty() { "" } else { "\n\n" });
    }
}

fn give_times(mut words: Vec<&mut Word>, whole: Option<Timing>, each: &[Timing]) -> bool {
    let as_many = words.len() == each.len();
    if as_many {
        words.iter_mut().zip(each).for_each(|(word, timing)| word.timing = Some(*timing));
    } else if let Some(whole) = whole {
        share_among(&mut words, whole.stretch);
        for timing in words.iter_mut().filter_map(|word| word.timing.as_mut()) {
            timing.probability = whole.probability;
            if whole.known == TimeOrigin::Estimated {
                timing.known = TimeOrigin::Estimated;
            }
        }
    }
    as_many
}

/// A time that came with the source, of a word that is sure.
pub(crate) fn retained(stretch: Stretch) -> Timing {
    Timing { stretch, probability: Probability::new(1.0), known: TimeOrigin::Retained }
}
