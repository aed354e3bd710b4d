//! A005 `number-differs`: a number that was said otherwise.

use crate::Severity;
use crate::rules::Rule;

pub(crate) static RULE: Rule = Rule {
    code: "A005",
    name: "number-differs",
    severity: Severity::Error,
    summary: "a number that was said otherwise",
    manual: "\
## What it finds
The text and the recording have different numbers.

## Why it matters
A wrong number is the error that is quoted most and noticed least.

## Example
The text says `$18.5 million` where the recording says `$80.5 million`.

## What to do
Listen to the stretch given. `40` and `forty`, `$43,000` and `forty-three thousand dollars` are
the same number and never reported.
",
};
