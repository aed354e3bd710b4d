//! A002 `missing-words`: words said that the text lacks.

use crate::Severity;
use crate::rules::Rule;

pub(crate) static RULE: Rule = Rule {
    code: "A002",
    name: "missing-words",
    severity: Severity::Error,
    summary: "words said that the text lacks",
    manual: "\
## What it finds
Words were said that the text does not have.

## Why it matters
A dropped word can turn a sentence round, and a dropped sentence can take the answer with it.
Readers cannot see that anything is missing.

## Example
The recording says `I would want to see ten good years`; the text says `I would want to good years`.

## What to do
Put the words in. The fix inserts them as they were heard: look at the spelling of names.
",
};
