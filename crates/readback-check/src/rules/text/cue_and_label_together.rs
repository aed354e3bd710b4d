//! T010 `cue-and-label-together`: a label right after a cue, on its line.

use readback_transcript::{Label, Span};

use super::{Context, edit, finding};
use crate::rules::Rule;
use crate::{Finding, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "T010",
    name: "cue-and-label-together",
    severity: Severity::Warning,
    summary: "a speaker label on the line of a cue",
    manual: "\
## What it finds
A speaker's label that follows a cue on the same line.

## Why it matters
The cue belongs to what was before, the label begins a new turn. Run together, the cue looks like part of the
label, and programs that look for labels at the start of a paragraph miss the turn.

## Example
`(END VIDEO CLIP) HUNT: All right.`

## What to do
Begin a new paragraph before the label. The fix does.
",
};

pub(crate) fn check(context: &Context<'_>) -> Vec<Finding> {
    let labels = context.labels().filter(|label| label.inline && follows_cue(context, label));
    labels
        .map(|label| {
            let cue_end = context.text[..label.span.start].trim_end().len();
            let fix = edit(cue_end, label.span.start, "\n\n");
            let message = format!("the label \"{}\" stands on the line of a cue", label.name);
            finding(&RULE, 0.95, label.span, message, Some(fix))
        })
        .collect()
}

/// Whether nothing but blanks stands between the end of a cue and `label`.
pub(super) fn follows_cue(context: &Context<'_>, label: &Label) -> bool {
    let before = Span::new(0, label.span.start).of(context.text).trim_end();
    let closed = before.ends_with([')', ']']);
    closed && context.ends_cue(before.len())
}
