//! The innermost product of bytes by the instructions of 64-bit ARM processors.

use std::arch::aarch64::{int32x4_t, uint8x16_t, vdupq_n_u32, vld1q_u8, vreinterpretq_u8_u32};
use std::arch::asm;

use super::{Int8x4, LANES, MicroKernel};
use crate::isa::I8mm;

/// Four sums take in four products each with one instruction.
impl MicroKernel<Int8x4> for I8mm {
    type Sums = [int32x4_t; 4];
    /// 24 sums, four vectors of weights and one of levels fit 32 registers.
    const ROWS: usize = 6;

    #[inline(always)]
    fn add(
        self,
        mut sums: [int32x4_t; 4],
        left: Int8x4,
        right: &[Int8x4; LANES],
    ) -> [int32x4_t; 4] {
        for (sums, right) in sums.iter_mut().zip(right.as_chunks::<4>().0) {
            // SAFETY: `self` proves that NEON and I8MM are there; the array holds the 16 bytes read. The
            // instruction touches nothing but the registers named.
            unsafe {
                let left: uint8x16_t = vreinterpretq_u8_u32(vdupq_n_u32(u32::from_le_bytes(left)));
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
