//! A007 `negation-differs`: a negation lost or gained.

use crate::Severity;
use crate::rules::Rule;

pub(crate) static RULE: Rule = Rule {
    code: "A007",
    name: "negation-differs",
    severity: Severity::Error,
    summary: "a negation lost or gained",
    manual: "\
## What it finds
The recording has a `not`, `never` or `no` that the text lacks, or the other way round.

## Why it matters
The sentence says the opposite of what was said.

## Example
The text says `the microphones can tell` where the recording says `the microphones can't tell`.

## What to do
Listen to the stretch given. The fix restores what was heard.
",
};
