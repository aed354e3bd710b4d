//! What a check has to say of a text: its findings, and the counts above them.

use readback_transcript::{Probability, Span, Stretch};

use crate::Finding;

/// The counts above the findings. Words are words of the text, but for `missing_words`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Words of the text that should be spoken.
    pub words: usize,
    /// Of these, found in the recording.
    pub verified: usize,
    /// Of these, not said.
    pub not_said: usize,
    /// Of these, said otherwise.
    pub said_otherwise: usize,
    /// Words said that the text lacks.
    pub missing_words: usize,
    /// Share of the text's words with support in the recording, within 0 and 1.
    pub coverage: f64,
    /// Share of words right, counting missing ones as wrong, within 0 and 1.
    pub accuracy: f64,
    /// Whether the text may be called a transcript of this recording at all.
    pub certified: bool,
}

/// The result of a check.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// The counts; `None` without a recording.
    pub summary: Option<Summary>,
    /// The findings in text order.
    pub findings: Vec<Finding>,
    /// Every place where text and hearing differ, and every part looked at by itself, also those where
    /// the text was found right.
    pub weighed: Vec<Weighed>,
}

/// A difference between text and hearing, and what spoke for either side: the evidence file's rows.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "evidence")]
pub struct Weighed {
    /// Where in the text; an omission has an empty span.
    pub span: Span,
    /// The text's words.
    pub text: String,
    /// The heard words.
    pub heard: String,
    /// When in the recording.
    pub time: Stretch,
    /// What the difference is about: `number`, `negation`, `name` or `words`.
    pub subject: &'static str,
    /// What speaks for or against the text, by name; the weights in `evidence/weights.rs` are of these.
    pub clues: Vec<(&'static str, f64)>,
    /// Which weights apply: `missing`, `not-said`, `otherwise`; `hearsay` and `unscored` have none.
    pub table: &'static str,
    /// Probability that the text is wrong.
    pub text_is_wrong: Probability,
    /// `text-is-right`, `recording-otherwise` or `cannot-tell`.
    pub verdict: &'static str,
}
