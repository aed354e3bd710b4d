//! Minimal edit alignment of two sequences: which items are equal, substituted, deleted, inserted.
//!
//! Costs are uniform (Levenshtein). Among the many minimal alignments it picks the same one as the
//! rapidfuzz library, and so the same counts as `jiwer`, which rests on it. Distances come from
//! bit-parallel columns (Myers 1999, in the form of Hyyrö 2003) within a diagonal band (Ukkonen 1985);
//! memory stays linear by splitting long inputs at the middle (Hirschberg 1975).
//!
//! It does not know what the items mean; only [`align_tokens`] looks into them, to see two ways of
//! cutting the same letters as equal.

mod columns;
mod table;

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use crate::{Token, joined_equal};

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
/// exception: [`align_tokens`] makes runs equal whose letters are the same but cut differently.
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

/// As [`align`] on the tokens' texts; runs that differ only in how the same letters or digits are cut
/// into tokens (*snow plow*, *snowplow*) count as equal.
pub fn align_tokens(left: &[Token], right: &[Token]) -> Vec<Operation> {
    let texts = |side: &'_ [Token]| side.iter().map(|token| token.text.clone()).collect::<Vec<_>>();
    let operations = align(&texts(left), &texts(right));
    let mut steps = Steps::default();
    for block in
        operations.chunk_by(|a, b| (a.change == Change::Equal) == (b.change == Change::Equal))
    {
        if block[0].change == Change::Equal || !join_block(block, left, right, &mut steps) {
            for operation in block {
                steps.add(operation.clone());
            }
        }
    }
    steps.operations
}

/// Finds the joined-equal pieces of a stretch without equal tokens. False if there are none.
fn join_block(block: &[Operation], left: &[Token], right: &[Token], steps: &mut Steps) -> bool {
    let (from, to) = (&block[0], &block[block.len() - 1]);
    let (left_end, right_end) = (to.left.end, to.right.end);
    let (mut i, mut j) = (from.left.start, from.right.start);
    while let Some((a, b)) = next_joined(&left[..left_end], &right[..right_end], i, j) {
        steps.add_differing(i..a.start, j..b.start);
        (i, j) = (a.end, b.end);
        steps.add(Operation { change: Change::Equal, left: a, right: b });
    }
    let found = (i, j) != (from.left.start, from.right.start);
    if found {
        steps.add_differing(i..left_end, j..right_end);
    }
    found
}

/// Tokens to look ahead on either side for a joined-equal piece.
const JOIN_REACH: usize = 12;

/// The nearest joined-equal ranges from `i` and `j` on.
fn next_joined(
    left: &[Token],
    right: &[Token],
    i: usize,
    j: usize,
) -> Option<(Range<usize>, Range<usize>)> {
    let pairs = (0..2 * JOIN_REACH).flat_map(|sum| (0..=sum).map(move |a| (a, sum - a)));
    pairs
        .map(|(a, b)| (i + a, j + b))
        .filter(|&(a, b)| a < left.len() && b < right.len())
        .find_map(|(a, b)| joined_at(left, right, a, b))
}

/// The shortest joined-equal ranges that begin at `i` and `j`.
fn joined_at(
    left: &[Token],
    right: &[Token],
    i: usize,
    j: usize,
) -> Option<(Range<usize>, Range<usize>)> {
    let (mut a, mut b) = (i + 1, j + 1);
    let length = |side: &[Token]| side.iter().map(|token| token.text.len()).sum::<usize>();
    while a - i <= JOIN_REACH && b - j <= JOIN_REACH {
        match length(&left[i..a]).cmp(&length(&right[j..b])) {
            std::cmp::Ordering::Equal => {
                return joined_equal(&left[i..a], &right[j..b]).then_some((i..a, j..b));
            }
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
        }
        if a > left.len() || b > right.len() {
            return None;
        }
    }
    None
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
            Some(last) if last.change == operation.change => {
                last.left.end = operation.left.end;
                last.right.end = operation.right.end;
            }
            _ => self.operations.push(operation),
        }
    }

    /// A stretch with nothing equal: substitutions as far as both sides reach, then the rest.
    fn add_differing(&mut self, left: Range<usize>, right: Range<usize>) {
        let both = left.len().min(right.len());
        self.push(Change::Substitute, both);
        self.push(Change::Delete, left.len() - both);
        self.push(Change::Insert, right.len() - both);
    }
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
