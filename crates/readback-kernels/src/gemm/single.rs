//! The product in single precision.

#[cfg(target_arch = "x86_64")]
use super::multiply_portably;
use super::{
    Activation, LANES, MicroKernel, Rows, Store, Word, multiply_panel, wide_register_tile,
};
use crate::elementwise::exponentials;
use crate::isa::{Portable, dispatched};

impl Word for f32 {
    type Number = Self;
    const NUMBERS: usize = 1;

    fn tile_width() -> usize {
        wide_register_tile()
    }

    #[inline(always)]
    fn pack(numbers: &[Self]) -> Self {
        numbers[0]
    }
}

impl Activation for f32 {
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
        multiply(rows, panel, depth, out);
    }
}

dispatched!(
    fn multiply(rows: Rows<f32>, panel: &[f32], depth: usize, out: Store) {
        #[cfg(target_arch = "x86_64")]
        Avx512 => multiply_portably::<4, _, _, _>,
        #[cfg(target_arch = "x86_64")]
        Avx2 => multiply_portably::<1, _, _, _>,
        _ => multiply_panel::<1, _, _, _>,
    }
);

/// One multiplication, fused with the addition. Six rows of four 512-bit sums fill 24 of 32 registers.
impl MicroKernel<f32> for Portable {
    type Sums = [f32; LANES];
    const ROWS: usize = 6;

    #[inline(always)]
    fn add(self, mut sums: [f32; LANES], left: f32, right: &[f32; LANES]) -> [f32; LANES] {
        for lane in 0..LANES {
            sums[lane] = right[lane].mul_add(left, sums[lane]);
        }
        sums
    }
}
