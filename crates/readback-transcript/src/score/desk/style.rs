//! Differences of style between words that are the same when spoken: counted, never weighed.

use std::collections::BTreeSet;

use super::sides::Side;
use crate::{Change, Operation};

/// Places where the texts say the same and write it otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StyleCounts {
    /// Words spelt or written otherwise: *colour*, *okay*, figures for words.
    pub spelling: usize,
    /// Words with other capitals.
    pub capitals: usize,
    /// Words with other marks after them.
    pub punctuation: usize,
    /// Hesitations that only one text has.
    pub hesitations: usize,
}

impl StyleCounts {
    /// All of them.
    pub const fn total(self) -> usize {
        self.spelling + self.capitals + self.punctuation + self.hesitations
    }
}

pub(super) fn compare(left: &Side, right: &Side, operations: &[Operation]) -> StyleCounts {
    let mut style =
        StyleCounts { hesitations: hesitations(left, right, operations), ..StyleCounts::default() };
    let wrong = wrong_words(left, operations);
    for operation in operations.iter().filter(|operation| operation.change == Change::Equal) {
        for (ours, theirs) in word_groups(left, right, operation) {
            // `$40` for `$14` is an error, though both say dollars.
            if !ours.iter().any(|word| wrong.contains(word)) {
                style.add(left, right, &ours, &theirs);
            }
        }
    }
    style
}

/// Words of the reference that are not right in every part.
fn wrong_words(left: &Side, operations: &[Operation]) -> BTreeSet<usize> {
    let differing = operations.iter().filter(|operation| operation.change != Change::Equal);
    let tokens = differing.flat_map(|operation| &left.tokens[operation.left.clone()]);
    tokens.flat_map(|token| token.words.clone()).collect()
}

impl StyleCounts {
    fn add(&mut self, left: &Side, right: &Side, ours: &[usize], theirs: &[usize]) {
        let written = |side: &Side, words: &[usize]| -> String {
            let words: Vec<&str> = words.iter().map(|&word| side.word(word)).collect();
            words.join(" ").replace('’', "'")
        };
        let (a, b) = (written(left, ours), written(right, theirs));
        if a.to_lowercase() != b.to_lowercase() {
            self.spelling += 1;
        } else if a != b {
            self.capitals += 1;
        }
        let mark = |side: &Side<'_>, words: &[usize]| {
            words.last().map(|&word| side.mark_after(word).to_owned())
        };
        self.punctuation += usize::from(mark(left, ours) != mark(right, theirs));
    }
}

/// The words of equal tokens, in the smallest groups that stand against one another.
fn word_groups(left: &Side, right: &Side, operation: &Operation) -> Vec<(Vec<usize>, Vec<usize>)> {
    let (ours, theirs) = (operation.left.clone(), operation.right.clone());
    if ours.len() != theirs.len() {
        let words = |side: &Side, range: std::ops::Range<usize>| {
            let first = side.tokens[range.start].words.start;
            (first..side.tokens[range.end - 1].words.end).collect()
        };
        return vec![(words(left, ours), words(right, theirs))];
    }
    let mut groups: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    for (ours, theirs) in ours.zip(theirs) {
        let (a, b) = (left.tokens[ours].words.clone(), right.tokens[theirs].words.clone());
        let goes_on = groups.last().is_some_and(|(left, right)| {
            left.last().is_some_and(|&last| last >= a.start)
                || right.last().is_some_and(|&last| last >= b.start)
        });
        if !goes_on {
            groups.push((Vec::new(), Vec::new()));
        }
        let (left, right) = groups.last_mut().expect("one was just made");
        left.extend(
            a.filter(|word| left.last().is_none_or(|last| last < word)).collect::<Vec<_>>(),
        );
        right.extend(
            b.filter(|word| right.last().is_none_or(|last| last < word)).collect::<Vec<_>>(),
        );
    }
    groups
}

/// Hesitations without one at the same place in the other text.
fn hesitations(left: &Side, right: &Side, operations: &[Operation]) -> usize {
    let within =
        |side: &Side, range: std::ops::Range<usize>| side.fillers[range].iter().sum::<usize>();
    let mut sum = 0;
    for operation in operations {
        let (ours, theirs) = (operation.left.clone(), operation.right.clone());
        if operation.change == Change::Equal && ours.len() == theirs.len() {
            let pairs = left.fillers[ours].iter().zip(&right.fillers[theirs]);
            sum += pairs.map(|(a, b)| a.abs_diff(*b)).sum::<usize>();
        } else {
            sum += within(left, ours).abs_diff(within(right, theirs));
        }
    }
    let last = |side: &Side| side.fillers.last().copied().unwrap_or_default();
    sum + last(left).abs_diff(last(right))
}
