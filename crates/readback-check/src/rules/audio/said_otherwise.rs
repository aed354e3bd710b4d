//! A003 `said-otherwise`: words said otherwise than the text has them.

use crate::Severity;
use crate::rules::Rule;

pub(crate) static RULE: Rule = Rule {
    code: "A003",
    name: "said-otherwise",
    severity: Severity::Error,
    summary: "words said otherwise than the text has them",
    manual: "\
## What it finds
At this place the recording has other words than the text.

## Why it matters
A misheard word is quoted for ever.

## Example
The text says `the region was closed` where the recording says `the reason was closed`.

## What to do
Listen to the stretch given and choose. The fix puts the heard words in. Spelling, punctuation,
figures for words, hesitations and other matters of style are not reported.
",
};
