//! The desk score: errors weighed by what they do to a reader, as the NER model does for live captions
//! (P. Romero-Fresco and J. Martínez, “Accuracy rate in live subtitling: the NER model”, 2015): minor
//! 0.25, standard 0.5, serious 1. `docs/score.md` has the whole definition.
//!
//! A person grades in the NER model; here rules do, from the words alone. They do not know whether a
//! capitalised word is a name, nor what a sentence means.

mod sides;
mod speakers;
mod style;

use std::collections::BTreeMap;
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

/// A few tokens that stand against one another.
type Place = (Range<usize>, Range<usize>);

impl Pairs<'_> {
    fn errors(&self, operations: &[Operation]) -> Vec<DeskError> {
        let steps: Vec<(Change, Place)> = operations.iter().flat_map(steps).collect();
        let differing = (0..steps.len()).filter(|&step| steps[step].0 != Change::Equal);
        let wrong: Vec<Wrong> =
            differing.map(|step| Wrong { step, kind: self.kind(&steps[step].1) }).collect();
        idea_units(&wrong).into_iter().map(|unit| self.error(&wrong[unit], &steps)).collect()
    }

    /// One error of all that is wrong in an idea unit, named after the gravest of it.
    fn error(&self, unit: &[Wrong], steps: &[(Change, Place)]) -> DeskError {
        let (first, last) = (&steps[unit[0].step].1, &steps[unit[unit.len() - 1].step].1);
        DeskError {
            kind: gravest(unit),
            reference: self.left.span(&(first.0.start..last.0.end)),
            hypothesis: self.right.span(&(first.1.start..last.1.end)),
        }
    }

    fn kind(&self, (left, right): &Place) -> ErrorKind {
        let (ours, theirs) = (&self.left.tokens[left.clone()], &self.right.tokens[right.clone()]);
        let differ = |wanted: fn(&Token) -> bool| count(ours, wanted) != count(theirs, wanted);
        if differ(|token| is_negation(&token.text)) {
            ErrorKind::Negation
        } else if differ(|token| token.kind == TokenKind::Number) {
            ErrorKind::Number
        } else if self.left.has_name(left) || self.right.has_name(right) {
            ErrorKind::Name
        } else if is_small(ours, theirs) {
            ErrorKind::SmallWords
        } else {
            ErrorKind::Words
        }
    }
}

/// A word that is wrong, by the step of the alignment at which it stands.
struct Wrong {
    step: usize,
    kind: ErrorKind,
}

/// The kind that stands first in the list of all.
fn gravest(unit: &[Wrong]) -> ErrorKind {
    unit.iter().map(|wrong| wrong.kind).min().unwrap_or(ErrorKind::SmallWords)
}

/// An operation word by word; a run that only reads alike is one step.
fn steps(operation: &Operation) -> impl Iterator<Item = (Change, Place)> {
    let (left, right, change) = (operation.left.clone(), operation.right.clone(), operation.change);
    let whole = change == Change::Equal && left.len() != right.len();
    let length = if whole { 1 } else { left.len().max(right.len()) };
    let at = move |range: &Range<usize>, i: usize| match whole {
        true => range.clone(),
        false => (range.start + i).min(range.end)..(range.start + i + 1).min(range.end),
    };
    (0..length).map(move |i| (change, (at(&left, i), at(&right, i))))
}

/// Cuts all that is wrong into idea units, so that they weigh least. A text with more errors can be cut no
/// better than one that lacks some of them, and so never weighs less.
fn idea_units(wrong: &[Wrong]) -> Vec<Range<usize>> {
    let mut least = vec![(0.0, 0); wrong.len() + 1];
    for start in (0..wrong.len()).rev() {
        let within = wrong[start..].iter().take_while(|it| it.step < wrong[start].step + IDEA_UNIT);
        let ends = start + 1..=start + within.count();
        let weight = |end: usize| gravest(&wrong[start..end]).grade().weight() + least[end].0;
        let best = ends.rev().map(|end| (weight(end), end)).min_by(|a, b| a.0.total_cmp(&b.0));
        least[start] = best.unwrap_or((0.0, wrong.len()));
    }
    let mut units = Vec::new();
    let mut start = 0;
    while start < wrong.len() {
        units.push(start..least[start].1);
        start = least[start].1;
    }
    units
}

fn count(tokens: &[Token], wanted: fn(&Token) -> bool) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for token in tokens.iter().filter(|token| wanted(token)) {
        *counts.entry(&*token.text).or_default() += 1;
    }
    counts
}

/// Words whose loss, gain or change hardly misleads.
const SMALL: [&str; 34] = [
    "a", "an", "the", "and", "but", "so", "of", "to", "in", "on", "at", "for", "by", "with", "as",
    "that", "this", "these", "those", "well", "now", "just", "then", "there", "here", "is", "are",
    "has", "have", "had", "do", "does", "did", "be",
];

/// Whether only small words differ, or each word stands against another form of itself.
fn is_small(ours: &[Token], theirs: &[Token]) -> bool {
    let small = |token: &Token| SMALL.contains(&&*token.text);
    let pairs = || ours.iter().zip(theirs);
    ours.iter().chain(theirs).all(small)
        || ours.len() == theirs.len() && pairs().all(|(a, b)| stem(&a.text) == stem(&b.text))
}

/// A word without its commonest endings: *counts*, *counted* and *counting* are *count*.
fn stem(word: &str) -> &str {
    const SHORTEST: usize = 3;
    let without = |ending: &&str| word.strip_suffix(ending).filter(|stem| stem.len() >= SHORTEST);
    ["'s", "es", "s", "ed", "ing", "d"].iter().find_map(without).unwrap_or(word)
}

#[cfg(test)]
mod tests;
