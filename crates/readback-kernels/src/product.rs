//! The matrix product, on the `gemm` crate, in one thread.

use gemm_common::Parallelism;
use gemm_f32::gemm::f32::get_gemm_fn;

/// A matrix lying in a slice: element `(r, c)` is at `r * row_stride + c * column_stride`.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    values: &'a [f32],
    rows: usize,
    columns: usize,
    row_stride: usize,
    column_stride: usize,
}

impl<'a> View<'a> {
    /// Rows of `columns` contiguous values, `stride` apart.
    ///
    /// # Panics
    /// When the last element lies outside `values`.
    pub fn new(values: &'a [f32], rows: usize, columns: usize, stride: usize) -> Self {
        assert!(holds(values.len(), rows, columns, stride), "a matrix must lie within its slice");
        Self { values, rows, columns, row_stride: stride, column_stride: 1 }
    }

    /// The same values with rows and columns exchanged.
    #[must_use]
    pub fn transposed(self) -> Self {
        Self {
            rows: self.columns,
            columns: self.rows,
            row_stride: self.column_stride,
            column_stride: self.row_stride,
            ..self
        }
    }

    fn at(&self, row: usize, column: usize) -> f32 {
        self.values[row * self.row_stride + column * self.column_stride]
    }
}

/// Whether rows of `columns` values, `stride` apart, fit into `length` values without overlapping
/// the slice's end.
fn holds(length: usize, rows: usize, columns: usize, stride: usize) -> bool {
    rows == 0 || (rows - 1).checked_mul(stride).and_then(|x| x.checked_add(columns)) <= Some(length)
}

/// `out = scale * left · right`, or `out += …` when `add`; rows of `out` are `stride` apart.
///
/// # Panics
/// When the shapes do not agree or `out` is too short.
pub fn product(out: &mut [f32], stride: usize, left: View, right: View, scale: f32, add: bool) {
    assert!(stride >= right.columns, "rows of the result must not overlap");
    assert!(holds(out.len(), left.rows, right.columns, stride), "the result must fit");
    // SAFETY: the result lies within `out`, which is borrowed mutably, and its rows do not overlap.
    unsafe { product_into(out.as_mut_ptr(), stride, left, right, scale, add) }
}

/// [`product`] into memory that other threads may hold other parts of.
///
/// # Safety
/// `left.rows` rows of `right.columns` floats, `stride` apart, must be valid for reads and writes at
/// `out`, not overlap, and belong to this call alone.
pub(crate) unsafe fn product_into(
    out: *mut f32,
    stride: usize,
    left: View,
    right: View,
    scale: f32,
    add: bool,
) {
    assert_eq!(left.columns, right.rows, "inner sizes must agree");
    // The kernels write columns; a row-major result is the transposed product's column-major one.
    // SAFETY: `View::new` checked that both operands lie within their slices; the caller vouches
    // for `out`.
    unsafe {
        get_gemm_fn()(
            right.columns,
            left.rows,
            left.columns,
            out,
            stride as isize,
            1,
            add,
            right.values.as_ptr(),
            right.row_stride as isize,
            right.column_stride as isize,
            left.values.as_ptr(),
            left.row_stride as isize,
            left.column_stride as isize,
            1.0,
            scale,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}

/// What [`product`] computes.
pub fn product_plain(
    out: &mut [f32],
    stride: usize,
    left: View,
    right: View,
    scale: f32,
    add: bool,
) {
    for row in 0..left.rows {
        for column in 0..right.columns {
            let sum: f64 = (0..left.columns)
                .map(|k| f64::from(left.at(row, k)) * f64::from(right.at(k, column)))
                .sum();
            let before = if add { out[row * stride + column] } else { 0.0 };
            out[row * stride + column] = before + (sum * f64::from(scale)) as f32;
        }
    }
}
