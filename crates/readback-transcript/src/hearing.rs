//! A hearing: what was heard in a recording, as plain data. It does not know who listened.

use serde::{Deserialize, Serialize};

use crate::{Length, Stretch};

/// A probability, always within 0 and 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Probability(f32);

impl Probability {
    /// The nearest probability to `value`; not-a-number becomes 0.
    pub fn new(value: f32) -> Self {
        Self(if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) })
    }

    /// The value, within 0 and 1.
    pub const fn get(self) -> f32 {
        self.0
    }
}

/// One heard word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeardWord {
    /// As the recogniser wrote it, punctuation included, without surrounding blanks.
    pub text: String,
    /// When it was said.
    pub stretch: Stretch,
    /// How probable the recogniser held it.
    pub probability: Probability,
    /// Index of its window in [`Hearing::windows`].
    pub window: usize,
}

/// A stretch of the recording that was listened to at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeardWindow {
    /// Where it lies; at most 30 s.
    pub stretch: Stretch,
    /// Probability that nobody speaks in it.
    pub no_speech: Probability,
    /// Language it was heard in, as an ISO 639-1 code.
    pub language: String,
}

/// What was heard in one recording.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hearing {
    /// Length of the recording.
    pub length: Length,
    /// The main language, as an ISO 639-1 code.
    pub language: String,
    /// What was listened to at once, in order, not overlapping.
    pub windows: Vec<HeardWindow>,
    /// Every heard word, in order of time.
    pub words: Vec<HeardWord>,
    /// Where somebody speaks, in order, not overlapping.
    pub speech: Vec<Stretch>,
}

impl Hearing {
    /// How long somebody speaks in all.
    pub fn speech_length(&self) -> Length {
        self.speech.iter().fold(Length::ZERO, |sum, stretch| sum + stretch.length())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_cannot_leave_its_range() {
        assert_eq!(Probability::new(f32::NAN), Probability::new(0.0));
        assert_eq!(Probability::new(7.0), Probability::new(1.0));
        assert_eq!(Probability::new(-0.5), Probability::new(0.0));
    }
}
