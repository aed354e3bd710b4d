//! T002 `near-repeated-passage`: a passage typed again with a word changed.

use readback_transcript::distance;

use super::passages::{Copy, Sentence, copies, deletion, is_whole_turn, span};
use super::{Context, finding};
use crate::rules::Rule;
use crate::{Finding, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "T002",
    name: "near-repeated-passage",
    severity: Severity::Warning,
    summary: "a passage typed again with a word changed",
    manual: "\
## What it finds
A turn or a passage that stands once more nearby under the same name, with one word changed. Sentences
that only end differently, have a word more or differ in a number are taken for what was meant.

## Why it matters
It is what remains when a line was typed anew and the first version forgotten: the reader meets both,
and at most one is right. When there is a recording, it decides and this rule is silent.

## Example
`BRENNAN: The gate opens at dawn, before the tide turns.` follows
`BRENNAN: The gate opens at dusk, before the tide turns.`

## What to do
Listen which version was said, and delete the other. The fix deletes the later one.
",
};

/// Shorter sentences resemble each other by chance.
const LEAST_TOKENS: usize = 8;
/// The same for a whole turn.
const LEAST_TURN: usize = 5;
/// The longest stretch, on either side, that counts as one changed word.
const LONGEST_CHANGE: usize = 2;

pub(crate) fn check(context: &Context<'_>) -> Vec<Finding> {
    let transcript = context.transcript;
    let sentences = context.sentences();
    let found = copies(sentences, |original, copy| change(original, copy).is_some());
    let turns = near_turns(sentences);
    let in_turns =
        |copy: &Copy| turns.iter().any(|turn| turn.sentences.contains(&copy.sentences.start));
    let slips = found.iter().filter(|copy| is_slip(sentences, copy) && !in_turns(copy));
    let mut found: Vec<&Copy> = slips.chain(&turns).collect();
    found.sort_by_key(|copy| copy.sentences.start);
    let mut findings = Vec::new();
    for copy in found {
        let place = span(transcript, sentences, copy);
        let message = "nearly the same words already stand nearby".to_owned();
        let fix = deletion(&transcript.text, place);
        findings.push(finding(&RULE, 0.7, place, message, Some(fix)));
    }
    findings
}

/// A turn is nearly the one before if at most one of so many tokens is changed.
const TOKENS_PER_CHANGE: usize = 8;

/// Turns that begin as the same speaker's turn right before them does, but for a few words.
fn near_turns(sentences: &[Sentence<'_>]) -> Vec<Copy> {
    let turns: Vec<&[Sentence<'_>]> = sentences.chunk_by(|a, b| a.turn == b.turn).collect();
    let tokens = |turn: &[Sentence<'_>]| -> Vec<String> {
        turn.iter().flat_map(|sentence| sentence.tokens.iter().cloned()).collect()
    };
    let mut copies = Vec::new();
    let mut at = turns.first().map_or(0, |turn| turn.len());
    for pair in turns.windows(2) {
        let (original, copy) = (tokens(pair[0]), tokens(pair[1]));
        let same_speaker =
            !pair[1][0].speaker.is_empty() && pair[0][0].speaker == pair[1][0].speaker;
        let beginning = &original[..original.len().min(copy.len())];
        if same_speaker && copy.len() >= LEAST_TOKENS && beginning.len() * 10 >= copy.len() * 9 {
            let changed = distance(beginning, &copy);
            if changed > 0 && changed * TOKENS_PER_CHANGE <= copy.len() {
                let words = pair[1].iter().map(|sentence| sentence.words.len()).sum();
                let sentences = at..at + pair[1].len();
                copies.push(Copy {
                    sentences,
                    original: at - pair[0].len(),
                    tokens: copy.len(),
                    words,
                });
            }
        }
        at += pair[1].len();
    }
    copies
}

/// How a sentence departs from its original.
#[derive(Clone, Copy, PartialEq)]
enum Departure {
    Nowhere,
    /// Another word inside.
    Inside,
    /// Another last word, a word more or less.
    Rhetoric,
}

/// How `copy` departs from `original`; `None` where by more than one word, or by a number: figures are
/// read out in sentences that are all alike.
fn change(original: &Sentence<'_>, copy: &Sentence<'_>) -> Option<Departure> {
    let (left, right) = (&original.tokens, &copy.tokens);
    if left.len().abs_diff(right.len()) >= LONGEST_CHANGE {
        return None;
    }
    let start = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let rest = left[start..].iter().rev().zip(right[start..].iter().rev());
    let end = rest.take_while(|(a, b)| a == b).count();
    let (was, is) = (&left[start..left.len() - end], &right[start..right.len() - end]);
    let number =
        |words: &[String]| words.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    match (was.len(), is.len()) {
        (0, 0) => Some(Departure::Nowhere),
        _ if number(was) || number(is) || start + end == 0 => None,
        (0, _) | (_, 0) => Some(Departure::Rhetoric),
        (1, 1..=LONGEST_CHANGE) | (LONGEST_CHANGE, 1) => {
            Some(if end == 0 { Departure::Rhetoric } else { Departure::Inside })
        }
        _ => None,
    }
}

/// Whether `copy` has the one change that a slip leaves.
fn is_slip(sentences: &[Sentence<'_>], copy: &Copy) -> bool {
    let pairs = sentences[copy.original..].iter().zip(&sentences[copy.sentences.clone()]);
    let departures: Vec<Departure> = pairs
        .filter_map(|(original, sentence)| change(original, sentence))
        .filter(|departure| *departure != Departure::Nowhere)
        .collect();
    let named = !sentences[copy.sentences.start].speaker.is_empty();
    let whole = named && is_whole_turn(sentences, copy);
    let least = if whole { LEAST_TURN } else { LEAST_TOKENS };
    let telling = whole || departures.iter().all(|departure| *departure == Departure::Inside);
    let apart = copy.sentences.start - (copy.original + copy.sentences.len());
    let pasted =
        sentences[copy.original].turn != sentences[copy.sentences.start].turn || apart == 0;
    departures.len() == 1 && copy.tokens >= least && telling && pasted
}
