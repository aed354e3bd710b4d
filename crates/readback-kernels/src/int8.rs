//! Matrix products in eight bits: whole numbers summed exactly, then scaled.
//!
//! A column's weights share one scale, so that the largest becomes 127; with AVX2 alone, whose products
//! are summed by twos in sixteen bits, so that the largest sum of two does, if that is larger. A row to multiply with gets a
//! grid of 256 levels from its lowest value to its highest, zero being one of them, at the time of the
//! product and from that row alone, so it does not matter what it is computed together with. The sums
//! are whole numbers and exact: for the same weights every instruction set finds the same.

use rayon::prelude::*;

use crate::aligned::Aligned;
#[cfg(target_arch = "x86_64")]
use crate::amx::multiply_by_tiles;
use crate::gemm::{Panels, Product, Rows, Sink, WIDTH, Word, multiply_panel};
#[cfg(target_arch = "x86_64")]
use crate::isa::Set;
use crate::isa::{LANES, ROUND, extreme, inverse, vectorised};
use crate::packed::{Reader, write_size};

/// Rows quantised by one task.
const ROWS_PER_TASK: usize = 16;
/// Largest magnitude of a weight.
const LARGEST: f32 = 127.0;

/// Four levels of a row, or four weights, each the pattern of a signed byte.
type Bytes = [u8; 4];

impl Word for Bytes {
    type Number = i8;
    const NUMBERS: usize = 4;

    fn tile() -> usize {
        #[cfg(target_arch = "x86_64")]
        if Set::WidestBytes.is_here() {
            return WIDTH;
        }
        LANES
    }

    #[inline(always)]
    fn pack(numbers: &[i8]) -> Self {
        let mut bytes = [0; 4];
        for (byte, number) in bytes.iter_mut().zip(numbers) {
            *byte = number.cast_unsigned();
        }
        bytes
    }
}

/// Weights in eight bits.
#[derive(Clone, Debug)]
pub(crate) struct ByteWeights {
    panels: Panels<Bytes>,
    /// What the weight 1 of each column stands for; filled up to whole panels.
    scales: Vec<f32>,
    /// Sum of each column's weights, likewise.
    sums: Vec<i32>,
}

impl ByteWeights {
    /// Of `columns` columns of `depth` values, one after the other.
    pub(crate) fn from_columns(values: &[f32], depth: usize, columns: usize) -> Self {
        let column = |index: usize| &values[index * depth..][..depth];
        let mut scales = vec![0.0; columns.next_multiple_of(WIDTH)];
        scales.par_iter_mut().take(columns).enumerate().for_each(|(index, scale)| {
            *scale = magnitude(column(index)) / LARGEST;
        });
        let panels = Panels::from_columns(depth, columns, |index, out: &mut [i8]| {
            quantise_column(column(index), scales[index], out);
        });
        let mut sums = vec![0; scales.len()];
        sums.par_iter_mut().take(columns).enumerate().for_each(|(index, sum)| {
            *sum = panels.column(index).map(|bytes| dot([1; 4], bytes)).sum();
        });
        Self { panels, scales, sums }
    }

    /// Names how weights are packed on this processor: how wide a tile is, and whether two weights share
    /// a bound.
    pub(crate) fn packing() -> &'static str {
        match (Bytes::tile(), sums_are_short()) {
            (WIDTH, _) => "whole-panels",
            (_, false) => "tiles",
            (_, true) => "tiles-bounded",
        }
    }

    /// Appends them as they are packed.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        write_size(out, self.depth());
        write_size(out, self.columns());
        out.extend_from_slice(self.panels.words().as_flattened());
        out.extend(self.scales.iter().flat_map(|scale| scale.to_le_bytes()));
        out.extend(self.sums.iter().flat_map(|sum| sum.to_le_bytes()));
    }

    /// What [`ByteWeights::write`] wrote on a processor of the same [`ByteWeights::packing`].
    pub(crate) fn read(from: &mut Reader) -> Option<Self> {
        let (depth, columns) = (from.size()?, from.size()?);
        let filled = columns.checked_next_multiple_of(WIDTH)?;
        let words = filled.checked_mul(depth.div_ceil(Bytes::NUMBERS))?;
        let words = from.take(words.checked_mul(Bytes::NUMBERS)?)?.as_chunks().0;
        let panels = Panels::from_words(words, depth, columns);
        Some(Self { panels, scales: from.floats(filled)?, sums: from.whole(filled)? })
    }

    /// How many columns.
    pub(crate) fn columns(&self) -> usize {
        self.panels.columns()
    }

    /// How many rows.
    pub(crate) fn depth(&self) -> usize {
        self.panels.depth()
    }

    /// What one column's weights stand for.
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = f32> + '_ {
        let bytes = self.panels.column(column).flatten().take(self.depth());
        bytes.map(move |byte| f32::from(byte.cast_signed()) * self.scales[column])
    }

    /// Puts rows on their grids, to be multiplied with.
    pub(crate) fn quantise(&self, rows: Rows) -> ByteRows {
        let (depth, stride) = (self.depth(), self.panels.row_stride());
        let mut made = ByteRows {
            words: Aligned::new(rows.count() * stride),
            grids: vec![Grid::default(); rows.count()],
        };
        let words = made.words.par_chunks_mut(ROWS_PER_TASK * stride);
        let blocks = words.zip(made.grids.par_chunks_mut(ROWS_PER_TASK)).enumerate();
        blocks.for_each(|(block, (words, grids))| {
            let first = block * ROWS_PER_TASK;
            for (index, (words, grid)) in words.chunks_exact_mut(stride).zip(grids).enumerate() {
                let levels = &mut words.as_flattened_mut()[..depth];
                *grid = quantise_row(rows.row(first + index, depth), levels);
            }
        });
        made
    }

    /// `count` of the rows from `first` on times one panel; `out` has rows of `WIDTH` values, `stride`
    /// apart.
    pub(crate) fn multiply(
        &self,
        rows: &ByteRows,
        first: usize,
        count: usize,
        panel: usize,
        out: &mut [f32],
        stride: usize,
    ) {
        let scale = Scale {
            grids: &rows.grids[first..],
            scales: &self.scales[panel * WIDTH..][..WIDTH],
            sums: &self.sums[panel * WIDTH..][..WIDTH],
            out,
            stride,
        };
        let stride = self.panels.row_stride();
        let rows = Rows::new(&rows.words[first * stride..], count, stride);
        multiply_bytes(rows, self.panels.panel(panel), self.panels.steps(), scale);
    }

    /// The words of one row.
    fn words_of<'a>(&self, rows: &'a ByteRows, row: usize) -> &'a [Bytes] {
        &rows.words[row * self.panels.row_stride()..][..self.panels.steps()]
    }

    /// One element of the product.
    pub(crate) fn element(&self, rows: &ByteRows, row: usize, column: usize) -> f32 {
        let left = self.words_of(rows, row);
        let sums =
            left.iter().zip(self.panels.column(column)).map(|(&left, right)| dot(left, right));
        rows.grids[row].scale(sums.sum(), self.sums[column], self.scales[column])
    }
}

/// Multiplies bytes that fit a near cache, `rounds` times, so many for each sum that nothing else counts;
/// how many products that were. For measuring what the processor can do at most, in one thread.
pub fn saturate(rounds: usize) -> usize {
    const ROWS: usize = 16;
    const DEPTH: usize = 4160;
    let numbers: Vec<f32> = (0..WIDTH * DEPTH).map(|x| (x % 255) as f32).collect();
    let weights = ByteWeights::from_columns(&numbers, DEPTH, WIDTH);
    let rows = weights.quantise(Rows::new(&numbers, ROWS, DEPTH));
    let mut out = vec![0.0; ROWS * WIDTH];
    for _ in 0..rounds {
        weights.multiply(std::hint::black_box(&rows), 0, ROWS, 0, &mut out, WIDTH);
    }
    std::hint::black_box(out);
    rounds * ROWS * DEPTH * WIDTH
}

/// Rows in eight bits.
pub(crate) struct ByteRows {
    words: Aligned<Bytes>,
    grids: Vec<Grid>,
}

/// The values that a row's 256 levels stand for.
#[derive(Clone, Copy, Debug, Default)]
struct Grid {
    /// Distance between levels.
    step: f32,
    /// The level that stands for zero.
    zero: i32,
}

impl Grid {
    /// What a sum of products of levels and weights stands for, given the sum and scale of the weights.
    #[inline(always)]
    fn scale(self, sum: i32, weights: i32, scale: f32) -> f32 {
        (sum - self.zero * weights) as f32 * (self.step * scale)
    }
}

/// What becomes [`LARGEST`] of a column: its largest magnitude, or that of a sum of two weights of a word
/// that are multiplied and summed in sixteen bits.
fn magnitude(column: &[f32]) -> f32 {
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
fn sums_are_short() -> bool {
    #[cfg(target_arch = "x86_64")]
    return Set::Wide.is_here() && !Set::WideBytes.is_here() && !Set::WidestBytes.is_here();
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
    fn quantise_column(column: &[f32], scale: f32, out: &mut [i8]) = quantise_column_body
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
    fn quantise_row(row: &[f32], levels: &mut [u8]) -> Grid = quantise_row_body
);

#[inline(always)]
fn quantise_row_body(row: &[f32], levels: &mut [u8]) -> Grid {
    let (low, high) = extremes_body(row);
    let step = high / 255.0 - low / 255.0;
    let inverse = inverse(step);
    let zero = (-low * inverse).round();
    for (level, value) in levels.iter_mut().zip(row) {
        let place = value.mul_add(inverse, zero).clamp(0.0, 255.0);
        *level = (place + ROUND).to_bits() as u8;
    }
    Grid { step, zero: zero as i32 }
}

vectorised!(
    fn multiply_bytes(rows: Rows<Bytes>, panel: &[Bytes], depth: usize, out: Scale)
        = multiply_here,
        Tiles => multiply_by_tiles::<Bytes, Scale>,
        WidestBytes => multiply_panel::<Bytes, x86::WidestBytes, Scale, 4>,
        WideBytes => multiply_panel::<Bytes, x86::WideBytes, Scale, 1>,
        Wide => multiply_panel::<Bytes, x86::Wide, Scale, 1>
);

/// For want of the sets of x86-64.
#[inline(always)]
fn multiply_here(rows: Rows<Bytes>, panel: &[Bytes], depth: usize, out: Scale) {
    #[cfg(target_arch = "aarch64")]
    if aarch64::is_here() {
        // SAFETY: the processor was found to have what the function is compiled for.
        return unsafe { aarch64::multiply(rows, panel, depth, out) };
    }
    multiply_panel::<Bytes, Portable, Scale, 1>(rows, panel, depth, out);
}

/// Turns whole sums to what they stand for.
struct Scale<'a> {
    /// One for each row.
    grids: &'a [Grid],
    /// What the weight 1 of each column of the panel stands for.
    scales: &'a [f32],
    /// Sum of each column's weights.
    sums: &'a [i32],
    out: &'a mut [f32],
    stride: usize,
}

impl Sink<i32> for Scale<'_> {
    #[inline(always)]
    fn take(&mut self, row: usize, column: usize, sums: [i32; LANES]) {
        let grid = self.grids[row];
        let scales: &[f32; LANES] = self.scales[column..].first_chunk().expect("a panel's scales");
        let weights: &[i32; LANES] = self.sums[column..].first_chunk().expect("a panel's sums");
        let mut values = [0.0; LANES];
        for lane in 0..LANES {
            values[lane] = grid.scale(sums[lane], weights[lane], scales[lane]);
        }
        self.out[row * self.stride + column..][..LANES].copy_from_slice(&values);
    }
}

/// The sum of four products.
#[inline(always)]
fn dot(left: Bytes, right: Bytes) -> i32 {
    let mut sum = 0;
    for i in 0..4 {
        sum += i32::from(left[i]) * i32::from(right[i].cast_signed());
    }
    sum
}

/// For any processor.
struct Portable;

impl Product<Bytes> for Portable {
    type Sums = [i32; LANES];
    const ROWS: usize = 4;

    #[inline(always)]
    fn add(mut sums: [i32; LANES], left: Bytes, right: &[Bytes; LANES]) -> [i32; LANES] {
        for lane in 0..LANES {
            sums[lane] += dot(left, right[lane]);
        }
        sums
    }
}

/// By the instructions of x86-64. All of this is reached only through [`multiply_bytes`], compiled for a
/// set of instructions and run after that set was found.
#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_add_epi32, _mm256_dpbusd_avx_epi32, _mm256_loadu_si256,
        _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32,
        _mm256_setzero_si256, _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32,
        _mm512_setzero_si512,
    };

    use super::{Bytes, LANES, Product};
    use crate::gemm::Sums;

    impl Sums for __m512i {
        type Sum = i32;

        #[inline(always)]
        fn zero() -> Self {
            // SAFETY: AVX-512 is there, as said above.
            unsafe { _mm512_setzero_si512() }
        }

        #[inline(always)]
        fn read(self) -> [i32; LANES] {
            // SAFETY: both are 64 bytes, and all patterns are numbers.
            unsafe { std::mem::transmute(self) }
        }
    }

    impl Sums for [__m256i; 2] {
        type Sum = i32;

        #[inline(always)]
        fn zero() -> Self {
            // SAFETY: AVX is there, as said above.
            [unsafe { _mm256_setzero_si256() }; 2]
        }

        #[inline(always)]
        fn read(self) -> [i32; LANES] {
            // SAFETY: both are 64 bytes, and all patterns are numbers.
            unsafe { std::mem::transmute(self) }
        }
    }

    /// AVX-512 VNNI: sixteen sums take in four products each with one instruction.
    pub(super) struct WidestBytes;

    impl Product<Bytes> for WidestBytes {
        type Sums = __m512i;
        const ROWS: usize = 6;

        #[inline(always)]
        fn add(sums: __m512i, left: Bytes, right: &[Bytes; LANES]) -> __m512i {
            // SAFETY: AVX-512 VNNI is there, as said above; the array holds the 64 bytes read.
            unsafe {
                let right = _mm512_loadu_si512(right.as_ptr().cast());
                _mm512_dpbusd_epi32(sums, _mm512_set1_epi32(i32::from_le_bytes(left)), right)
            }
        }
    }

    /// AVX-VNNI: the same with half as wide registers.
    pub(super) struct WideBytes;

    impl Product<Bytes> for WideBytes {
        type Sums = [__m256i; 2];
        const ROWS: usize = 6;

        #[inline(always)]
        fn add(mut sums: [__m256i; 2], left: Bytes, right: &[Bytes; LANES]) -> [__m256i; 2] {
            for (sums, right) in sums.iter_mut().zip(right.as_chunks::<8>().0) {
                // SAFETY: AVX-VNNI is there, as said above; the array holds the 32 bytes read.
                *sums = unsafe {
                    let right = _mm256_loadu_si256(right.as_ptr().cast());
                    let left = _mm256_set1_epi32(i32::from_le_bytes(left));
                    _mm256_dpbusd_avx_epi32(*sums, left, right)
                };
            }
            sums
        }
    }

    /// AVX2: products are summed by twos in sixteen bits, for which
    /// [`sums_are_short`](super::sums_are_short) makes room, and those sums by twos in 32 bits.
    pub(super) struct Wide;

    impl Product<Bytes> for Wide {
        type Sums = [__m256i; 2];
        /// Eight sums, two vectors of weights, one of levels, one of ones and products fit 16 registers.
        const ROWS: usize = 4;

        #[inline(always)]
        fn add(mut sums: [__m256i; 2], left: Bytes, right: &[Bytes; LANES]) -> [__m256i; 2] {
            for (sums, right) in sums.iter_mut().zip(right.as_chunks::<8>().0) {
                // SAFETY: AVX2 is there, as said above; the array holds the 32 bytes read.
                *sums = unsafe {
                    let left = _mm256_set1_epi32(i32::from_le_bytes(left));
                    let right = _mm256_loadu_si256(right.as_ptr().cast());
                    let twos = _mm256_maddubs_epi16(left, right);
                    _mm256_add_epi32(*sums, _mm256_madd_epi16(twos, _mm256_set1_epi16(1)))
                };
            }
            sums
        }
    }
}

/// By the instructions of 64-bit ARM processors of the last years (NEON with I8MM). Everything else is
/// compiled for NEON anyway, which every one of them has.
#[cfg(target_arch = "aarch64")]
mod aarch64 {
    use std::arch::aarch64::{
        int32x4_t, uint8x16_t, vdupq_n_s32, vdupq_n_u32, vld1q_u8, vreinterpretq_u8_u32,
    };
    use std::arch::asm;
    use std::sync::LazyLock;

    use super::{Bytes, LANES, Product, Rows, Scale, multiply_panel};
    use crate::gemm::Sums;

    /// Whether the processor sums products of unsigned with signed bytes and `READBACK_CPU` lets it.
    pub(super) fn is_here() -> bool {
        static HERE: LazyLock<bool> = LazyLock::new(|| {
            let limited = std::env::var_os("READBACK_CPU").is_some_and(|limit| limit == "portable");
            !limited && std::arch::is_aarch64_feature_detected!("i8mm")
        });
        *HERE
    }

    #[target_feature(enable = "neon,i8mm")]
    pub(super) fn multiply(rows: Rows<Bytes>, panel: &[Bytes], depth: usize, out: Scale) {
        multiply_panel::<Bytes, Dots, Scale, 1>(rows, panel, depth, out);
    }

    impl Sums for [int32x4_t; 4] {
        type Sum = i32;

        #[inline(always)]
        fn zero() -> Self {
            // SAFETY: every ARM processor of 64 bits has NEON.
            [unsafe { vdupq_n_s32(0) }; 4]
        }

        #[inline(always)]
        fn read(self) -> [i32; LANES] {
            // SAFETY: both are 64 bytes, and all patterns are numbers.
            unsafe { std::mem::transmute(self) }
        }
    }

    /// Four sums take in four products each with one instruction. Reached through [`multiply`] alone.
    struct Dots;

    impl Product<Bytes> for Dots {
        type Sums = [int32x4_t; 4];
        /// 24 sums, four vectors of weights and one of levels fit 32 registers.
        const ROWS: usize = 6;

        #[inline(always)]
        fn add(mut sums: [int32x4_t; 4], left: Bytes, right: &[Bytes; LANES]) -> [int32x4_t; 4] {
            for (sums, right) in sums.iter_mut().zip(right.as_chunks::<4>().0) {
                // SAFETY: NEON and I8MM are there, as said above; the array holds the 16 bytes read. The
                // instruction touches nothing but the registers named.
                unsafe {
                    let left: uint8x16_t =
                        vreinterpretq_u8_u32(vdupq_n_u32(u32::from_le_bytes(left)));
                    let right = vld1q_u8(right.as_ptr().cast());
                    asm!(
                        ".arch_extension i8mm",
                        "usdot {sums:v}.4s, {left:v}.16b, {right:v}.16b",
                        sums = inout(vreg) *sums,
                        left = in(vreg) left,
                        right = in(vreg) right,
                        options(pure, nomem, nostack, preserves_flags),
                    );
                }
            }
            sums
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize) -> Vec<f32> {
        (0..count).map(|x| ((x * 7919) % 1009) as f32 / 7.0 - 50.0).collect()
    }

    /// The product by the definition of the weights and grids.
    fn plain(weights: &ByteWeights, rows: &ByteRows, row: usize, column: usize) -> f32 {
        let levels = weights.words_of(rows, row).as_flattened();
        let bytes = weights.panels.column(column).flatten();
        let sum: i32 = levels
            .iter()
            .zip(bytes)
            .map(|(&x, w)| (i32::from(x) - rows.grids[row].zero) * i32::from(w.cast_signed()))
            .sum();
        // What fills the last word is zero in the weights only.
        sum as f32 * (rows.grids[row].step * weights.scales[column])
    }

    #[test]
    fn sums_are_exact_for_any_shape() {
        for (rows, depth, columns) in [
            (0, 5, 5),
            (1, 1, 1),
            (5, 3, 64),
            (6, 64, 65),
            (13, 70, 130),
            (4, 2049, 3),
            (37, 130, 70),
        ] {
            let (left, right) = (numbers(rows * depth), numbers(depth * columns));
            let weights = ByteWeights::from_columns(&right, depth, columns);
            let left = weights.quantise(Rows::new(&left, rows, depth));
            let stride = weights.panels.count() * WIDTH;
            let mut found = vec![f32::NAN; rows * stride];
            for panel in 0..weights.panels.count() {
                weights.multiply(&left, 0, rows, panel, &mut found[panel * WIDTH..], stride);
            }
            for (row, found) in found.chunks(stride).enumerate() {
                for (column, found) in found[..columns].iter().enumerate() {
                    let wanted = plain(&weights, &left, row, column);
                    assert_eq!(*found, wanted, "{rows} {depth} {columns}");
                    assert_eq!(weights.element(&left, row, column), wanted);
                }
            }
        }
    }

    #[test]
    fn the_largest_levels_and_weights_do_not_overflow() {
        let (depth, columns) = (5120, 2);
        let right = [vec![1.0; depth], vec![-1.0; depth]].concat();
        let weights = ByteWeights::from_columns(&right, depth, columns);
        let left = weights.quantise(Rows::new(&right, 2, depth));
        let mut found = [0.0; 2 * WIDTH];
        weights.multiply(&left, 0, 2, 0, &mut found, WIDTH);
        // Where two weights share 127, 64 stands for 63.5.
        let wanted = depth as f32;
        for (place, sign) in [(0, 1.0), (1, -1.0), (WIDTH, -1.0), (WIDTH + 1, 1.0)] {
            assert!((found[place] - sign * wanted).abs() < 1e-2 * wanted);
            assert_eq!(found[place], plain(&weights, &left, place / WIDTH, place % WIDTH));
        }
    }

    #[test]
    fn short_sums_of_two_products_hold_at_the_highest_level() {
        if !sums_are_short() {
            return;
        }
        let (depth, columns) = (64, 500);
        let weights = ByteWeights::from_columns(&numbers(depth * columns), depth, columns);
        for word in (0..columns).flat_map(|column| weights.panels.column(column)) {
            for pair in word.as_chunks::<2>().0 {
                let sum: i32 = pair.iter().map(|w| 255 * i32::from(w.cast_signed())).sum();
                assert!(i16::try_from(sum).is_ok(), "{pair:?}");
            }
        }
    }

    #[test]
    fn a_level_is_at_most_a_step_off_and_zero_is_exact() {
        let mut row = numbers(100);
        row[17] = 0.0;
        let mut levels = [0; 100];
        let grid = quantise_row(&row, &mut levels);
        for (x, level) in row.iter().zip(levels) {
            let error = (i32::from(level) - grid.zero) as f32 * grid.step - x;
            assert!(error.abs() <= 1.01 * grid.step, "{x}: {error}");
        }
        assert_eq!(i32::from(levels[17]), grid.zero);
    }

    #[test]
    fn weights_keep_their_values_within_half_a_unit() {
        let values = numbers(5 * 30);
        let weights = ByteWeights::from_columns(&values, 30, 5);
        for (index, column) in values.chunks(30).enumerate() {
            for (x, found) in column.iter().zip(weights.column(index)) {
                assert!((x - found).abs() <= 0.501 * weights.scales[index]);
            }
        }
    }
}
