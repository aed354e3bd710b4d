//! A linear layer, `x · Wᵀ + b`, for any number of rows, from one token to a whole window.
//!
//! Few rows read the weights once, as they lie, one scalar product each; many go through the matrix
//! product in tiles.

use rayon::prelude::*;

use crate::elementwise::{gelu, peak_and_sum};
use crate::lanes::{LANES, dot, total, vectorised};
use crate::product::{View, product, product_into};

/// From this many rows on, a matrix product beats scalar products.
const MANY: usize = 33;
/// Rows that share one reading of a weight row.
const TOGETHER: usize = 8;
/// Weight rows handled by one task when there are few input rows.
const OUTPUTS_PER_TASK: usize = 64;
/// Vocabulary entries whose logits exist at once.
const LOGITS_PER_TASK: usize = 512;
/// Input rows whose logits exist at once.
const ROWS_OF_LOGITS: usize = 256;

/// What happens to the product and bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// Stored.
    Store,
    /// Stored after [`gelu`](crate::gelu).
    Gelu,
    /// Added to what is there.
    Add,
}

/// Input rows lying in a slice, `stride` apart; they may overlap, which makes a layer a convolution.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    values: &'a [f32],
    count: usize,
    stride: usize,
}

impl<'a> Rows<'a> {
    /// `count` rows, each starting `stride` values after the one before.
    pub fn new(values: &'a [f32], count: usize, stride: usize) -> Self {
        Self { values, count, stride }
    }

    fn view(&self, first: usize, count: usize, width: usize) -> View<'a> {
        View::new(&self.values[first * self.stride..], count, width, self.stride)
    }

    fn row(&self, index: usize, width: usize) -> &'a [f32] {
        &self.values[index * self.stride..][..width]
    }
}

/// A linear layer's weights and bias.
#[derive(Clone, Debug)]
pub struct Linear {
    weights: Vec<f32>,
    bias: Option<Vec<f32>>,
    inputs: usize,
    outputs: usize,
}

impl Linear {
    /// `weights` is `[outputs][inputs]`, `bias` `[outputs]`.
    ///
    /// # Panics
    /// When the lengths do not agree.
    pub fn new(weights: Vec<f32>, bias: Option<Vec<f32>>, inputs: usize) -> Self {
        assert!(inputs > 0 && weights.len().is_multiple_of(inputs), "weights must be whole rows");
        let outputs = weights.len() / inputs;
        assert!(bias.as_ref().is_none_or(|bias| bias.len() == outputs), "one bias per output");
        Self { weights, bias, inputs, outputs }
    }

    /// Width of an output row.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The weights of one output.
    pub fn weights_of(&self, output: usize) -> &[f32] {
        &self.weights[output * self.inputs..][..self.inputs]
    }

    /// Applies the layer to every row: `out` is `[rows][outputs]`.
    ///
    /// # Panics
    /// When the lengths do not agree.
    pub fn apply(&self, rows: Rows, out: &mut [f32], finish: Finish) {
        assert_eq!(out.len(), rows.count * self.outputs, "one output row per input row");
        let tiles = Tiles { out: out.as_mut_ptr(), stride: self.outputs };
        let (high, wide) = tile_size(rows.count);
        let across = self.outputs.div_ceil(wide);
        (0..rows.count.div_ceil(high) * across).into_par_iter().for_each(|task| {
            let (row, column) = (task / across * high, task % across * wide);
            let tile = Tile {
                row,
                column,
                rows: high.min(rows.count - row),
                columns: wide.min(self.outputs - column),
            };
            // SAFETY: tiles lie within `out` and no two tasks share one.
            unsafe { self.apply_tile(rows, &tiles, tile, finish) }
        });
    }

    /// What [`Linear::apply`] computes.
    pub fn apply_plain(&self, rows: Rows, out: &mut [f32], finish: Finish) {
        for row in 0..rows.count {
            for output in 0..self.outputs {
                let mut sum = self.bias.as_ref().map_or(0.0, |bias| f64::from(bias[output]));
                for (x, w) in rows.row(row, self.inputs).iter().zip(self.weights_of(output)) {
                    sum += f64::from(*x) * f64::from(*w);
                }
                let mut result = [sum as f32];
                if finish == Finish::Gelu {
                    crate::gelu_plain(&mut result);
                }
                let place = &mut out[row * self.outputs + output];
                *place = if finish == Finish::Add { *place + result[0] } else { result[0] };
            }
        }
    }

    /// # Safety
    /// The tile must lie within the matrix and belong to this call alone.
    unsafe fn apply_tile(&self, rows: Rows, tiles: &Tiles, tile: Tile, finish: Finish) {
        if rows.count < MANY {
            // SAFETY: as the caller vouches.
            unsafe { self.few_rows(rows, tiles, tile, finish) }
            return;
        }
        let left = rows.view(tile.row, tile.rows, self.inputs);
        let right = self.view(tile.column, tile.columns).transposed();
        // SAFETY: as the caller vouches.
        unsafe {
            let out = tiles.row(tile.row, tile);
            product_into(out.as_mut_ptr(), tiles.stride, left, right, 1.0, finish == Finish::Add);
            for row in tile.row..tile.row + tile.rows {
                self.finish(tiles.row(row, tile), tile.column, finish);
            }
        }
    }

    /// # Safety
    /// As for [`Linear::apply_tile`].
    unsafe fn few_rows(&self, rows: Rows, tiles: &Tiles, tile: Tile, finish: Finish) {
        for first in (tile.row..tile.row + tile.rows).step_by(TOGETHER) {
            let together = TOGETHER.min(tile.row + tile.rows - first);
            let inputs: [&[f32]; TOGETHER] =
                std::array::from_fn(|i| rows.row(first + i.min(together - 1), self.inputs));
            let mut block = [[0.0; OUTPUTS_PER_TASK]; TOGETHER];
            self.scalar_products(inputs, together, tile, &mut block);
            for (row, sums) in block[..together].iter().enumerate() {
                // SAFETY: as the caller vouches.
                let out = unsafe { tiles.row(first + row, tile) };
                for (out, sum) in out.iter_mut().zip(sums) {
                    *out = if finish == Finish::Add { *out + sum } else { *sum };
                }
                self.finish(out, tile.column, finish);
            }
        }
    }

    fn scalar_products(
        &self,
        inputs: [&[f32]; TOGETHER],
        together: usize,
        tile: Tile,
        block: &mut [[f32; OUTPUTS_PER_TASK]; TOGETHER],
    ) {
        vectorised!(for output in 0..tile.columns {
            let weights = self.weights_of(tile.column + output);
            let mut sums = [0.0; TOGETHER];
            match together {
                1 => sums[..1].copy_from_slice(&dots(weights, [inputs[0]])),
                2 => sums[..2].copy_from_slice(&dots(weights, [inputs[0], inputs[1]])),
                3 | 4 => sums[..4].copy_from_slice(&dots(weights, *inputs.first_chunk::<4>().expect("eight rows"))),
                _ => sums = dots(weights, inputs),
            }
            for row in 0..together {
                block[row][output] = sums[row];
            }
        });
    }

    fn finish(&self, out: &mut [f32], column: usize, finish: Finish) {
        if let Some(bias) = &self.bias {
            for (out, bias) in out.iter_mut().zip(&bias[column..]) {
                *out += bias;
            }
        }
        if finish == Finish::Gelu {
            gelu(out);
        }
    }

    fn view(&self, first: usize, count: usize) -> View<'_> {
        View::new(&self.weights[first * self.inputs..], count, self.inputs, self.inputs)
    }

    /// For each `(row, output)` pair, the natural logarithm of the softmax of the row's outputs at that
    /// output, without ever holding more than a block of the outputs. The bias is not used.
    ///
    /// # Panics
    /// When a pair names a row or an output that does not exist.
    pub fn log_probabilities(&self, rows: Rows, pairs: &[(usize, usize)]) -> Vec<f32> {
        let blocks = (0..rows.count).step_by(ROWS_OF_LOGITS);
        let sums: Vec<f32> = blocks.flat_map(|first| self.log_sums(rows, first)).collect();
        let one = |&(row, output): &(usize, usize)| {
            let logit = vectorised!(dot(rows.row(row, self.inputs), self.weights_of(output)));
            logit - sums[row]
        };
        pairs.par_iter().map(one).collect()
    }

    /// For each row of a block, the logarithm of the sum of its outputs' exponentials.
    fn log_sums(&self, rows: Rows, first: usize) -> Vec<f32> {
        let count = ROWS_OF_LOGITS.min(rows.count - first);
        let left = rows.view(first, count, self.inputs);
        let tasks = (0..self.outputs.div_ceil(LOGITS_PER_TASK)).into_par_iter();
        let parts: Vec<Vec<(f32, f32)>> = tasks
            .map_init(Vec::new, |logits, task| {
                let column = task * LOGITS_PER_TASK;
                let width = LOGITS_PER_TASK.min(self.outputs - column);
                logits.resize(count * width, 0.0);
                let right = self.view(column, width).transposed();
                product(logits, width, left, right, 1.0, false);
                logits.chunks_exact(width).map(peak_and_sum).collect()
            })
            .collect();
        (0..count).map(|row| log_sum(parts.iter().map(|part| part[row]))).collect()
    }

    /// What [`Linear::log_probabilities`] computes.
    pub fn log_probabilities_plain(&self, rows: Rows, pairs: &[(usize, usize)]) -> Vec<f32> {
        let mut logits = vec![0.0; rows.count * self.outputs];
        self.apply_plain(rows, &mut logits, Finish::Store);
        logits.chunks_mut(self.outputs).for_each(crate::log_softmax_plain);
        pairs.iter().map(|(row, output)| logits[row * self.outputs + output]).collect()
    }
}

/// Logarithm of the sum of exponentials, from parts that each have their own peak.
fn log_sum(parts: impl Iterator<Item = (f32, f32)> + Clone) -> f32 {
    let peak = parts.clone().map(|(peak, _)| peak).fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = parts.map(|(own, sum)| f64::from(own - peak).exp() * f64::from(sum)).sum();
    (f64::from(peak) + sum.ln()) as f32
}

/// Rows and columns of a task's tile; depends on the number of rows alone.
fn tile_size(rows: usize) -> (usize, usize) {
    match rows {
        ..MANY => (rows.max(1), OUTPUTS_PER_TASK),
        ..257 => (rows, 128),
        _ => (256, 512),
    }
}

/// Scalar products of one weight row with `N` input rows.
#[inline(always)]
fn dots<const N: usize>(weights: &[f32], inputs: [&[f32]; N]) -> [f32; N] {
    let (chunks, tail) = weights.as_chunks::<LANES>();
    let done = chunks.len() * LANES;
    let mut rows: [&[[f32; LANES]]; N] = [&[]; N];
    for (row, input) in rows.iter_mut().zip(inputs) {
        *row = &input.as_chunks().0[..chunks.len()];
    }
    let mut sums = [[0.0; LANES]; N];
    for (i, chunk) in chunks.iter().enumerate() {
        for row in 0..N {
            for lane in 0..LANES {
                sums[row][lane] = chunk[lane].mul_add(rows[row][i][lane], sums[row][lane]);
            }
        }
    }
    let mut totals = [0.0; N];
    for row in 0..N {
        totals[row] = total(sums[row]);
        for (a, b) in tail.iter().zip(&inputs[row][done..]) {
            totals[row] = a.mul_add(*b, totals[row]);
        }
    }
    totals
}

/// One task's part of a matrix.
#[derive(Clone, Copy)]
struct Tile {
    row: usize,
    column: usize,
    rows: usize,
    columns: usize,
}

/// A matrix shared by tasks that each write their own tile.
struct Tiles {
    out: *mut f32,
    stride: usize,
}

// SAFETY: the pointer is only used through `row`, whose caller vouches that tiles are not shared.
unsafe impl Sync for Tiles {}

impl Tiles {
    /// The tile's part of one row.
    ///
    /// # Safety
    /// The tile must lie within the matrix, be this caller's alone, and no other slice of this row
    /// and tile may be alive.
    #[expect(clippy::mut_from_ref, reason = "tiles are disjoint, which the borrow checker cannot see")]
    unsafe fn row(&self, row: usize, tile: Tile) -> &mut [f32] {
        // SAFETY: within the matrix and unshared, as the caller vouches.
        unsafe {
            let start = self.out.add(row * self.stride + tile.column);
            std::slice::from_raw_parts_mut(start, tile.columns)
        }
    }
}
