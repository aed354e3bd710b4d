//! GELU, layer normalisation and softmax over rows.

use rayon::prelude::*;

use crate::isa::vectorised;
use crate::vector::{LANES, exp, extreme, total};

/// Rows normalised by one task.
const ROWS_PER_TASK: usize = 64;
/// Added to the variance before its root is taken, as Whisper was trained.
const EPSILON: f32 = 1e-5;

vectorised!(
    /// The Gaussian error linear unit in its exact form, `x/2 * (1 + erf(x/√2))`, in place.
    pub fn gelu(values: &mut [f32]) = gelu_body
);

/// What [`gelu`] does, for use within another vectorised loop.
#[inline(always)]
pub(crate) fn gelu_body(values: &mut [f32]) {
    for value in values {
        *value = 0.5 * *value * (1.0 + erf(*value * std::f32::consts::FRAC_1_SQRT_2));
    }
}

/// The error function; absolute error below 5e-7.
///
/// The rational approximation on [-4, 4] of Eigen's `erf` (`SpecialFunctionsImpl.h`), also XLA's.
#[inline(always)]
fn erf(x: f32) -> f32 {
    let x = x.clamp(-4.0, 4.0);
    let square = x * x;
    let mut above = -2.726_142_3e-10f32;
    for coefficient in [
        2.770_681_4e-8,
        -2.101_024e-6,
        -5.692_506_4e-5,
        -7.349_906_3e-4,
        -2.954_6e-3,
        -1.609_603_3e-2,
    ] {
        above = above.mul_add(square, coefficient);
    }
    let mut below = -1.456_607_2e-5f32;
    for coefficient in [-2.133_740_6e-4, -1.682_827e-3, -7.373_329_2e-3, -1.426_473_9e-2] {
        below = below.mul_add(square, coefficient);
    }
    x * above / below
}

/// What [`gelu`] computes, with erf by a series of positive terms in double precision
/// (Abramowitz and Stegun 7.1.6).
pub fn gelu_plain(values: &mut [f32]) {
    for value in values {
        let x = f64::from(*value);
        let z = (x / std::f64::consts::SQRT_2).clamp(-6.0, 6.0);
        let (mut term, mut sum) = (z, z);
        for n in 1..200 {
            term *= 2.0 * z * z / f64::from(2 * n + 1);
            sum += term;
        }
        let erf = sum * (-z * z).exp() * 2.0 / std::f64::consts::PI.sqrt();
        *value = (0.5 * x * (1.0 + erf)) as f32;
    }
}

/// Normalises each row of `width` values to mean 0 and variance 1, then applies `gain` and `bias`.
///
/// # Panics
/// When the lengths do not agree.
pub fn layer_norm(input: &[f32], gain: &[f32], bias: &[f32], out: &mut [f32]) {
    let width = gain.len();
    assert!(bias.len() == width && input.len() == out.len() && input.len().is_multiple_of(width));
    let block = ROWS_PER_TASK * width;
    input.par_chunks(block).zip(out.par_chunks_mut(block)).for_each(|(input, out)| {
        for (row, out) in input.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
            norm_row(row, gain, bias, out);
        }
    });
}

vectorised!(fn norm_row(row: &[f32], gain: &[f32], bias: &[f32], out: &mut [f32]) = norm_row_body);

#[inline(always)]
fn norm_row_body(row: &[f32], gain: &[f32], bias: &[f32], out: &mut [f32]) {
    let mean = sum_of(
        row,
        #[inline(always)]
        |x| x,
    ) / row.len() as f32;
    let variance = sum_of(
        row,
        #[inline(always)]
        |x| (x - mean) * (x - mean),
    ) / row.len() as f32;
    let scale = 1.0 / (variance + EPSILON).sqrt();
    for (((out, x), gain), bias) in out.iter_mut().zip(row).zip(gain).zip(bias) {
        *out = ((x - mean) * scale).mul_add(*gain, *bias);
    }
}

#[inline(always)]
fn sum_of(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, tail) = values.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for chunk in chunks {
        for lane in 0..LANES {
            sums[lane] += of(chunk[lane]);
        }
    }
    let mut sum = total(sums);
    for &x in tail {
        sum += of(x);
    }
    sum
}

/// What [`layer_norm`] computes.
pub fn layer_norm_plain(input: &[f32], gain: &[f32], bias: &[f32], out: &mut [f32]) {
    let width = gain.len();
    for (row, out) in input.chunks(width).zip(out.chunks_mut(width)) {
        let mean = row.iter().map(|&x| f64::from(x)).sum::<f64>() / width as f64;
        let variance =
            row.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum::<f64>() / width as f64;
        for i in 0..width {
            let normal = (f64::from(row[i]) - mean) / (variance + f64::from(EPSILON)).sqrt();
            out[i] = (normal * f64::from(gain[i]) + f64::from(bias[i])) as f32;
        }
    }
}

vectorised!(
    /// Turns one row of scores into weights that sum to one, in place.
    pub fn softmax(row: &mut [f32]) = softmax_body
);

#[inline(always)]
fn softmax_body(row: &mut [f32]) {
    let scale = 1.0 / exponentials_body(row);
    for value in row {
        *value *= scale;
    }
}

/// What [`softmax`] computes.
pub fn softmax_plain(row: &mut [f32]) {
    let peak = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = row.iter().map(|x| f64::from(x - peak).exp()).sum();
    for value in row {
        *value = (f64::from(*value - peak).exp() / sum) as f32;
    }
}

/// Natural logarithm of the [`softmax`] of one row, in place.
pub fn log_softmax(row: &mut [f32]) {
    let (peak, sum) = peak_and_sum(row);
    let shift = peak + sum.ln();
    for value in row {
        *value -= shift;
    }
}

/// What [`log_softmax`] computes.
pub fn log_softmax_plain(row: &mut [f32]) {
    let peak = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = row.iter().map(|x| f64::from(x - peak).exp()).sum();
    for value in row {
        *value = (f64::from(*value - peak) - sum.ln()) as f32;
    }
}

vectorised!(
    /// Replaces each score by e to the power of its distance from the highest; their sum.
    pub(crate) fn exponentials(row: &mut [f32]) -> f32 = exponentials_body
);

/// What [`exponentials`] does, for use within another vectorised loop.
#[inline(always)]
pub(crate) fn exponentials_body(row: &mut [f32]) -> f32 {
    let peak = peak_of(row);
    let (chunks, tail) = row.as_chunks_mut::<LANES>();
    let mut sums = [0.0; LANES];
    for chunk in chunks {
        for lane in 0..LANES {
            chunk[lane] = exp(chunk[lane] - peak);
            sums[lane] += chunk[lane];
        }
    }
    let mut sum = total(sums);
    for value in tail {
        *value = exp(*value - peak);
        sum += *value;
    }
    sum
}

/// The highest value; not-a-number is passed over.
#[inline(always)]
pub(crate) fn peak_of(row: &[f32]) -> f32 {
    extreme(row, f32::NEG_INFINITY, |a, b| a > b)
}

vectorised!(
    /// Highest value of a row and the sum of e to the power of each value's distance from it.
    pub(crate) fn peak_and_sum(row: &[f32]) -> (f32, f32) = peak_and_sum_body
);

#[inline(always)]
fn peak_and_sum_body(row: &[f32]) -> (f32, f32) {
    let peak = peak_of(row);
    (
        peak,
        sum_of(
            row,
            #[inline(always)]
            |x| exp(x - peak),
        ),
    )
}
