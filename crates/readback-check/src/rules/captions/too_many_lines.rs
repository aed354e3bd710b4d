//! C002 `too-many-lines`: a caption of more lines than the guide allows.

use super::{Context, finding};
use crate::rules::Rule;
use crate::{Finding, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "C002",
    name: "too-many-lines",
    severity: Severity::Warning,
    summary: "a caption of more lines than the guide allows",
    manual: "\
## What it finds
A caption with more lines than the guide allows. Only where a guide is named (`--preset`) that states a
number is anything measured by it.

## Why it matters
It hides the picture, or its last line is not shown.

## Example
Three lines under a guide of two.

## What to do
Make two captions of it; `readback caption` does.
",
};

pub(crate) fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(most) = context.rules.lines else { return Vec::new() };
    let captions = context.seen.iter().filter_map(|seen| {
        let lines = seen.caption.lines.len();
        let message = format!("the caption has {lines} lines, and the guide allows {most}");
        (lines > most).then(|| finding(&RULE, RULE.severity, seen.caption, message))
    });
    captions.collect()
}
