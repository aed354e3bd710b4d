//! A006 `name-differs`: a name that was said otherwise.

use crate::Severity;
use crate::rules::Rule;

pub(crate) static RULE: Rule = Rule {
    code: "A006",
    name: "name-differs",
    severity: Severity::Error,
    summary: "a name that was said otherwise",
    manual: "\
## What it finds
The text has one name here and the recording another.

## Why it matters
The wrong person or place is made responsible for what was said or done.

## Example
The text says `in Pyongyang` where the recording says `in Russia`.

## What to do
Listen to the stretch given. A name spelt otherwise than the recogniser would spell it, but sounding
the same, is not reported: the recording cannot tell how a name is spelt.
",
};
