//! A005 `number-differs`: a number that was said otherwise.

use super::{Place, two_readings};
use crate::Severity;
use crate::evidence::Subject;
use crate::rules::{Check, Needs, Rule};

pub(super) static RULE: Rule = Rule {
    code: "A005",
    name: "number-differs",
    severity: Severity::Error,
    summary: "a number that was said otherwise",
    manual: "\
## What it finds
The text and the recording have different numbers.

## Why it matters
A wrong number is the error that is quoted most and noticed least.

## Example
The text says `$18.5 million` where the recording says `$80.5 million`.

## What to do
Listen to the stretch given. `40` and `forty`, `$43,000` and `forty-three thousand dollars` are
the same number and never reported.
",
    needs: Needs::Recording,
    check: Check::Heard { fires, says: two_readings },
};

fn fires(place: &Place) -> bool {
    let is_plain = place.has_two_readings() && place.is_plain();
    is_plain && place.is_about(Subject::Number)
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;
    use crate::evidence::Clues;

    #[test]
    fn a_number_against_another_one_has_its_own_rule() {
        let clues = Clues { subject: Subject::Number, ..Clues::default() };
        let [seen, _] = told(&clues, "$18.5 million", "$80.5 million");
        let said = "number-differs: the text says “$18.5 million”, the recording “$80.5 million”";
        assert_eq!(seen, said);
        let [seen, _] = told(&clues, "", "ten");
        assert_eq!(seen, "missing-words: “ten” was said and is missing here");
    }
}
