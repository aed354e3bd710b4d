//! T025 `missing-sign-off`: a report that ends without the reporter's sign-off.

use readback_transcript::{Piece, Role, Span, Turn};

use super::{Context, finding};
use crate::rules::Rule;
use crate::{Finding, Severity};

pub(crate) static RULE: Rule = Rule {
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
};

pub(crate) fn check(context: &Context<'_>) -> Vec<Finding> {
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
    let name = |turn: &Turn| turn.label.as_ref().map(|label| super::context::surname(&label.name));
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
