//! The matrix product (GEMM), over a right-hand matrix cut into panels.
//!
//! A panel holds `WIDTH` columns, those of one register tile after another, each tile step after step, so
//! that the inner loop reads it from end to end: the lay-out of Goto's algorithm ("Anatomy of
//! High-Performance Matrix Multiplication", 2008), packed once for weights that are used for ever. How
//! wide a tile is depends on the registers at hand ([`Word::tile_width`]). A step is one [`Word`] of each
//! column: one number in single precision, or as many narrower ones as a processor multiplies and adds up
//! at once. Each element is summed in one order whatever the number of rows and threads, so a row's result
//! does not depend on what it is computed together with.
//!
//! The loops around the innermost one stand here, once for all words; what a step does is a
//! [`MicroKernel`]. Those of narrower words are in [`int8`](crate::int8), [`int16`](crate::int16) and
//! [`bf16`](crate::bf16).

mod accumulators;
mod packing;
mod rows;
mod single;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use packing::{Activation, Panels, Word};
pub use rows::Rows;

#[cfg(target_arch = "x86_64")]
use crate::isa::{Avx512, Portable};
use crate::vector::LANES;

/// Columns of a panel.
pub(crate) const WIDTH: usize = 64;
/// Most rows of a register tile.
const MOST_ROWS: usize = 6;

/// Sixteen sums in registers.
pub(crate) trait Accumulator: Copy {
    /// What they are read as.
    type Sum: Copy + Default;

    /// Sums of nothing.
    fn zero() -> Self;

    /// The sums, lane by lane.
    fn read(self) -> [Self::Sum; LANES];
}

/// How sixteen neighbouring columns' sums take in one more step, by the instructions of which the kernel
/// is the [proof](crate::isa).
pub(crate) trait MicroKernel<W>: Copy {
    /// The sums.
    type Sums: Accumulator;
    /// Most rows of a register tile, itself at most [`MOST_ROWS`].
    const ROWS: usize;

    /// Adds the products of one row's word with the columns' words.
    fn add(self, sums: Self::Sums, left: W, right: &[W; LANES]) -> Self::Sums;
}

/// What the sums of a product are read as.
pub(crate) type Sum<W, K> = <<K as MicroKernel<W>>::Sums as Accumulator>::Sum;

/// Where finished sums go.
pub(crate) trait Sink<Sum> {
    /// Takes the sums of one row and the sixteen columns from `column` of the panel on.
    fn take(&mut self, row: usize, column: usize, sums: [Sum; LANES]);

    /// The place of `count` rows of sums from `row` on, `WIDTH` each, and how far they are apart, if they
    /// are to be stored as they are.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn place(&mut self, _row: usize, _count: usize) -> Option<(&mut [Sum], usize)> {
        None
    }
}

/// Sums are stored as they are, in rows of `WIDTH` values, `stride` apart.
pub(crate) struct Store<'a> {
    pub(crate) out: &'a mut [f32],
    pub(crate) stride: usize,
}

impl Sink<i32> for Store<'_> {
    #[inline(always)]
    fn take(&mut self, row: usize, column: usize, sums: [i32; LANES]) {
        Sink::<f32>::take(self, row, column, sums.map(|sum| sum as f32));
    }
}

impl Sink<f32> for Store<'_> {
    #[inline(always)]
    fn take(&mut self, row: usize, column: usize, sums: [f32; LANES]) {
        self.out[row * self.stride + column..][..LANES].copy_from_slice(&sums);
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn place(&mut self, row: usize, count: usize) -> Option<(&mut [f32], usize)> {
        let place = &mut self.out[row * self.stride..][..(count - 1) * self.stride + WIDTH];
        Some((place, self.stride))
    }
}

/// Columns of a register tile of floats: with the many wide registers of AVX-512 a whole panel.
pub(crate) fn wide_register_tile() -> usize {
    #[cfg(target_arch = "x86_64")]
    if Avx512::new().is_some() {
        return WIDTH;
    }
    LANES
}

/// [`multiply_panel`] with the kernel of any processor, compiled for a set that has no better one.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(crate) fn multiply_portably<const VECTORS: usize, I, W: Word, S>(
    _: I,
    rows: Rows<W>,
    panel: &[W],
    depth: usize,
    out: S,
) where
    Portable: MicroKernel<W>,
    S: Sink<Sum<W, Portable>>,
{
    multiply_panel::<VECTORS, _, _, _>(Portable, rows, panel, depth, out);
}

/// `rows · panel`, rows of `depth` words, into `out`; with tiles of `VECTORS` times sixteen columns, as
/// the panel was packed for, and near-equal groups of at most `K::ROWS` rows.
#[inline(always)]
pub(crate) fn multiply_panel<const VECTORS: usize, K, W: Word, S>(
    kernel: K,
    rows: Rows<W>,
    panel: &[W],
    depth: usize,
    mut out: S,
) where
    K: MicroKernel<W>,
    S: Sink<Sum<W, K>>,
{
    const { assert!(0 < K::ROWS && K::ROWS <= MOST_ROWS, "a group that no arm below is for") };
    const { assert!(WIDTH.is_multiple_of(VECTORS * LANES), "tiles that do not fill a panel") };
    debug_assert_eq!(VECTORS * LANES, W::tile_width(), "packed for another tile");
    for column in (0..WIDTH).step_by(VECTORS * LANES) {
        let columns = MicroPanel {
            steps: &panel.as_chunks::<LANES>().0[column / LANES * depth..][..VECTORS * depth],
            column,
            depth,
        };
        let mut first = 0;
        let mut groups = rows.count().div_ceil(K::ROWS);
        while groups > 0 {
            let count = (rows.count() - first).div_ceil(groups);
            let out = &mut out;
            match count {
                1 => multiply_rows::<VECTORS, 1, _, _, _>(kernel, rows, first, columns, out),
                2 => multiply_rows::<VECTORS, 2, _, _, _>(kernel, rows, first, columns, out),
                3 => multiply_rows::<VECTORS, 3, _, _, _>(kernel, rows, first, columns, out),
                4 => multiply_rows::<VECTORS, 4, _, _, _>(kernel, rows, first, columns, out),
                5 => multiply_rows::<VECTORS, 5, _, _, _>(kernel, rows, first, columns, out),
                _ => {
                    multiply_rows::<VECTORS, MOST_ROWS, _, _, _>(kernel, rows, first, columns, out);
                }
            }
            first += count;
            groups -= 1;
        }
    }
}

/// The columns of a panel whose sums are in registers together.
struct MicroPanel<'a, W> {
    /// `[depth]`, each as many times sixteen words as the tile is wide.
    steps: &'a [[W; LANES]],
    /// The first column.
    column: usize,
    depth: usize,
}

impl<W> Clone for MicroPanel<'_, W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W> Copy for MicroPanel<'_, W> {}

#[inline(always)]
fn multiply_rows<const VECTORS: usize, const ROWS: usize, K, W: Word, S>(
    kernel: K,
    rows: Rows<W>,
    first: usize,
    columns: MicroPanel<W>,
    out: &mut S,
) where
    K: MicroKernel<W>,
    S: Sink<Sum<W, K>>,
{
    let mut left = [rows.row(first, columns.depth); ROWS];
    for (index, row) in left.iter_mut().enumerate() {
        *row = rows.row(first + index, columns.depth);
    }
    let sums = add_up::<VECTORS, ROWS, _, _>(kernel, left, columns);
    for row in 0..ROWS {
        for vector in 0..VECTORS {
            let sums = sums[row][vector].read();
            out.take(first + row, columns.column + vector * LANES, sums);
        }
    }
}

/// The innermost sums, all in registers.
#[inline(always)]
fn add_up<const VECTORS: usize, const ROWS: usize, K: MicroKernel<W>, W: Word>(
    kernel: K,
    left: [&[W]; ROWS],
    columns: MicroPanel<W>,
) -> [[K::Sums; VECTORS]; ROWS] {
    let mut sums = [[K::Sums::zero(); VECTORS]; ROWS];
    for (step, right) in (0..columns.depth).zip(columns.steps.as_chunks::<VECTORS>().0) {
        for row in 0..ROWS {
            for vector in 0..VECTORS {
                sums[row][vector] = kernel.add(sums[row][vector], left[row][step], &right[vector]);
            }
        }
    }
    sums
}
