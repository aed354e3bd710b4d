//! C005 `shown-too-long`: a caption shown for more time than the guide allows.

use super::{Context, finding, seconds};
use crate::rules::Rule;
use crate::{Finding, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "C005",
    name: "shown-too-long",
    severity: Severity::Warning,
    summary: "a caption shown for more time than the guide allows",
    manual: "\
## What it finds
A caption that stands longer than the guide allows. Only where a guide is named (`--preset`) that states
a number is anything measured by it.

## Why it matters
Viewers read it again, and miss that nothing new was said.

## Example
A caption of nine seconds under a guide of seven.

## What to do
Break it in two, or end it when its words end.
",
};

pub(crate) fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(longest) = context.rules.longest else { return Vec::new() };
    let captions = context.seen.iter().filter_map(|seen| {
        let shown = seen.caption.stretch.length();
        let message = format!(
            "the caption is shown for {}, and the guide allows {}",
            seconds(shown),
            seconds(longest)
        );
        (shown > longest).then(|| finding(&RULE, RULE.severity, seen.caption, message))
    });
    captions.collect()
}
