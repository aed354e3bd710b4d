//! Matrix products of whole numbers of sixteen bits, two at a time, summed exactly: what attention is
//! computed with where half-width floats have to be widened first.
//!
//! Keys share one unit and values another, so that the largest has as many bits as leave room for the
//! sum; a row of queries or of weights has its own. They keep more bits than half-width floats do of all
//! that is not far below the largest.

#[cfg(target_arch = "x86_64")]
mod x86;

use crate::elementwise::peak_of;
use crate::gemm::{Activation, MicroKernel, Rows, Store, Word, multiply_panel};
use crate::isa::{Portable, dispatched, vectorised};
use crate::vector::{LANES, ROUND, extreme, inverse, rough_exp, total};

/// Two neighbours of a column or a row.
pub(crate) type Int16x2 = [i16; 2];

/// Largest magnitude of what is packed.
const LARGEST: f32 = 32_767.0;
/// Largest magnitude of a value.
const LARGEST_VALUE: f32 = 8_191.0;
/// Largest sum of weights, which times the largest value is below 2³¹.
const LARGEST_SUM: f32 = 262_143.0;

/// The nearest whole number, the next best if it is out of range.
#[inline(always)]
fn nearest(value: f32) -> i16 {
    (value.clamp(-LARGEST, LARGEST) + ROUND).to_bits() as i16
}

vectorised!(
    /// The largest magnitude in the first `size` numbers of the rows; not-a-number has none.
    fn largest(rows: Rows, size: usize) -> f32 = largest_body
);

#[inline(always)]
fn largest_body(rows: Rows, size: usize) -> f32 {
    let (mut most, mut most_of_tails) = ([0.0; LANES], 0.0_f32);
    for row in 0..rows.count() {
        let (chunks, tail) = rows.row(row, size).as_chunks::<LANES>();
        for chunk in chunks {
            for lane in 0..LANES {
                let x = chunk[lane].abs();
                most[lane] = if x > most[lane] { x } else { most[lane] };
            }
        }
        for x in tail {
            most_of_tails = x.abs().max(most_of_tails);
        }
    }
    extreme(&most, most_of_tails, |a, b| a > b)
}

/// Largest magnitude of keys and queries of `size` numbers: the sum of their products is below 2³¹.
fn limit(size: usize) -> f32 {
    (2f32.powi(31) / size as f32).sqrt().floor().min(LARGEST) - 1.0
}

/// What makes `largest` the limit; zero if it is next to nothing.
fn factor(largest: f32, limit: f32) -> f32 {
    limit * inverse(largest)
}

impl Word for Int16x2 {
    type Number = f32;
    const NUMBERS: usize = 2;

    fn tile_width() -> usize {
        LANES
    }

    #[inline(always)]
    fn pack(numbers: &[f32]) -> Self {
        [nearest(numbers[0]), numbers.get(1).map_or(0, |&second| nearest(second))]
    }
}

impl Activation for Int16x2 {
    fn key_factor(keys: Rows, size: usize) -> f32 {
        // Keys are divided by the root as well.
        factor(largest(keys, size), limit(size)) * (size as f32).sqrt()
    }

    fn value_factor(values: Rows, size: usize) -> f32 {
        factor(largest(values, size), LARGEST_VALUE)
    }

    fn pack_row(row: &[f32], out: &mut [Self]) -> f32 {
        if let Some(last) = out.last_mut() {
            last[1] = 0;
        }
        let factor = factor(largest(Rows::new(row, 1, row.len()), row.len()), limit(row.len()));
        round_all(row, factor, &mut out.as_flattened_mut()[..row.len()]);
        inverse(factor)
    }

    fn pack_across(rows: Rows, factor: f32, out: &mut [Self]) {
        let first = rows.row(0, out.len());
        if rows.count() == 1 {
            out.iter_mut().zip(first).for_each(|(out, x)| *out = [nearest(x * factor), 0]);
        } else {
            interleave(first, rows.row(1, out.len()), factor, out);
        }
    }

    fn pack_weights(scores: &mut [f32], unit: f32, out: &mut [Self]) -> f32 {
        if let Some(last) = out.last_mut() {
            last[1] = 0;
        }
        let sum = rough_exponentials(scores, unit);
        // Rounding adds a half to each at most.
        let factor = LARGEST.min((LARGEST_SUM - scores.len() as f32) / sum);
        round_all(scores, factor, &mut out.as_flattened_mut()[..scores.len()]);
        sum_of(out.as_flattened()) as f32
    }

    fn multiply(rows: Rows<Self>, panel: &[Self], depth: usize, out: Store) {
        multiply(rows, panel, depth, out);
    }
}

vectorised!(fn round_all(values: &[f32], factor: f32, out: &mut [i16]) = round_all_body);

#[inline(always)]
fn round_all_body(values: &[f32], factor: f32, out: &mut [i16]) {
    for (out, value) in out.iter_mut().zip(values) {
        *out = nearest(value * factor);
    }
}

vectorised!(
    fn interleave(first: &[f32], second: &[f32], factor: f32, out: &mut [Int16x2]) = interleave_body
);

#[inline(always)]
fn interleave_body(first: &[f32], second: &[f32], factor: f32, out: &mut [Int16x2]) {
    for ((out, first), second) in out.iter_mut().zip(first).zip(second) {
        *out = [nearest(first * factor), nearest(second * factor)];
    }
}

vectorised!(
    /// Replaces each score by about e to the power of its distance from the highest, times the unit;
    /// their sum.
    fn rough_exponentials(scores: &mut [f32], unit: f32) -> f32 = rough_exponentials_body
);

#[inline(always)]
fn rough_exponentials_body(scores: &mut [f32], unit: f32) -> f32 {
    let peak = peak_of(scores);
    let (chunks, tail) = scores.as_chunks_mut::<LANES>();
    let mut sums = [0.0; LANES];
    for chunk in chunks {
        for lane in 0..LANES {
            chunk[lane] = rough_exp((chunk[lane] - peak) * unit);
            sums[lane] += chunk[lane];
        }
    }
    let mut sum = total(sums);
    for score in tail {
        *score = rough_exp((*score - peak) * unit);
        sum += *score;
    }
    sum
}

vectorised!(fn sum_of(numbers: &[i16]) -> i32 = sum_of_body);

#[inline(always)]
fn sum_of_body(numbers: &[i16]) -> i32 {
    let mut sum = 0;
    for &number in numbers {
        sum += i32::from(number);
    }
    sum
}

dispatched!(
    fn multiply(rows: Rows<Int16x2>, panel: &[Int16x2], depth: usize, out: Store) {
        #[cfg(target_arch = "x86_64")]
        Avx2 => multiply_panel::<1, _, _, _>,
        _ => multiply_panel::<1, _, _, _>,
    }
);

impl MicroKernel<Int16x2> for Portable {
    type Sums = [i32; LANES];
    const ROWS: usize = 4;

    #[inline(always)]
    fn add(self, mut sums: [i32; LANES], left: Int16x2, right: &[Int16x2; LANES]) -> [i32; LANES] {
        for lane in 0..LANES {
            for half in 0..2 {
                sums[lane] += i32::from(left[half]) * i32::from(right[lane][half]);
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gemm::{Panels, tests as checks};

    #[test]
    fn products_of_any_shape_are_exact() {
        checks::exact_on_small_numbers::<Int16x2>(3.0);
    }

    #[test]
    fn panels_from_columns_are_those_of_the_transposed_matrix() {
        checks::columns_are_found_again::<Int16x2>();
    }

    #[test]
    fn a_row_does_not_depend_on_its_company() {
        checks::rows_are_independent::<Int16x2>();
    }

    #[test]
    fn the_largest_keys_and_queries_do_not_overflow() {
        for size in [1, 2, 3, 64, 65, 5000] {
            let ones = vec![-1.0; size];
            let rows = Rows::new(&ones, 1, size);
            let factor = Int16x2::key_factor(rows, size) / (size as f32).sqrt();
            let panels = Panels::from_columns(size, 1, |_, out: &mut [f32]| out.fill(-factor));
            let mut words = vec![[7; 2]; panels.steps()];
            let unit = Int16x2::pack_row(&ones, &mut words);
            let found = checks::product(&words, 1, &panels)[0] * unit / factor;
            assert!((found - size as f32).abs() < 1e-3 * size as f32, "{size}: {found}");
        }
    }

    #[test]
    fn the_largest_values_do_not_overflow_whatever_the_weights() {
        for (rows, fall) in [(1, 0.0), (3, 0.0), (1501, 0.0), (1501, -0.01), (70_000, 0.0)] {
            let ones = vec![-1.0; rows];
            let values = Rows::new(&ones, rows, 1);
            let factor = Int16x2::value_factor(values, 1);
            let panels = Panels::from_rows(values, 1, factor);
            let mut scores: Vec<f32> = (0..rows).map(|row| row as f32).collect();
            let mut words = vec![[7; 2]; panels.steps()];
            let sum = Int16x2::pack_weights(&mut scores, -fall, &mut words);
            let found = checks::product(&words, 1, &panels)[0] / sum / factor;
            assert!((found + 1.0).abs() < 1e-3, "{rows} {fall}: {found}");
        }
    }

    #[test]
    fn weights_are_in_proportion_to_the_exponential() {
        let mut scores: Vec<f32> = (0..100).map(|x| x as f32).collect();
        let mut words = [[0; 2]; 50];
        let sum = Int16x2::pack_weights(&mut scores, 0.1, &mut words);
        let total: f64 = (0..100).map(|x| (f64::from(x) * 0.1).exp()).sum();
        for (x, &weight) in words.as_flattened().iter().enumerate() {
            let wanted = (x as f64 * 0.1).exp() / total;
            assert!((f64::from(weight) / f64::from(sum) - wanted).abs() < 2e-5, "{x}");
        }
    }

    #[test]
    fn nothing_comes_of_nothing() {
        let zeros = [0.0; 6];
        let mut words = [[7; 2]; 3];
        assert_eq!(Int16x2::pack_row(&zeros, &mut words), 0.0);
        assert_eq!(words, [[0; 2]; 3]);
    }
}
