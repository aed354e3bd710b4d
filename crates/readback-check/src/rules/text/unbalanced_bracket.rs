//! T011 `unbalanced-bracket`: a parenthesis or bracket without its partner among the words.

use readback_transcript::{Piece, Span};

use super::context::place;
use super::stray_bytes::in_code;
use super::{Context, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T011",
    name: "unbalanced-bracket",
    severity: Severity::Warning,
    summary: "a parenthesis or bracket without its partner",
    manual: "\
## What it finds
A parenthesis or square bracket in what is said that is opened and not closed within its paragraph, or closed
and not opened. Cues have a rule of their own (`malformed-cue`); lists (`a)`) and smileys are left alone.

## Why it matters
Nobody can tell where the aside ends, and a program may take the rest of the paragraph for a cue.

## Example
`The agency (which was founded in 1952 did not answer.`

## What to do
Set the missing one, or take the stray one out.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !context.is_page() {
        return Vec::new();
    }
    context.paragraphs().flat_map(|(_, pieces)| in_paragraph(context, pieces)).collect()
}

fn in_paragraph(context: &Context<'_>, pieces: &[Piece]) -> Vec<Finding> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut lone: Vec<usize> = Vec::new();
    for piece in pieces {
        let Piece::Speech { .. } = piece else { continue };
        let span = place(piece);
        let shown = span.of(context.text);
        if !['(', ')', '[', ']'].into_iter().any(|bracket| shown.contains(bracket)) {
            continue;
        }
        for (at, mark) in shown.match_indices(['(', ')', '[', ']']) {
            let (at, mark) = (span.start + at, mark.chars().next().unwrap_or_default());
            match mark {
                '(' | '[' => open.push((at, mark)),
                _ if open.last().is_some_and(|(_, opened)| fits(*opened, mark)) => {
                    open.pop();
                }
                _ => lone.push(at),
            }
        }
    }
    lone.extend(open.into_iter().map(|(at, _)| at));
    lone.sort_unstable();
    let lone = lone.into_iter().filter(|&at| !is_a_list_mark_or_smiley(context.text, at));
    lone.map(|at| Span::new(at, at + 1))
        .filter(|mark| !in_code(context.text, *mark))
        .map(|mark| {
            let opened = matches!(mark.of(context.text), "(" | "[");
            let missing = if opened { "never closed" } else { "never opened" };
            finding(&RULE, 0.85, mark, format!("the bracket is {missing}"), None)
        })
        .collect()
}

fn fits(open: char, close: char) -> bool {
    matches!((open, close), ('(', ')') | ('[', ']'))
}

/// `a)`, `1)`, `:)`, `:-(`.
fn is_a_list_mark_or_smiley(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    let last = before.next();
    let first = before.next();
    let counted = last.is_some_and(char::is_alphanumeric)
        && first.is_none_or(|c| c.is_whitespace() || c == '(');
    // Markdown's links, whose brackets are read away.
    let link = text[at..].starts_with("](");
    let smiles = last.is_some_and(|c| ":;=-^8".contains(c));
    counted || smiles || link
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn brackets_without_their_partner_are_found() {
        insta::assert_snapshot!(check(
            &RULE,
            "ANA RUIZ: The agency (which was founded in 1952 did not answer.\n\nJON HALE: It did] later."
        ), @r#"
        1:22 "(": the bracket is never closed
        3:17 "]": the bracket is never opened
        "#);
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ: The agency (founded in 1952) said a) no and b) maybe :) to [it].",
                "**Ana Ruiz:** [Jon](https://example.org/) types `foo(` there.",
            ],
        );
    }
}
