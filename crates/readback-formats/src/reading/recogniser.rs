//! What the readers of recognisers' JSON share: finding keys at the head of a source, parsing it, and
//! times in the shapes in which they are written.

use readback_transcript::{Instant, Known, Probability, Stretch, Timing};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{decode_text, share};
use crate::heard::SpokenWord;
use crate::writing::collapsed;
use crate::{Head, ReadError};

/// Later than this nothing is said: a hundred thousand hours, in seconds.
const LATEST: f64 = 3.6e8;

/// Whether a source begins like JSON and its head has all of these keys.
pub(crate) fn has_keys(head: &Head<'_>, keys: &[&str]) -> bool {
    let is_json = head.text.trim_start().starts_with(['{', '[']);
    is_json && keys.iter().all(|key| head.text.contains(&format!("\"{key}\"")))
}

/// The JSON of `format` in `bytes`.
pub(crate) fn parse<T: DeserializeOwned>(
    bytes: &[u8],
    format: &'static str,
) -> Result<T, ReadError> {
    let (text, _) = decode_text(bytes)?;
    serde_json::from_str(&text).map_err(|error| ReadError::Malformed {
        format,
        reason: format!("not as expected: {error}"),
    })
}

/// Seconds as a number (`1.2`), a text (`"1.2"`, `"1.200s"`), or whole seconds and billionths.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Seconds {
    Number(f64),
    Written(String),
    Parts {
        #[serde(default)]
        seconds: Option<Box<Seconds>>,
        #[serde(default)]
        nanos: f64,
    },
}

impl Seconds {
    /// The instant; `None` where it is none of any recording.
    pub(crate) fn instant(&self) -> Option<Instant> {
        self.value().filter(|value| (0.0..LATEST).contains(value)).map(Instant::from_seconds)
    }

    /// The number as it is written.
    pub(crate) fn value(&self) -> Option<f64> {
        match self {
            Seconds::Number(value) => Some(*value),
            Seconds::Written(text) => text.trim().trim_end_matches('s').parse().ok(),
            Seconds::Parts { seconds, nanos } => {
                let whole = seconds.as_ref().map_or(Some(0.0), |seconds| seconds.value())?;
                Some(whole + nanos / 1e9)
            }
        }
    }
}

/// A time that came with the source; `None` unless both ends are known.
pub(crate) fn timing(
    start: Option<Instant>,
    end: Option<Instant>,
    probability: Option<f32>,
) -> Option<Timing> {
    let stretch = Stretch::new(start?, end?);
    let probability = Probability::new(probability.unwrap_or(1.0));
    Some(Timing { stretch, probability, known: Known::Retained })
}

/// The words of a text that has one time for all of them, which they share by their length.
pub(crate) fn words_of_text(
    text: &str,
    timing: Option<Timing>,
    speaker: Option<&str>,
) -> Vec<SpokenWord> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let known = if words.len() > 1 { Known::Estimated } else { Known::Retained };
    let all: usize = words.iter().map(|word| word.len()).sum();
    let mut done = 0;
    let spoken = |word: &&str| {
        let from = done;
        done += word.len();
        let part = |timing: Timing| {
            let stretch = share(timing.stretch, from, done, all);
            Timing { stretch, known, ..timing }
        };
        SpokenWord {
            text: (*word).to_owned(),
            timing: timing.map(part),
            speaker: speaker.and_then(named),
        }
    };
    words.iter().map(spoken).collect()
}

/// A speaker's name on one line; `None` where it is blank.
pub(crate) fn named(speaker: &str) -> Option<String> {
    Some(collapsed(speaker)).filter(|name| !name.is_empty())
}

/// `en` of `en`, `en-US`, `English`; `None` of what is neither a code nor known.
pub(crate) fn language(named: &str) -> Option<String> {
    let lower = named.to_lowercase();
    let code = lower.split(['-', '_']).next().unwrap_or_default();
    match code {
        "english" => Some("en".into()),
        _ if (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase()) => {
            Some(code.into())
        }
        _ => None,
    }
}
