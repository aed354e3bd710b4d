//! The rows that are multiplied with panels.

/// Rows lying in a slice, each starting `stride` after the one before; they may overlap.
#[doc(alias = "strided")]
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

    /// The rows without their first `columns` values.
    pub(super) fn right_of(&self, columns: usize) -> Self {
        Self { values: &self.values[columns..], ..*self }
    }

    /// The first `width` values of one row.
    #[inline(always)]
    pub(crate) fn row(&self, index: usize, width: usize) -> &'a [W] {
        &self.values[index * self.stride..][..width]
    }
}
