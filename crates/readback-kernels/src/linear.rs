//! A linear layer, `x · Wᵀ + b`, for any number of rows, from one token to a whole window.

use rayon::prelude::*;

use crate::elementwise::{gelu, peak_and_sum};
use crate::panels::{Panels, Rows, WIDTH};

/// Input rows of a task when there are many.
const ROWS_PER_TASK: usize = 60;
/// Panels of a task when there are many rows.
const PANELS_PER_TASK: usize = 8;
/// With up to this many rows, a task takes all of them and one panel.
const FEW: usize = 240;
/// Panels whose logits exist at once.
const PANELS_OF_LOGITS: usize = 8;

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

/// A linear layer's weights and bias.
#[derive(Clone, Debug)]
pub struct Linear {
    weights: Panels,
    bias: Option<Vec<f32>>,
}

impl Linear {
    /// `weights` is `[outputs][inputs]`, `bias` `[outputs]`.
    ///
    /// # Panics
    /// When the lengths do not agree.
    pub fn new(weights: &[f32], bias: Option<Vec<f32>>, inputs: usize) -> Self {
        assert!(inputs > 0 && weights.len().is_multiple_of(inputs), "weights must be whole rows");
        let outputs = weights.len() / inputs;
        assert!(bias.as_ref().is_none_or(|bias| bias.len() == outputs), "one bias per output");
        Self { weights: Panels::from_columns(weights, inputs, inputs, outputs, 1.0), bias }
    }

    /// Width of an output row.
    pub fn outputs(&self) -> usize {
        self.weights.columns()
    }

    /// Width of an input row.
    pub fn inputs(&self) -> usize {
        self.weights.depth()
    }

    /// The weights of one output.
    ///
    /// # Panics
    /// When there is no such output.
    pub fn weights_of(&self, output: usize) -> impl Iterator<Item = f32> + '_ {
        assert!(output < self.outputs(), "no output {output}");
        self.weights.column(output)
    }

    /// Applies the layer to every row: `out` is `[rows][outputs]`.
    ///
    /// # Panics
    /// When the lengths do not agree.
    pub fn apply(&self, rows: Rows, out: &mut [f32], finish: Finish) {
        assert_eq!(out.len(), rows.count() * self.outputs(), "one output row per input row");
        let tiles = Tiles { out: out.as_mut_ptr(), stride: self.outputs() };
        let (high, wide) = task_size(rows.count());
        let across = self.weights.count().div_ceil(wide);
        let tasks = (0..rows.count().div_ceil(high) * across).into_par_iter();
        tasks.for_each_init(Vec::new, |block, task| {
            let first = task / across * high;
            let rows = rows.part(first, high.min(rows.count() - first));
            let start = task % across * wide;
            for panel in start..self.weights.count().min(start + wide) {
                self.multiply(rows, panel, finish, block);
                // SAFETY: the tile lies within `out`, and no two tasks share rows and panels.
                unsafe { tiles.write(block, first, panel * WIDTH, finish == Finish::Add) }
            }
        });
    }

    /// Outputs of one panel with their bias, and GELU if that is the finish.
    fn multiply(&self, rows: Rows, panel: usize, finish: Finish, block: &mut Vec<f32>) {
        block.resize(rows.count() * WIDTH, 0.0);
        self.weights.multiply(rows, panel, block, WIDTH);
        if let Some(bias) = &self.bias {
            for row in block.chunks_exact_mut(WIDTH) {
                for (value, bias) in row.iter_mut().zip(&bias[panel * WIDTH..]) {
                    *value += bias;
                }
            }
        }
        if finish == Finish::Gelu {
            gelu(block);
        }
    }

    /// What [`Linear::apply`] computes.
    pub fn apply_plain(&self, rows: Rows, out: &mut [f32], finish: Finish) {
        for (index, out) in out.chunks_mut(self.outputs()).enumerate() {
            for (output, out) in out.iter_mut().enumerate() {
                let mut sum = self.bias.as_ref().map_or(0.0, |bias| f64::from(bias[output]));
                for (x, w) in rows.row(index, self.inputs()).iter().zip(self.weights_of(output)) {
                    sum += f64::from(*x) * f64::from(w);
                }
                let mut result = [sum as f32];
                if finish == Finish::Gelu {
                    crate::gelu_plain(&mut result);
                }
                *out = if finish == Finish::Add { *out + result[0] } else { result[0] };
            }
        }
    }

    /// For each `(row, output)` pair, the natural logarithm of the softmax of the row's outputs at that
    /// output, without ever holding more than a block of the outputs. The bias is not used.
    ///
    /// # Panics
    /// When a pair names a row or an output that does not exist.
    pub fn log_probabilities(&self, rows: Rows, pairs: &[(usize, usize)]) -> Vec<f32> {
        let blocks = (0..rows.count()).step_by(FEW);
        let block = |first| self.log_sums(rows.part(first, FEW.min(rows.count() - first)));
        let sums: Vec<f32> = blocks.flat_map(block).collect();
        let one = |&(row, output): &(usize, usize)| {
            let inputs = rows.row(row, self.inputs()).iter();
            let logit =
                inputs.zip(self.weights_of(output)).fold(0.0, |sum, (x, w)| w.mul_add(*x, sum));
            logit - sums[row]
        };
        pairs.par_iter().map(one).collect()
    }

    /// For each row, the logarithm of the sum of its outputs' exponentials.
    fn log_sums(&self, rows: Rows) -> Vec<f32> {
        let tasks = (0..self.weights.count()).into_par_iter().step_by(PANELS_OF_LOGITS);
        let parts: Vec<Vec<(f32, f32)>> = tasks
            .map_init(Vec::new, |logits, first| {
                let panels = first..self.weights.count().min(first + PANELS_OF_LOGITS);
                let stride = panels.len() * WIDTH;
                let width = stride.min(self.outputs() - first * WIDTH);
                logits.resize(rows.count() * stride, 0.0);
                for (place, panel) in panels.enumerate() {
                    self.weights.multiply(rows, panel, &mut logits[place * WIDTH..], stride);
                }
                logits.chunks_exact(stride).map(|row| peak_and_sum(&row[..width])).collect()
            })
            .collect();
        (0..rows.count()).map(|row| log_sum(parts.iter().map(|part| part[row]))).collect()
    }

    /// What [`Linear::log_probabilities`] computes.
    pub fn log_probabilities_plain(&self, rows: Rows, pairs: &[(usize, usize)]) -> Vec<f32> {
        let mut logits = vec![0.0; rows.count() * self.outputs()];
        self.apply_plain(rows, &mut logits, Finish::Store);
        logits.chunks_mut(self.outputs()).for_each(crate::log_softmax_plain);
        pairs.iter().map(|(row, output)| logits[row * self.outputs() + output]).collect()
    }
}

/// Logarithm of the sum of exponentials, from parts that each have their own peak.
fn log_sum(parts: impl Iterator<Item = (f32, f32)> + Clone) -> f32 {
    let peak = parts.clone().map(|(peak, _)| peak).fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = parts.map(|(own, sum)| f64::from(own - peak).exp() * f64::from(sum)).sum();
    (f64::from(peak) + sum.ln()) as f32
}

/// Rows and panels of a task; depends on the number of rows alone.
fn task_size(rows: usize) -> (usize, usize) {
    if rows <= FEW { (rows.max(1), 1) } else { (ROWS_PER_TASK, PANELS_PER_TASK) }
}

/// A matrix shared by tasks that each write their own tiles.
struct Tiles {
    out: *mut f32,
    stride: usize,
}

// SAFETY: the pointer is only used by `write`, whose caller vouches that tiles are not shared.
unsafe impl Sync for Tiles {}

impl Tiles {
    /// Writes rows of `WIDTH` values, as far as the matrix reaches, to the tile at `row` and `column`.
    ///
    /// # Safety
    /// The rows and the column must lie within the matrix, and the tile must be this caller's alone.
    unsafe fn write(&self, block: &[f32], row: usize, column: usize, add: bool) {
        let width = WIDTH.min(self.stride - column);
        for (index, values) in block.chunks_exact(WIDTH).enumerate() {
            // SAFETY: within the matrix and unshared, as the caller vouches.
            let out = unsafe {
                let start = self.out.add((row + index) * self.stride + column);
                std::slice::from_raw_parts_mut(start, width)
            };
            if add {
                out.iter_mut().zip(values).for_each(|(out, value)| *out += value);
            } else {
                out.copy_from_slice(&values[..width]);
            }
        }
    }
}
