//! What stories are called, and whose history a chain of entries is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The short name of a story, fit for a command line and a file name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// What stands before the chain of the roster, where a story's name stands elsewhere; no story can have it.
const ROSTER: &str = "@roster";

impl Slug {
    /// A slug made of any name: what cannot stand in one becomes a hyphen.
    pub fn from_name(name: &str) -> Result<Self, BadSlug> {
        let fit = |c: char| if c.is_alphanumeric() || "._".contains(c) { c } else { '-' };
        let fit: String = name.chars().map(fit).flat_map(char::to_lowercase).collect();
        let parts: Vec<&str> = fit.split('-').filter(|part| !part.is_empty()).collect();
        parts.join("-").trim_start_matches('.').parse()
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = BadSlug;

    fn from_str(text: &str) -> Result<Self, BadSlug> {
        let fits = |c: char| c.is_alphanumeric() || "._-".contains(c);
        let is_slug = !text.is_empty()
            && text.chars().count() <= 120
            && text.len() <= 240
            && text.chars().all(fits)
            && !text.starts_with(['.', '-']);
        if is_slug { Ok(Self(text.into())) } else { Err(BadSlug(text.into())) }
    }
}

impl TryFrom<String> for Slug {
    type Error = BadSlug;

    fn try_from(text: String) -> Result<Self, BadSlug> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whose history a chain of entries is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Chain {
    /// The history of a story.
    Story(Slug),
    /// The history of the names whose spelling is settled.
    Roster,
}

impl TryFrom<String> for Chain {
    type Error = BadSlug;

    fn try_from(text: String) -> Result<Self, BadSlug> {
        if text == ROSTER { Ok(Self::Roster) } else { text.parse().map(Self::Story) }
    }
}

impl From<Chain> for String {
    fn from(chain: Chain) -> Self {
        chain.to_string()
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Story(slug) => slug.fmt(f),
            Self::Roster => f.write_str(ROSTER),
        }
    }
}

/// A name that no story can have.
#[derive(Debug, Error)]
#[error(
    "{0} is no name for a story: letters, figures, `-`, `_` and `.`, at most 120, no dot first"
)]
pub struct BadSlug(String);
