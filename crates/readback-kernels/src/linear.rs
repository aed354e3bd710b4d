//! A linear layer, `x · Wᵀ + b`, for any number of rows, from one token to a whole window.

use rayon::prelude::*;

use crate::elementwise::{gelu_body, gelu_plain, log_softmax_plain, peak_and_sum};
use crate::gemm::{Panels, Rows, WIDTH};
use crate::int8::{Int8Rows, Int8Weights};
use crate::isa::vectorised;
use crate::packed::{Reader, write_size};
use crate::shared::SharedRows;

/// Input rows of a task when there are many.
const ROWS_PER_TASK: usize = 96;
/// Panels of a task when there are many rows.
const PANELS_PER_TASK: usize = 8;
/// With up to this many rows, a task takes all of them and one panel.
const FEW: usize = 240;
/// Panels whose logits exist at once.
const PANELS_OF_LOGITS: usize = 8;

/// What happens to the product and bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Epilogue {
    /// Stored.
    Store,
    /// Stored after [`gelu`](crate::gelu).
    Gelu,
    /// Added to what is there.
    Add,
}

/// How a product is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Precision {
    /// In single precision throughout, for reference.
    #[doc(alias = "f32")]
    Exact,
    /// In eight bits against weights, in sixteen between activations; sums lose nothing more.
    #[doc(alias = "int8")]
    #[doc(alias = "bf16")]
    #[default]
    Fast,
}

/// A linear layer's weights and bias.
#[doc(alias = "dense")]
#[doc(alias = "gemm")]
#[derive(Clone, Debug)]
pub struct Linear {
    weights: Weights,
    bias: Option<Vec<f32>>,
}

#[derive(Clone, Debug)]
enum Weights {
    Exact(Panels<f32>),
    Fast(Int8Weights),
}

/// Weights and the rows to multiply them with, these in the precision of those.
enum Product<'a> {
    Exact(&'a Panels<f32>, Rows<'a>),
    Fast(&'a Int8Weights, Int8Rows),
}

impl Product<'_> {
    /// `count` rows from `first` on times a panel; `out` has rows of `WIDTH` values, `stride` apart.
    fn multiply(&self, first: usize, count: usize, panel: usize, out: &mut [f32], stride: usize) {
        match self {
            Self::Exact(weights, rows) => {
                weights.multiply(rows.part(first, count), panel, out, stride);
            }
            Self::Fast(weights, rows) => weights.multiply(rows, first, count, panel, out, stride),
        }
    }

    /// One element of the product.
    fn element(&self, row: usize, column: usize) -> f32 {
        match self {
            Self::Exact(weights, rows) => {
                let pairs = rows.row(row, weights.depth()).iter().zip(weights.column(column));
                pairs.fold(0.0, |sum, (x, w)| w.mul_add(*x, sum))
            }
            Self::Fast(weights, rows) => weights.element(rows, row, column),
        }
    }
}

impl Linear {
    /// `weights` is `[outputs][inputs]`, `bias` `[outputs]`.
    ///
    /// # Panics
    /// When the lengths do not agree.
    pub fn new(
        weights: &[f32],
        bias: Option<Vec<f32>>,
        inputs: usize,
        precision: Precision,
    ) -> Self {
        assert!(inputs > 0 && weights.len().is_multiple_of(inputs), "weights must be whole rows");
        let outputs = weights.len() / inputs;
        assert!(bias.as_ref().is_none_or(|bias| bias.len() == outputs), "one bias per output");
        let weights = match precision {
            Precision::Exact => {
                Weights::Exact(Panels::from_columns(inputs, outputs, |output, out| {
                    out.copy_from_slice(&weights[output * inputs..][..inputs]);
                }))
            }
            Precision::Fast => Weights::Fast(Int8Weights::from_columns(weights, inputs, outputs)),
        };
        Self { weights, bias }
    }

    /// Appends the layer as it is packed, to be read by [`Linear::from_packed`]; false, and nothing is
    /// appended, for one that is [exact](Precision::Exact).
    pub fn write_packed(&self, out: &mut Vec<u8>) -> bool {
        let Weights::Fast(weights) = &self.weights else { return false };
        weights.write(out);
        write_size(out, self.bias.as_ref().map_or(0, Vec::len));
        out.extend(self.bias.iter().flatten().flat_map(|bias| bias.to_le_bytes()));
        true
    }

    /// What [`Linear::write_packed`] wrote on a processor of the same [`packing`](crate::packing).
    pub fn from_packed(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader(bytes);
        let weights = Int8Weights::read(&mut from)?;
        let bias = match from.size()? {
            0 => None,
            count if count == weights.columns() => Some(from.floats(count)?),
            _ => return None,
        };
        (from.0.is_empty() && weights.depth() > 0)
            .then_some(Self { weights: Weights::Fast(weights), bias })
    }

    /// Width of an output row.
    pub fn outputs(&self) -> usize {
        match &self.weights {
            Weights::Exact(weights) => weights.columns(),
            Weights::Fast(weights) => weights.columns(),
        }
    }

    /// Width of an input row.
    pub fn inputs(&self) -> usize {
        match &self.weights {
            Weights::Exact(weights) => weights.depth(),
            Weights::Fast(weights) => weights.depth(),
        }
    }

    /// How many panels the outputs fill.
    fn panels(&self) -> usize {
        self.outputs().div_ceil(WIDTH)
    }

    /// The weights of one output.
    ///
    /// # Panics
    /// When there is no such output.
    pub fn weights_of(&self, output: usize) -> Vec<f32> {
        assert!(output < self.outputs(), "no output {output}");
        match &self.weights {
            Weights::Exact(weights) => weights.column(output).collect(),
            Weights::Fast(weights) => weights.column(output).collect(),
        }
    }

    /// Rows made ready to be multiplied with the weights.
    fn product<'a>(&'a self, rows: Rows<'a>) -> Product<'a> {
        match &self.weights {
            Weights::Exact(weights) => Product::Exact(weights, rows),
            Weights::Fast(weights) => Product::Fast(weights, weights.quantise(rows)),
        }
    }

    /// Applies the layer to every row: `out` is `[rows][outputs]`.
    ///
    /// # Panics
    /// When the lengths do not agree.
    pub fn apply(&self, rows: Rows, out: &mut [f32], epilogue: Epilogue) {
        assert_eq!(out.len(), rows.count() * self.outputs(), "one output row per input row");
        self.apply_into(
            rows,
            &SharedRows::new(out.chunks_exact_mut(self.outputs().max(1))),
            epilogue,
        );
    }

    /// Applies the layer to every row, with nothing more: the outputs of each by themselves.
    pub fn apply_apart(&self, rows: Rows) -> Vec<Vec<f32>> {
        let mut out: Vec<Vec<f32>> =
            (0..rows.count()).into_par_iter().map(|_| vec![0.0; self.outputs()]).collect();
        self.apply_into(
            rows,
            &SharedRows::new(out.iter_mut().map(Vec::as_mut_slice)),
            Epilogue::Store,
        );
        out
    }

    /// `out` has as many rows, each as wide as the outputs.
    fn apply_into(&self, rows: Rows, out: &SharedRows, epilogue: Epilogue) {
        let product = self.product(rows);
        let (high, wide) = task_size(rows.count());
        let across = self.panels().div_ceil(wide);
        let tasks = (0..rows.count().div_ceil(high) * across).into_par_iter();
        tasks.for_each_init(Vec::new, |block, task| {
            let first = task / across * high;
            let count = high.min(rows.count() - first);
            let start = task % across * wide;
            block.resize(count * WIDTH, 0.0);
            for panel in start..self.panels().min(start + wide) {
                product.multiply(first, count, panel, block, WIDTH);
                let columns = panel * WIDTH..self.outputs().min((panel + 1) * WIDTH);
                let bias = self.bias.as_ref().map(|bias| &bias[columns.clone()]);
                for (row, values) in (first..).zip(block.chunks_exact_mut(WIDTH)) {
                    // SAFETY: the stretch lies within its row, and no two tasks share rows and panels.
                    let out = unsafe { out.stretch(row, columns.clone()) };
                    apply_epilogue(values, bias, epilogue, out);
                }
            }
        });
    }

    /// What [`Linear::apply`] computes.
    pub fn apply_plain(&self, rows: Rows, out: &mut [f32], epilogue: Epilogue) {
        for (index, out) in out.chunks_mut(self.outputs()).enumerate() {
            for (output, out) in out.iter_mut().enumerate() {
                let mut sum = self.bias.as_ref().map_or(0.0, |bias| f64::from(bias[output]));
                for (x, w) in rows.row(index, self.inputs()).iter().zip(self.weights_of(output)) {
                    sum += f64::from(*x) * f64::from(w);
                }
                let mut result = [sum as f32];
                if epilogue == Epilogue::Gelu {
                    gelu_plain(&mut result);
                }
                *out = if epilogue == Epilogue::Add { *out + result[0] } else { result[0] };
            }
        }
    }

    /// For each `(row, output)` pair, the natural logarithm of the softmax of the row's outputs at that
    /// output, without ever holding more than a block of the outputs. The bias is not used.
    ///
    /// # Panics
    /// When a pair names a row or an output that does not exist.
    pub fn log_probabilities(&self, rows: Rows, pairs: &[(usize, usize)]) -> Vec<f32> {
        let product = self.product(rows);
        let blocks = (0..rows.count()).step_by(FEW);
        let block = |first| self.log_sums(&product, first, FEW.min(rows.count() - first));
        let sums: Vec<f32> = blocks.flat_map(block).collect();
        let one = |&(row, output): &(usize, usize)| {
            assert!(output < self.outputs(), "no output {output}");
            product.element(row, output) - sums[row]
        };
        pairs.par_iter().map(one).collect()
    }

    /// For each of `count` rows from `first` on, the logarithm of the sum of its outputs' exponentials.
    fn log_sums(&self, product: &Product, first_row: usize, count: usize) -> Vec<f32> {
        let tasks = (0..self.panels()).into_par_iter().step_by(PANELS_OF_LOGITS);
        let parts: Vec<Vec<(f32, f32)>> = tasks
            .map_init(Vec::new, |logits, first| {
                let panels = first..self.panels().min(first + PANELS_OF_LOGITS);
                let stride = panels.len() * WIDTH;
                let width = stride.min(self.outputs() - first * WIDTH);
                logits.resize(count * stride, 0.0);
                for (place, panel) in panels.enumerate() {
                    let out = &mut logits[place * WIDTH..];
                    product.multiply(first_row, count, panel, out, stride);
                }
                logits.chunks_exact(stride).map(|row| peak_and_sum(&row[..width])).collect()
            })
            .collect();
        (0..count).map(|row| log_sum(parts.iter().map(|part| part[row]))).collect()
    }

    /// What [`Linear::log_probabilities`] computes.
    pub fn log_probabilities_plain(&self, rows: Rows, pairs: &[(usize, usize)]) -> Vec<f32> {
        let mut logits = vec![0.0; rows.count() * self.outputs()];
        self.apply_plain(rows, &mut logits, Epilogue::Store);
        logits.chunks_mut(self.outputs()).for_each(log_softmax_plain);
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

vectorised!(
    /// Adds the bias to a row's products, changes them as told and puts them into `out`.
    fn apply_epilogue(values: &mut [f32], bias: Option<&[f32]>, epilogue: Epilogue, out: &mut [f32])
        = apply_epilogue_body
);

#[inline(always)]
fn apply_epilogue_body(
    values: &mut [f32],
    bias: Option<&[f32]>,
    epilogue: Epilogue,
    out: &mut [f32],
) {
    let values = &mut values[..out.len()];
    for (value, bias) in values.iter_mut().zip(bias.unwrap_or_default()) {
        *value += bias;
    }
    match epilogue {
        Epilogue::Store => out.copy_from_slice(values),
        Epilogue::Gelu => {
            gelu_body(values);
            out.copy_from_slice(values);
        }
        Epilogue::Add => {
            for (out, value) in out.iter_mut().zip(values) {
                *out += *value;
            }
        }
    }
}
