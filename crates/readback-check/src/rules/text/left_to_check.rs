//! T018 `left-to-check`: what the typist could not make out, left in the text.

use readback_transcript::Cue;

use super::{Context, finding};
use crate::house::inside;
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T018",
    name: "left-to-check",
    severity: Severity::Info,
    summary: "words or a spelling the typist was not sure of",
    manual: "\
## What it finds
`(ph)` after a spelling that was guessed, `(unintelligible)`, `(inaudible)` and the like.

## Why it matters
It is the typist's note to the desk: somebody has to listen, or to look the name up. Left in, it tells
readers that nobody did.

## Example
`Degadon (ph)`

## What to do
Look the spelling up, or listen again; then take the note out, or leave it if nobody can tell.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let cues = context.transcript.cues();
    cues.filter_map(|cue| {
        let message = told(context, cue)?;
        Some(finding(&RULE, 0.9, cue.span, message, None))
    })
    .collect()
}

/// What a cue asks the desk to do.
fn told(context: &Context<'_>, cue: &Cue) -> Option<String> {
    const GUESSED: &[&str] = &["ph", "phonetic", "sp", "spelling"];
    const UNHEARD: &[&str] =
        &["unintelligible", "inaudible", "indiscernible", "indistinct", "unclear"];
    let content = inside(cue.span.of(context.text)).trim_end_matches(['.', '?']).to_lowercase();
    let first = content.split([' ', '-', ',']).next().unwrap_or_default();
    if GUESSED.contains(&content.as_str()) {
        let name = context.word_before(cue.span).of(context.text);
        return Some(format!("the spelling of \"{name}\" was guessed: look it up"));
    }
    UNHEARD.contains(&first).then(|| "the typist could not make this out: listen again".to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn notes_of_the_typist_are_pointed_out() {
        insta::assert_snapshot!(check(
            &RULE,
            "ANA RUIZ: The village of Degadon (ph) was (unintelligible). \\[unintelligible 00:40:51.20\\] So. (LAUGHTER)"
        ), @r#"
        1:34 "(ph)": the spelling of "Degadon" was guessed: look it up
        1:43 "(unintelligible)": the typist could not make this out: listen again
        1:62 "[unintelligible 00:40:51.20\\]": the typist could not make this out: listen again
        "#);
        finds_nothing(&RULE, &["ANA RUIZ: It was inaudible (LAUGHTER) to us (CROSSTALK)."]);
    }
}
