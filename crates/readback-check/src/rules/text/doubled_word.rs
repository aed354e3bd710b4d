//! T006 `doubled-word`: a small word typed twice.

use readback_transcript::{Piece, Span, Word};

use super::{Context, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T006",
    name: "doubled-word",
    severity: Severity::Info,
    summary: "a small word typed twice",
    manual: "\
## What it finds
English text: `the`, `of` and the like twice in a row.

## Why it matters
It is what an unfinished edit leaves behind. Speakers do stumble, so it is a hint only.

## Example
`The boats left the the harbor.`

## What to do
Delete the stray word, unless the speaker stumbled and house style keeps that.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

/// Words that no sentence has twice in a row.
const NEVER_TWICE: &[&str] = &["an", "into", "of", "than", "the", "their"];
/// The longest of them, in bytes.
const LONGEST: usize = 5;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let transcript = context.transcript;
    if !context.english {
        return Vec::new();
    }
    let pieces = transcript.turns.iter().flat_map(|turn| &turn.pieces);
    let speech = pieces.filter_map(|piece| match piece {
        Piece::Speech { words, .. } => Some(words),
        Piece::Cue(_) => None,
    });
    speech
        .flat_map(|words| words.windows(2))
        .filter_map(|pair| pair_finding(&transcript.text, pair[0], pair[1]))
        .collect()
}

fn pair_finding(text: &str, word: Word, next: Word) -> Option<Finding> {
    if word.span.len() != next.span.len() || word.span.len() > LONGEST {
        return None;
    }
    let (first, second) = (word.span.of(text), next.span.of(text));
    let twice = first.eq_ignore_ascii_case(second) && NEVER_TWICE.contains(&second);
    if !twice || Span::new(word.span.end, next.span.start).of(text) != " " {
        return None;
    }
    let whole = word.span.union(next.span);
    let fix = edit(word.span.end, next.span.end, "");
    Some(finding(&RULE, 0.6, whole, format!("\"{second}\" stands twice"), Some(fix)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn small_words_typed_twice_are_found() {
        insta::assert_snapshot!(check(
            &RULE,
            "ANA RUIZ: The boats left the the harbor and the mouth of of the river."
        ), @r#"
        1:26 "the the": "the" stands twice
        1:55 "of of": "of" stands twice
        --- fixed
        ANA RUIZ: The boats left the harbor and the mouth of the river.
        "#);
        finds_nothing(&RULE, &["ANA RUIZ: He had had a user. The the-end card. Of, of course."]);
    }
}
