//! Matrix products in eight bits: whole numbers summed exactly, then scaled.
//!
//! A column's weights share one scale, so that the largest becomes 127; with AVX2 alone, whose products
//! are summed by twos in sixteen bits, so that the largest sum of two does, if that is larger. A row to
//! multiply with gets 256 levels from its lowest value to its highest, zero being one of them, at the time
//! of the product and from that row alone, so it does not matter what it is computed together with. The
//! sums are whole numbers and exact: for the same weights every instruction set finds the same.

#[cfg(target_arch = "aarch64")]
mod aarch64;
mod quantise;
#[cfg(test)]
mod tests;
#[cfg(target_arch = "x86_64")]
mod x86;

use rayon::prelude::*;

use crate::aligned::Aligned;
#[cfg(target_arch = "x86_64")]
use crate::amx::multiply_tiles;
use crate::gemm::{MicroKernel, Panels, Rows, Sink, WIDTH, Word, multiply_panel};
#[cfg(target_arch = "x86_64")]
use crate::isa::Avx512Vnni;
use crate::isa::{Portable, dispatched};
use crate::packed::{Reader, write_size};
use crate::vector::LANES;
use quantise::{LARGEST, Quantisation, magnitude, quantise_column, quantise_row, sums_are_short};

/// Rows quantised by one task.
const ROWS_PER_TASK: usize = 16;

/// Four levels of a row, or four weights, each the pattern of a signed byte.
type Int8x4 = [u8; 4];

impl Word for Int8x4 {
    type Number = i8;
    const NUMBERS: usize = 4;

    fn tile_width() -> usize {
        #[cfg(target_arch = "x86_64")]
        if Avx512Vnni::new().is_some() {
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

/// Names how weights are packed on this processor: how wide a tile is, and whether two weights share a
/// bound. What was packed with another name cannot be read here.
pub fn packing() -> &'static str {
    if Int8x4::tile_width() == WIDTH {
        "whole-panels"
    } else if sums_are_short() {
        "tiles-bounded"
    } else {
        "tiles"
    }
}

/// Weights in eight bits.
#[derive(Clone, Debug)]
pub(crate) struct Int8Weights {
    panels: Panels<Int8x4>,
    /// What the weight 1 of each column stands for; filled up to whole panels.
    scales: Vec<f32>,
    /// Sum of each column's weights, likewise.
    sums: Vec<i32>,
}

impl Int8Weights {
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

    /// Appends them as they are packed.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        write_size(out, self.depth());
        write_size(out, self.columns());
        out.extend_from_slice(self.panels.words().as_flattened());
        out.extend(self.scales.iter().flat_map(|scale| scale.to_le_bytes()));
        out.extend(self.sums.iter().flat_map(|sum| sum.to_le_bytes()));
    }

    /// What [`Int8Weights::write`] wrote on a processor of the same [`packing`].
    pub(crate) fn read(from: &mut Reader) -> Option<Self> {
        let (depth, columns) = (from.size()?, from.size()?);
        let filled = columns.checked_next_multiple_of(WIDTH)?;
        let words = filled.checked_mul(depth.div_ceil(Int8x4::NUMBERS))?;
        let words = from.take(words.checked_mul(Int8x4::NUMBERS)?)?.as_chunks().0;
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

    /// Puts rows into eight bits, each on levels of its own, to be multiplied with.
    pub(crate) fn quantise(&self, rows: Rows) -> Int8Rows {
        let (depth, stride) = (self.depth(), self.panels.row_stride());
        let mut made = Int8Rows {
            words: Aligned::new(rows.count() * stride),
            quantisations: vec![Quantisation::default(); rows.count()],
        };
        let words = made.words.par_chunks_mut(ROWS_PER_TASK * stride);
        let blocks = words.zip(made.quantisations.par_chunks_mut(ROWS_PER_TASK)).enumerate();
        blocks.for_each(|(block, (words, quantisations))| {
            let first = block * ROWS_PER_TASK;
            for (index, (words, quantisation)) in
                words.chunks_exact_mut(stride).zip(quantisations).enumerate()
            {
                let levels = &mut words.as_flattened_mut()[..depth];
                *quantisation = quantise_row(rows.row(first + index, depth), levels);
            }
        });
        made
    }

    /// `count` of the rows from `first` on times one panel; `out` has rows of `WIDTH` values, `stride`
    /// apart.
    pub(crate) fn multiply(
        &self,
        rows: &Int8Rows,
        first: usize,
        count: usize,
        panel: usize,
        out: &mut [f32],
        stride: usize,
    ) {
        let sink = Dequantise {
            quantisations: &rows.quantisations[first..],
            scales: &self.scales[panel * WIDTH..][..WIDTH],
            sums: &self.sums[panel * WIDTH..][..WIDTH],
            out,
            stride,
        };
        let stride = self.panels.row_stride();
        let rows = Rows::new(&rows.words[first * stride..], count, stride);
        multiply(rows, self.panels.panel(panel), self.panels.steps(), sink);
    }

    /// The words of one row.
    fn words_of<'a>(&self, rows: &'a Int8Rows, row: usize) -> &'a [Int8x4] {
        &rows.words[row * self.panels.row_stride()..][..self.panels.steps()]
    }

    /// One element of the product.
    pub(crate) fn element(&self, rows: &Int8Rows, row: usize, column: usize) -> f32 {
        let left = self.words_of(rows, row);
        let sums =
            left.iter().zip(self.panels.column(column)).map(|(&left, right)| dot(left, right));
        rows.quantisations[row].dequantise(sums.sum(), self.sums[column], self.scales[column])
    }
}

/// Rows in eight bits.
pub(crate) struct Int8Rows {
    words: Aligned<Int8x4>,
    quantisations: Vec<Quantisation>,
}

dispatched!(
    fn multiply(rows: Rows<Int8x4>, panel: &[Int8x4], depth: usize, out: Dequantise) {
        #[cfg(target_arch = "x86_64")]
        Amx => multiply_tiles,
        #[cfg(target_arch = "x86_64")]
        Avx512Vnni => multiply_panel::<4, _, _, _>,
        #[cfg(target_arch = "x86_64")]
        AvxVnni => multiply_panel::<1, _, _, _>,
        #[cfg(target_arch = "x86_64")]
        Avx2 => multiply_panel::<1, _, _, _>,
        #[cfg(target_arch = "aarch64")]
        I8mm => multiply_panel::<1, _, _, _>,
        _ => multiply_panel::<1, _, _, _>,
    }
);

/// Turns whole sums to what they stand for.
struct Dequantise<'a> {
    /// One for each row.
    quantisations: &'a [Quantisation],
    /// What the weight 1 of each column of the panel stands for.
    scales: &'a [f32],
    /// Sum of each column's weights.
    sums: &'a [i32],
    out: &'a mut [f32],
    stride: usize,
}

impl Sink<i32> for Dequantise<'_> {
    #[inline(always)]
    fn take(&mut self, row: usize, column: usize, sums: [i32; LANES]) {
        let quantisation = self.quantisations[row];
        let scales: &[f32; LANES] = self.scales[column..].first_chunk().expect("a panel's scales");
        let weights: &[i32; LANES] = self.sums[column..].first_chunk().expect("a panel's sums");
        let mut values = [0.0; LANES];
        for lane in 0..LANES {
            values[lane] = quantisation.dequantise(sums[lane], weights[lane], scales[lane]);
        }
        self.out[row * self.stride + column..][..LANES].copy_from_slice(&values);
    }
}

/// The sum of four products.
#[inline(always)]
fn dot(left: Int8x4, right: Int8x4) -> i32 {
    let mut sum = 0;
    for i in 0..4 {
        sum += i32::from(left[i]) * i32::from(right[i].cast_signed());
    }
    sum
}

impl MicroKernel<Int8x4> for Portable {
    type Sums = [i32; LANES];
    const ROWS: usize = 4;

    #[inline(always)]
    fn add(self, mut sums: [i32; LANES], left: Int8x4, right: &[Int8x4; LANES]) -> [i32; LANES] {
        for lane in 0..LANES {
            sums[lane] += dot(left, right[lane]);
        }
        sums
    }
}
