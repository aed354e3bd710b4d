//! A003 `said-otherwise`: words said otherwise than the text has them.

use super::{Place, two_readings};
use crate::Severity;
use crate::evidence::Subject;
use crate::rules::{Check, Needs, Rule};

pub(super) static RULE: Rule = Rule {
    code: "A003",
    name: "said-otherwise",
    severity: Severity::Error,
    summary: "words said otherwise than the text has them",
    manual: "\
## What it finds
At this place the recording has other words than the text.

## Why it matters
A misheard word is quoted for ever.

## Example
The text says `the region was closed` where the recording says `the reason was closed`.

## What to do
Listen to the stretch given and choose. The fix puts the heard words in. Spelling, punctuation,
figures for words, hesitations and other matters of style are not reported.
",
    needs: Needs::Recording,
    check: Check::Heard { fires, says },
};

fn fires(place: &Place) -> bool {
    let of_its_own = place.is_about(Subject::Number) || place.is_about(Subject::Name);
    place.has_two_readings() && place.is_plain() && !of_its_own
}

fn says(place: &Place) -> String {
    if place.is_question() {
        return format!("“{}” sounds like “{}”: is it spelt right?", place.ours, place.theirs);
    }
    two_readings(place)
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use crate::evidence::Clues;

    #[test]
    fn other_words_are_quoted_from_either_side() {
        let [seen, hearsay] = told(&Clues::default(), "region", "reason");
        assert_eq!(seen, "said-otherwise: the text says “region”, the recording “reason”");
        let heard = "said-otherwise: the text says “region”, the recogniser heard “reason”";
        assert_eq!(hearsay, heard);
    }

    #[test]
    fn a_word_that_only_sounds_like_the_heard_one_is_asked_about() {
        let clues = Clues { sounds_the_same: true, ..Clues::default() };
        let [seen, hearsay] = told(&clues, "witheld", "withheld");
        assert_eq!(seen, "said-otherwise: “witheld” sounds like “withheld”: is it spelt right?");
        let heard = "said-otherwise: the text says “witheld”, the recogniser heard “withheld”";
        assert_eq!(hearsay, heard);
    }
}
