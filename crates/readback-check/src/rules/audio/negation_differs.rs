//! A007 `negation-differs`: a negation lost or gained.

use super::{Place, missing_words, not_said, two_readings};
use crate::Severity;
use crate::evidence::Subject;
use crate::rules::{Check, Needs, Rule};

pub(super) static RULE: Rule = Rule {
    code: "A007",
    name: "negation-differs",
    severity: Severity::Error,
    summary: "a negation lost or gained",
    manual: "\
## What it finds
The recording has a `not`, `never` or `no` that the text lacks, or the other way round.

## Why it matters
The sentence says the opposite of what was said.

## Example
The text says `the microphones can tell` where the recording says `the microphones can't tell`.

## What to do
Listen to the stretch given. The fix restores what was heard.
",
    needs: Needs::Recording,
    check: Check::Heard { fires, says },
};

fn fires(place: &Place) -> bool {
    place.is_about(Subject::Negation) && !place.clues().stands_elsewhere
}

fn says(place: &Place) -> String {
    match (place.clues().text_words, place.clues().heard_words) {
        (_, 0) => not_said::says(place),
        (0, _) => missing_words::says(place),
        _ => two_readings(place),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;
    use crate::evidence::Clues;

    #[test]
    fn a_negation_lost_gained_or_changed_has_its_own_rule() {
        let clues = Clues { subject: Subject::Negation, ..Clues::default() };
        for (text, heard, said) in [
            ("can", "can't", "the text says “can”, the recording “can't”"),
            ("", "not", "“not” was said and is missing here"),
            ("not", "", "“not” was not said"),
        ] {
            assert_eq!(told(&clues, text, heard)[0], format!("negation-differs: {said}"));
        }
    }
}
