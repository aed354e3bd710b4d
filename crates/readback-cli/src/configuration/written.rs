//! `readback.toml` as it is written: its keys, and what may stand there.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::ValueEnum;
use readback_check::{Finding, Severity};
use serde::Deserialize;
use toml::Spanned;

use crate::outcome::Outcome;

/// The whole file. Names that must be known somewhere else keep their place for the error that says so.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Written {
    pub house: Option<Spanned<String>>,
    pub cues: Vec<String>,
    pub model: Option<Spanned<String>>,
    pub language: Option<Spanned<String>>,
    pub fail_on: Option<FailOn>,
    pub roster: Names,
    pub rules: BTreeMap<Spanned<String>, RuleLevel>,
    pub ignore: Vec<Ignore>,
}

/// Names whose spelling is settled.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Names {
    pub names: Vec<String>,
    pub file: Option<PathBuf>,
}

/// What was decided about a rule.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RuleLevel {
    Off,
    Info,
    Warning,
    Error,
}

/// Findings to leave out, and why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ignore {
    pub rule: Spanned<String>,
    pub path: Option<Spanned<String>>,
    pub text: Option<Spanned<String>>,
    pub reason: Spanned<String>,
}

/// From which severity on a check ends with exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Something was said otherwise
    Error,
    /// Also what is only probable, or structural
    Warning,
    /// Whatever is found, end with code 0
    Never,
}

impl FailOn {
    /// How a check with these findings ends.
    pub(crate) fn outcome(self, findings: &[Finding]) -> Outcome {
        let least = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Never => return Outcome::Clean,
        };
        let reached = findings.iter().any(|finding| finding.severity >= least);
        if reached { Outcome::Findings } else { Outcome::Clean }
    }
}
