//! Matrix products of half-width floats (bfloat16: the upper half of a single-precision pattern), two
//! at a time, summed in single precision. Used with AVX-512; elsewhere whole numbers of as many bits are
//! faster ([`int16`](crate::int16)).

#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(target_arch = "x86_64")]
use crate::amx::multiply_tiles;
use crate::elementwise::peak_of;
#[cfg(target_arch = "x86_64")]
use crate::gemm::multiply_portably;
use crate::gemm::{Activation, MicroKernel, Rows, Store, Word, multiply_panel, wide_register_tile};
use crate::isa::{Portable, dispatched, vectorised};
use crate::vector::{LANES, rough_exp, total};

/// Two neighbours of a column or a row.
pub(crate) type Bf16x2 = [u16; 2];

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

impl Word for Bf16x2 {
    type Number = f32;
    const NUMBERS: usize = 2;

    fn tile_width() -> usize {
        wide_register_tile()
    }

    #[inline(always)]
    fn pack(numbers: &[f32]) -> Self {
        [narrow(numbers[0]), numbers.get(1).map_or(0, |&second| narrow(second))]
    }

    fn pack_column(numbers: &[f32], out: &mut [Self]) {
        Self::pack_row(numbers, out);
    }
}

impl Activation for Bf16x2 {
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
        multiply(rows, panel, depth, out);
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

vectorised!(fn interleave(first: &[f32], second: &[f32], out: &mut [Bf16x2]) = interleave_body);

#[inline(always)]
fn interleave_body(first: &[f32], second: &[f32], out: &mut [Bf16x2]) {
    for ((out, first), second) in out.iter_mut().zip(first).zip(second) {
        *out = [narrow(*first), narrow(*second)];
    }
}

dispatched!(
    fn multiply(rows: Rows<Bf16x2>, panel: &[Bf16x2], depth: usize, out: Store) {
        #[cfg(target_arch = "x86_64")]
        Amx => multiply_tiles,
        #[cfg(target_arch = "x86_64")]
        Avx512Bf16 => multiply_panel::<4, _, _, _>,
        #[cfg(target_arch = "x86_64")]
        Avx512 => multiply_portably::<4, _, _, _>,
        #[cfg(target_arch = "x86_64")]
        Avx2 => multiply_portably::<1, _, _, _>,
        _ => multiply_panel::<1, _, _, _>,
    }
);

/// Both halves of a word are widened by a shift or a mask.
impl MicroKernel<Bf16x2> for Portable {
    type Sums = [f32; LANES];
    const ROWS: usize = 4;

    #[inline(always)]
    fn add(self, mut sums: [f32; LANES], left: Bf16x2, right: &[Bf16x2; LANES]) -> [f32; LANES] {
        for half in 0..2 {
            let left = widen(left[half]);
            for lane in 0..LANES {
                sums[lane] = widen(right[lane][half]).mul_add(left, sums[lane]);
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gemm::tests as checks;

    #[test]
    fn products_of_any_shape_are_exact_on_small_whole_numbers() {
        checks::exact_on_small_numbers::<Bf16x2>(1.0);
    }

    #[test]
    fn panels_from_columns_are_those_of_the_transposed_matrix() {
        checks::columns_are_found_again::<Bf16x2>();
    }

    #[test]
    fn a_row_does_not_depend_on_its_company() {
        checks::rows_are_independent::<Bf16x2>();
    }

    #[test]
    fn a_row_is_packed_as_its_numbers_are_and_the_last_word_filled_up() {
        for size in [0, 1, 2, 71, 130] {
            let row: Vec<f32> = (0..size).map(|x| x as f32 - 50.0).collect();
            let mut words = vec![[7; 2]; row.len().div_ceil(2)];
            assert_eq!(Bf16x2::pack_row(&row, &mut words), 1.0);
            assert!(words.iter().copied().eq(row.chunks(2).map(Bf16x2::pack)));
        }
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
