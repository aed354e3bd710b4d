//! Word and character error rates of a hypothesis against a reference.
//!
//! The raw score changes nothing and agrees with `jiwer` 4's defaults in every count, on texts whose
//! words are parted by single blanks. The normalised score compares spoken forms and leaves hesitations
//! out. NIST's `sclite` weighs a substitution 4 and a gap 3 when it aligns, so it may report a
//! substitution more or less and, rarely, a larger sum of errors; it is never smaller than ours.

mod desk;

use crate::{Change, Operation, Token, TokenKind, Transcript, align, align_tokens, tokens};

pub use desk::{DeskError, DeskScore, ErrorKind, Grade, SpeakerScore, StyleCounts, score_desk};

/// How many items were right and wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Items of the reference that the hypothesis has.
    pub hits: usize,
    /// Items of the reference that are another in the hypothesis.
    pub substitutions: usize,
    /// Items of the reference that the hypothesis lacks.
    pub deletions: usize,
    /// Items of the hypothesis that the reference lacks.
    pub insertions: usize,
}

impl Counts {
    /// What `operations` amount to.
    pub fn of(operations: &[Operation]) -> Self {
        let mut counts = Self::default();
        for operation in operations {
            match operation.change {
                Change::Equal => counts.hits += operation.left.len(),
                Change::Substitute => counts.substitutions += operation.left.len(),
                Change::Delete => counts.deletions += operation.left.len(),
                Change::Insert => counts.insertions += operation.right.len(),
            }
        }
        counts
    }

    /// Number of items of the reference.
    pub const fn reference(self) -> usize {
        self.hits + self.substitutions + self.deletions
    }

    /// Number of errors.
    pub const fn errors(self) -> usize {
        self.substitutions + self.deletions + self.insertions
    }

    /// Errors for each item of the reference; may exceed 1. With an empty reference it is the number
    /// of insertions, as in `jiwer`.
    pub fn rate(self) -> f64 {
        self.errors() as f64 / self.reference().max(1) as f64
    }
}

/// A hypothesis compared with a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Counts of words; their [`Counts::rate`] is the word error rate.
    pub words: Counts,
    /// Counts of characters, blanks between words included; their rate is the character error rate.
    pub characters: Counts,
    /// What happens to which words: the reference is on the left, the hypothesis on the right.
    pub operations: Vec<Operation>,
}

/// A score of spoken forms, with the tokens its operations count in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormalisedScore {
    /// The score; words are tokens here.
    pub score: Score,
    /// The reference's tokens.
    pub reference: Vec<Token>,
    /// The hypothesis's tokens.
    pub hypothesis: Vec<Token>,
}

/// Compares the words as they are.
pub fn score<S: AsRef<str>>(reference: &[S], hypothesis: &[S]) -> Score {
    let reference: Vec<&str> = reference.iter().map(AsRef::as_ref).collect();
    let hypothesis: Vec<&str> = hypothesis.iter().map(AsRef::as_ref).collect();
    let operations = align(&reference, &hypothesis);
    let characters = count_characters(&reference, &hypothesis);
    Score { words: Counts::of(&operations), characters, operations }
}

/// Compares spoken forms in the language of the ISO 639-1 code `language`, without hesitations.
pub fn score_normalised<S: AsRef<str>>(
    reference: &[S],
    hypothesis: &[S],
    language: &str,
) -> NormalisedScore {
    let spoken = |words: &[S]| -> Vec<Token> {
        let all = tokens(words, language).into_iter();
        all.filter(|token| token.kind != TokenKind::Filler).collect()
    };
    score_tokens(spoken(reference), spoken(hypothesis))
}

/// As [`score_normalised`], for whole texts. It compares the same tokens as [`score_desk`], made turn by turn,
/// so that the desk score has an error of words exactly where this one has.
pub fn score_spoken(
    reference: &Transcript,
    hypothesis: &Transcript,
    language: &str,
) -> NormalisedScore {
    score_tokens(
        desk::spoken_tokens(reference, language),
        desk::spoken_tokens(hypothesis, language),
    )
}

fn score_tokens(reference: Vec<Token>, hypothesis: Vec<Token>) -> NormalisedScore {
    let operations = align_tokens(&reference, &hypothesis);
    let characters = count_characters(
        &reference.iter().map(|token| token.text.as_str()).collect::<Vec<_>>(),
        &cut_alike(&operations, &reference, &hypothesis),
    );
    let score = Score { words: Counts::of(&operations), characters, operations };
    NormalisedScore { score, reference, hypothesis }
}

/// The hypothesis's texts, cut as the reference's where the two are equal when joined.
fn cut_alike<'a>(
    operations: &[Operation],
    reference: &'a [Token],
    hypothesis: &'a [Token],
) -> Vec<&'a str> {
    let side = |operation: &Operation| match operation.change {
        Change::Equal => &reference[operation.left.clone()],
        _ => &hypothesis[operation.right.clone()],
    };
    operations.iter().flat_map(side).map(|token| token.text.as_str()).collect()
}

fn count_characters(reference: &[&str], hypothesis: &[&str]) -> Counts {
    let characters = |words: &[&str]| words.join(" ").chars().collect::<Vec<char>>();
    Counts::of(&align(&characters(reference), &characters(hypothesis)))
}

#[cfg(test)]
mod tests;
