//! The seam between the audit and whoever heard the recording. It does not know who asks, nor how anybody
//! listens.

use thiserror::Error;

use crate::Hearing;

/// Asks how well several readings fit what is heard between two pieces of known text.
///
/// The witness reads `before`, then one of `readings`, then `after`, each continuing the one before
/// it, as one utterance of the window; blanks between them are the asker's business.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Index of the window in [`Hearing::windows`].
    pub window: usize,
    /// What is said in the window before the place in question, from the window's start.
    pub before: String,
    /// The candidates; an empty one means that nothing is said there.
    pub readings: Vec<String>,
    /// What is said next, to the window's end or a few words of it; empty where the window ends.
    pub after: String,
}

/// How well one reading fits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Answer {
    /// Sum of the natural log-probabilities of the reading's own tokens.
    pub reading: f64,
    /// Number of the reading's tokens.
    pub tokens: usize,
    /// Sum of the natural log-probabilities of the tokens after it, or of the window's end.
    pub after: f64,
}

/// Why a witness could not answer.
#[derive(Debug, Error)]
#[error("the recording could not be listened to again: {0}")]
pub struct WitnessError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Somebody who heard the recording: the speech engine, another recogniser's output, or a canned one.
pub trait Witness {
    /// What was heard.
    fn hearing(&self) -> &Hearing;

    /// Whether it can be asked how well readings fit. Another recogniser's words cannot: all that is
    /// known then is what it heard.
    fn can_score(&self) -> bool {
        true
    }

    /// How well each reading of each question fits: one list for each question, in the same order.
    fn score(&mut self, questions: &[Question]) -> Result<Vec<Vec<Answer>>, WitnessError>;
}

/// What another recogniser left: it cannot be asked how well other words would have fitted.
impl Witness for Hearing {
    fn hearing(&self) -> &Hearing {
        self
    }

    fn can_score(&self) -> bool {
        false
    }

    fn score(&mut self, questions: &[Question]) -> Result<Vec<Vec<Answer>>, WitnessError> {
        Ok(vec![Vec::new(); questions.len()])
    }
}
