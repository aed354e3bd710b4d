//! C008 `two-speakers`: words of two speakers in one caption.

use super::{Context, Seen, finding};
use crate::rules::Rule;
use crate::{Finding, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "C008",
    name: "two-speakers",
    severity: Severity::Warning,
    summary: "words of two speakers in one caption",
    manual: "\
## What it finds
A caption in which one speaker's words end and another's begin, under a guide that wants a new caption
for each speaker. Only where a guide is named (`--preset`) that states a number is anything measured by
it.

## Why it matters
Viewers cannot tell whose words are whose, and Podcasting 2.0 names one speaker for a caption.

## Example
`ANA: Is it safe?` and `BO: No.` in one caption.

## What to do
Begin a new caption where the speaker changes.
",
};

pub(crate) fn check(context: &Context<'_>) -> Vec<Finding> {
    let two = |seen: &&Seen<'_>| seen.words.windows(2).any(|pair| pair[0].0 != pair[1].0);
    let captions = context.seen.iter().filter(|_| context.rules.one_speaker).filter(two);
    let message = "two speakers share this caption, and the guide wants one for each";
    captions.map(|seen| finding(&RULE, RULE.severity, seen.caption, message.into())).collect()
}
