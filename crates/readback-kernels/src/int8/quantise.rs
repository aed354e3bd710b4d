//! Floats to numbers of eight bits: weights, column by column, before they are packed; rows, one by one,
//! at the time of the product.

use crate::isa::vectorised;
#[cfg(target_arch = "x86_64")]
use crate::isa::{Avx2, Avx512Vnni, AvxVnni};
use crate::vector::{ROUND, extreme, inverse};

/// Largest magnitude of a weight.
pub(super) const LARGEST: f32 = 127.0;

/// The values that a row's 256 levels stand for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Quantisation {
    /// Distance between levels.
    pub(super) scale: f32,
    /// The level that stands for zero.
    pub(super) zero_point: i32,
}

impl Quantisation {
    /// What a sum of products of levels and weights stands for, given the sum and scale of the weights.
    #[inline(always)]
    pub(super) fn dequantise(self, sum: i32, weight_sum: i32, weight_scale: f32) -> f32 {
        (sum - self.zero_point * weight_sum) as f32 * (self.scale * weight_scale)
    }
}

/// What becomes [`LARGEST`] of a column: its largest magnitude, or that of a sum of two weights of a word
/// that are multiplied and summed in sixteen bits.
pub(super) fn magnitude(column: &[f32]) -> f32 {
    let (low, high) = extremes(column);
    let pairs = if sums_are_short() { column.as_chunks::<2>().0 } else { &[] };
    let largest = high.max(-low);
    let sum = |pair: &[f32; 2]| (pair[0] + pair[1]).abs().min(f32::MAX);
    pairs.iter().map(sum).fold(largest, f32::max)
}

/// Whether the best product at hand sums two products in sixteen bits.
///
/// There, two weights must not be above 128 together, lest their sum with the highest level be above
/// 32767. If it is at most [`LARGEST`] before they are rounded, it is not.
pub(super) fn sums_are_short() -> bool {
    #[cfg(target_arch = "x86_64")]
    return Avx2::new().is_some() && AvxVnni::new().is_none() && Avx512Vnni::new().is_none();
    #[cfg(not(target_arch = "x86_64"))]
    false
}

vectorised!(
    /// The lowest and the highest of the values and zero.
    fn extremes(values: &[f32]) -> (f32, f32) = extremes_body
);

#[inline(always)]
fn extremes_body(values: &[f32]) -> (f32, f32) {
    (extreme(values, 0.0, |a, b| a < b), extreme(values, 0.0, |a, b| a > b))
}

vectorised!(
    /// Writes the nearest multiple of the scale for each value of a column of weights.
    pub(super) fn quantise_column(column: &[f32], scale: f32, out: &mut [i8]) = quantise_column_body
);

#[inline(always)]
fn quantise_column_body(column: &[f32], scale: f32, out: &mut [i8]) {
    let inverse = inverse(scale);
    for (out, value) in out.iter_mut().zip(column) {
        let place = (value * inverse).clamp(-LARGEST, LARGEST);
        *out = (place + ROUND).to_bits() as i8;
    }
}

vectorised!(
    /// Writes the level of each value of a row.
    pub(super) fn quantise_row(row: &[f32], levels: &mut [u8]) -> Quantisation = quantise_row_body
);

#[inline(always)]
fn quantise_row_body(row: &[f32], levels: &mut [u8]) -> Quantisation {
    let (low, high) = extremes_body(row);
    let scale = high / 255.0 - low / 255.0;
    let inverse = inverse(scale);
    let zero_point = (-low * inverse).round();
    for (level, value) in levels.iter_mut().zip(row) {
        let place = value.mul_add(inverse, zero_point).clamp(0.0, 255.0);
        *level = (place + ROUND).to_bits() as u8;
    }
    Quantisation { scale, zero_point: zero_point as i32 }
}
