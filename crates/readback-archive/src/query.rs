//! What people type to search: words, `"phrases"`, `prefix*`, and filters such as `speaker:asmolov`.

use std::borrow::Cow;

use readback_check::sound_key;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use crate::State;

/// A search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What must have been said, all of it within one turn.
    pub terms: Vec<Term>,
    /// Words of the label of who says it.
    pub speaker: Vec<String>,
    /// The programme, as it begins.
    pub programme: Option<String>,
    /// How the date begins, or the first and the last day.
    pub date: Option<(String, String)>,
    /// The story's state.
    pub state: Option<State>,
    /// Which revisions.
    pub which: Which,
    /// One story only.
    pub story: Option<String>,
}

/// Words that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// In small letters without accents.
    pub words: Vec<String>,
    /// Whether the last word may go on.
    pub is_prefix: bool,
}

/// Which revisions a search looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// As corrected: the last of each story.
    #[default]
    Last,
    /// As first published.
    First,
    /// The one with this number.
    Number(u32),
    /// Whatever ever stood there.
    Any,
}

/// Why a search cannot be understood.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryError {
    /// Nothing to look for.
    #[error(
        "there is nothing to look for: give a word, a \"phrase\" or a filter such as speaker:NAME"
    )]
    Empty,
    /// A filter that does not exist.
    #[error("there is no filter {0}: known are speaker, programme, date, state, revision, story")]
    Filter(String),
    /// A filter with a value it cannot have.
    #[error("{0}")]
    Value(String),
}

impl Query {
    /// Understands what was typed.
    pub fn parse(typed: &str) -> Result<Self, QueryError> {
        let mut query = Self::default();
        for (part, is_quoted) in parts(typed) {
            match part.split_once(':').filter(|(name, _)| !is_quoted && is_name(name)) {
                Some((name, value)) => query.filter(name, value)?,
                None => query.terms.extend(term(&part)),
            }
        }
        if query == Self::default() { Err(QueryError::Empty) } else { Ok(query) }
    }

    fn filter(&mut self, name: &str, value: &str) -> Result<(), QueryError> {
        let value = value.trim_matches('"');
        let bad = |what: &str| QueryError::Value(format!("{name}:{value}: {what}"));
        match name {
            "speaker" => self.speaker.extend(folded(value)),
            "programme" | "program" => self.programme = Some(value.to_owned()),
            "story" => self.story = Some(value.to_owned()),
            "state" => self.state = Some(value.parse().map_err(QueryError::Value)?),
            "date" => {
                let is_date = |it: &str| it.chars().all(|c| c.is_ascii_digit() || c == '-');
                let (from, to) = value.split_once("..").unwrap_or((value, value));
                if !is_date(from) || !is_date(to) {
                    return Err(bad("give a day, month or year such as 2026-11, or FROM..TO"));
                }
                // A `~` sorts behind every figure and hyphen, so the last day, month or year is within.
                self.date = Some((
                    from.to_owned(),
                    if to.is_empty() { "~".into() } else { format!("{to}~") },
                ));
            }
            "revision" => {
                self.which = match value {
                    "first" => Which::First,
                    "last" => Which::Last,
                    "any" => Which::Any,
                    number => {
                        let number = number.parse().ok().filter(|&number| number > 0);
                        Which::Number(
                            number.ok_or_else(|| bad("give first, last, any or a number"))?,
                        )
                    }
                }
            }
            _ => return Err(QueryError::Filter(name.to_owned())),
        }
        Ok(())
    }
}

/// What was typed, cut at blanks outside of quotation marks; whether it begins with one.
fn parts(typed: &str) -> Vec<(String, bool)> {
    let mut parts: Vec<(String, bool)> = Vec::new();
    let (mut part, mut quoted) = (String::new(), false);
    for c in typed.chars() {
        match c {
            '"' | '“' | '”' => {
                quoted = !quoted;
                part.push('"');
            }
            c if c.is_whitespace() && !quoted => {
                parts.push((std::mem::take(&mut part), false));
            }
            c => part.push(c),
        }
    }
    parts.push((part, false));
    parts.retain(|(part, _)| !part.is_empty());
    for (part, is_quoted) in &mut parts {
        *is_quoted = part.starts_with('"');
    }
    parts
}

fn is_name(name: &str) -> bool {
    name.len() > 2 && name.chars().all(|c| c.is_ascii_lowercase())
}

fn term(part: &str) -> Option<Term> {
    let words = folded(part);
    (!words.is_empty())
        .then_some(Term { words, is_prefix: part.trim_end_matches('"').ends_with('*') })
}

/// The words of a text as they are compared: in small letters, without accents, cut where there is neither
/// letter nor figure.
pub(crate) fn folded(text: &str) -> Vec<String> {
    words(text).map(|(_, word)| fold(word).into_owned()).filter(|it| !it.is_empty()).collect()
}

/// A text cut where there is neither letter nor figure: each word, and where it begins.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = |c: char| !is_part_of_word(c);
    let mut end = 0;
    text.split_inclusive(parts).filter_map(move |piece| {
        let start = end;
        end += piece.len();
        let word = piece.trim_end_matches(parts);
        (!word.is_empty()).then_some((start, word))
    })
}

/// Whether a character belongs to a word: letters, figures and the accents that follow a letter.
pub(crate) fn is_part_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_accent(c)
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A word in small letters without accents.
pub(crate) fn fold(word: &str) -> Cow<'_, str> {
    if !word.is_ascii() {
        let letters = word.nfd().filter(|&c| !is_accent(c));
        return letters.flat_map(char::to_lowercase).collect::<String>().into();
    }
    if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return word.to_ascii_lowercase().into();
    }
    word.into()
}

/// How a word sounds, if it is long enough for that to tell it from others.
pub(crate) fn sound_of(word: &str) -> Option<String> {
    let is_word = word.chars().count() > 3 && word.chars().all(char::is_alphabetic);
    is_word.then(|| sound_key(word)).filter(|key| key.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_and_a_speaker_are_understood() {
        let query = Query::parse("\"Collective  West\" speaker:asmolov").unwrap();
        assert_eq!(
            query.terms,
            [Term { words: vec!["collective".into(), "west".into()], is_prefix: false }]
        );
        assert_eq!(query.speaker, ["asmolov"]);
    }

    #[test]
    fn every_filter_is_understood() {
        let query = Query::parse(
            "wat* programme:\"Morning Show\" date:2026-01..2026-03 state:final revision:first story:a",
        )
        .unwrap();
        assert!(query.terms[0].is_prefix);
        assert_eq!(query.programme.as_deref(), Some("Morning Show"));
        assert_eq!(query.date, Some(("2026-01".into(), "2026-03~".into())));
        assert_eq!((query.state, query.which), (Some(State::Final), Which::First));
        assert_eq!(query.story.as_deref(), Some("a"));
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        assert_eq!(Query::parse(" \" \" "), Err(QueryError::Empty));
        assert_eq!(Query::parse("voice:x"), Err(QueryError::Filter("voice".into())));
        for wrong in ["date:soon", "revision:zero", "state:lost"] {
            assert!(matches!(Query::parse(wrong), Err(QueryError::Value(_))), "{wrong}");
        }
        assert_eq!(Query::parse("10:30").unwrap().terms[0].words, ["10", "30"]);
    }
}
