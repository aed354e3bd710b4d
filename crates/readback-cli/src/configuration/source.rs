//! A TOML file that people write: reading it, and saying in one sentence what is wrong in it, where, and
//! what was probably meant.

use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Error, Result, anyhow, bail};
use readback_formats::MAX_BYTES;
use readback_transcript::{LineIndex, distance};
use serde::de::DeserializeOwned;

use crate::files;

/// The text of a TOML file and where it came from.
pub(crate) struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// Reads the file at `path`, which is bounded in size.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = files::read(path)?;
        if bytes.len() > MAX_BYTES {
            bail!("cannot read {}: it is larger than {} MB", path.display(), MAX_BYTES >> 20);
        }
        let text = String::from_utf8(bytes).ok();
        let text = text.with_context(|| format!("cannot read {}: it is not UTF-8", path.display()));
        Ok(Self { path: path.into(), text: text? })
    }

    /// What the text says, if it is what is asked for.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        toml::from_str(&self.text).map_err(|error| {
            self.error(error.span().unwrap_or_default(), &in_words(error.message()))
        })
    }

    /// The error that something at these bytes is wrong.
    pub fn error(&self, place: Range<usize>, sentence: &str) -> Error {
        let position = LineIndex::new(&self.text).position(&self.text, place.start);
        anyhow!("{}:{}:{}: {sentence}", self.path.display(), position.line, position.column)
    }
}

/// A reader's message as a sentence for people. Serde tells unknown names in words only: the name and
/// then all the known ones, between backticks.
fn in_words(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let name = quoted.next().unwrap_or_default();
    let known: Vec<&str> = quoted.collect();
    match message {
        _ if message.starts_with("unknown field") => unknown("key", name, &known),
        _ if message.starts_with("unknown variant") => unknown("value", name, &known),
        _ if message.starts_with("missing field") => format!("the key {name} is missing here"),
        _ => message.lines().collect::<Vec<_>>().join(" "),
    }
}

/// The sentence that `name` is no known one, with the one that was probably meant.
pub(crate) fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
    let away = |other: &&str| distance(&letters(name), &letters(other));
    let nearest = known.iter().copied().min_by_key(away);
    match nearest.filter(|other| away(other) <= (other.chars().count() / 3).max(1)) {
        Some(nearest) => format!("unknown {what} {name:?}; did you mean {nearest}?"),
        None => format!("unknown {what} {name:?}; known are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_answered_with_what_was_meant() {
        assert_eq!(
            unknown("key", "hause", &["cues", "house"]),
            "unknown key \"hause\"; did you mean house?"
        );
        assert_eq!(
            unknown("key", "colour", &["cues", "house"]),
            "unknown key \"colour\"; known are cues, house"
        );
    }

    #[test]
    fn a_place_is_a_line_and_a_column() {
        let source = Source { path: "readback.toml".into(), text: "é = 1\nhause = 2\n".into() };
        assert_eq!(source.error(7..12, "no").to_string(), "readback.toml:2:1: no");
    }
}
