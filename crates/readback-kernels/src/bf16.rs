//! Matrix products of half-width floats (bfloat16: the upper half of a single-precision pattern), two
//! at a time, summed in single precision. Used with AVX-512; elsewhere [shorts](crate::int16) are faster.

use std::f32::consts::LOG2_E;

#[cfg(target_arch = "x86_64")]
use crate::amx::multiply_by_tiles;
use crate::elementwise::peak_of;
use crate::gemm::{Float, Product, Rows, Store, Word, multiply_panel, roomy_tile};
use crate::isa::{LANES, ROUND, total, vectorised};

/// Two neighbours of a column or a row.
pub(crate) type Pair = [u16; 2];

/// The largest number that has a pattern.
const LARGEST: f32 = f32::from_bits(0x7f7f_0000);

/// The nearest pattern, ties to even; what is too large becomes the largest.
#[inline(always)]
fn narrow(value: f32) -> u16 {
    let bits = value.clamp(-LARGEST, LARGEST).to_bits();
    ((bits + 0x7fff + (bits >> 16 & 1)) >> 16) as u16
}

/// The number of a pattern.
#[inline(always)]
fn widen(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

impl Word for Pair {
    type Number = f32;
    const NUMBERS: usize = 2;

    fn tile() -> usize {
        roomy_tile()
    }

    #[inline(always)]
    fn pack(numbers: &[f32]) -> Self {
        [narrow(numbers[0]), numbers.get(1).map_or(0, |&second| narrow(second))]
    }

    fn pack_column(numbers: &[f32], out: &mut [Self]) {
        Self::pack_row(numbers, out);
    }
}

impl Float for Pair {
    fn pack_row(row: &[f32], out: &mut [Self]) -> f32 {
        if let Some(last) = out.last_mut() {
            last[1] = 0;
        }
        narrow_all(row, &mut out.as_flattened_mut()[..row.len()]);
        1.0
    }

    fn pack_across(rows: Rows, _: f32, out: &mut [Self]) {
        let first = rows.row(0, out.len());
        if rows.count() == 1 {
            out.iter_mut().zip(first).for_each(|(out, &number)| *out = Self::pack(&[number]));
        } else {
            interleave(first, rows.row(1, out.len()), out);
        }
    }

    fn pack_weights(scores: &mut [f32], _: f32, out: &mut [Self]) -> f32 {
        if let Some(last) = out.last_mut() {
            last[1] = 0;
        }
        narrow_weights(scores, &mut out.as_flattened_mut()[..scores.len()])
    }

    fn multiply(rows: Rows<Self>, panel: &[Self], depth: usize, out: Store) {
        multiply_pairs(rows, panel, depth, out);
    }
}

vectorised!(fn narrow_all(values: &[f32], out: &mut [u16]) = narrow_all_body);

#[inline(always)]
fn narrow_all_body(values: &[f32], out: &mut [u16]) {
    for (out, value) in out.iter_mut().zip(values) {
        *out = narrow(*value);
    }
}

vectorised!(
    /// Narrows e to the power of each score's distance from the highest; the sum of what they became.
    fn narrow_weights(scores: &[f32], out: &mut [u16]) -> f32 = narrow_weights_body
);

#[inline(always)]
fn narrow_weights_body(scores: &[f32], out: &mut [u16]) -> f32 {
    let peak = peak_of(scores);
    let (chunks, tail) = scores.as_chunks::<LANES>();
    let (out, out_tail) = out.as_chunks_mut::<LANES>();
    let mut sums = [0.0; LANES];
    for (chunk, out) in chunks.iter().zip(out) {
        for lane in 0..LANES {
            out[lane] = weight(chunk[lane] - peak);
            sums[lane] += widen(out[lane]);
        }
    }
    let mut sum = total(sums);
    for (score, out) in tail.iter().zip(out_tail) {
        *out = weight(*score - peak);
        sum += widen(*out);
    }
    sum
}

/// The pattern next to e to the power of `fall`, which is not above zero; within the half of a unit in
/// the last place that the rounding costs and a twentieth more.
#[inline(always)]
fn weight(fall: f32) -> u16 {
    ((rough_exp(fall).to_bits() + 0x8000) >> 16) as u16
}

/// e to the power of `fall`, which is not above zero.
///
/// 2 to the power of the whole part is an exponent; of the rest, within a half, a polynomial with
/// relative error 1e-4, exact at zero.
#[inline(always)]
pub(crate) fn rough_exp(fall: f32) -> f32 {
    let fall = if fall > -87.0 { fall } else { -87.0 };
    let shifted = fall.mul_add(LOG2_E, ROUND);
    let rest = fall.mul_add(LOG2_E, ROUND - shifted);
    let series = rest.mul_add(0.055_008_93, 0.242_210_97).mul_add(rest, 0.693_282_9);
    let fraction = series.mul_add(rest, 1.0).to_bits();
    f32::from_bits(fraction.wrapping_add(shifted.to_bits() << 23))
}

vectorised!(fn interleave(first: &[f32], second: &[f32], out: &mut [Pair]) = interleave_body);

#[inline(always)]
fn interleave_body(first: &[f32], second: &[f32], out: &mut [Pair]) {
    for ((out, first), second) in out.iter_mut().zip(first).zip(second) {
        *out = [narrow(*first), narrow(*second)];
    }
}

vectorised!(
    fn multiply_pairs(rows: Rows<Pair>, panel: &[Pair], depth: usize, out: Store)
        = multiply_panel::<Pair, Portable, Store, 1>,
        Tiles => multiply_by_tiles::<Pair, Store>,
        WidestPairs => multiply_panel::<Pair, x86::WidestPairs, Store, 4>,
        Widest => multiply_panel::<Pair, Portable, Store, 4>,
        Wide => multiply_panel::<Pair, Portable, Store, 1>
);

/// For any processor: both halves of a word are widened by a shift or a mask.
struct Portable;

impl Product<Pair> for Portable {
    type Sums = [f32; LANES];
    const ROWS: usize = 4;

    #[inline(always)]
    fn add(mut sums: [f32; LANES], left: Pair, right: &[Pair; LANES]) -> [f32; LANES] {
        for half in 0..2 {
            let left = widen(left[half]);
            for lane in 0..LANES {
                sums[lane] = widen(right[lane][half]).mul_add(left, sums[lane]);
            }
        }
        sums
    }
}

/// By the instructions of x86-64. All of this is reached only through [`multiply_pairs`], compiled for a
/// set of instructions and run after that set was found.
#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        __m512, __m512bh, __m512i, _mm512_dpbf16_ps, _mm512_loadu_si512, _mm512_set1_epi32,
        _mm512_setzero_ps,
    };

    use super::{LANES, Pair, Product};
    use crate::gemm::Sums;

    impl Sums for __m512 {
        type Sum = f32;

        #[inline(always)]
        fn zero() -> Self {
            // SAFETY: AVX-512 is there, as said above.
            unsafe { _mm512_setzero_ps() }
        }

        #[inline(always)]
        fn read(self) -> [f32; LANES] {
            // SAFETY: both are 64 bytes, and all patterns are numbers.
            unsafe { std::mem::transmute(self) }
        }
    }

    /// AVX-512 BF16: sixteen sums take in two products each with one instruction.
    pub(super) struct WidestPairs;

    impl Product<Pair> for WidestPairs {
        type Sums = __m512;
        const ROWS: usize = 6;

        #[inline(always)]
        fn add(sums: __m512, left: Pair, right: &[Pair; LANES]) -> __m512 {
            let left = u32::from(left[0]) | u32::from(left[1]) << 16;
            // SAFETY: AVX-512 BF16 is there, as said above; the array holds the 64 bytes read, which
            // are as many patterns.
            unsafe {
                let halves = |bits: __m512i| std::mem::transmute::<__m512i, __m512bh>(bits);
                let right = halves(_mm512_loadu_si512(right.as_ptr().cast()));
                _mm512_dpbf16_ps(sums, halves(_mm512_set1_epi32(left.cast_signed())), right)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gemm::{Panels, WIDTH};

    #[test]
    fn products_of_any_shape_are_exact_on_small_whole_numbers() {
        let numbers = |count| (0..count).map(|x| ((x * 7919) % 101) as f32 - 50.0);
        for (rows, depth, columns) in
            [(0, 3, 3), (1, 1, 1), (5, 3, 64), (6, 64, 65), (13, 71, 130), (37, 130, 70)]
        {
            let left: Vec<f32> = numbers(rows * depth).collect();
            let right: Vec<f32> = numbers(depth * columns).collect();
            let panels = Panels::<Pair>::from_rows(Rows::new(&right, depth, columns), columns, 1.0);
            let mut words = vec![[7; 2]; rows * panels.steps()];
            for (row, words) in left.chunks(depth).zip(words.chunks_mut(panels.steps())) {
                assert_eq!(Pair::pack_row(row, words), 1.0);
            }
            let stride = panels.count() * WIDTH;
            let mut found = vec![f32::NAN; rows * stride];
            for index in 0..panels.count() {
                let rows = Rows::new(&words, rows, panels.steps());
                panels.multiply(rows, index, &mut found[index * WIDTH..], stride);
            }
            for (row, found) in found.chunks(stride).enumerate() {
                for column in 0..columns {
                    let products =
                        (0..depth).map(|k| left[row * depth + k] * right[k * columns + column]);
                    assert_eq!(found[column], products.sum::<f32>(), "{rows} {depth} {columns}");
                }
            }
        }
    }

    #[test]
    fn panels_from_columns_are_those_of_the_transposed_matrix() {
        let (depth, columns) = (5, 70);
        let values: Vec<f32> = (0..depth * columns).map(|x| ((x * 7919) % 101) as f32).collect();
        let panels = Panels::<Pair>::from_columns(depth, columns, |index, out| {
            out.copy_from_slice(&values[index * depth..][..depth]);
        });
        for (index, column) in values.chunks(depth).enumerate() {
            assert!(panels.column(index).eq(column.chunks(2).map(Pair::pack)));
        }
    }

    #[test]
    fn a_row_does_not_depend_on_its_company() {
        let (rows, depth) = (37, 150);
        let noise = |count| (0..count).map(|x| ((x * 7919) % 1009) as f32 / 504.5 - 1.0);
        let right: Vec<f32> = noise(depth * WIDTH).collect();
        let panels = Panels::<Pair>::from_rows(Rows::new(&right, depth, WIDTH), WIDTH, 1.0);
        let left: Vec<Pair> =
            noise(rows * depth).collect::<Vec<_>>().chunks(2).map(Pair::pack).collect();
        let multiply = |words: &[Pair]| {
            let rows = words.len() / panels.steps();
            let mut found = vec![f32::NAN; rows * WIDTH];
            panels.multiply(Rows::new(words, rows, panels.steps()), 0, &mut found, WIDTH);
            found
        };
        let alone = left.chunks(panels.steps()).flat_map(multiply);
        assert_eq!(multiply(&left), alone.collect::<Vec<_>>());
    }

    #[test]
    fn weights_are_those_of_the_exponential() {
        for step in 0..=870_000 {
            let fall = step as f32 * -1e-4;
            let wanted = f64::from(fall).exp();
            let error = (f64::from(widen(weight(fall))) - wanted).abs() / wanted;
            assert!(error < 1.1 / 256.0, "e to the {fall} is off by {error}");
        }
        assert_eq!(widen(weight(0.0)), 1.0);
        assert!(widen(weight(f32::NEG_INFINITY)) < 1e-37);
    }

    #[test]
    fn narrowing_takes_the_nearest_pattern() {
        let cases = [
            (0.0, 0.0),
            (-1.0, -1.0),
            (1.0 + 1.0 / 512.0, 1.0),
            (1.0 + 3.0 / 256.0, 1.0 + 2.0 / 128.0),
            (f32::MAX, LARGEST),
            (f32::MIN, -LARGEST),
        ];
        for (value, wanted) in cases {
            assert_eq!(widen(narrow(value)), wanted, "{value}");
        }
    }
}
