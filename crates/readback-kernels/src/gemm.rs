//! The matrix product, over a right-hand matrix cut into panels.
//!
//! A panel holds `WIDTH` columns, those of one register tile after another, each tile step after step, so
//! that the inner loop reads it from end to end: the lay-out of Goto's algorithm ("Anatomy of
//! High-Performance Matrix Multiplication", 2008), packed once for weights that are used for ever. How
//! wide a tile is depends on the registers at hand ([`Word::tile`]). A step is one [`Word`] of each column: one number in single
//! precision, or as many narrower ones as a processor multiplies and adds up at once. Each element is
//! summed in one order whatever the number of rows and threads, so a row's result does not depend on
//! what it is computed together with.

use rayon::prelude::*;

use crate::aligned::Aligned;
use crate::elementwise::exponentials;
use crate::isa::{LANES, vectorised};

/// Columns of a panel.
pub(crate) const WIDTH: usize = 64;

/// The numbers of one column that a step multiplies.
pub(crate) trait Word: Copy + Default + Send + Sync {
    /// What is packed into words.
    type Number: Copy + Default + Send + Sync;
    /// Numbers in a word.
    const NUMBERS: usize;

    /// Columns of a register tile on this processor: as many as its product is computed with.
    fn tile() -> usize;

    /// Packs at most `NUMBERS` numbers; zeros stand in for those missing.
    fn pack(numbers: &[Self::Number]) -> Self;

    /// Packs a column, as many words as it needs.
    fn pack_column(numbers: &[Self::Number], out: &mut [Self]) {
        for (word, numbers) in out.iter_mut().zip(numbers.chunks(Self::NUMBERS)) {
            *word = Self::pack(numbers);
        }
    }
}

/// A word of numbers that are not known before they are multiplied. What stands for a number may be a
/// multiple of it: a unit is what 1 stands for.
pub(crate) trait Float: Word<Number = f32> {
    /// What to multiply keys by, rows of which the first `size` numbers count, before they are packed.
    fn key_factor(_keys: Rows, _size: usize) -> f32 {
        1.0
    }

    /// What to multiply values by, likewise.
    fn value_factor(_values: Rows, _size: usize) -> f32 {
        1.0
    }

    /// Packs a row to be multiplied with keys, as many words as it needs; its unit.
    fn pack_row(row: &[f32], out: &mut [Self]) -> f32;

    /// Packs multiples of what stands above each other in at most `NUMBERS` rows; zeros stand in for
    /// those missing.
    fn pack_across(rows: Rows, factor: f32, out: &mut [Self]);

    /// Packs e to the power of each score's distance from the highest, in any unit, to be multiplied with
    /// values; the sum of what was packed. The scores, whose unit is given, are lost.
    fn pack_weights(scores: &mut [f32], unit: f32, out: &mut [Self]) -> f32;

    /// `out = rows · panel`: rows of `depth` words; `out` has rows of `WIDTH` values, `stride` apart.
    fn multiply(rows: Rows<Self>, panel: &[Self], depth: usize, out: Store);
}

impl Word for f32 {
    type Number = Self;
    const NUMBERS: usize = 1;

    fn tile() -> usize {
        roomy_tile()
    }

    #[inline(always)]
    fn pack(numbers: &[Self]) -> Self {
        numbers[0]
    }
}

impl Float for f32 {
    fn pack_row(row: &[f32], out: &mut [Self]) -> f32 {
        out.copy_from_slice(row);
        1.0
    }

    fn pack_across(rows: Rows, _: f32, out: &mut [Self]) {
        out.copy_from_slice(rows.row(0, out.len()));
    }

    fn pack_weights(scores: &mut [f32], _: f32, out: &mut [Self]) -> f32 {
        let sum = exponentials(scores);
        out.copy_from_slice(scores);
        sum
    }

    fn multiply(rows: Rows<Self>, panel: &[Self], depth: usize, out: Store) {
        multiply_singles(rows, panel, depth, out);
    }
}

/// Columns of a register tile of floats: with the many wide registers of AVX-512 a whole panel.
pub(crate) fn roomy_tile() -> usize {
    #[cfg(target_arch = "x86_64")]
    if crate::isa::Set::Widest.is_here() {
        return WIDTH;
    }
    LANES
}

vectorised!(
    fn multiply_singles(rows: Rows<f32>, panel: &[f32], depth: usize, out: Store)
        = multiply_panel::<f32, Fused, Store, 1>, roomy multiply_panel::<f32, Fused, Store, 4>
);

/// A matrix `[depth][columns]` in panels, `[columns / WIDTH][WIDTH / tile][depth / NUMBERS][tile]` words,
/// filled up with zeros.
#[derive(Clone, Debug)]
pub(crate) struct Panels<W> {
    words: Aligned<W>,
    depth: usize,
    columns: usize,
}

impl<W: Word> Panels<W> {
    /// From columns of `depth` numbers, each written by `fill`, which is told which.
    pub(crate) fn from_columns(
        depth: usize,
        columns: usize,
        fill: impl Fn(usize, &mut [W::Number]) + Sync,
    ) -> Self {
        Self::new(depth, columns, |first, tile| {
            let mut numbers = vec![W::Number::default(); depth];
            let mut words = vec![W::default(); depth.div_ceil(W::NUMBERS)];
            for column in 0..W::tile().min(columns - first) {
                fill(first + column, &mut numbers);
                W::pack_column(&numbers, &mut words);
                for (step, word) in tile.chunks_exact_mut(W::tile()).zip(&words) {
                    step[column] = *word;
                }
            }
        })
    }

    /// Fills every tile that has columns, told its first one.
    fn new(depth: usize, columns: usize, fill: impl Fn(usize, &mut [W]) + Sync) -> Self {
        let steps = depth.div_ceil(W::NUMBERS);
        let mut words = Aligned::new(columns.next_multiple_of(WIDTH) * steps);
        let tiles = words.par_chunks_exact_mut((W::tile() * steps).max(1));
        let tiles = tiles.take(columns.div_ceil(W::tile())).enumerate();
        tiles.for_each(|(index, tile)| fill(index * W::tile(), tile));
        Self { words, depth, columns }
    }

    /// Of words that are packed already.
    ///
    /// # Panics
    /// When they are not as many as the sizes ask for.
    pub(crate) fn from_words(words: &[W], depth: usize, columns: usize) -> Self {
        let needed = columns.next_multiple_of(WIDTH) * depth.div_ceil(W::NUMBERS);
        assert_eq!(words.len(), needed, "words of all panels");
        Self { words: words.into(), depth, columns }
    }

    /// All words, as they are packed.
    pub(crate) fn words(&self) -> &[W] {
        &self.words
    }

    /// How many columns.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// How many rows.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// How many words a column, or a row to multiply with, has.
    pub(crate) fn steps(&self) -> usize {
        self.depth.div_ceil(W::NUMBERS)
    }

    /// How many words from one row to multiply with to the next, so that each begins where a line of the
    /// cache does.
    pub(crate) fn row_stride(&self) -> usize {
        self.steps().next_multiple_of(LANES)
    }

    /// How many panels.
    pub(crate) fn count(&self) -> usize {
        self.columns.div_ceil(WIDTH)
    }

    /// How many bytes they take.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.words)
    }

    /// One column.
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = W> + '_ {
        let tile = &self.words[column / W::tile() * W::tile() * self.steps()..];
        tile.iter().skip(column % W::tile()).step_by(W::tile()).take(self.steps()).copied()
    }

    /// One panel.
    pub(crate) fn panel(&self, index: usize) -> &[W] {
        &self.words[index * WIDTH * self.steps()..][..WIDTH * self.steps()]
    }
}

impl<W: Float> Panels<W> {
    /// From multiples of rows of which the first `columns` numbers count.
    pub(crate) fn from_rows(rows: Rows, columns: usize, factor: f32) -> Self {
        Self::new(rows.count, columns, |first, tile| {
            let width = W::tile().min(columns - first);
            let rows = Rows { values: &rows.values[first..], ..rows };
            for (step, out) in tile.chunks_exact_mut(W::tile()).enumerate() {
                let row = step * W::NUMBERS;
                let count = W::NUMBERS.min(rows.count - row);
                W::pack_across(rows.part(row, count), factor, &mut out[..width]);
            }
        })
    }

    /// `out = rows · panel`: `out` has rows of `WIDTH` values, `stride` apart.
    ///
    /// # Panics
    /// When `out` has no room for the rows.
    pub(crate) fn multiply(&self, rows: Rows<W>, index: usize, out: &mut [f32], stride: usize) {
        W::multiply(rows, self.panel(index), self.steps(), Store { out, stride });
    }
}

/// Rows lying in a slice, each starting `stride` after the one before; they may overlap.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a, W = f32> {
    values: &'a [W],
    count: usize,
    stride: usize,
}

impl<'a, W> Rows<'a, W> {
    /// `count` rows, each starting `stride` values after the one before.
    pub fn new(values: &'a [W], count: usize, stride: usize) -> Self {
        Self { values, count, stride }
    }

    /// How many rows.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// How many words from a row to the next.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn stride(&self) -> usize {
        self.stride
    }

    /// Some of the rows.
    #[inline(always)]
    pub(crate) fn part(&self, first: usize, count: usize) -> Self {
        Self { values: &self.values[first * self.stride..], count, stride: self.stride }
    }

    /// The first `width` values of one row.
    #[inline(always)]
    pub(crate) fn row(&self, index: usize, width: usize) -> &'a [W] {
        &self.values[index * self.stride..][..width]
    }
}

/// Sixteen sums in registers.
pub(crate) trait Sums: Copy {
    /// What they are read as.
    type Sum: Copy + Default;

    /// Sums of nothing.
    fn zero() -> Self;

    /// The sums, lane by lane.
    fn read(self) -> [Self::Sum; LANES];
}

impl<Sum: Copy + Default> Sums for [Sum; LANES] {
    type Sum = Sum;

    #[inline(always)]
    fn zero() -> Self {
        [Sum::default(); LANES]
    }

    #[inline(always)]
    fn read(self) -> Self {
        self
    }
}

/// How sixteen neighbouring columns' sums take in one more step.
pub(crate) trait Product<W> {
    /// The sums.
    type Sums: Sums;
    /// Most rows of a register tile.
    const ROWS: usize;

    /// Adds the products of one row's word with the columns' words.
    fn add(sums: Self::Sums, left: W, right: &[W; LANES]) -> Self::Sums;
}

/// What the sums of a product are read as.
pub(crate) type Sum<W, P> = <<P as Product<W>>::Sums as Sums>::Sum;

/// One multiplication, fused with the addition. Six rows of four 512-bit sums fill 24 of 32 registers.
struct Fused;

impl Product<f32> for Fused {
    type Sums = [f32; LANES];
    const ROWS: usize = 6;

    #[inline(always)]
    fn add(mut sums: [f32; LANES], left: f32, right: &[f32; LANES]) -> [f32; LANES] {
        for lane in 0..LANES {
            sums[lane] = right[lane].mul_add(left, sums[lane]);
        }
        sums
    }
}

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

/// `rows · panel`, rows of `depth` words, into `out`; with tiles of `VECTORS` times sixteen columns, as
/// the panel was packed for, and near-equal groups of at most `P::ROWS` rows.
#[inline(always)]
pub(crate) fn multiply_panel<W: Word, P: Product<W>, S: Sink<Sum<W, P>>, const VECTORS: usize>(
    rows: Rows<W>,
    panel: &[W],
    depth: usize,
    mut out: S,
) {
    for column in (0..WIDTH).step_by(VECTORS * LANES) {
        let tile = Tile {
            steps: &panel.as_chunks::<LANES>().0[column / LANES * depth..][..VECTORS * depth],
            column,
            depth,
        };
        let mut first = 0;
        let mut groups = rows.count.div_ceil(P::ROWS);
        while groups > 0 {
            let count = (rows.count - first).div_ceil(groups);
            match count {
                1 => multiply_rows::<W, P, S, VECTORS, 1>(rows, first, tile, &mut out),
                2 => multiply_rows::<W, P, S, VECTORS, 2>(rows, first, tile, &mut out),
                3 => multiply_rows::<W, P, S, VECTORS, 3>(rows, first, tile, &mut out),
                4 => multiply_rows::<W, P, S, VECTORS, 4>(rows, first, tile, &mut out),
                5 => multiply_rows::<W, P, S, VECTORS, 5>(rows, first, tile, &mut out),
                _ => multiply_rows::<W, P, S, VECTORS, 6>(rows, first, tile, &mut out),
            }
            first += count;
            groups -= 1;
        }
    }
}

/// The columns of a panel whose sums are in registers together.
struct Tile<'a, W> {
    /// `[depth]`, each as many times sixteen words as the tile is wide.
    steps: &'a [[W; LANES]],
    /// The first column.
    column: usize,
    depth: usize,
}

impl<W> Clone for Tile<'_, W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W> Copy for Tile<'_, W> {}

#[inline(always)]
fn multiply_rows<
    W: Word,
    P: Product<W>,
    S: Sink<Sum<W, P>>,
    const VECTORS: usize,
    const ROWS: usize,
>(
    rows: Rows<W>,
    first: usize,
    tile: Tile<W>,
    out: &mut S,
) {
    let mut left = [rows.row(first, tile.depth); ROWS];
    for (index, row) in left.iter_mut().enumerate() {
        *row = rows.row(first + index, tile.depth);
    }
    let sums = add_up::<W, P, VECTORS, ROWS>(left, tile);
    for row in 0..ROWS {
        for vector in 0..VECTORS {
            let sums = sums[row][vector].read();
            out.take(first + row, tile.column + vector * LANES, sums);
        }
    }
}

/// The innermost sums, all in registers.
#[inline(always)]
fn add_up<W: Word, P: Product<W>, const VECTORS: usize, const ROWS: usize>(
    left: [&[W]; ROWS],
    tile: Tile<W>,
) -> [[P::Sums; VECTORS]; ROWS] {
    let mut sums = [[P::Sums::zero(); VECTORS]; ROWS];
    for (step, right) in (0..tile.depth).zip(tile.steps.as_chunks::<VECTORS>().0) {
        for row in 0..ROWS {
            for vector in 0..VECTORS {
                sums[row][vector] = P::add(sums[row][vector], left[row][step], &right[vector]);
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
            let by_rows = Panels::<f32>::from_rows(Rows::new(&right, depth, columns), columns, 1.0);
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
        let column = |index: usize| &values[index * 5..][..5];
        let panels = Panels::<f32>::from_columns(5, 70, |index, out| {
            out.copy_from_slice(column(index));
        });
        for index in 0..70 {
            assert!(panels.column(index).eq(column(index).iter().copied()));
        }
    }

    #[test]
    fn a_row_does_not_depend_on_its_company() {
        let (left, right) = (numbers(17 * 40), numbers(40 * 64));
        let left: Vec<f32> = left.iter().map(|x| x * 0.1237).collect();
        let panels = Panels::<f32>::from_rows(Rows::new(&right, 40, 64), 64, 1.0);
        let mut together = vec![0.0; 17 * WIDTH];
        panels.multiply(Rows::new(&left, 17, 40), 0, &mut together, WIDTH);
        for (row, together) in left.chunks(40).zip(together.chunks(WIDTH)) {
            let mut alone = vec![0.0; WIDTH];
            panels.multiply(Rows::new(row, 1, 40), 0, &mut alone, WIDTH);
            assert_eq!(alone, together);
        }
    }
}
