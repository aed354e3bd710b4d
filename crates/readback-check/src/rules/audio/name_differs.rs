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
Listen to the stretch given. The recording cannot tell how a name is spelt: one that sounds the same, or
nearly like what the recogniser wrote in a spelling that nobody knows, is at most a hint. The fix
writes a name as the text, its labels or the roster spell it; else it proposes a place or a name of
people that is widely known and fits nearly as well, and where there is none, what was heard. These
two are for you to look at: `--fix` does not write them.
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
