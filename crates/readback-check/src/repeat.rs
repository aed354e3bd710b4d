//! Finds the other copy of a passage that the text has twice and the recording once.

use std::collections::HashMap;

use crate::difference::Difference;
use crate::sides::TextSide;

/// Shorter passages recur by chance.
const LEAST_TOKENS: usize = 4;
/// Runs of this many tokens are looked up elsewhere in the text.
const RUN: usize = 3;
/// At least so many runs must recur; one alone may be a turn of phrase.
const LEAST_RUNS: usize = 2;
/// Share of its runs that the other copy must have too.
const SHARE: f64 = 0.5;

/// Whether the words of `difference` that were hardly heard stand elsewhere in the text, nearly the same.
pub(crate) fn stands_elsewhere(text: &TextSide, difference: &Difference) -> bool {
    let passage = difference.text_tokens.clone();
    if passage.len() < LEAST_TOKENS || difference.heard.len() * 3 > difference.text.len() {
        return false;
    }
    let key = |start: usize| -> Vec<&str> {
        text.tokens[start..start + RUN].iter().map(|token| &*token.text).collect()
    };
    let mut elsewhere: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
    for start in 0..(text.tokens.len() + 1).saturating_sub(RUN) {
        if start + RUN <= passage.start || start >= passage.end {
            elsewhere.entry(key(start)).or_default().push(start);
        }
    }
    // Runs of one copy lie at one distance from those of the other; small changes shift it a little.
    let mut at_distance: HashMap<i64, usize> = HashMap::new();
    let runs = passage.start..(passage.end + 1).saturating_sub(RUN);
    for start in runs.clone() {
        for &other in elsewhere.get(&key(start)).into_iter().flatten() {
            *at_distance.entry((other as i64 - start as i64) / 4).or_default() += 1;
        }
    }
    let most = at_distance.values().max().copied().unwrap_or_default();
    most as f64 >= SHARE * runs.len() as f64 && most >= LEAST_RUNS
}
