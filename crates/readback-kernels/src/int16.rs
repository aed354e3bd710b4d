//! Matrix products of whole numbers of sixteen bits, two at a time, summed exactly: what attention is
//! computed with where half-width floats have to be widened first.
//!
//! Keys share one unit and values another, so that the largest has as many bits as leave room for the
//! sum; a row of queries or of weights has its own. They keep more bits than half-width floats do of all
//! that is not far below the largest.

use crate::bf16::rough_exp;
use crate::elementwise::peak_of;
use crate::gemm::{Float, Product, Rows, Store, Word, multiply_panel};
use crate::isa::{LANES, ROUND, extreme, inverse, total, vectorised};

/// Two neighbours of a column or a row.
pub(crate) type Short = [i16; 2];

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

impl Word for Short {
    type Number = f32;
    const NUMBERS: usize = 2;

    fn tile() -> usize {
        LANES
    }

    #[inline(always)]
    fn pack(numbers: &[f32]) -> Self {
        [nearest(numbers[0]), numbers.get(1).map_or(0, |&second| nearest(second))]
    }
}

impl Float for Short {
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
        multiply_shorts(rows, panel, depth, out);
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
    fn interleave(first: &[f32], second: &[f32], factor: f32, out: &mut [Short]) = interleave_body
);

#[inline(always)]
fn interleave_body(first: &[f32], second: &[f32], factor: f32, out: &mut [Short]) {
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

vectorised!(
    fn multiply_shorts(rows: Rows<Short>, panel: &[Short], depth: usize, out: Store)
        = multiply_panel::<Short, Portable, Store, 1>,
        Wide => multiply_panel::<Short, x86::Wide, Store, 1>
);

/// For any processor.
struct Portable;

impl Product<Short> for Portable {
    type Sums = [i32; LANES];
    const ROWS: usize = 4;

    #[inline(always)]
    fn add(mut sums: [i32; LANES], left: Short, right: &[Short; LANES]) -> [i32; LANES] {
        for lane in 0..LANES {
            for half in 0..2 {
                sums[lane] += i32::from(left[half]) * i32::from(right[lane][half]);
            }
        }
        sums
    }
}

/// By the instructions of x86-64. All of this is reached only through [`multiply_shorts`], compiled for a
/// set of instructions and run after that set was found.
#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        __m256i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_set1_epi32,
    };

    use super::{LANES, Product, Short};

    /// AVX2: eight sums take in two products each with two instructions.
    pub(super) struct Wide;

    impl Product<Short> for Wide {
        type Sums = [__m256i; 2];
        /// Twelve sums, two vectors of the columns, one of the row and one of products fill 16 registers.
        const ROWS: usize = 6;

        #[inline(always)]
        fn add(mut sums: [__m256i; 2], left: Short, right: &[Short; LANES]) -> [__m256i; 2] {
            let [low, high] = left.map(|number| u32::from(number.cast_unsigned()));
            let left = (low | high << 16).cast_signed();
            for (sums, right) in sums.iter_mut().zip(right.as_chunks::<8>().0) {
                // SAFETY: AVX2 is there, as said above; the array holds the 32 bytes read.
                *sums = unsafe {
                    let right = _mm256_loadu_si256(right.as_ptr().cast());
                    _mm256_add_epi32(*sums, _mm256_madd_epi16(_mm256_set1_epi32(left), right))
                };
            }
            sums
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gemm::{Panels, WIDTH};

    /// All products of the rows' words with the panels.
    fn multiply(words: &[Short], panels: &Panels<Short>) -> Vec<f32> {
        let rows = words.len() / panels.steps();
        let stride = panels.count() * WIDTH;
        let mut found = vec![f32::NAN; rows * stride];
        for index in 0..panels.count() {
            let rows = Rows::new(words, rows, panels.steps());
            panels.multiply(rows, index, &mut found[index * WIDTH..], stride);
        }
        found
    }

    #[test]
    fn products_of_any_shape_are_exact() {
        let numbers = |count| (0..count).map(|x| ((x * 7919) % 101) as f32 - 50.0);
        for (rows, depth, columns) in [(0, 3, 3), (1, 1, 1), (5, 3, 64), (6, 64, 65), (13, 71, 130)]
        {
            let left: Vec<f32> = numbers(rows * depth).collect();
            let right: Vec<f32> = numbers(depth * columns).collect();
            let panels = Panels::from_rows(Rows::new(&right, depth, columns), columns, 3.0);
            let words: Vec<Short> =
                left.chunks(depth).flat_map(|row| row.chunks(2).map(Short::pack)).collect();
            let found = multiply(&words, &panels);
            for (row, found) in found.chunks(panels.count() * WIDTH).enumerate() {
                for column in 0..columns {
                    let products = (0..depth)
                        .map(|k| left[row * depth + k] * 3.0 * right[k * columns + column]);
                    assert_eq!(found[column], products.sum::<f32>(), "{rows} {depth} {columns}");
                }
            }
        }
    }

    #[test]
    fn the_largest_keys_and_queries_do_not_overflow() {
        for size in [1, 2, 3, 64, 65, 5000] {
            let ones = vec![-1.0; size];
            let rows = Rows::new(&ones, 1, size);
            let factor = Short::key_factor(rows, size) / (size as f32).sqrt();
            let panels = Panels::from_columns(size, 1, |_, out: &mut [f32]| out.fill(-factor));
            let mut words = vec![[7; 2]; panels.steps()];
            let unit = Short::pack_row(&ones, &mut words);
            let found = multiply(&words, &panels)[0] * unit / factor;
            assert!((found - size as f32).abs() < 1e-3 * size as f32, "{size}: {found}");
        }
    }

    #[test]
    fn the_largest_values_do_not_overflow_whatever_the_weights() {
        for (rows, fall) in [(1, 0.0), (3, 0.0), (1501, 0.0), (1501, -0.01), (70_000, 0.0)] {
            let ones = vec![-1.0; rows];
            let values = Rows::new(&ones, rows, 1);
            let factor = Short::value_factor(values, 1);
            let panels = Panels::from_rows(values, 1, factor);
            let mut scores: Vec<f32> = (0..rows).map(|row| row as f32).collect();
            let mut words = vec![[7; 2]; panels.steps()];
            let sum = Short::pack_weights(&mut scores, -fall, &mut words);
            let found = multiply(&words, &panels)[0] / sum / factor;
            assert!((found + 1.0).abs() < 1e-3, "{rows} {fall}: {found}");
        }
    }

    #[test]
    fn weights_are_in_proportion_to_the_exponential() {
        let mut scores: Vec<f32> = (0..100).map(|x| x as f32).collect();
        let mut words = [[0; 2]; 50];
        let sum = Short::pack_weights(&mut scores, 0.1, &mut words);
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
        assert_eq!(Short::pack_row(&zeros, &mut words), 0.0);
        assert_eq!(words, [[0; 2]; 3]);
    }
}
