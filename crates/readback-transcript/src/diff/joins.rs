//! Aligns again, around what differs, the tokens that have a reading in common although they are cut or
//! written otherwise: *snow plow* against *snowplow*, `10-12` against *ten to twelve*.
//!
//! Of several alignments with as few differences the one with most equal tokens is taken.
//!
//! A reading in common may reach into tokens that are equal by themselves (the *dollars* of *ten dollars
//! fifty* against `$10.50`), so some of those on either side are taken along.

use super::{Change, Operation, Steps};
use crate::{Joins, Token};

/// Equal tokens taken along on either side of a difference.
const CONTEXT: usize = 4;
/// Differences are looked at together as long as they make no more pairs of tokens than this.
const TOGETHER: usize = 40_000;
/// What a difference costs in comparison with an equal token, of which many are better.
const DIFFERENCE: i64 = 1 << 24;
/// A single difference of more pairs of tokens is left as it is: those texts have little in common.
const MOST_PAIRS: usize = 1_000_000;

/// `operations`, with what reads alike made equal wherever that leaves fewer differences.
pub(super) fn join(operations: Vec<Operation>, left: &[Token], right: &[Token]) -> Vec<Operation> {
    let regions = regions(&operations);
    if regions.is_empty() {
        return operations;
    }
    let mut steps = Steps::default();
    let mut rest = operations.as_slice();
    for region in regions {
        let before =
            Region { left: steps.left..region.left.start, right: steps.right..region.right.start };
        before.copy(&mut rest, &mut steps);
        let mut own =
            Steps { left: region.left.start, right: region.right.start, ..Steps::default() };
        region.copy(&mut rest, &mut own);
        let joined = region.joined(left, right, cost(&own.operations));
        for operation in joined.unwrap_or(own.operations) {
            steps.add(operation);
        }
        (steps.left, steps.right) = (region.left.end, region.right.end);
    }
    let ends = operations.last().map_or((0, 0), |last| (last.left.end, last.right.end));
    Region { left: steps.left..ends.0, right: steps.right..ends.1 }.copy(&mut rest, &mut steps);
    steps.operations
}

/// A stretch of both sides that has differences, and some equal tokens around them.
#[derive(Clone)]
struct Region {
    left: std::ops::Range<usize>,
    right: std::ops::Range<usize>,
}

impl Region {
    fn pairs(&self) -> usize {
        self.left.len().saturating_mul(self.right.len())
    }

    /// Adds the part of `rest` that lies within, and drops from `rest` what is done.
    fn copy(&self, rest: &mut &[Operation], steps: &mut Steps) {
        while let Some((first, later)) = rest.split_first() {
            let is_later = first.left.start >= self.left.end && first.right.start >= self.right.end;
            if is_later {
                break;
            }
            let within = |own: &std::ops::Range<usize>, part: &std::ops::Range<usize>| {
                let start = part.start.clamp(own.start, own.end);
                start..part.end.clamp(start, own.end)
            };
            steps.add(Operation {
                change: first.change,
                left: within(&self.left, &first.left),
                right: within(&self.right, &first.right),
            });
            if first.left.end > self.left.end || first.right.end > self.right.end {
                break;
            }
            *rest = later;
        }
    }

    /// The alignment with the fewest differences and, of those, the most equal tokens, if it costs less than
    /// `cost`.
    fn joined(&self, left: &[Token], right: &[Token], cost: i64) -> Option<Vec<Operation>> {
        if self.pairs() > MOST_PAIRS {
            return None;
        }
        let (ours, theirs) = (&left[self.left.clone()], &right[self.right.clone()]);
        let joins = Joins::between(ours, theirs);
        if joins.is_empty() && self.pairs() > TOGETHER {
            return None;
        }
        let table = Table::new(ours, theirs, &joins);
        (table.at(ours.len(), theirs.len()) < cost).then(|| table.operations(self))
    }
}

/// The differences of `operations` with their surroundings, those near each other as one.
fn regions(operations: &[Operation]) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    let blocks = operations
        .chunk_by(|a, b| (a.change == Change::Equal) == (b.change == Change::Equal))
        .collect::<Vec<_>>();
    for (index, block) in blocks.iter().enumerate() {
        let (first, last) = (&block[0], &block[block.len() - 1]);
        if first.change == Change::Equal {
            continue;
        }
        let done = regions.last().map_or(0, |last| last.left.end);
        let before = CONTEXT.min(first.left.start - done);
        let after = blocks.get(index + 1).map_or(0, |next| CONTEXT.min(next[0].left.len()));
        let region = Region {
            left: first.left.start - before..last.left.end + after,
            right: first.right.start - before..last.right.end + after,
        };
        match regions.last_mut() {
            Some(before)
                if before.left.end == region.left.start
                    && before.right.end == region.right.start =>
            {
                let both = Region {
                    left: before.left.start..region.left.end,
                    right: before.right.start..region.right.end,
                };
                if both.pairs() <= TOGETHER {
                    *before = both;
                } else {
                    regions.push(region);
                }
            }
            _ => regions.push(region),
        }
    }
    regions
}

/// What `operations` cost: differences and, less, equal tokens.
fn cost(operations: &[Operation]) -> i64 {
    let cost = |operation: &Operation| match operation.change {
        Change::Equal => -(operation.left.len() as i64),
        _ => DIFFERENCE * operation.left.len().max(operation.right.len()) as i64,
    };
    operations.iter().map(cost).sum()
}

/// The least costs for all beginnings of two stretches.
struct Table<'a> {
    left: &'a [Token],
    right: &'a [Token],
    joins: &'a Joins,
    costs: Vec<i64>,
}

impl<'a> Table<'a> {
    fn new(left: &'a [Token], right: &'a [Token], joins: &'a Joins) -> Self {
        let costs = vec![0; (left.len() + 1) * (right.len() + 1)];
        let mut table = Self { left, right, joins, costs };
        for i in 0..=left.len() {
            for j in 0..=right.len() {
                let best = table
                    .ways(i, j)
                    .map(|(_, rows, columns, cost)| table.at(i - rows, j - columns) + cost)
                    .min();
                table.costs[i * (right.len() + 1) + j] = best.unwrap_or(0);
            }
        }
        table
    }

    fn at(&self, i: usize, j: usize) -> i64 {
        self.costs[i * (self.right.len() + 1) + j]
    }

    /// The ways to the place before tokens `i` and `j`, the preferred ones first: what happens to how many
    /// tokens of either side, and what it costs.
    fn ways(&self, i: usize, j: usize) -> impl Iterator<Item = (Change, usize, usize, i64)> {
        let both = i > 0 && j > 0;
        let same = both && self.left[i - 1].text == self.right[j - 1].text;
        let pair =
            if same { (Change::Equal, 1, 1, -1) } else { (Change::Substitute, 1, 1, DIFFERENCE) };
        let joins = self
            .joins
            .ending_at(i, j)
            .iter()
            .map(|&(rows, columns)| (Change::Equal, rows, columns, -(rows as i64)));
        let pair_first = same.then_some(pair);
        let pair_last = (both && !same).then_some(pair);
        let delete = (i > 0).then_some((Change::Delete, 1, 0, DIFFERENCE));
        let insert = (j > 0).then_some((Change::Insert, 0, 1, DIFFERENCE));
        pair_first.into_iter().chain(joins).chain(pair_last).chain(delete).chain(insert)
    }

    fn operations(&self, region: &Region) -> Vec<Operation> {
        let (mut i, mut j) = (self.left.len(), self.right.len());
        let mut found = Vec::new();
        while i > 0 || j > 0 {
            let best = self.ways(i, j).find(|&(_, rows, columns, cost)| {
                self.at(i - rows, j - columns) + cost == self.at(i, j)
            });
            let Some((change, rows, columns, _)) = best else { break };
            let (row, column) = (region.left.start + i - rows, region.right.start + j - columns);
            found.push(Operation {
                change,
                left: row..row + rows,
                right: column..column + columns,
            });
            (i, j) = (i - rows, j - columns);
        }
        found.reverse();
        found
    }
}
