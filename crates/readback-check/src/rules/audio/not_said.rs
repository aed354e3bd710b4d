//! A001 `not-said`: words of the text that were not said.

use crate::Severity;
use crate::rules::Rule;

pub(crate) static RULE: Rule = Rule {
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
};
