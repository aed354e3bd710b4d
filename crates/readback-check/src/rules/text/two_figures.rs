//! T022 `two-figures`: two figures for what seems to be one thing.

use std::collections::HashMap;

use readback_transcript::{Span, Word};

use super::{Context, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T022",
    name: "two-figures",
    severity: Severity::Info,
    summary: "two figures for what seems to be one thing",
    manual: "\
## What it finds
The same thing counted by two figures that have the same digits: in another order (`86 prisoners`, `68
prisoners`), or a power of ten apart (`$1.7 million in losses`, `$1.7 billion in losses`).

## Why it matters
Digits that changed places, a nought too many or the wrong magnitude are how figures are mistyped. Both may be
right all the same.

## Example
`There are 86 prisoners on the list.` and later `the 68 prisoners`

## What to do
Listen to both.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

/// Things that are counted over and over.
const COMMON: &[&str] = &[
    "years",
    "year",
    "months",
    "month",
    "weeks",
    "week",
    "days",
    "day",
    "hours",
    "hour",
    "minutes",
    "minute",
    "seconds",
    "percent",
    "million",
    "billion",
    "trillion",
    "thousand",
    "hundred",
    "dollars",
    "dollar",
    "people",
    "times",
    "miles",
    "feet",
    "inches",
    "meters",
    "degrees",
    "points",
    "cents",
    "pounds",
    "basis",
    "quarter",
    "percentage",
    "and",
    "or",
    "of",
    "in",
    "to",
    "the",
    "at",
    "for",
    "from",
    "on",
    "by",
    "a",
    "an",
    "is",
    "was",
    "that",
    "with",
    "as",
    "than",
    "per",
    "but",
    "o'clock",
    "a.m",
    "p.m",
    "we",
    "i",
    "so",
    "which",
    "this",
    "it",
    "compared",
    "through",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !context.english {
        return Vec::new();
    }
    let mut counted: HashMap<String, Vec<String>> = HashMap::new();
    let mut findings = Vec::new();
    for (_, words) in context.speech() {
        for (index, word) in words.iter().enumerate() {
            let Some((thing, figure)) = count(context.text, *word, &words[index + 1..]) else {
                continue;
            };
            let earlier = counted.entry(thing).or_default();
            let rival = earlier.iter().find(|other| is_same_but_for_order(other, &figure));
            if let Some(other) = rival {
                let message = format!("\"{other}\" was counted before, here it is \"{figure}\"");
                findings.push(finding(&RULE, 0.4, word.span, message, None));
            } else if earlier.len() < MOST_KEPT {
                earlier.push(figure);
            }
        }
    }
    findings
}

/// Figures of one thing that are remembered.
const MOST_KEPT: usize = 20;

/// What a figure counts, and the figure, magnitude included.
fn count(text: &str, word: Word, after: &[Word]) -> Option<(String, String)> {
    let shown = word.span.of(text);
    if !shown.starts_with(|c: char| c == '$' || c.is_ascii_digit()) {
        return None;
    }
    let digits = shown.bytes().filter(u8::is_ascii_digit).count();
    let plain = shown.bytes().all(|byte| byte.is_ascii_digit() || b",.$".contains(&byte));
    if digits < 2 || !plain {
        return None;
    }
    let next = |at: usize| after.get(at).map(|word| word.span.of(text)).unwrap_or_default();
    let magnitude = matches!(next(0), "thousand" | "million" | "billion" | "trillion");
    let thing = next(usize::from(magnitude));
    let end = after.get(usize::from(magnitude))?.span.start;
    let joined = !Span::new(word.span.end, end).of(text).contains([',', '.', ';', '?', '!', '\n']);
    let counted = thing.len() > 3 && thing.bytes().all(|byte| byte.is_ascii_lowercase());
    let figure = if magnitude { format!("{shown} {}", next(0)) } else { shown.to_owned() };
    (joined && counted && !COMMON.contains(&thing)).then(|| (thing.to_owned(), figure))
}

/// Whether two figures differ, yet have the same digits.
fn is_same_but_for_order(one: &str, other: &str) -> bool {
    let digits = |figure: &str| {
        let mut digits: Vec<u8> = figure.bytes().filter(u8::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    let (a, b) = (digits(one), digits(other));
    let varied = a.first() != a.last();
    one.replace(',', "") != other.replace(',', "")
        && varied
        && a == b
        && one.contains('.') == other.contains('.')
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn two_figures_of_the_same_digits_are_pointed_out() {
        insta::assert_snapshot!(check(
            &RULE,
            "ANA RUIZ: There are 86 prisoners on the list of the army.\n\nRUIZ: The 68 prisoners go home. It lost $1.7 million wages and the $1.7 billion wages."
        ), @r#"
        3:11 "68": "86" was counted before, here it is "68"
        3:68 "$1.7": "$1.7 million" was counted before, here it is "$1.7 billion"
        "#);
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ: The 86 prisoners and the 86 prisoners of 68 people, 1,500 ships and 1500 ships, 12 boats and 13 boats, 21 years of 12 years.",
            ],
        );
    }
}
