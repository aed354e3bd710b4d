//! Rules that need the recording: one file each, with its manual page, when it fires and what it says. The
//! audit finds the place and weighs the evidence.

mod missing_words;
mod name_differs;
mod negation_differs;
mod not_said;
mod number_differs;
mod passage_said_once;
mod said_otherwise;

use super::{Check, Rule};
use crate::Severity;
use crate::evidence::{Clues, Evidence, Subject, Testimony};

/// The rules that need the recording, by code.
pub(super) const RULES: &[&Rule] = &[
    &not_said::RULE,
    &missing_words::RULE,
    &said_otherwise::RULE,
    &passage_said_once::RULE,
    &number_differs::RULE,
    &name_differs::RULE,
    &negation_differs::RULE,
];

/// From this probability that the text is wrong on a difference can be an error; below it is a warning. Set by
/// hand: it is what the command line promises.
const VERY_LIKELY: f64 = 0.8;
/// Words on either side up to which a difference is about the number, name or negation that is in it.
const FEW_WORDS: usize = 4;

/// A place where text and hearing differ, as its rule sees it.
pub(crate) struct Place<'a> {
    evidence: &'a Evidence,
    /// The text's words as a message quotes them; empty where it has none.
    ours: String,
    /// The same of those that were heard.
    theirs: String,
}

impl<'a> Place<'a> {
    pub fn new(evidence: &'a Evidence, text_words: &str, heard_words: &str) -> Self {
        Self { evidence, ours: shortened(text_words), theirs: shortened(heard_words) }
    }

    /// The rule that it is of: just one fires.
    pub fn rule(&self) -> &'static Rule {
        let fires = |rule: &&Rule| match &rule.check {
            Check::Heard { fires, .. } => fires(self),
            _ => false,
        };
        RULES.iter().copied().find(fires).unwrap_or(&said_otherwise::RULE)
    }

    /// How grave it is for `rule`: what is left to a listener is a hint, and an error is very likely.
    pub fn severity(&self, rule: &Rule) -> Severity {
        let likely = f64::from(self.evidence.judgement.probability.get()) >= VERY_LIKELY;
        match rule.severity {
            _ if !self.evidence.is_error() => Severity::Info,
            usual if !likely => usual.min(Severity::Warning),
            usual => usual,
        }
    }

    /// What `rule` says about it.
    pub fn message(&self, rule: &Rule) -> String {
        let said = match &rule.check {
            Check::Heard { says, .. } => says(self),
            _ => two_readings(self),
        };
        // The recogniser is quoted as it is, and a question asks already.
        if self.evidence.is_error() || self.is_hearsay() || self.is_question() {
            return said;
        }
        format!("listen here: perhaps {said}")
    }

    fn clues(&self) -> &Clues {
        &self.evidence.clues
    }

    /// Whether nobody can be asked: another recogniser's words are all there is.
    fn is_hearsay(&self) -> bool {
        self.evidence.testimony == Testimony::Hearsay
    }

    /// Whether all there is to say is to ask how a word is spelt.
    fn is_question(&self) -> bool {
        self.clues().sounds_the_same && !self.is_hearsay()
    }

    /// Whether it is about a number, a name or a negation, and hardly anything else.
    fn is_about(&self, subject: Subject) -> bool {
        let Clues { text_words, heard_words, .. } = self.clues();
        self.clues().subject == subject && (*text_words).max(*heard_words) <= FEW_WORDS
    }

    /// Whether nothing but its words makes it what it is: it is no passage that stands elsewhere too, and no
    /// negation.
    fn is_plain(&self) -> bool {
        !self.clues().stands_elsewhere && !self.is_about(Subject::Negation)
    }

    /// Whether either side has words.
    fn has_two_readings(&self) -> bool {
        self.clues().text_words > 0 && self.clues().heard_words > 0
    }
}

/// What each side says.
fn two_readings(place: &Place) -> String {
    let Place { ours, theirs, .. } = place;
    if place.is_hearsay() {
        format!("the text says “{ours}”, the recogniser heard “{theirs}”")
    } else {
        format!("the text says “{ours}”, the recording “{theirs}”")
    }
}

/// At most the first words of a long quotation, for a message of one line.
fn shortened(words: &str) -> String {
    const MOST: usize = 10;
    let mut parts = words.split(' ');
    let first: Vec<&str> = parts.by_ref().take(MOST).collect();
    let more = if parts.next().is_some() { " …" } else { "" };
    first.join(" ").trim_end_matches(['.', ',', ';', ':']).to_string() + more
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the rule of a place with these clues is called, and what it says, by an engine and by hearsay.
    pub(super) fn told(clues: &Clues, text: &str, heard: &str) -> [String; 2] {
        let clues = Clues {
            text_words: text.split_whitespace().count(),
            heard_words: heard.split_whitespace().count(),
            ..clues.clone()
        };
        [Testimony::Unasked, Testimony::Hearsay].map(|testimony| {
            let evidence = Evidence::new(clues.clone(), testimony);
            let place = Place::new(&evidence, text, heard);
            let rule = place.rule();
            let message = place.message(rule);
            let said = message.strip_prefix("listen here: perhaps ").unwrap_or(&message);
            format!("{}: {said}", rule.name)
        })
    }

    #[test]
    fn just_one_rule_fires_wherever_the_sides_differ() {
        for subject in [Subject::Number, Subject::Negation, Subject::Name, Subject::Words] {
            for (text_words, heard_words) in [(0, 1), (1, 0), (1, 1), (9, 0), (0, 9), (9, 9)] {
                for stands_elsewhere in [false, true] {
                    let clues = Clues {
                        subject,
                        text_words,
                        heard_words,
                        stands_elsewhere,
                        ..Clues::default()
                    };
                    let evidence = Evidence::new(clues, Testimony::Unasked);
                    let place = Place::new(&evidence, "", "");
                    let firing = RULES.iter().filter(|rule| match &rule.check {
                        Check::Heard { fires, .. } => fires(&place),
                        _ => false,
                    });
                    let clues = &evidence.clues;
                    assert_eq!(firing.count(), 1, "{clues:?}");
                }
            }
        }
    }

    #[test]
    fn a_place_that_a_person_must_listen_to_is_a_hint() {
        let clues = Clues { text_words: 1, heard_words: 1, ..Clues::default() };
        let unsure = Clues { heard_probability: 0.45, ..clues.clone() };
        let severity = |clues: Clues, testimony| {
            let evidence = Evidence::new(clues, testimony);
            Place::new(&evidence, "region", "reason").severity(&said_otherwise::RULE)
        };
        assert_eq!(severity(unsure.clone(), Testimony::Unasked), Severity::Info);
        let sure = Clues { heard_probability: 0.95, ..clues };
        assert_eq!(severity(sure, Testimony::Unasked), Severity::Error);
        let evidence = Evidence::new(unsure, Testimony::Unasked);
        let place = Place::new(&evidence, "region", "reason");
        assert!(place.message(&said_otherwise::RULE).starts_with("listen here: perhaps the text"));
    }

    #[test]
    fn a_long_quotation_is_cut() {
        assert_eq!(shortened("one two, three."), "one two, three");
        let ten = "a b c d e f g h i j";
        assert_eq!(shortened(&format!("{ten} k.")), format!("{ten} …"));
    }
}
