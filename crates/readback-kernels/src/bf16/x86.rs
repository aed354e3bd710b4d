//! The innermost product of half-width floats by the instructions of x86-64.

use std::arch::x86_64::{
    __m512, __m512bh, __m512i, _mm512_dpbf16_ps, _mm512_loadu_si512, _mm512_set1_epi32,
};

use super::{Bf16x2, LANES, MicroKernel};
use crate::isa::Avx512Bf16;

/// AVX-512 BF16: sixteen sums take in two products each with one instruction.
impl MicroKernel<Bf16x2> for Avx512Bf16 {
    type Sums = __m512;
    const ROWS: usize = 6;

    #[inline(always)]
    fn add(self, sums: __m512, left: Bf16x2, right: &[Bf16x2; LANES]) -> __m512 {
        let left = u32::from(left[0]) | u32::from(left[1]) << 16;
        // SAFETY: `self` proves that AVX-512 BF16 is there; the array holds the 64 bytes read,
        // which are as many patterns.
        unsafe {
            let halves = |bits: __m512i| std::mem::transmute::<__m512i, __m512bh>(bits);
            let right = halves(_mm512_loadu_si512(right.as_ptr().cast()));
            _mm512_dpbf16_ps(sums, halves(_mm512_set1_epi32(left.cast_signed())), right)
        }
    }
}
