//! T026 `missing-notice`: a text without the notice that the house prints under every one.

use readback_transcript::{NoteKind, Span};

use super::{Context, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T026",
    name: "missing-notice",
    severity: Severity::Info,
    summary: "a text without the notice that the house asks for",
    manual: "\
## What it finds
For a house that `readback.toml` names and that prints a notice under its transcripts: a text without one.

## Why it matters
The notice says that the audio is the record. Without it the text passes for more than it is, and the end
of the delivery may be missing with it.

## Example
A text for NPR without `NPR transcripts are created on a rush deadline`

## What to do
Add the notice, unless the desk's system does that when it publishes.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(house) = context.style.house.filter(|house| !house.notice.is_empty()) else {
        return Vec::new();
    };
    let notes = context.transcript.notes.iter().filter(|note| note.kind != NoteKind::Headline);
    let is_notice = |shown: &str| {
        let shown = shown.to_lowercase();
        house.notice.iter().any(|phrase| shown.contains(phrase))
    };
    let there = notes.map(|note| note.span.of(context.text)).any(is_notice);
    let end = Span::point(context.text.trim_end().len());
    let message = format!("the notice of {} is missing", house.network);
    if there { Vec::new() } else { vec![finding(&RULE, 0.9, end, message, None)] }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check_for, desk, finds_nothing};
    use super::*;

    #[test]
    fn the_notice_that_the_house_asks_for_is_missed() {
        let text = "ANA RUIZ, HOST: It is cold.\n\nJON HALE, BYLINE: It is too early to say.";
        insta::assert_snapshot!(check_for(&desk("npr"), &RULE, text), @r#"
        3:42 "": the notice of NPR is missing
        "#);
        finds_nothing(&RULE, &[text]);
        let whole = "ANA RUIZ, HOST: It is cold.\n\nJON HALE, BYLINE: It is. Jon Hale, NPR News, Oslo.\n\nNPR transcripts are created on a rush deadline by an NPR contractor.";
        assert_eq!(check_for(&desk("npr"), &RULE, whole), "");
    }
}
