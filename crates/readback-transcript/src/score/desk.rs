//! The desk score: errors weighed by what they do to a reader, as the NER model does for live captions
//! (P. Romero-Fresco and J. Martínez, “Accuracy rate in live subtitling: the NER model”, 2015): minor
//! 0.25, standard 0.5, serious 1. `docs/score.md` has the whole definition.
//!
//! A person grades in the NER model; here rules do, from the words alone. They do not know whether a
//! capitalised word is a name, nor what a sentence means.

mod sides;
mod speakers;
mod style;

use std::ops::Range;

use crate::{Change, Operation, Span, Token, TokenKind, Transcript, align_tokens, is_negation};

use sides::Side;
pub use speakers::SpeakerScore;
pub use style::StyleCounts;

/// Words in an idea unit: what is missing or wrong within so many is one error. Spoken idea units have
/// about seven words (W. Chafe, 1985).
const IDEA_UNIT: usize = 7;

/// How grave an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// A careful reader is not misled.
    Minor,
    /// Something is lost or wrong.
    Standard,
    /// A reader is told something false that may well be true.
    Serious,
}

impl Grade {
    /// The NER model's weight.
    pub const fn weight(self) -> f64 {
        match self {
            Grade::Minor => 0.25,
            Grade::Standard => 0.5,
            Grade::Serious => 1.0,
        }
    }

    /// In a word.
    pub const fn name(self) -> &'static str {
        match self {
            Grade::Minor => "minor",
            Grade::Standard => "standard",
            Grade::Serious => "serious",
        }
    }
}

/// What an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorKind {
    /// A negation lost or gained.
    Negation,
    /// Another number, or one lost or gained.
    Number,
    /// Another name, or one lost or gained.
    Name,
    /// Words under another speaker's label.
    Speaker,
    /// Other words.
    Words,
    /// Small words only (*a*, *the*, *of*), or another form of the same word.
    SmallWords,
}

impl ErrorKind {
    /// Every kind, gravest first.
    pub const ALL: [ErrorKind; 6] = [
        ErrorKind::Negation,
        ErrorKind::Number,
        ErrorKind::Name,
        ErrorKind::Speaker,
        ErrorKind::Words,
        ErrorKind::SmallWords,
    ];

    /// How grave errors of this kind are.
    pub const fn grade(self) -> Grade {
        match self {
            ErrorKind::Words => Grade::Standard,
            ErrorKind::SmallWords => Grade::Minor,
            _ => Grade::Serious,
        }
    }

    /// In a word or two.
    pub const fn name(self) -> &'static str {
        match self {
            ErrorKind::Negation => "negation",
            ErrorKind::Number => "number",
            ErrorKind::Name => "name",
            ErrorKind::Speaker => "speaker",
            ErrorKind::Words => "words",
            ErrorKind::SmallWords => "small-words",
        }
    }
}

/// One error of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskError {
    /// What it is about; its grade follows.
    pub kind: ErrorKind,
    /// Where in the reference; an addition has an empty span.
    pub reference: Span,
    /// Where in the hypothesis; an omission has an empty span.
    pub hypothesis: Span,
}

/// A hypothesis weighed against a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskScore {
    /// Spoken words of the reference, hesitations not counted.
    pub words: usize,
    /// Every error of content, in order of the reference.
    pub errors: Vec<DeskError>,
    /// Words under the right and the wrong speaker; `None` unless both texts have labels.
    pub speakers: Option<SpeakerScore>,
    /// Differences of style, which weigh nothing.
    pub style: StyleCounts,
}

impl DeskScore {
    /// Number of errors of one kind.
    pub fn count(&self, kind: ErrorKind) -> usize {
        self.errors.iter().filter(|error| error.kind == kind).count()
    }

    /// Number of errors of one grade.
    pub fn graded(&self, grade: Grade) -> usize {
        self.errors.iter().filter(|error| error.kind.grade() == grade).count()
    }

    /// Sum of the errors' weights.
    pub fn weighted(&self) -> f64 {
        self.errors.iter().map(|error| error.kind.grade().weight()).sum()
    }

    /// Words less weighted errors, as a share of the words: 1 is without error, and it is never below 0.
    pub fn accuracy(&self) -> f64 {
        (1.0 - self.weighted() / self.words.max(1) as f64).max(0.0)
    }
}

/// The spoken words of a text as they are compared, without hesitations.
pub(super) fn spoken_tokens(transcript: &Transcript, language: &str) -> Vec<Token> {
    Side::new(transcript, language).tokens
}

/// Weighs `hypothesis` against `reference`, both in the language of the ISO 639-1 code `language`.
/// Numbers are understood in every language, negations and small words in English.
pub fn score_desk(reference: &Transcript, hypothesis: &Transcript, language: &str) -> DeskScore {
    let (left, right) = (Side::new(reference, language), Side::new(hypothesis, language));
    let operations = align_tokens(&left.tokens, &right.tokens);
    let pairs = Pairs { left: &left, right: &right };
    let mut errors = pairs.errors(&operations);
    let speakers = speakers::compare(&left, &right, &operations);
    let speakers = speakers.map(|(score, wrong)| {
        errors.extend(wrong);
        score
    });
    errors.sort_by_key(|error| error.reference);
    let style = style::compare(&left, &right, &operations);
    DeskScore { words: left.tokens.len(), errors, speakers, style }
}

/// The two sides of a comparison: tokens of the reference on the left.
struct Pairs<'a> {
    left: &'a Side<'a>,
    right: &'a Side<'a>,
}

impl Pairs<'_> {
    fn errors(&self, operations: &[Operation]) -> Vec<DeskError> {
        let differing = operations.iter().filter(|operation| operation.change != Change::Equal);
        let wrong: Vec<Wrong> = differing.flat_map(|operation| self.wrong(operation)).collect();
        idea_units(&wrong).into_iter().map(|unit| self.error(&wrong[unit])).collect()
    }

    /// The words that a difference loses and adds, in order.
    fn wrong(&self, operation: &Operation) -> Vec<Wrong> {
        let (left, right) = (operation.left.clone(), operation.right.clone());
        let mut wrong = Vec::with_capacity(left.len() + right.len());
        for step in 0..left.len().max(right.len()) {
            let ours = (left.start + step).min(left.end);
            let theirs = (right.start + step).min(right.end);
            let (lost, added) = (ours < left.end, theirs < right.end);
            let (after, next) = (ours + usize::from(lost), theirs + usize::from(added));
            let form = lost && added && self.is_other_form(ours, theirs);
            let kind = |side: &Side, token: usize| {
                if form { ErrorKind::SmallWords } else { kind(side, token) }
            };
            if lost {
                let kind = kind(self.left, ours);
                wrong.push(Wrong {
                    kind,
                    lost: ours..after,
                    added: theirs..theirs,
                    near: ours..after,
                });
            }
            if added {
                let kind = kind(self.right, theirs);
                wrong.push(Wrong {
                    kind,
                    lost: after..after,
                    added: theirs..next,
                    near: after..ours,
                });
            }
        }
        wrong
    }

    /// Whether two words are forms of one: *counts* and *counted*.
    fn is_other_form(&self, ours: usize, theirs: usize) -> bool {
        let (ours, theirs) = (&self.left.tokens[ours], &self.right.tokens[theirs]);
        ours.kind != TokenKind::Number
            && theirs.kind != TokenKind::Number
            && stem(&ours.text) == stem(&theirs.text)
    }

    /// One error of all that is wrong in an idea unit, named after the gravest of it.
    fn error(&self, unit: &[Wrong]) -> DeskError {
        let (first, last) = (&unit[0], &unit[unit.len() - 1]);
        DeskError {
            kind: gravest(unit),
            reference: self.left.span(&(first.lost.start..last.lost.end)),
            hypothesis: self.right.span(&(first.added.start..last.added.end)),
        }
    }
}

/// What is wrong if a word is lost or added.
fn kind(side: &Side, token: usize) -> ErrorKind {
    let text = side.tokens[token].text.as_str();
    if is_negation(text) {
        ErrorKind::Negation
    } else if side.tokens[token].kind == TokenKind::Number {
        ErrorKind::Number
    } else if side.has_name(&(token..token + 1)) {
        ErrorKind::Name
    } else if SMALL.contains(&text) {
        ErrorKind::SmallWords
    } else {
        ErrorKind::Words
    }
}

/// A word that was lost or added.
struct Wrong {
    kind: ErrorKind,
    /// The word of the reference, or the place where it is not.
    lost: Range<usize>,
    /// The word of the hypothesis, or the place where it is not.
    added: Range<usize>,
    /// What it takes of the reference: a lost word itself. An added one stands between two words or in the
    /// place of one, and takes none: it ends before it begins, if it may go to either side.
    near: Range<usize>,
}

/// The kind that stands first in the list of all.
fn gravest(unit: &[Wrong]) -> ErrorKind {
    unit.iter().map(|wrong| wrong.kind).min().unwrap_or(ErrorKind::SmallWords)
}

/// Whether all of this is within one idea unit: of the reference, and as many words of the hypothesis.
fn is_one_unit(wrong: &[Wrong]) -> bool {
    let start = wrong.iter().map(|wrong| wrong.near.start).min().unwrap_or(0);
    let end = wrong.iter().map(|wrong| wrong.near.end).max().unwrap_or(0);
    let added: usize = wrong.iter().map(|wrong| wrong.added.len()).sum();
    end.saturating_sub(start) <= IDEA_UNIT && added <= IDEA_UNIT
}

/// Cuts all that is wrong into idea units, so that they weigh least. A text with more errors can be cut no
/// better than one that lacks some of them, and so never weighs less.
fn idea_units(wrong: &[Wrong]) -> Vec<Range<usize>> {
    let mut least = vec![(0.0, 0); wrong.len() + 1];
    for start in (0..wrong.len()).rev() {
        let ends = (start + 1..=wrong.len()).take_while(|&end| is_one_unit(&wrong[start..end]));
        let weight = |end: usize| gravest(&wrong[start..end]).grade().weight() + least[end].0;
        let ways: Vec<(f64, usize)> = ends.map(|end| (weight(end), end)).collect();
        let best = ways.into_iter().rev().min_by(|a, b| a.0.total_cmp(&b.0));
        least[start] = best.unwrap_or((0.0, start + 1));
    }
    let mut units = Vec::new();
    let mut start = 0;
    while start < wrong.len() {
        units.push(start..least[start].1);
        start = least[start].1;
    }
    units
}

/// Words whose loss, gain or change hardly misleads.
const SMALL: [&str; 34] = [
    "a", "an", "the", "and", "but", "so", "of", "to", "in", "on", "at", "for", "by", "with", "as",
    "that", "this", "these", "those", "well", "now", "just", "then", "there", "here", "is", "are",
    "has", "have", "had", "do", "does", "did", "be",
];

/// A word without its commonest endings: *counts*, *counted* and *counting* are *count*.
fn stem(word: &str) -> &str {
    const SHORTEST: usize = 3;
    let without = |ending: &&str| word.strip_suffix(ending).filter(|stem| stem.len() >= SHORTEST);
    ["'s", "es", "s", "ed", "ing", "d"].iter().find_map(without).unwrap_or(word)
}

#[cfg(test)]
mod tests;
