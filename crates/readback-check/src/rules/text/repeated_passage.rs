//! T001 `repeated-passage`: a passage typed again.

use readback_transcript::Transcript;

use super::finding;
use super::passages::{copies, deletion, sentences, span};
use crate::rules::Rule;
use crate::{Finding, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "T001",
    name: "repeated-passage",
    severity: Severity::Warning,
    summary: "a passage typed again",
    manual: "\
## What it finds
A turn, or one or more sentences of at least four words, that stands once more nearby, word for word,
under the same name. Punctuation and spelling variants do not matter. Short quotations, and what another
speaker echoes, are left alone.

## Why it matters
A line pasted twice makes the speaker say it twice. Only the recording can tell a slip of the typist
from a speaker who repeats himself; when there is one, it decides and this rule is silent.

## Example
`MAYNES: Through an interpreter, Kim toasted Putin's health…` stands twice in a row.

## What to do
Listen, and delete the copy. The fix deletes the later one.
",
};

/// Tokens below which words in quotation marks are a slogan.
const SHORTEST_QUOTE: usize = 6;
/// A longer sentence may be cut short in the copy.
const CUT_SHORT: usize = 12;

pub(crate) fn check(transcript: &Transcript) -> Vec<Finding> {
    let sentences = sentences(transcript);
    let found = copies(&sentences, |original, copy| {
        original.tokens == copy.tokens
            || (copy.tokens.len() >= CUT_SHORT && original.tokens.starts_with(&copy.tokens))
    });
    let mut findings = Vec::new();
    for copy in found {
        let place = span(transcript, &sentences, &copy);
        let shown = place.of(&transcript.text);
        if copy.tokens < SHORTEST_QUOTE && shown.contains(['"', '“', '”']) {
            continue;
        }
        let confidence = if copy.tokens < 8 { 0.6 } else { 0.85 };
        let message =
            format!("these {} words already stand nearby", shown.split_whitespace().count());
        let fix = deletion(&transcript.text, place);
        findings.push(finding(&RULE, confidence, place, message, Some(fix)));
    }
    findings
}
