//! Minimal edit alignment of two sequences: which items are equal, substituted, deleted, inserted.
//!
//! Costs are uniform (Levenshtein). Among the many minimal alignments it picks the same one as the
//! rapidfuzz library, and so the same counts as `jiwer`, which rests on it. Distances come from
//! bit-parallel columns (Myers 1999, in the form of Hyyrö 2003) within a diagonal band (Ukkonen 1985);
//! memory stays linear by splitting long inputs at the middle (Hirschberg 1975).
//!
//! It does not know what the items mean; only [`align_tokens`] looks into them, to see two ways of
//! writing what is said as equal.

mod columns;
mod joins;
mod table;

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use crate::Token;

/// What happens to a stretch of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The same on both sides.
    Equal,
    /// One for one, but different.
    Substitute,
    /// Only on the left.
    Delete,
    /// Only on the right.
    Insert,
}

/// A run of items to which the same happens.
///
/// Both ranges have the same length for [`Change::Equal`] and [`Change::Substitute`], with one
/// exception: [`align_tokens`] makes runs equal that have a reading in common. Such a run stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// What happens.
    pub change: Change,
    /// The items on the left.
    pub left: Range<usize>,
    /// The items on the right.
    pub right: Range<usize>,
}

/// Above this many cells of the edit table, the search for a minimal alignment is given up and the
/// sequences are cut in two at the middle, which bounds the time. Sequences of fewer than 140,000 items
/// stay below it, and so do longer ones that resemble each other.
const CELL_LIMIT: usize = 20_000_000_000;

/// A minimal alignment of `left` and `right`: operations in order, covering both sides without a gap.
///
/// Where the two differ in hundreds of thousands of items the alignment may not be minimal.
pub fn align<T: Eq + Hash>(left: &[T], right: &[T]) -> Vec<Operation> {
    let (left, right) = numbered(left, right);
    let mut steps = Steps::default();
    align_bounded(&left, &right, &mut steps);
    steps.operations
}

/// The least number of substitutions, deletions and insertions that turn `left` into `right`; as
/// [`align`], it may be larger than the least where the two differ in hundreds of thousands of items.
pub fn distance<T: Eq + Hash>(left: &[T], right: &[T]) -> usize {
    let (left, right) = numbered(left, right);
    distance_bounded(&left, &right)
}

/// A minimal alignment of the tokens' texts, with as many equal ones as it can have; runs that have a reading in common (*snow plow* and *snowplow*, `10-12`
/// and *ten to twelve*) count as equal.
pub fn align_tokens(left: &[Token], right: &[Token]) -> Vec<Operation> {
    let texts = |side: &'_ [Token]| side.iter().map(|token| token.text.clone()).collect::<Vec<_>>();
    joins::join(align(&texts(left), &texts(right)), left, right)
}

/// Both sequences with equal items numbered alike, from 0 without gaps.
fn numbered<T: Eq + Hash>(left: &[T], right: &[T]) -> (Vec<u32>, Vec<u32>) {
    let mut numbers: HashMap<&T, u32> = HashMap::new();
    let mut number = |item| {
        let next = numbers.len() as u32;
        *numbers.entry(item).or_insert(next)
    };
    let left = left.iter().map(&mut number).collect();
    (left, right.iter().map(&mut number).collect())
}

/// Operations under construction; neighbours of one kind grow together.
#[derive(Default)]
struct Steps {
    operations: Vec<Operation>,
    left: usize,
    right: usize,
}

impl Steps {
    /// `count` items of one kind, from where the last ones ended.
    fn push(&mut self, change: Change, count: usize) {
        let left = self.left..self.left + if change == Change::Insert { 0 } else { count };
        let right = self.right..self.right + if change == Change::Delete { 0 } else { count };
        self.add(Operation { change, left, right });
    }

    fn add(&mut self, operation: Operation) {
        (self.left, self.right) = (operation.left.end, operation.right.end);
        match self.operations.last_mut() {
            _ if operation.left.is_empty() && operation.right.is_empty() => {}
            Some(last)
                if last.change == operation.change && pairs_up(last) && pairs_up(&operation) =>
            {
                last.left.end = operation.left.end;
                last.right.end = operation.right.end;
            }
            _ => self.operations.push(operation),
        }
    }
}

/// Whether it is no run that only reads alike, which is never more tokens than it must be.
fn pairs_up(operation: &Operation) -> bool {
    operation.change != Change::Equal || operation.left.len() == operation.right.len()
}

/// The lengths of the common beginning and, after it, the common end.
fn common_ends(left: &[u32], right: &[u32]) -> (usize, usize) {
    let prefix = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let rest = left[prefix..].iter().rev().zip(right[prefix..].iter().rev());
    (prefix, rest.take_while(|(a, b)| a == b).count())
}

fn align_bounded(left: &[u32], right: &[u32], steps: &mut Steps) {
    let longer = left.len().max(right.len());
    // As rapidfuzz: below this size the distance is not worth knowing first.
    let bound = if longer > 62 { columns::distance(left, right, CELL_LIMIT) } else { Some(longer) };
    if let Some(bound) = bound {
        return align_within(left, right, bound, steps);
    }
    let (left, left_rest) = left.split_at(left.len() / 2);
    let (right, right_rest) = right.split_at(right.len() / 2);
    align_bounded(left, right, steps);
    align_bounded(left_rest, right_rest, steps);
}

fn distance_bounded(left: &[u32], right: &[u32]) -> usize {
    columns::distance(left, right, CELL_LIMIT).unwrap_or_else(|| {
        let (left, left_rest) = left.split_at(left.len() / 2);
        let (right, right_rest) = right.split_at(right.len() / 2);
        distance_bounded(left, right) + distance_bounded(left_rest, right_rest)
    })
}

/// Aligns two sequences whose distance is at most `bound`.
fn align_within(left: &[u32], right: &[u32], bound: usize, steps: &mut Steps) {
    let (prefix, suffix) = common_ends(left, right);
    steps.push(Change::Equal, prefix);
    let left = &left[prefix..left.len() - suffix];
    let right = &right[prefix..right.len() - suffix];
    let bound = bound.min(left.len().max(right.len()));
    if table::fits(left.len(), right.len(), bound) {
        table::align(left, right, bound, steps);
    } else {
        let split = columns::split(left, right, bound);
        let (left, left_rest) = left.split_at(split.left);
        let (right, right_rest) = right.split_at(right.len() / 2);
        align_within(left, right, split.before, steps);
        align_within(left_rest, right_rest, split.after, steps);
    }
    steps.push(Change::Equal, suffix);
}

#[cfg(test)]
mod tests;
