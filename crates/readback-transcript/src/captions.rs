//! Captions as a viewer sees them, and what a guide asks of them.

use serde::{Deserialize, Serialize};

use crate::{Length, Span, Stretch};

/// One caption as its source shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caption {
    /// Where its text stands.
    pub span: Span,
    /// When it is shown.
    pub stretch: Stretch,
    /// Its lines as a viewer sees them, without markup.
    pub lines: Vec<String>,
}

/// What a guide asks of captions; `None` is what it does not ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaptionRules {
    /// Columns of a line at most; a wide character takes two.
    pub columns: Option<usize>,
    /// Lines of a caption at most.
    pub lines: Option<usize>,
    /// How fast a caption may have to be read.
    pub speed: Option<ReadingSpeed>,
    /// The shortest time a caption is shown.
    pub shortest: Option<Length>,
    /// The longest time a caption is shown.
    pub longest: Option<Length>,
    /// The least time between two captions.
    pub gap: Option<Length>,
    /// Between two captions lies at least so much, or else no more than `gap`.
    pub closed_below: Option<Length>,
    /// How far a caption may begin before its words do.
    pub early: Option<Length>,
    /// How far a caption may begin after its words do.
    pub late: Option<Length>,
    /// How far a caption may stand after its words have ended.
    pub linger: Option<Length>,
    /// Whether a caption holds the words of one speaker alone.
    pub one_speaker: bool,
}

/// How fast captions may have to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingSpeed {
    /// Characters a second, blanks between words counted.
    Characters(u32),
    /// Words a minute.
    Words(u32),
}

impl ReadingSpeed {
    /// The time that it takes to read so much.
    pub fn time_for(self, characters: usize, words: usize) -> Length {
        let (count, each, rate) = match self {
            Self::Characters(rate) => (characters, 1_000_000, rate),
            Self::Words(rate) => (words, 60_000_000, rate),
        };
        Length::from_micros((count as i64).saturating_mul(each) / i64::from(rate.max(1)))
    }
}
