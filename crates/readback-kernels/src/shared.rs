//! Results that several threads write at once, each its own part of every row.

use std::marker::PhantomData;
use std::ops::Range;

/// Rows shared by tasks that each write their own part.
pub(crate) struct SharedRows<'a> {
    /// Where each row starts.
    rows: Vec<*mut f32>,
    borrowed: PhantomData<&'a mut [f32]>,
}

// SAFETY: the pointers are only used by `stretch`, whose caller vouches that nothing is shared.
unsafe impl Sync for SharedRows<'_> {}

impl<'a> SharedRows<'a> {
    /// Of rows that nobody else writes to as long as this lives.
    pub(crate) fn new(rows: impl Iterator<Item = &'a mut [f32]>) -> Self {
        Self { rows: rows.map(<[f32]>::as_mut_ptr).collect(), borrowed: PhantomData }
    }

    /// Some columns of one row.
    ///
    /// # Safety
    /// The columns must lie within the row, and be this caller's alone.
    #[expect(clippy::mut_from_ref, reason = "the caller vouches that nobody else has it")]
    pub(crate) unsafe fn stretch(&self, row: usize, columns: Range<usize>) -> &mut [f32] {
        // SAFETY: within the row and unshared, as the caller vouches.
        unsafe {
            let start = self.rows[row].add(columns.start);
            std::slice::from_raw_parts_mut(start, columns.len())
        }
    }
}
