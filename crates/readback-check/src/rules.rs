//! The one table of rules: help, documentation, `explain` and the report come from it.
//!
//! Each family lists its own, beside their `mod` lines; a rule's file says what it needs and how it checks.

pub(crate) mod audio;
pub(crate) mod captions;
pub(crate) mod finding;
pub(crate) mod text;

use audio::Place;
pub use finding::{Applicability, Finding, Fix, Severity, UnknownSeverity};

/// A named kind of finding.
#[derive(Debug)]
#[doc(alias = "lint")]
pub struct Rule {
    /// What it is called for ever, as in `A003`. Which family it is of says `needs`, not its letter.
    pub code: &'static str,
    /// Short name in kebab case, as in "allow said-otherwise".
    pub name: &'static str,
    /// The severity of most of its findings.
    pub severity: Severity,
    /// One line for lists.
    pub summary: &'static str,
    /// The manual page, in Markdown.
    pub manual: &'static str,
    /// What it needs to be asked at all.
    pub needs: Needs,
    /// How it is asked.
    pub(crate) check: Check,
}

/// What a rule needs to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Needs {
    /// The text, which is always there.
    Text,
    /// The recording, or what another recogniser heard of it.
    Recording,
    /// Captions, and a guide to hold them to.
    Captions,
}

impl Needs {
    /// It in one word, as programs read it.
    pub const fn name(self) -> &'static str {
        match self {
            Needs::Text => "text",
            Needs::Recording => "recording",
            Needs::Captions => "captions",
        }
    }
}

/// What a check had besides the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// What was heard in a recording.
    pub recording: bool,
    /// A guide for captions.
    pub captions: bool,
}

/// How a rule is asked.
#[derive(Debug)]
pub(crate) enum Check {
    /// What of the text is wrong.
    Text(fn(&text::Context<'_>) -> Vec<Finding>),
    /// What is typed twice: a recording may tell whether it was said twice.
    Repeats(fn(&text::Context<'_>) -> Vec<text::Repeat>),
    /// Whether a place in doubt is of this rule, and what it says about one that is.
    Heard { fires: fn(&Place<'_>) -> bool, says: fn(&Place<'_>) -> String },
    /// Which captions are wrong.
    Captions(fn(&captions::Context<'_>) -> Vec<Finding>),
    /// Which captions are wrong, by when their words were heard.
    CaptionsHeard(fn(&captions::Context<'_>) -> Vec<Finding>),
}

impl Rule {
    /// The rule with this code, in any letter case, or this name.
    pub fn named(name: &str) -> Option<&'static Rule> {
        let is_it = |rule: &&Rule| rule.code.eq_ignore_ascii_case(name) || rule.name == name;
        RULES.iter().copied().find(is_it)
    }

    /// Whether it listens: what it finds in one recording says nothing about another.
    pub fn listens(&self) -> bool {
        matches!(self.check, Check::Heard { .. } | Check::CaptionsHeard(_))
    }

    /// Whether a check that had this has asked it. Where it has not, that it found nothing says nothing.
    pub fn is_asked(&self, given: Given) -> bool {
        let has_needs = match self.needs {
            Needs::Text => true,
            Needs::Recording => given.recording,
            Needs::Captions => given.captions,
        };
        has_needs && (given.recording || !self.listens())
    }
}

/// A code is never used again, so it is the rule.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

/// Every rule, by code: those that need the recording, those of the text and those of captions.
pub static RULES: &[&Rule] = &together::<
    { audio::RULES.len() + text::RULES.len() + captions::RULES.len() },
>([audio::RULES, text::RULES, captions::RULES]);

/// The rules of all families in a row, of which there are `N`.
const fn together<const N: usize>(families: [&[&'static Rule]; 3]) -> [&'static Rule; N] {
    let mut all = [families[0][0]; N];
    let (mut at, mut family) = (0, 0);
    while family < families.len() {
        let mut rule = 0;
        while rule < families[family].len() {
            all[at] = families[family][rule];
            (at, rule) = (at + 1, rule + 1);
        }
        family += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_own_code_and_name_and_stands_with_its_family() {
        for (index, rule) in RULES.iter().enumerate() {
            let others = &RULES[..index];
            assert!(others.iter().all(|it| it != rule && it.name != rule.name), "{}", rule.name);
            let family = match rule.check {
                Check::Heard { .. } => Needs::Recording,
                Check::Text(_) | Check::Repeats(_) => Needs::Text,
                Check::Captions(_) | Check::CaptionsHeard(_) => Needs::Captions,
            };
            assert_eq!(rule.needs, family, "{}", rule.code);
        }
        for family in [audio::RULES, text::RULES, captions::RULES] {
            assert!(family.is_sorted_by_key(|rule| rule.code));
        }
    }

    #[test]
    fn every_manual_page_has_the_same_headings() {
        for rule in RULES {
            let headings: Vec<&str> =
                rule.manual.lines().filter(|line| line.starts_with("## ")).collect();
            let wanted = ["## What it finds", "## Why it matters", "## Example", "## What to do"];
            assert_eq!(headings, wanted, "{}", rule.code);
        }
    }

    #[test]
    fn a_rule_is_asked_where_it_has_what_it_needs() {
        let asked = |code: &str, recording: bool, captions: bool| {
            Rule::named(code).expect("a rule").is_asked(Given { recording, captions })
        };
        assert!(asked("T001", false, false) && asked("T001", true, true));
        assert!(!asked("A001", false, true) && asked("A001", true, false));
        assert!(!asked("C001", true, false) && asked("C001", false, true));
        assert!(!asked("C010", true, false) && !asked("C010", false, true));
        assert!(asked("C010", true, true));
    }
}
