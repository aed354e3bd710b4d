//! T002 `near-repeated-passage`: a passage typed again with a word changed.

use readback_transcript::distance;

use super::passages::{Copy, Repeat, copies, deletion, is_whole_turn, original, span};
use super::sentences::{NOBODY, Sentence};
use super::{Context, finding};
use crate::Severity;
use crate::rules::{Check, Needs, Rule};

pub(super) static RULE: Rule = Rule {
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
and at most one is right. Where a recording has both, this rule is silent.

## Example
`BRENNAN: The gate opens at dawn, before the tide turns.` follows
`BRENNAN: The gate opens at dusk, before the tide turns.`

## What to do
Listen which version was said, and delete the other. The fix deletes the later one.
",
    needs: Needs::Text,
    check: Check::Repeats(check),
};

/// Shorter sentences resemble each other by chance.
const LEAST_TOKENS: usize = 8;
/// The same for a whole turn.
const LEAST_TURN: usize = 5;
/// No longer turn is typed twice; it bounds the work.
const LONGEST_TURN: usize = 2000;
/// Words by which a sentence and its copy may differ in length, figures being written in many ways.
const MOST_APART: usize = 8;
/// The longest stretch, on either side, that counts as one changed word.
const LONGEST_CHANGE: usize = 2;

fn check(context: &Context<'_>) -> Vec<Repeat> {
    let transcript = context.transcript;
    let sentences = context.sentences();
    let found = copies(sentences, |original, copy| change(original, copy).is_some());
    let turns = near_turns(sentences);
    let in_turns =
        |copy: &Copy| turns.iter().any(|turn| turn.sentences.contains(&copy.sentences.start));
    let slips = found.iter().filter(|copy| is_slip(sentences, copy) && !in_turns(copy));
    let mut found: Vec<&Copy> = slips.chain(&turns).collect();
    found.sort_by_key(|copy| copy.sentences.start);
    let mut repeats = Vec::new();
    for copy in found {
        let place = span(transcript, sentences, copy);
        let message = "nearly the same words already stand nearby".to_owned();
        let fix = deletion(&transcript.text, place);
        let finding = finding(&RULE, 0.7, place, message, Some(fix));
        repeats.push(Repeat { original: original(sentences, copy), finding });
    }
    repeats
}

/// A turn is nearly the one before if at most one of so many tokens is changed.
const TOKENS_PER_CHANGE: usize = 8;

/// Turns that begin as the same speaker's turn right before them does, but for a few words.
fn near_turns(sentences: &[Sentence<'_>]) -> Vec<Copy> {
    let turns: Vec<&[Sentence<'_>]> = sentences.chunk_by(|a, b| a.turn == b.turn).collect();
    let mut copies = Vec::new();
    let mut at = turns.first().map_or(0, |turn| turn.len());
    for pair in turns.windows(2) {
        let (original, copy) = (pair[0], pair[1]);
        let speaker = copy[0].speaker;
        if speaker != NOBODY && original[0].speaker == speaker {
            let sentences = at..at + copy.len();
            copies.extend(near_turn(original, copy).map(|tokens| Copy {
                sentences,
                original: at - original.len(),
                tokens,
                words: copy.iter().map(|sentence| sentence.words.len()).sum(),
            }));
        }
        at += copy.len();
    }
    copies
}

/// The tokens of the turn `copy` if it begins as `original` does, but for a few.
fn near_turn(original: &[Sentence<'_>], copy: &[Sentence<'_>]) -> Option<usize> {
    let tokens = |turn: &[Sentence<'_>]| -> Vec<String> {
        turn.iter().flat_map(|sentence| sentence.tokens().iter().cloned()).collect()
    };
    let alike = original.iter().zip(copy).any(|(first, second)| second.resembles(first));
    if !alike {
        return None;
    }
    let (original, copy) = (tokens(original), tokens(copy));
    let beginning = &original[..original.len().min(copy.len())];
    let long = (LEAST_TOKENS..=LONGEST_TURN).contains(&copy.len())
        && beginning.len() * 10 >= copy.len() * 9;
    let changed = if long { distance(beginning, &copy) } else { 0 };
    (changed > 0 && changed * TOKENS_PER_CHANGE <= copy.len()).then_some(copy.len())
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
    if !copy.resembles(original) || original.words.len().abs_diff(copy.words.len()) > MOST_APART {
        return None;
    }
    let (left, right) = (original.tokens(), copy.tokens());
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
    let named = sentences[copy.sentences.start].speaker != NOBODY;
    let whole = named && is_whole_turn(sentences, copy);
    let least = if whole { LEAST_TURN } else { LEAST_TOKENS };
    let telling = whole || departures.iter().all(|departure| *departure == Departure::Inside);
    let apart = copy.sentences.start - (copy.original + copy.sentences.len());
    let pasted =
        sentences[copy.original].turn != sentences[copy.sentences.start].turn || apart == 0;
    departures.len() == 1 && copy.tokens >= least && telling && pasted
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn a_passage_typed_again_with_a_word_changed_is_found() {
        insta::assert_snapshot!(check(
            &RULE,
            "\
ANA RUIZ, BYLINE: The gate opens at dusk, before the tide turns. Then the boats go out.

RUIZ: The gate opens at dawn, before the tide turns. Then the boats go out.

JON HALE: I never saw the fish we caught that morning. I never saw the fist we caught that morning. It was gone."
        ), @r#"
        3:1 "RUIZ: The gate opens at dawn, before the tide turns. Then the boats go out.": nearly the same words already stand nearby
        5:56 "I never saw the fist we caught that morning.": nearly the same words already stand nearby
        --- fixed
        ANA RUIZ, BYLINE: The gate opens at dusk, before the tide turns. Then the boats go out.

        JON HALE: I never saw the fish we caught that morning. It was gone.
        "#);
    }

    #[test]
    fn parallel_sentences_are_no_copies() {
        finds_nothing(
            &RULE,
            &[
                "JON HALE: They took advantage of our country. They took advantage of our people.",
                "JON HALE: We will fight for the schools that teach our sons. We will fight for the schools that teach our daughters.",
                "ANA RUIZ: Press four to turn the volume up on your line. Press six to turn the volume down on your phone.",
            ],
        );
    }
}
