//! T019 `roster-misspelling`: a name that sounds like one on the roster and is spelt otherwise.

use std::collections::{HashMap, HashSet};

use readback_transcript::Span;

use super::{Context, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::sound::likeness;
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T019",
    name: "roster-misspelling",
    severity: Severity::Warning,
    summary: "a name spelt otherwise than on the roster",
    manual: "\
## What it finds
A capitalised word that is on no roster line and sounds like a name that is: nearly the same for a name
by itself, less near where the names beside it are those of the roster.

## Why it matters
A misspelt name sounds right, so no recording gives it away, and search does not find it. The roster holds
the spellings that the desk has settled.

## Example
`Catriona Muire` where the roster says `Catriona Muir`

## What to do
If it is the person on the roster, take the roster's spelling; the fix does. If it is somebody else, add
that name to the roster.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

/// Shorter words sound like too many others.
const LEAST_LETTERS: usize = 4;
/// How alike a word by itself must sound.
const ALIKE: f64 = 0.86;
/// How alike it must sound beside the other part of the same name.
const ALIKE_BESIDE: f64 = 0.6;

fn check(context: &Context<'_>) -> Vec<Finding> {
    if context.style.roster.is_empty() {
        return Vec::new();
    }
    let names = Names::of(context);
    let mut findings = Vec::new();
    let mut judged: HashMap<&str, Option<&str>> = HashMap::new();
    for (_, words) in context.speech() {
        for (index, word) in words.iter().enumerate() {
            let shown = bare(word.span.of(context.text));
            if !names.may_be_wrong(context, shown) {
                continue;
            }
            let beside = |at: usize| words.get(at).map(|word| bare(word.span.of(context.text)));
            let before = index.checked_sub(1).and_then(beside);
            let alone = *judged.entry(shown).or_insert_with(|| names.sounding_like(shown));
            let meant = alone.or_else(|| names.beside(before, shown, beside(index + 1)));
            let span = Span::new(word.span.start, word.span.start + shown.len());
            findings.extend(meant.map(|meant| misspelt(span, shown, meant)));
        }
    }
    findings
}

fn misspelt(span: Span, shown: &str, meant: &str) -> Finding {
    let message = format!("\"{shown}\" is spelt \"{meant}\" on the roster");
    finding(&RULE, 0.8, span, message, Some(edit(span.start, span.end, meant)))
}

fn bare(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// The roster's words, and the words of the text that are no names.
struct Names<'a> {
    words: Vec<&'a str>,
    /// Parts of names that stand side by side.
    pairs: Vec<(&'a str, &'a str)>,
    small: HashSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(context: &Context<'a>) -> Self {
        let names = || context.style.roster.names();
        // First names are many people's; only beside the rest of the name do they say who is meant.
        let words = names().filter_map(|name| name.split_whitespace().next_back());
        let pairs = names().flat_map(|name| {
            name.split_whitespace().zip(name.split_whitespace().skip(1)).collect::<Vec<_>>()
        });
        let said = context.speech().flat_map(|(_, words)| words);
        let small = said.map(|word| word.span.of(context.text));
        Self {
            words: words.filter(|word| word.chars().count() >= LEAST_LETTERS).collect(),
            pairs: pairs.collect(),
            small: small.filter(|word| word.starts_with(char::is_lowercase)).collect(),
        }
    }

    /// A capitalised word that the roster does not have and that is none of the text's common words.
    fn may_be_wrong(&self, context: &Context<'_>, word: &str) -> bool {
        word.starts_with(char::is_uppercase)
            && word.chars().count() >= LEAST_LETTERS
            && word.contains(char::is_lowercase)
            && !context.style.roster.knows(word)
            && !self.small.contains(word.to_lowercase().as_str())
    }

    /// The roster's word that `word` is a slip for, judged by itself.
    fn sounding_like(&self, word: &str) -> Option<&'a str> {
        let near = self.words.iter().filter(|name| is_slip(word, name));
        near.copied().max_by(|a, b| likeness(word, a).total_cmp(&likeness(word, b)))
    }

    /// The same where the word before or after is the other part of a name.
    fn beside(&self, before: Option<&str>, word: &str, after: Option<&str>) -> Option<&'a str> {
        let is = |said: Option<&str>, name: &str| {
            said.is_some_and(|said| said.eq_ignore_ascii_case(name))
        };
        let meant = self.pairs.iter().find_map(|(first, second)| {
            let (meant, fits) =
                if is(before, first) { (second, true) } else { (first, is(after, second)) };
            (fits && likeness(word, meant) >= ALIKE_BESIDE && same_start(word, meant))
                .then_some(*meant)
        });
        meant.filter(|meant| meant.chars().count() >= LEAST_LETTERS)
    }
}

/// Whether both begin with the same letter, C and K being one.
fn same_start(word: &str, name: &str) -> bool {
    let first = |word: &str| {
        word.chars()
            .next()
            .map(|c| if matches!(c, 'C' | 'c') { 'k' } else { c.to_ascii_lowercase() })
    };
    first(word) == first(name)
}

/// Plurals and other people's names end otherwise; a slip is inside, or doubles or drops a letter.
fn is_slip(word: &str, name: &str) -> bool {
    let longer = |long: &str, short: &str| {
        long.len() > short.len()
            && long.get(..short.len()).is_some_and(|head| head.eq_ignore_ascii_case(short))
            && !long.ends_with('e')
            && !long.chars().rev().take(2).eq(short.chars().rev().take(1).cycle().take(2))
    };
    same_start(word, name)
        && !longer(word, name)
        && !longer(name, word)
        && likeness(word, name) >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_for;
    use super::*;
    use crate::Roster;
    use crate::Style;

    #[test]
    fn a_name_that_sounds_like_one_on_the_roster_is_found() {
        let roster =
            || Roster::parse("Catriona Muir\nStephen Auchterlonie\nInes Carvalho\nAnselm\n");
        let style = Style { roster: roster(), ..Style::default() };
        insta::assert_snapshot!(check_for(
            &style,
            &RULE,
            "ANA RUIZ: Katriona Muir met Auchterloney and Ines Carvallo's son. Catriona Moor left Anselmm."
        ), @r#"
        1:11 "Katriona": "Katriona" is spelt "Catriona" on the roster
        1:29 "Auchterloney": "Auchterloney" is spelt "Auchterlonie" on the roster
        1:51 "Carvallo": "Carvallo" is spelt "Carvalho" on the roster
        1:76 "Moor": "Moor" is spelt "Muir" on the roster
        1:86 "Anselmm": "Anselmm" is spelt "Anselm" on the roster
        --- fixed
        ANA RUIZ: Catriona Muir met Auchterlonie and Ines Carvalho's son. Catriona Muir left Anselm.
        "#);
        let good = "ANA RUIZ: Catriona Muir met Auchterlonie in Anselm; Ana More, Carver and Stefan stayed. The Muirs left.";
        assert_eq!(check_for(&style, &RULE, good), "");
    }
}
