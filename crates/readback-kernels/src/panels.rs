//! The matrix product, over a right-hand matrix cut into panels.
//!
//! A panel holds `WIDTH` columns, row after row, so that the inner loop reads it from end to end: the
//! lay-out of Goto's algorithm ("Anatomy of High-Performance Matrix Multiplication", 2008), packed
//! once for weights that are used for ever. Each element is summed in one order whatever the number
//! of rows and threads, so a row's result does not depend on what it is computed together with.

use rayon::prelude::*;

use crate::lanes::{LANES, vectorised};

/// Columns of a panel.
pub(crate) const WIDTH: usize = 64;
/// Most rows of a register tile. Six rows of four 512-bit sums fill 24 of 32 registers.
const TILE_ROWS: usize = 6;

/// A matrix `[depth][columns]` in panels, `[columns / WIDTH][depth][WIDTH]`, filled up with zeros.
#[derive(Clone, Debug)]
pub(crate) struct Panels {
    values: Vec<f32>,
    depth: usize,
    columns: usize,
}

impl Panels {
    /// From `columns` columns of `depth` values, each starting `stride` after the one before, times
    /// `scale`.
    pub(crate) fn from_columns(
        values: &[f32],
        depth: usize,
        stride: usize,
        columns: usize,
        scale: f32,
    ) -> Self {
        let mut panels = Self::zeros(depth, columns);
        panels.fill(|first, panel| {
            for column in 0..WIDTH.min(columns - first) {
                let values = &values[(first + column) * stride..][..depth];
                for (row, value) in values.iter().enumerate() {
                    panel[row * WIDTH + column] = value * scale;
                }
            }
        });
        panels
    }

    /// From `depth` rows of `columns` values, each starting `stride` after the one before.
    pub(crate) fn from_rows(values: &[f32], depth: usize, stride: usize, columns: usize) -> Self {
        let mut panels = Self::zeros(depth, columns);
        panels.fill(|first, panel| {
            let width = WIDTH.min(columns - first);
            for (row, out) in panel.chunks_exact_mut(WIDTH).enumerate() {
                out[..width].copy_from_slice(&values[row * stride + first..][..width]);
            }
        });
        panels
    }

    fn zeros(depth: usize, columns: usize) -> Self {
        let values = vec![0.0; columns.next_multiple_of(WIDTH) * depth];
        Self { values, depth, columns }
    }

    /// Fills every panel, told its first column.
    fn fill(&mut self, fill: impl Fn(usize, &mut [f32]) + Sync) {
        let panels = self.values.par_chunks_exact_mut((WIDTH * self.depth).max(1));
        panels.enumerate().for_each(|(index, panel)| fill(index * WIDTH, panel));
    }

    /// How many columns.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// How many rows.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// How many panels.
    pub(crate) fn count(&self) -> usize {
        self.columns.div_ceil(WIDTH)
    }

    /// One column.
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = f32> + '_ {
        let panel = self.panel(column / WIDTH);
        panel.iter().skip(column % WIDTH).step_by(WIDTH).copied()
    }

    fn panel(&self, index: usize) -> &[f32] {
        &self.values[index * WIDTH * self.depth..][..WIDTH * self.depth]
    }

    /// `out = rows · panel`: `out` has rows of `WIDTH` values, `stride` apart.
    ///
    /// # Panics
    /// When `out` has no room for the rows.
    pub(crate) fn multiply(&self, rows: Rows, index: usize, out: &mut [f32], stride: usize) {
        multiply_panel(rows, self.panel(index), self.depth, out, stride);
    }
}

/// Rows lying in a slice, each starting `stride` after the one before; they may overlap.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    values: &'a [f32],
    count: usize,
    stride: usize,
}

impl<'a> Rows<'a> {
    /// `count` rows, each starting `stride` values after the one before.
    pub fn new(values: &'a [f32], count: usize, stride: usize) -> Self {
        Self { values, count, stride }
    }

    /// How many rows.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Some of the rows.
    #[inline(always)]
    pub(crate) fn part(&self, first: usize, count: usize) -> Self {
        Self { values: &self.values[first * self.stride..], count, stride: self.stride }
    }

    /// The first `width` values of one row.
    #[inline(always)]
    pub(crate) fn row(&self, index: usize, width: usize) -> &'a [f32] {
        &self.values[index * self.stride..][..width]
    }
}

vectorised!(
    fn multiply_panel(rows: Rows, panel: &[f32], depth: usize, out: &mut [f32], stride: usize)
        = multiply_panel_body::<1>, roomy multiply_panel_body::<4>
);

/// Cuts the rows into near-equal groups of at most `TILE_ROWS`.
#[inline(always)]
fn multiply_panel_body<const VECTORS: usize>(
    rows: Rows,
    panel: &[f32],
    depth: usize,
    out: &mut [f32],
    stride: usize,
) {
    let mut first = 0;
    let mut groups = rows.count.div_ceil(TILE_ROWS);
    while groups > 0 {
        let count = (rows.count - first).div_ceil(groups);
        let (rows, out) = (rows.part(first, count), &mut out[first * stride..]);
        match count {
            1 => multiply_rows::<1, VECTORS>(rows, panel, depth, out, stride),
            2 => multiply_rows::<2, VECTORS>(rows, panel, depth, out, stride),
            3 => multiply_rows::<3, VECTORS>(rows, panel, depth, out, stride),
            4 => multiply_rows::<4, VECTORS>(rows, panel, depth, out, stride),
            5 => multiply_rows::<5, VECTORS>(rows, panel, depth, out, stride),
            _ => multiply_rows::<TILE_ROWS, VECTORS>(rows, panel, depth, out, stride),
        }
        first += count;
        groups -= 1;
    }
}

#[inline(always)]
fn multiply_rows<const ROWS: usize, const VECTORS: usize>(
    rows: Rows,
    panel: &[f32],
    depth: usize,
    out: &mut [f32],
    stride: usize,
) {
    let mut left = [rows.row(0, depth); ROWS];
    for (index, row) in left.iter_mut().enumerate() {
        *row = rows.row(index, depth);
    }
    for column in (0..WIDTH).step_by(VECTORS * LANES) {
        let sums = tile::<ROWS, VECTORS>(left, &panel[column..], depth);
        for row in 0..ROWS {
            let out = &mut out[row * stride + column..][..VECTORS * LANES];
            out.copy_from_slice(sums[row].as_flattened());
        }
    }
}

/// The innermost sums, all in registers.
#[inline(always)]
fn tile<const ROWS: usize, const VECTORS: usize>(
    left: [&[f32]; ROWS],
    panel: &[f32],
    depth: usize,
) -> [[[f32; LANES]; VECTORS]; ROWS] {
    let mut sums = [[[0.0; LANES]; VECTORS]; ROWS];
    for (step, right) in (0..depth).zip(panel.chunks(WIDTH)) {
        let right = &right.as_chunks::<LANES>().0[..VECTORS];
        for row in 0..ROWS {
            let factor = left[row][step];
            for vector in 0..VECTORS {
                for lane in 0..LANES {
                    let sum = &mut sums[row][vector][lane];
                    *sum = right[vector][lane].mul_add(factor, *sum);
                }
            }
        }
    }
    sums
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these results are exact")]
mod tests {
    use super::*;

    fn numbers(count: usize) -> Vec<f32> {
        (0..count).map(|x| ((x * 7919) % 101) as f32 - 50.0).collect()
    }

    #[test]
    fn products_of_any_shape_are_exact_on_small_whole_numbers() {
        for (rows, depth, columns) in [(1, 1, 1), (5, 3, 64), (6, 64, 65), (13, 70, 130), (7, 0, 3)]
        {
            let (left, right) = (numbers(rows * depth), numbers(depth * columns));
            let by_rows = Panels::from_rows(&right, depth, columns, columns);
            let mut found = vec![f32::NAN; rows * by_rows.count() * WIDTH];
            let stride = by_rows.count() * WIDTH;
            for index in 0..by_rows.count() {
                let out = &mut found[index * WIDTH..];
                by_rows.multiply(Rows::new(&left, rows, depth), index, out, stride);
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
        let values = numbers(70 * 5);
        let panels = Panels::from_columns(&values, 5, 5, 70, 2.0);
        for column in 0..70 {
            let wanted = values[column * 5..][..5].iter().map(|x| x * 2.0);
            assert!(panels.column(column).eq(wanted));
        }
    }

    #[test]
    fn a_row_does_not_depend_on_its_company() {
        let (left, right) = (numbers(17 * 40), numbers(40 * 64));
        let left: Vec<f32> = left.iter().map(|x| x * 0.1237).collect();
        let panels = Panels::from_rows(&right, 40, 64, 64);
        let mut together = vec![0.0; 17 * WIDTH];
        panels.multiply(Rows::new(&left, 17, 40), 0, &mut together, WIDTH);
        for (row, together) in left.chunks(40).zip(together.chunks(WIDTH)) {
            let mut alone = vec![0.0; WIDTH];
            panels.multiply(Rows::new(row, 1, 40), 0, &mut alone, WIDTH);
            assert_eq!(alone, together);
        }
    }
}
