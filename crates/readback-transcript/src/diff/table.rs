//! The edit table itself, for stretches small enough to keep it: a band of cells, and the way back.

use super::{Change, Steps};

const FAR: u32 = u32::MAX / 2;

/// Whether a table of this size is kept rather than split; the limits are rapidfuzz's.
pub(super) fn fits(left: usize, right: usize, bound: usize) -> bool {
    let band = left.min(2 * bound + 1);
    2 * band * right / 8 < 1 << 20 || left < 65 || right < 10
}

/// One step of the way back.
#[derive(Clone, Copy, PartialEq)]
enum Back {
    Diagonal,
    Delete,
    Insert,
}

/// Aligns two sequences whose distance is at most `bound`, appending to `steps`.
pub(super) fn align(left: &[u32], right: &[u32], bound: usize, steps: &mut Steps) {
    let band = Band { bound, width: (2 * bound + 1).min(left.len() + 1), columns: left.len() };
    let backs = fill(left, right, &band);
    let (mut i, mut j) = (left.len(), right.len());
    let mut changes = Vec::with_capacity(left.len().max(right.len()));
    while i > 0 && j > 0 {
        match backs[band.index(i, j)] {
            Back::Delete => {
                i -= 1;
                changes.push(Change::Delete);
            }
            Back::Insert => {
                j -= 1;
                changes.push(Change::Insert);
            }
            Back::Diagonal => {
                (i, j) = (i - 1, j - 1);
                changes.push(if left[i] == right[j] { Change::Equal } else { Change::Substitute });
            }
        }
    }
    steps.push(Change::Delete, i);
    steps.push(Change::Insert, j);
    changes.into_iter().rev().for_each(|change| steps.push(change, 1));
}

/// The cells (`i` items of the left, `j` of the right) that are kept: `|i - j| <= bound`.
struct Band {
    bound: usize,
    width: usize,
    columns: usize,
}

impl Band {
    /// First `i` kept for `j`.
    fn start(&self, j: usize) -> usize {
        j.saturating_sub(self.bound).min(self.columns + 1 - self.width)
    }

    fn index(&self, i: usize, j: usize) -> usize {
        j * self.width + (i - self.start(j))
    }
}

/// The step back from every cell of the band, row by row.
fn fill(left: &[u32], right: &[u32], band: &Band) -> Vec<Back> {
    let mut backs = Vec::with_capacity(band.width * (right.len() + 1));
    backs.resize(band.width, Back::Delete);
    let mut row: Vec<u32> =
        (0..=left.len()).map(|i| if i < band.width { i as u32 } else { FAR }).collect();
    for j in 1..=right.len() {
        let cells = band.start(j)..band.start(j) + band.width;
        // `row` still holds the row before; cells left of the band are out of reach.
        let mut diagonal = if cells.start > 0 { row[cells.start - 1] } else { FAR };
        let mut before = FAR;
        for i in cells {
            let above = row[i];
            let same = i > 0 && left[i - 1] == right[j - 1];
            let along = diagonal + u32::from(!same);
            let cost = along.min(above + 1).min(before + 1);
            backs.push(step_back(cost, before, above, diagonal));
            row[i] = cost;
            (diagonal, before) = (above, cost);
        }
    }
    backs
}

/// rapidfuzz's order of preference: a deletion if it is minimal, then an insertion if its cell is
/// nearer than the diagonal one, else the diagonal.
fn step_back(cost: u32, before: u32, above: u32, diagonal: u32) -> Back {
    if before + 1 == cost {
        Back::Delete
    } else if above < diagonal {
        Back::Insert
    } else {
        Back::Diagonal
    }
}
