//! The right-hand matrix, packed into panels once, and the words that both sides are packed into.

use rayon::prelude::*;

use super::{LANES, Rows, Store, WIDTH};
use crate::aligned::Aligned;

/// The numbers of one column that a step multiplies.
pub(crate) trait Word: Copy + Default + Send + Sync {
    /// What is packed into words.
    type Number: Copy + Default + Send + Sync;
    /// Numbers in a word.
    const NUMBERS: usize;

    /// Columns of a register tile on this processor: as many as its product is computed with.
    fn tile_width() -> usize;

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
pub(crate) trait Activation: Word<Number = f32> {
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

/// A matrix `[depth][columns]` in panels, filled up with zeros: words
/// `[columns / WIDTH][WIDTH / tile width][depth / NUMBERS][tile width]`.
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
            for column in 0..W::tile_width().min(columns - first) {
                fill(first + column, &mut numbers);
                W::pack_column(&numbers, &mut words);
                for (step, word) in tile.chunks_exact_mut(W::tile_width()).zip(&words) {
                    step[column] = *word;
                }
            }
        })
    }

    /// Fills every tile that has columns, told its first one.
    fn new(depth: usize, columns: usize, fill: impl Fn(usize, &mut [W]) + Sync) -> Self {
        let steps = depth.div_ceil(W::NUMBERS);
        let mut words = Aligned::new(columns.next_multiple_of(WIDTH) * steps);
        let tiles = words.par_chunks_exact_mut((W::tile_width() * steps).max(1));
        let tiles = tiles.take(columns.div_ceil(W::tile_width())).enumerate();
        tiles.for_each(|(index, tile)| fill(index * W::tile_width(), tile));
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
        let tile = &self.words[column / W::tile_width() * W::tile_width() * self.steps()..];
        tile.iter()
            .skip(column % W::tile_width())
            .step_by(W::tile_width())
            .take(self.steps())
            .copied()
    }

    /// One panel.
    pub(crate) fn panel(&self, index: usize) -> &[W] {
        &self.words[index * WIDTH * self.steps()..][..WIDTH * self.steps()]
    }
}

impl<W: Activation> Panels<W> {
    /// From multiples of rows of which the first `columns` numbers count.
    pub(crate) fn from_rows(rows: Rows, columns: usize, factor: f32) -> Self {
        Self::new(rows.count(), columns, |first, tile| {
            let width = W::tile_width().min(columns - first);
            let rows = rows.right_of(first);
            for (step, out) in tile.chunks_exact_mut(W::tile_width()).enumerate() {
                let row = step * W::NUMBERS;
                let count = W::NUMBERS.min(rows.count() - row);
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
