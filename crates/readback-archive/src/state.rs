//! How far a transcript has come.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How far a transcript has come; it never goes back.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it was delivered.
    #[default]
    Rush,
    /// Read back, and what was found decided.
    Checked,
    /// Changed after that.
    Corrected,
    /// Done with.
    Final,
}

impl State {
    /// Every state, in order.
    pub const ALL: [State; 4] = [Self::Rush, Self::Checked, Self::Corrected, Self::Final];

    /// In one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rush => "rush",
            Self::Checked => "checked",
            Self::Corrected => "corrected",
            Self::Final => "final",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for State {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|state| state.name() == text);
        known.ok_or_else(|| format!("{text} is no state: rush, checked, corrected or final"))
    }
}
