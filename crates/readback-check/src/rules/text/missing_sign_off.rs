//! T025 `missing-sign-off`: a report that ends without the reporter's sign-off.

use readback_transcript::{Piece, Role, Span, Turn};

use super::{Context, finding};
use crate::rules::{Check, Needs, Rule};
use crate::speakers::surname;
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T025",
    name: "missing-sign-off",
    severity: Severity::Info,
    summary: "a report without the sign-off that the house asks for",
    manual: "\
## What it finds
For a house that `readback.toml` names and whose reporters sign off: a story whose last words are a
reporter's, without the network's name in them.

## Why it matters
The sign-off is the last line, and the one that is cut when a text arrives incomplete.

## Example
A report that ends `It was too early to say.` instead of `Charles Maynes, NPR News, Moscow.`

## What to do
Listen to the end. Reporters who talk with the host, and are thanked, do not sign off.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let sign_off = context.style.house.and_then(|house| house.sign_off);
    let Some(sign_off) = sign_off else { return Vec::new() };
    let spoken = context.transcript.turns.iter().rev().find(|turn| turn.words().next().is_some());
    let last = spoken.filter(|turn| is_reporter(context, turn)).and_then(last_words);
    let missing = last.filter(|run| !run.of(context.text).contains(sign_off));
    missing
        .map(|run| {
            let message = format!("the report ends without \"{sign_off}\"");
            finding(&RULE, 0.6, Span::point(run.end), message, None)
        })
        .into_iter()
        .collect()
}

/// Whether somebody of this surname has a byline.
fn is_reporter(context: &Context<'_>, turn: &Turn) -> bool {
    let name = |turn: &Turn| turn.label.as_ref().map(|label| surname(&label.name));
    let byline =
        |turn: &&Turn| turn.label.as_ref().is_some_and(|label| label.role == Some(Role::Byline));
    context.transcript.turns.iter().filter(byline).any(|other| name(other) == name(turn))
}

fn last_words(turn: &Turn) -> Option<Span> {
    turn.pieces.iter().rev().find_map(|piece| match piece {
        Piece::Speech { span, .. } => Some(*span),
        Piece::Cue(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check_for, desk, finds_nothing};
    use super::*;

    #[test]
    fn the_sign_off_that_the_house_asks_for_is_missed() {
        let text = "ANA RUIZ, HOST: It is cold.\n\nJON HALE, BYLINE: It is too early to say.";
        insta::assert_snapshot!(check_for(&desk("npr"), &RULE, text), @r#"
        3:42 "": the report ends without "NPR News"
        "#);
        finds_nothing(&RULE, &[text]);
        let whole = "ANA RUIZ, HOST: It is cold.\n\nJON HALE, BYLINE: It is. Jon Hale, NPR News, Oslo.\n\nNPR transcripts are created on a rush deadline by an NPR contractor.";
        let talk = "ANA RUIZ, HOST: It is cold.\n\nJON HALE, BYLINE: It is.\n\nRUIZ: Thank you.";
        for text in [whole, talk] {
            assert_eq!(check_for(&desk("npr"), &RULE, text), "");
        }
    }
}
