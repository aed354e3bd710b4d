//! A002 `missing-words`: words said that the text lacks.

use super::Place;
use crate::Severity;
use crate::rules::{Check, Needs, Rule};

pub(super) static RULE: Rule = Rule {
    code: "A002",
    name: "missing-words",
    severity: Severity::Error,
    summary: "words said that the text lacks",
    manual: "\
## What it finds
Words were said that the text does not have.

## Why it matters
A dropped word can turn a sentence round, and a dropped sentence can take the answer with it.
Readers cannot see that anything is missing.

## Example
The recording says `I would want to see ten good years`; the text says `I would want to good years`.

## What to do
Put the words in. The fix inserts them as they were heard: look at the spelling of names.
",
    needs: Needs::Recording,
    check: Check::Heard { fires, says },
};

fn fires(place: &Place) -> bool {
    place.clues().text_words == 0 && place.is_plain()
}

/// The sentence about words heard for which the text has none.
pub(super) fn says(place: &Place) -> String {
    let theirs = &place.theirs;
    if place.is_hearsay() {
        format!("the recogniser heard “{theirs}”, which is missing here")
    } else {
        format!("“{theirs}” was said and is missing here")
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;

    use crate::evidence::Clues;

    #[test]
    fn words_that_the_text_lacks_are_missing() {
        let [seen, hearsay] = told(&Clues::default(), "", "ten years");
        assert_eq!(seen, "missing-words: “ten years” was said and is missing here");
        let heard = "missing-words: the recogniser heard “ten years”, which is missing here";
        assert_eq!(hearsay, heard);
    }
}
