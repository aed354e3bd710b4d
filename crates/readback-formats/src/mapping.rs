//! What a contractor's own XML calls its parts: a small TOML file, which `docs/xml-mapping.md`
//! describes.

use readback_transcript::{Instant, Length, Stretch};
use serde::Deserialize;
use thiserror::Error;

use crate::reading::{self, clock, within_one_edit};

/// Which elements and attributes of an XML file hold what.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mapping {
    pub(crate) headline: Option<Path>,
    pub(crate) language: Option<Path>,
    pub(crate) cue: Option<Path>,
    pub(crate) turn: TurnMapping,
    pub(crate) word: Option<WordMapping>,
    pub(crate) speakers: Option<SpeakersMapping>,
    #[serde(default)]
    pub(crate) times: Times,
}

/// Where a turn is and what it says of itself.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct TurnMapping {
    pub(crate) element: Path,
    pub(crate) speaker: Option<Path>,
    pub(crate) role: Option<Path>,
    pub(crate) text: Option<Path>,
    pub(crate) start: Option<Path>,
    pub(crate) end: Option<Path>,
    pub(crate) duration: Option<Path>,
}

/// Where a word within a turn is and what it says of itself.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct WordMapping {
    pub(crate) element: Path,
    pub(crate) start: Option<Path>,
    pub(crate) end: Option<Path>,
    pub(crate) duration: Option<Path>,
    pub(crate) confidence: Option<Path>,
}

/// Where speakers are listed that turns only refer to.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct SpeakersMapping {
    pub(crate) element: Path,
    pub(crate) id: Path,
    pub(crate) name: Path,
    pub(crate) role: Option<Path>,
}

/// How times are written.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Times {
    #[serde(default)]
    notation: Notation,
    frames_per_second: Option<f64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Notation {
    #[default]
    Seconds,
    Milliseconds,
    Frames,
    Clock,
}

/// A place in the file: names of elements, each within the one before it, and at the end perhaps
/// `@` and the name of an attribute.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Path {
    pub(crate) elements: Vec<String>,
    pub(crate) attribute: Option<String>,
}

/// Why a mapping cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{0}")]
pub struct MappingError(String);

impl Mapping {
    /// The mapping that a TOML file holds.
    pub fn parse(source: &str) -> Result<Self, MappingError> {
        let mapping: Self = toml::from_str(source).map_err(|error| {
            let line = error.span().map(|span| 1 + source[..span.start].matches('\n').count());
            let line = line.map(|line| format!("line {line}: ")).unwrap_or_default();
            let message = error.message();
            MappingError(format!("{line}{message}{}", suggestion(message)))
        })?;
        mapping.check()?;
        Ok(mapping)
    }

    /// Every element must be an element, every id and time must have its scale.
    fn check(&self) -> Result<(), MappingError> {
        let elements = [
            ("headline", self.headline.as_ref()),
            ("cue", self.cue.as_ref()),
            ("turn.element", Some(&self.turn.element)),
            ("turn.text", self.turn.text.as_ref()),
            ("word.element", self.word.as_ref().map(|word| &word.element)),
            ("speakers.element", self.speakers.as_ref().map(|speakers| &speakers.element)),
        ];
        for (key, path) in elements {
            if path.is_some_and(|path| path.attribute.is_some()) {
                return Err(MappingError(format!("{key} must be an element, not an attribute")));
            }
        }
        let Times { notation, frames_per_second } = self.times;
        match frames_per_second {
            Some(rate) if !(1.0..=1000.0).contains(&rate) => {
                Err(MappingError("times.frames-per-second must lie between 1 and 1000".into()))
            }
            None if notation == Notation::Frames => {
                Err(MappingError("times.notation is frames; add times.frames-per-second".into()))
            }
            _ => Ok(()),
        }
    }

    /// Every place that it names, by its key.
    pub(crate) fn paths(&self) -> Vec<(&'static str, &Path)> {
        let turn = &self.turn;
        let word = self.word.as_ref();
        let speakers = self.speakers.as_ref();
        let all = [
            ("headline", self.headline.as_ref()),
            ("language", self.language.as_ref()),
            ("cue", self.cue.as_ref()),
            ("turn.element", Some(&turn.element)),
            ("turn.speaker", turn.speaker.as_ref()),
            ("turn.role", turn.role.as_ref()),
            ("turn.text", turn.text.as_ref()),
            ("turn.start", turn.start.as_ref()),
            ("turn.end", turn.end.as_ref()),
            ("turn.duration", turn.duration.as_ref()),
            ("word.element", word.map(|word| &word.element)),
            ("word.start", word.and_then(|word| word.start.as_ref())),
            ("word.end", word.and_then(|word| word.end.as_ref())),
            ("word.duration", word.and_then(|word| word.duration.as_ref())),
            ("word.confidence", word.and_then(|word| word.confidence.as_ref())),
            ("speakers.element", speakers.map(|speakers| &speakers.element)),
            ("speakers.id", speakers.map(|speakers| &speakers.id)),
            ("speakers.name", speakers.map(|speakers| &speakers.name)),
            ("speakers.role", speakers.and_then(|speakers| speakers.role.as_ref())),
        ];
        all.into_iter().filter_map(|(key, path)| Some((key, path?))).collect()
    }
}

impl Times {
    /// The stretch from a start to an end, or for so long.
    pub(crate) fn stretch(&self, start: &str, end: &str, duration: &str) -> Option<Stretch> {
        let start = self.instant(start)?;
        let end = self
            .instant(end)
            .or_else(|| Some(start + (self.instant(duration)? - Instant::START)))?;
        Some(Stretch::new(start, end))
    }

    /// A time as the file writes it.
    pub(crate) fn instant(&self, written: &str) -> Option<Instant> {
        let written = written.trim().replace(',', ".");
        let rate = self.frames_per_second;
        let number = || written.trim_end_matches('s').parse::<f64>().ok();
        let seconds = match self.notation {
            Notation::Seconds => number(),
            Notation::Milliseconds => {
                written.trim_end_matches("ms").parse().ok().map(|ms: f64| ms / 1000.0)
            }
            Notation::Frames => number().and_then(|frames| Some(frames / rate?)),
            Notation::Clock => return frames_clock(&written, rate),
        };
        seconds.and_then(reading::seconds)
    }
}

/// `1:02:03.500`, or `01:02:03:12` with frames at the end.
fn frames_clock(written: &str, rate: Option<f64>) -> Option<Instant> {
    let is_colon = |c: char| c == ':' || c == ';';
    if written.matches(is_colon).count() < 3 {
        return clock(written);
    }
    let (whole, frames) = written.rsplit_once(is_colon)?;
    let frames: u32 = frames.parse().ok()?;
    Some(clock(whole)? + Length::from_seconds(f64::from(frames) / rate?))
}

impl TryFrom<String> for Path {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let mut elements: Vec<String> =
            written.trim_matches('/').split('/').map(|name| name.trim().to_owned()).collect();
        let attribute =
            elements.pop_if(|last| last.starts_with('@')).map(|last| last[1..].to_owned());
        let wrong = |name: &String| name.is_empty() || name.contains(['@', ' ', '<', '>', ':']);
        if elements.iter().chain(&attribute).any(wrong) {
            return Err(format!(
                "{written:?} is no place; write names of elements with / between them, an attribute \
                 as @name, and no prefixes"
            ));
        }
        Ok(Self { elements, attribute })
    }
}

/// `; did you mean …?`, where a message lists what is expected and one of that is meant.
fn suggestion(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let Some(given) = names.next() else { return String::new() };
    closest(given, names).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

/// The name that is nearly `given`.
pub(crate) fn closest<'a>(
    given: &str,
    mut known: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    known.find(|name| {
        name.eq_ignore_ascii_case(given)
            || (given.len() > 2 && within_one_edit(name.as_bytes(), given.as_bytes()))
    })
}
