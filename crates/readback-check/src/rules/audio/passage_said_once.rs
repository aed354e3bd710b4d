//! A004 `passage-said-once`: a passage typed twice that was said once.

use super::Place;
use crate::Severity;
use crate::rules::{Check, Needs, Rule};

pub(super) static RULE: Rule = Rule {
    code: "A004",
    name: "passage-said-once",
    severity: Severity::Error,
    summary: "a passage typed twice that was said once",
    manual: "\
## What it finds
The text has the same passage twice, perhaps with small changes, and the recording has it once.

## Why it matters
Nobody meant to publish it, and search finds the wrong copy.

## Example
The line `HALE: That crackling comes from snapping shrimp` stands twice.

## What to do
Delete the copy. The fix deletes the one that fits the recording less well.
",
    needs: Needs::Recording,
    check: Check::Heard { fires, says },
};

fn fires(place: &Place) -> bool {
    place.clues().stands_elsewhere
}

fn says(place: &Place) -> String {
    let ours = &place.ours;
    if place.is_hearsay() {
        format!("“{ours}” stands twice in the text and the recogniser heard it once")
    } else {
        format!("“{ours}” stands twice in the text and was said once")
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;

    use crate::evidence::Clues;

    #[test]
    fn a_passage_that_stands_elsewhere_too_was_said_once() {
        let clues = Clues { stands_elsewhere: true, ..Clues::default() };
        let [seen, hearsay] = told(&clues, "It never stopped.", "");
        let once = "passage-said-once: “It never stopped” stands twice in the text and";
        assert_eq!(seen, format!("{once} was said once"));
        assert_eq!(hearsay, format!("{once} the recogniser heard it once"));
    }
}
