//! T027 `unlabelled-opening`: words before the first label of a labelled text.

use readback_transcript::Piece;

use super::{Context, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T027",
    name: "unlabelled-opening",
    severity: Severity::Warning,
    summary: "words before the first label",
    manual: "\
## What it finds
At least a sentence of words before the first speaker label, in a text that labels its speakers.

## Why it matters
The host's introduction has lost its label, or what stands there was never said.

## Example
A story that begins `Russian President Vladimir Putin welcomed …` and only then has `CHARLES MAYNES,
BYLINE:`

## What to do
Put the speaker's label before it, or take it out if it is the page's summary.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

/// Fewer words are a title or a dateline.
const LEAST_WORDS: usize = 12;
/// Fewer labels may be none.
const LEAST_LABELS: usize = 2;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(first) = context.transcript.turns.first() else { return Vec::new() };
    let labelled = context.labels().take(LEAST_LABELS).count() == LEAST_LABELS;
    if first.label.is_some() || !labelled || first.words().count() < LEAST_WORDS {
        return Vec::new();
    }
    let run = first.pieces.iter().find_map(|piece| match piece {
        Piece::Speech { words, .. } => {
            words.first().map(|first| first.span.union(words[words.len().min(4) - 1].span))
        }
        Piece::Cue(_) => None,
    });
    let message = "no label says who speaks these words".to_owned();
    run.map(|span| finding(&RULE, 0.8, span, message, None)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn words_before_the_first_label_are_found() {
        insta::assert_snapshot!(check(
            &RULE,
            "A Title\n\nThe president welcomed his guest in the old town hall of the city on Monday.\n\nJON HALE, BYLINE: It was cold.\n\nANA RUIZ: Yes."
        ), @r#"
        3:1 "The president welcomed his": no label says who speaks these words
        "#);
        finds_nothing(
            &RULE,
            &[
                "A Title\n\nMarch 4, 2024\n\nJON HALE: It was cold.\n\nANA RUIZ: Yes.",
                "The president welcomed his guest in the old town hall of the city on Monday.",
            ],
        );
    }
}
