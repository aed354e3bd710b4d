//! From where the alignment heads look to the frame at which each token begins: standardise, smooth,
//! average over heads, and find the cheapest monotonic path (dynamic time warping).
//!
//! After OpenAI Whisper, `timing.py` (`find_alignment`, `median_filter`, `dtw`). It knows frames and
//! rows, not seconds or words.

use std::ops::Range;

use crate::model::Attention;

/// Frames the median is taken over.
const MEDIAN_WIDTH: usize = 7;

/// A table of rows (tokens) by columns (frames).
struct Table {
    columns: usize,
    cells: Vec<f32>,
}

/// Where one token was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The frame at which it begins on the path.
    pub onset: usize,
    /// The frame looked at most before the next token begins.
    pub peak: usize,
}

/// Where each of `rows` was looked for within `frames`, in rising order.
pub fn looks(attention: &Attention, rows: Range<usize>, frames: Range<usize>) -> Vec<Look> {
    let frames = frames.start.min(attention.frames)..frames.end.min(attention.frames);
    let width = frames.len();
    let mut mean = Table { columns: width, cells: vec![0.0; rows.len() * width] };
    for head in 0..attention.heads {
        let mut looks = sounding(attention, head, &frames);
        standardise(&mut looks);
        for (row, out) in rows.clone().zip(mean.cells.chunks_mut(width.max(1))) {
            add_smoothed(out, looks.row(row));
        }
    }
    let onsets = warp(&mean);
    let end = |row: usize| onsets.get(row + 1).copied().unwrap_or(width);
    let look = |(row, &onset): (usize, &usize)| Look {
        onset: frames.start + onset,
        peak: frames.start + peak(mean.row(row), onset..end(row).max(onset + 1)),
    };
    onsets.iter().enumerate().map(look).collect()
}

/// The column of the highest cell of `row` within `columns`.
fn peak(row: &[f32], columns: Range<usize>) -> usize {
    let start = columns.start;
    let within = columns.filter(|column| *column < row.len());
    within.max_by(|a, b| row[*a].total_cmp(&row[*b])).unwrap_or(start)
}

impl Table {
    fn row(&self, row: usize) -> &[f32] {
        &self.cells[row * self.columns..(row + 1) * self.columns]
    }

    fn rows(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or(0)
    }
}

/// One head's weights on `frames`, each row summing to one again.
fn sounding(attention: &Attention, head: usize, frames: &Range<usize>) -> Table {
    let size = attention.tokens * attention.frames;
    let mut cells = Vec::with_capacity(attention.tokens * frames.len());
    for row in attention.weights[head * size..][..size].chunks(attention.frames.max(1)) {
        let row = &row[frames.clone()];
        let sum: f32 = row.iter().sum();
        cells.extend(row.iter().map(|weight| weight / sum.max(f32::MIN_POSITIVE)));
    }
    Table { columns: frames.len(), cells }
}

/// Gives every frame mean 0 and deviation 1 over all tokens, so that frames which every token looks at
/// say nothing.
fn standardise(looks: &mut Table) {
    let (count, columns) = (looks.rows().max(1) as f32, looks.columns.max(1));
    let (mut means, mut scales) = (vec![0.0; columns], vec![0.0; columns]);
    for row in looks.cells.chunks(columns) {
        means.iter_mut().zip(row).for_each(|(sum, cell)| *sum += cell);
    }
    for mean in &mut means {
        *mean /= count;
    }
    for row in looks.cells.chunks(columns) {
        for ((sum, cell), mean) in scales.iter_mut().zip(row).zip(&means) {
            *sum += (cell - mean).powi(2);
        }
    }
    for scale in &mut scales {
        let variance: f32 = *scale / count;
        *scale = if variance > 0.0 { variance.sqrt().recip() } else { 0.0 };
    }
    for row in looks.cells.chunks_mut(columns) {
        for ((cell, mean), scale) in row.iter_mut().zip(&means).zip(&scales) {
            *cell = (*cell - mean) * scale;
        }
    }
}

/// Adds the running median of `row` to `out`; the row is continued by its mirror image at both ends.
fn add_smoothed(out: &mut [f32], row: &[f32]) {
    let reach = MEDIAN_WIDTH / 2;
    if row.len() <= reach {
        out.iter_mut().zip(row).for_each(|(out, value)| *out += value);
        return;
    }
    let (before, after) = (row[1..=reach].iter().rev(), row[row.len() - 1 - reach..].iter().rev());
    let mirrored: Vec<f32> = before.chain(row).chain(after.skip(1)).copied().collect();
    for (out, near) in out.iter_mut().zip(mirrored.windows(MEDIAN_WIDTH)) {
        *out += near.first_chunk().map_or(0.0, |near| median(*near));
    }
}

/// The median, by a network of comparisons, which are the same whatever the values: compiled to vectors.
///
/// After N. Devillard, "Fast median search: an ANSI C implementation" (1998).
#[inline(always)]
fn median(mut values: [f32; MEDIAN_WIDTH]) -> f32 {
    const EXCHANGES: [(usize, usize); 13] = [
        (0, 5),
        (0, 3),
        (1, 6),
        (2, 4),
        (0, 1),
        (3, 5),
        (2, 6),
        (2, 3),
        (3, 6),
        (4, 5),
        (1, 4),
        (1, 3),
        (3, 4),
    ];
    for (low, high) in EXCHANGES {
        let (a, b) = (values[low], values[high]);
        (values[low], values[high]) = if b < a { (b, a) } else { (a, b) };
    }
    values[MEDIAN_WIDTH / 2]
}

/// A step of the path into a cell.
#[derive(Clone, Copy)]
enum Step {
    Diagonal,
    Down,
    Right,
}

/// The first column of each row on the path from the first to the last cell that gathers the most.
fn warp(gain: &Table) -> Vec<usize> {
    let steps = cheapest_steps(gain);
    let mut onsets = vec![0; gain.rows()];
    let (mut row, mut column) = (gain.rows(), gain.columns);
    while row > 0 && column > 0 {
        onsets[row - 1] = column - 1;
        match steps[(row - 1) * gain.columns + column - 1] {
            Step::Diagonal => (row, column) = (row - 1, column - 1),
            Step::Down => row -= 1,
            Step::Right => column -= 1,
        }
    }
    onsets
}

/// The step by which the best path reaches each cell. On a tie the reference goes down or right.
fn cheapest_steps(gain: &Table) -> Vec<Step> {
    let mut steps = Vec::with_capacity(gain.cells.len());
    let mut above = vec![f32::INFINITY; gain.columns + 1];
    above[0] = 0.0;
    for row in 0..gain.rows() {
        let mut costs = Vec::with_capacity(gain.columns + 1);
        costs.push(f32::INFINITY);
        for (column, gain) in gain.row(row).iter().enumerate() {
            let (diagonal, down, right) = (above[column], above[column + 1], costs[column]);
            let (cost, step) = if diagonal < down && diagonal < right {
                (diagonal, Step::Diagonal)
            } else if down < diagonal && down < right {
                (down, Step::Down)
            } else {
                (right, Step::Right)
            };
            costs.push(cost - gain);
            steps.push(step);
        }
        above = costs;
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[f32]]) -> Table {
        Table { columns: rows[0].len(), cells: rows.concat() }
    }

    #[test]
    fn the_path_follows_the_ridge() {
        let gain = table(&[
            &[1.0, 1.0, -1.0, -1.0, -1.0, -1.0],
            &[-1.0, -1.0, 1.0, -1.0, -1.0, -1.0],
            &[-1.0, -1.0, -1.0, 1.0, 1.0, 1.0],
        ]);
        assert_eq!(warp(&gain), [0, 2, 3]);
    }

    #[test]
    fn more_tokens_than_frames_still_rise() {
        let onsets = warp(&table(&[&[0.0, 1.0], &[1.0, 0.0], &[0.0, 1.0], &[0.5, 0.5]]));
        assert!(onsets.is_sorted(), "{onsets:?}");
        assert_eq!(onsets.len(), 4);
    }

    #[test]
    fn the_median_lies_in_the_middle_in_whatever_order() {
        for mut number in 0..5040_usize {
            // Every order of seven values, as the number's digits to rising bases.
            let mut left = vec![3.0, -1.0, 4.0, -1.5, 5.0, 9.0, 2.0];
            let order: [f32; 7] = std::array::from_fn(|index| {
                let digit = number % (7 - index);
                number /= 7 - index;
                left.remove(digit)
            });
            assert_eq!(median(order), 3.0, "{order:?}");
        }
        assert_eq!(median([1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0]), 1.0);
    }

    #[test]
    fn a_spike_in_one_frame_is_smoothed_away_and_a_step_is_not() {
        let mut out = [0.0; 10];
        add_smoothed(&mut out, &[0.0, 0.0, 9.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
        assert_eq!(out, [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
        let mut short = [0.0; 2];
        add_smoothed(&mut short, &[1.0, 2.0]);
        assert_eq!(short, [1.0, 2.0]);
    }

    #[test]
    fn a_frame_that_every_token_looks_at_says_nothing() {
        let mut looks = table(&[&[0.5, 0.0], &[0.5, 1.0]]);
        standardise(&mut looks);
        assert_eq!(looks.cells, [0.0, -1.0, 0.0, 1.0]);
    }

    #[test]
    fn padding_is_not_looked_at() {
        // Two heads, three tokens; every token looks mostly at the padding after the third frame.
        let row = |at: usize| {
            (0..6).map(move |frame| {
                if frame == at {
                    0.1
                } else if frame > 2 {
                    0.3
                } else {
                    0.0
                }
            })
        };
        let one: Vec<f32> = (0..3).flat_map(row).collect();
        let attention = Attention { heads: 2, tokens: 3, frames: 6, weights: one.repeat(2) };
        let looks = looks(&attention, 0..3, 0..3);
        assert_eq!(looks.iter().map(|look| look.onset).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn only_the_given_frames_are_searched() {
        let attention = Attention { heads: 1, tokens: 2, frames: 20, weights: vec![0.05; 40] };
        let looks = looks(&attention, 0..2, 10..15);
        assert!(looks.iter().all(|look| (10..15).contains(&look.onset)), "{looks:?}");
        assert!(looks.iter().all(|look| look.peak >= look.onset && look.peak < 15), "{looks:?}");
    }

    #[test]
    fn a_peak_lies_where_the_row_is_highest_before_the_next_begins() {
        assert_eq!(peak(&[0.0, 1.0, 3.0, 2.0, 9.0], 1..4), 2);
        assert_eq!(peak(&[], 5..6), 5);
    }
}
