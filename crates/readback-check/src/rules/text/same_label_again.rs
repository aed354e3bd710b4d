//! T015 `same-label-again`: two turns in a row under one label.

use readback_transcript::{Piece, Span, Turn};

use super::{Context, finding};
use crate::rules::{Check, Needs, Rule};
use crate::speakers::{names_a_person, surname};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T015",
    name: "same-label-again",
    severity: Severity::Info,
    summary: "two turns in a row under one label",
    manual: "\
## What it finds
A turn under the same label as the turn right before it, with nothing but words in between.

## Why it matters
One of the two labels may be wrong, or what stood between them is missing: a cue, a question, somebody
else's words. Otherwise a new paragraph without a label says the same.

## Example
`KURTIS: Please welcome your host.` and then `KURTIS: Thank you, Bill.`

## What to do
Listen who speaks. Where it is the same person, and nothing is missing, take the second label out.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let pairs = context.transcript.turns.windows(2);
    let again: Vec<Span> = pairs.filter_map(|pair| repeated(context, &pair[0], &pair[1])).collect();
    let message = "the turn before has the same label";
    again.into_iter().map(|span| finding(&RULE, 0.5, span, message.to_owned(), None)).collect()
}

/// The label of `turn` where it says again who speaks.
fn repeated(context: &Context<'_>, before: &Turn, turn: &Turn) -> Option<Span> {
    let (first, second) = (before.label.as_ref()?, turn.label.as_ref()?);
    let (Piece::Speech { span: last, .. }, Piece::Speech { .. }) =
        (before.pieces.last()?, turn.pieces.first()?)
    else {
        return None;
    };
    let same = surname(&first.name) == surname(&second.name) && names_a_person(&second.name);
    let longer = first.name.len() >= second.name.len();
    let between = Span::new(last.end, second.span.start).of(context.text);
    // A row of stars, or whatever else stands on lines of its own, says that something else begins.
    let lines = between.split('\n').count();
    let mut inner = between.split('\n').take(lines - 1).skip(1);
    let nothing_between =
        !between.contains(char::is_alphanumeric) && inner.all(|line| line.trim().is_empty());
    (same && longer && nothing_between).then_some(second.span)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn two_turns_under_one_label_are_pointed_out() {
        insta::assert_snapshot!(check(
            &RULE,
            "BILL KURTIS: Here is your host.\n\nKURTIS: Thank you, Bill."
        ), @r#"
        3:1 "KURTIS:": the turn before has the same label
        "#);
        finds_nothing(
            &RULE,
            &[
                "BILL KURTIS: Here it is.\n\n(SOUNDBITE OF MUSIC)\n\nKURTIS: So it was.",
                "SPEAKER 1: One.\n\nSPEAKER 1: Two.\n\nQ: Three?\n\nQ: Four?",
                "**Ana Ruiz:** One.\n\n***\n\n**Ana Ruiz:** Two.",
            ],
        );
    }
}
