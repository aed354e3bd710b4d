//! What is known about a difference after the witness was asked: how well both readings fit.

use readback_transcript::Answer;

use crate::spelling::Respelling;

/// What the witness made of a difference.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Testimony {
    /// It has not been asked, or the readings are too long to be asked about.
    #[default]
    Unasked,
    /// It cannot be asked: another recogniser's words are all there is.
    Hearsay,
    /// It weighed both readings.
    Scored(Score),
}

impl Testimony {
    /// How both readings fit, where that was asked.
    pub fn score(&self) -> Option<&Score> {
        match self {
            Testimony::Scored(score) => Some(score),
            Testimony::Unasked | Testimony::Hearsay => None,
        }
    }
}

/// Both readings weighed on the same audio.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Score {
    /// Natural log-likelihood ratio of the heard reading over the text's, each with what follows.
    pub ratio: f64,
    /// Mean natural log-probability of the tokens of the text's words; 0 where it has none.
    pub text_fit: f64,
    /// The same for the heard words.
    pub heard_fit: f64,
    /// How much better what follows fits after the heard reading than after the text's, in nats.
    pub after: f64,
    /// The other name that fits best in the place of one of the text's, if any was asked about.
    pub rival: Option<Rival>,
    /// Known names that were asked about in the place of heard ones of which nobody knows the spelling.
    pub respellings: Vec<Respelling>,
}

/// A name that the text or the roster has elsewhere, in the place of one that the text has here.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rival {
    /// The word of the text whose place it takes.
    pub word: usize,
    pub name: String,
    /// Natural log-likelihood ratio of the text with this name over the text as it is.
    pub ratio: f64,
}

impl Score {
    /// The best of each side's spellings counts; neither list may be empty.
    pub fn of(ours: &[Answer], theirs: &[Answer]) -> Self {
        let (ours, theirs) = (best(ours), best(theirs));
        Self {
            ratio: total(&theirs) - total(&ours),
            text_fit: ours.reading / ours.tokens.max(1) as f64,
            heard_fit: theirs.reading / theirs.tokens.max(1) as f64,
            after: theirs.after - ours.after,
            rival: None,
            respellings: Vec::new(),
        }
    }
}

fn best(spellings: &[Answer]) -> Answer {
    spellings.iter().copied().max_by(|a, b| total(a).total_cmp(&total(b))).unwrap_or_default()
}

fn total(reading: &Answer) -> f64 {
    reading.reading + reading.after
}
