//! What a desk has decided about findings: rules that are off or weigh otherwise, and findings that it
//! leaves out for a reason. Where the decisions are written down is not known here.

use std::collections::BTreeMap;

use regex::Regex;
use thiserror::Error;

use crate::{Finding, Rule, Severity};

/// What a desk has decided about findings. By default every rule is asked and keeps its severity.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What was decided about whole rules, by their code.
    pub levels: BTreeMap<&'static str, Level>,
    /// What is left out.
    pub ignored: Vec<Ignored>,
}

/// What was decided about a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Its findings are not told.
    Off,
    /// Its findings have this severity. Those that the rule itself holds for milder than the others (a
    /// place to listen to) become no graver by it.
    At(Severity),
}

/// Findings that are left out.
#[derive(Clone, Debug)]
#[doc(alias = "suppression")]
pub struct Ignored {
    rule: &'static Rule,
    passage: Option<Regex>,
}

/// The passage to ignore is too long to be looked for.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("the text is too long to be looked for; a few words will do")]
pub struct TooLong;

/// Bytes of the longest passage that is looked for. What is longer is refused before it is compiled, which
/// takes seconds where there are a million words.
const LONGEST_PASSAGE: usize = 10_000;

impl Settings {
    /// Drops from the `findings` in `text` those that are not to be told, and gives the others the
    /// severity they have for this desk.
    pub fn apply(&self, findings: &mut Vec<Finding>, text: &str) {
        findings.retain(|finding| self.level(finding) != Some(Level::Off));
        for ignored in &self.ignored {
            ignored.drop_from(findings, text);
        }
        for finding in findings {
            if let Some(Level::At(severity)) = self.level(finding) {
                let is_mild = finding.severity < finding.rule.severity;
                finding.severity = if is_mild { finding.severity.min(severity) } else { severity };
            }
        }
    }

    /// Whether findings of the rule with this code are told at all.
    pub fn asks(&self, code: &str) -> bool {
        self.levels.get(code) != Some(&Level::Off)
    }

    fn level(&self, finding: &Finding) -> Option<Level> {
        self.levels.get(finding.rule.code).copied()
    }
}

impl Ignored {
    /// Ignores the findings of `rule`: all of them, or those inside `passage`, some words of the text.
    /// How the words are spaced and broken into lines does not matter.
    pub fn new(rule: &'static Rule, passage: Option<&str>) -> Result<Self, TooLong> {
        Ok(Self { rule, passage: passage.map(however_spaced).transpose()? })
    }

    fn drop_from(&self, findings: &mut Vec<Finding>, text: &str) {
        if !findings.iter().any(|finding| finding.rule == self.rule) {
            return;
        }
        let Some(passage) = &self.passage else {
            return findings.retain(|finding| finding.rule != self.rule);
        };
        let places: Vec<(usize, usize)> =
            passage.find_iter(text).map(|place| (place.start(), place.end())).collect();
        findings.retain(|finding| {
            let span = finding.span;
            let next = places.partition_point(|&(_, end)| end < span.end);
            let inside = places.get(next).is_some_and(|&(start, _)| start <= span.start);
            finding.rule != self.rule || !inside
        });
    }
}

/// The words of `passage`, however they are spaced.
fn however_spaced(passage: &str) -> Result<Regex, TooLong> {
    if passage.len() > LONGEST_PASSAGE {
        return Err(TooLong);
    }
    let words: Vec<String> = passage.split_whitespace().map(regex::escape).collect();
    Regex::new(&words.join(r"\s+")).map_err(|_| TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RULES;
    use readback_transcript::{Probability, Span};

    const TEXT: &str = "They met in\nPort Arden. Port Arden is small.";

    fn at(words: &str) -> Finding {
        let start = TEXT.rfind(words).expect("words of the text");
        let span = Span::new(start, start + words.len());
        Finding::new(RULES[0], Probability::new(0.9), span, String::new())
    }

    fn left(settings: &Settings, mut findings: Vec<Finding>) -> Vec<(&'static str, Severity)> {
        settings.apply(&mut findings, TEXT);
        findings.iter().map(|finding| (finding.span.of(TEXT), finding.severity)).collect()
    }

    fn ignoring(passage: Option<&str>) -> Settings {
        let ignored = Ignored::new(RULES[0], passage).expect("a short passage");
        Settings { ignored: vec![ignored], ..Settings::default() }
    }

    #[test]
    fn nothing_is_dropped_or_changed_by_default() {
        assert_eq!(left(&Settings::default(), vec![at("small")]), [("small", RULES[0].severity)]);
    }

    #[test]
    fn a_rule_that_is_off_tells_nothing() {
        let levels = [(RULES[0].code, Level::Off)].into();
        let settings = Settings { levels, ..Settings::default() };
        assert!(!settings.asks(RULES[0].code) && settings.asks(RULES[1].code));
        assert_eq!(left(&settings, vec![at("small")]), []);
    }

    #[test]
    fn a_rule_weighs_what_the_desk_says_but_its_hints_become_no_graver() {
        let levels = [(RULES[0].code, Level::At(Severity::Warning))].into();
        let settings = Settings { levels, ..Settings::default() };
        let hint = Finding { severity: Severity::Info, ..at("is") };
        let told = left(&settings, vec![hint, at("small")]);
        assert_eq!(told, [("is", Severity::Info), ("small", Severity::Warning)]);
    }

    #[test]
    fn what_stands_inside_an_ignored_passage_is_left_out() {
        let settings = ignoring(Some("met in Port  Arden"));
        let met = Finding { span: Span::new(5, 8), ..at("small") };
        assert_eq!(left(&settings, vec![met, at("Port Arden")]).len(), 1);
        let omission = Finding { span: Span::point(8), ..at("small") };
        assert_eq!(left(&settings, vec![omission]), []);
        assert_eq!(left(&ignoring(Some("Arden is")), vec![at("Port Arden")]).len(), 1);
        assert_eq!(left(&ignoring(None), vec![at("small")]), []);
    }

    #[test]
    fn another_rule_is_not_ignored() {
        let other = Finding { rule: RULES[1], ..at("small") };
        assert_eq!(left(&ignoring(None), vec![other]).len(), 1);
    }

    #[test]
    fn a_passage_without_end_is_refused() {
        let endless = "word ".repeat(LONGEST_PASSAGE);
        assert_eq!(Ignored::new(RULES[0], Some(&endless)).err(), Some(TooLong));
        assert!(Ignored::new(RULES[0], Some(&endless[..LONGEST_PASSAGE])).is_ok());
    }
}
