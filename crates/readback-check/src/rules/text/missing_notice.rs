//! T026 `missing-notice`: a text without the notice that the house prints under every one.

use readback_transcript::{NoteKind, Span};

use super::{Context, finding};
use crate::rules::Rule;
use crate::{Finding, Severity};

pub(crate) static RULE: Rule = Rule {
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
};

pub(crate) fn check(context: &Context<'_>) -> Vec<Finding> {
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
