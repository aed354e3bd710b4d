//! C009 `name-split`: a name or a number broken over two lines or captions.

use readback_transcript::{Joint, Span, Word, Written, joints};

use super::{Context, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "C009",
    name: "name-split",
    severity: Severity::Info,
    summary: "a name or a number broken over two lines or captions",
    manual: "\
## What it finds
First and last name, title and name, or a number and what it counts, with the end of a line or of a
caption between them. It is looked for whenever a guide is named (`--preset`).

## Why it matters
It is read as two, and the eye goes back.

## Example
`… said Dana` at the end of a line and `Ortiz …` on the next.

## What to do
Break before the name or after it, if that fits; `readback caption` does.
",
    needs: Needs::Captions,
    check: Check::Captions(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let text = &context.transcript.text;
    let language = context.transcript.language.as_deref();
    let words: Vec<(usize, &Word)> =
        context.seen.iter().flat_map(|seen| seen.words.clone()).collect();
    let after =
        |at: usize| words.get(at + 1).map_or(words[at].1.span.end, |(_, next)| next.span.start);
    let gap = |at: usize| Span::new(words[at].1.span.end, after(at)).of(text);
    let written = (0..words.len()).map(|at| {
        let span = words[at].1.span;
        let marks = gap(at).find(char::is_whitespace).unwrap_or(gap(at).len());
        let shown = Span::new(span.start, span.end + marks);
        Written { text: shown.of(text), bare: span.of(text), apart: true }
    });
    let joints = joints(&written.collect::<Vec<_>>(), language);
    let mut at = 0;
    let mut findings = Vec::new();
    for seen in &context.seen {
        let split = (at..at + seen.words.len()).find(|&at| {
            let same_turn = words.get(at + 1).is_some_and(|next| next.0 == words[at].0);
            same_turn && joints[at] == Joint::Whole && gap(at).contains(['\n', '\r'])
        });
        at += seen.words.len();
        findings.extend(split.map(|at| {
            let (one, other) = (words[at].1.span.of(text), words[at + 1].1.span.of(text));
            let message = format!("\"{one}\" and \"{other}\" belong together and stand apart");
            finding(&RULE, seen.caption, message)
        }));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_name_or_number_over_two_lines_or_captions_is_found() {
        assert_eq!(check(&[(0, 2000, "says Dana\nOrtiz.")]), ["C009"]);
        assert_eq!(check(&[(0, 2000, "about 20"), (2080, 4000, "percent.")]), ["C009"]);
    }
}
