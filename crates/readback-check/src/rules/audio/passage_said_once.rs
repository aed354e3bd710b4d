//! A004 `passage-said-once`: a passage typed twice that was said once.

use crate::Severity;
use crate::rules::Rule;

pub(crate) static RULE: Rule = Rule {
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
};
