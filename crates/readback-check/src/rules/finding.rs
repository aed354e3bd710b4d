//! One place where a text is wrong, and what would put it right.

use std::fmt;
use std::str::FromStr;

use readback_transcript::{Edit, Probability, Span, Stretch};
use thiserror::Error;

use super::Rule;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "level")]
pub enum Severity {
    /// Style, or something to listen to.
    Info,
    /// Probable, or structural.
    Warning,
    /// Changes what was said: words, names, numbers, negation, speaker.
    Error,
}

impl Severity {
    /// Every severity, the mildest first.
    pub const ALL: [Severity; 3] = [Severity::Info, Severity::Warning, Severity::Error];

    /// It in one word, as reports and files have it.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.pad(self.name())
    }
}

/// A word that names no severity.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{0} is no severity")]
pub struct UnknownSeverity(String);

impl FromStr for Severity {
    type Err = UnknownSeverity;

    fn from_str(name: &str) -> Result<Self, UnknownSeverity> {
        let known = Self::ALL.into_iter().find(|severity| severity.name() == name);
        known.ok_or_else(|| UnknownSeverity(name.to_owned()))
    }
}

/// Whether a fix may be applied without asking anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// It puts right what is surely wrong: a program may apply it unasked.
    Safe,
    /// A person has to look at it first.
    Unsafe,
}

/// What would put a text right at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[doc(alias = "suggestion")]
pub struct Fix {
    /// The change of the text.
    pub edit: Edit,
    /// Whether it may be made without asking.
    pub applicability: Applicability,
}

/// From this confidence that the text is wrong on a fix is safe. Set by hand, with the first audit.
const SAFE: f32 = 0.8;

impl Fix {
    /// A fix that is as safe as a finding of this confidence lets it be.
    pub fn of(edit: Edit, confidence: Probability) -> Self {
        let safe = confidence.get() >= SAFE;
        let applicability = if safe { Applicability::Safe } else { Applicability::Unsafe };
        Self { edit, applicability }
    }

    /// A fix that a person has to look at, however sure the finding is.
    pub const fn unsure(edit: Edit) -> Self {
        Self { edit, applicability: Applicability::Unsafe }
    }

    /// Whether a program may apply it unasked.
    pub fn is_safe(&self) -> bool {
        self.applicability == Applicability::Safe
    }
}

/// One place where the text and the recording, or the text and itself, disagree.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[doc(alias = "diagnostic")]
#[doc(alias = "lint")]
pub struct Finding {
    /// The rule that raised it.
    pub rule: &'static Rule,
    /// How much it matters here.
    pub severity: Severity,
    /// How sure the check is that the text is wrong here.
    pub confidence: Probability,
    /// What is wrong, in a sentence.
    pub message: String,
    /// Where in the text; an omission has an empty span.
    pub span: Span,
    /// What was heard there; `None` where the rule does not listen, empty where nothing was said.
    pub heard: Option<String>,
    /// When in the recording.
    pub time: Option<Stretch>,
    /// What would put it right.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding of `rule` as grave as most of its findings, by a rule that does not listen and knows no fix.
    pub fn new(rule: &'static Rule, confidence: Probability, span: Span, message: String) -> Self {
        Self {
            rule,
            severity: rule.severity,
            confidence,
            message,
            span,
            heard: None,
            time: None,
            fix: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_severity_is_known_by_its_name_alone() {
        for severity in Severity::ALL {
            assert_eq!(severity.to_string().parse(), Ok(severity));
        }
        let unknown: Result<Severity, _> = "Error".parse();
        assert_eq!(unknown.unwrap_err().to_string(), "Error is no severity");
    }

    #[test]
    fn a_fix_is_safe_where_the_text_is_surely_wrong() {
        let fix = |confidence| {
            let edit = Edit { span: Span::new(0, 1), replacement: String::new() };
            Fix::of(edit, Probability::new(confidence)).applicability
        };
        assert_eq!(fix(0.8), Applicability::Safe);
        assert_eq!(fix(0.79), Applicability::Unsafe);
    }
}
