//! Alignments of stretches small enough to keep the whole edit table: the way back through it.

use super::columns::Table;
use super::{Change, Steps};

/// Whether a table of this size is kept rather than split; the limits are rapidfuzz's.
pub(super) fn fits(left: usize, right: usize, bound: usize) -> bool {
    let band = left.min(2 * bound + 1);
    2 * band * right / 8 < 1 << 20 || left < 65 || right < 10
}

/// Aligns two sequences whose distance is at most `bound`, appending to `steps`.
///
/// Where several ways back are minimal it goes as rapidfuzz does: a deletion if that is one, then an
/// insertion if its cell is nearer than the diagonal one, else the diagonal.
pub(super) fn align(left: &[u32], right: &[u32], bound: usize, steps: &mut Steps) {
    let table = Table::of(left, right, bound);
    let (mut i, mut j) = (left.len(), right.len());
    let mut changes = Vec::with_capacity(left.len().max(right.len()));
    while i > 0 && j > 0 {
        if table.down_to(i, j) > 0 {
            i -= 1;
            changes.push(Change::Delete);
        } else if table.down_to(i, j - 1) < 0 {
            j -= 1;
            changes.push(Change::Insert);
        } else {
            (i, j) = (i - 1, j - 1);
            changes.push(if left[i] == right[j] { Change::Equal } else { Change::Substitute });
        }
    }
    steps.push(Change::Delete, i);
    steps.push(Change::Insert, j);
    changes.into_iter().rev().for_each(|change| steps.push(change, 1));
}
