//! A001 `not-said`: words of the text that were not said.

use super::Place;
use crate::Severity;
use crate::rules::{Check, Needs, Rule};

pub(super) static RULE: Rule = Rule {
    code: "A001",
    name: "not-said",
    severity: Severity::Error,
    summary: "words of the text that were not said",
    manual: "\
## What it finds
The text has words for which there is no sound in the recording.

## Why it matters
Readers are told that somebody said something they did not say. Inserted sentences, words typed
twice and lines from another story end up here.

## Example
`The vote had been delayed twice.` stands in the text, and the recording goes straight from the
sentence before it to the one after.

## What to do
Delete the words, or find out where they came from. The fix deletes them.
",
    needs: Needs::Recording,
    check: Check::Heard { fires, says },
};

fn fires(place: &Place) -> bool {
    place.clues().heard_words == 0 && place.is_plain()
}

/// The sentence about words of the text for which nothing was heard.
pub(super) fn says(place: &Place) -> String {
    let ours = &place.ours;
    if place.is_hearsay() {
        format!("the recogniser heard nothing of “{ours}”")
    } else {
        format!("“{ours}” was not said")
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;

    use crate::evidence::Clues;

    #[test]
    fn words_without_sound_were_not_said() {
        let [seen, hearsay] = told(&Clues::default(), "The vote was delayed twice.", "");
        assert_eq!(seen, "not-said: “The vote was delayed twice” was not said");
        assert_eq!(
            hearsay,
            "not-said: the recogniser heard nothing of “The vote was delayed twice”"
        );
    }
}
