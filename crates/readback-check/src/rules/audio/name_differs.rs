//! A006 `name-differs`: a name that was said otherwise.

use super::{Place, two_readings};
use crate::Severity;
use crate::evidence::Subject;
use crate::rules::{Check, Needs, Rule};

pub(super) static RULE: Rule = Rule {
    code: "A006",
    name: "name-differs",
    severity: Severity::Error,
    summary: "a name that was said otherwise",
    manual: "\
## What it finds
The text has one name here and the recording another.

## Why it matters
The wrong person or place is made responsible for what was said or done.

## Example
The text says `in Pyongyang` where the recording says `in Russia`.

## What to do
Listen to the stretch given. A name spelt otherwise than the recogniser would spell it, but sounding
the same, is not reported: the recording cannot tell how a name is spelt.
",
    needs: Needs::Recording,
    check: Check::Heard { fires, says: two_readings },
};

fn fires(place: &Place) -> bool {
    let is_plain = place.has_two_readings() && place.is_plain();
    is_plain && place.is_about(Subject::Name)
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;
    use crate::evidence::Clues;

    #[test]
    fn a_name_among_few_words_has_its_own_rule() {
        let clues = Clues { subject: Subject::Name, ..Clues::default() };
        let [seen, _] = told(&clues, "Pyongyang", "Russia");
        assert_eq!(seen, "name-differs: the text says “Pyongyang”, the recording “Russia”");
        let [seen, _] = told(&clues, "in Pyongyang the day ended", "in Russia the day ended");
        assert!(seen.starts_with("said-otherwise: "), "{seen}");
    }
}
