//! The innermost product of bytes by the instructions of x86-64.

use std::arch::x86_64::{
    __m256i, __m512i, _mm256_add_epi32, _mm256_dpbusd_avx_epi32, _mm256_loadu_si256,
    _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32,
    _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32,
};

use super::{Avx512Vnni, Int8x4, LANES, MicroKernel};
use crate::isa::{Avx2, AvxVnni};

/// AVX-512 VNNI: sixteen sums take in four products each with one instruction.
impl MicroKernel<Int8x4> for Avx512Vnni {
    type Sums = __m512i;
    const ROWS: usize = 6;

    #[inline(always)]
    fn add(self, sums: __m512i, left: Int8x4, right: &[Int8x4; LANES]) -> __m512i {
        // SAFETY: `self` proves that AVX-512 VNNI is there; the array holds the 64 bytes read.
        unsafe {
            let right = _mm512_loadu_si512(right.as_ptr().cast());
            _mm512_dpbusd_epi32(sums, _mm512_set1_epi32(i32::from_le_bytes(left)), right)
        }
    }
}

/// AVX-VNNI: the same with half as wide registers.
impl MicroKernel<Int8x4> for AvxVnni {
    type Sums = [__m256i; 2];
    const ROWS: usize = 6;

    #[inline(always)]
    fn add(self, mut sums: [__m256i; 2], left: Int8x4, right: &[Int8x4; LANES]) -> [__m256i; 2] {
        for (sums, right) in sums.iter_mut().zip(right.as_chunks::<8>().0) {
            // SAFETY: `self` proves that AVX-VNNI is there; the array holds the 32 bytes read.
            *sums = unsafe {
                let right = _mm256_loadu_si256(right.as_ptr().cast());
                let left = _mm256_set1_epi32(i32::from_le_bytes(left));
                _mm256_dpbusd_avx_epi32(*sums, left, right)
            };
        }
        sums
    }
}

/// AVX2: products are summed by twos in sixteen bits, for which
/// [`sums_are_short`](super::quantise::sums_are_short) makes room, and those sums by twos in 32 bits.
impl MicroKernel<Int8x4> for Avx2 {
    type Sums = [__m256i; 2];
    /// Eight sums, two vectors of weights, one of levels, one of ones and products fit 16 registers.
    const ROWS: usize = 4;

    #[inline(always)]
    fn add(self, mut sums: [__m256i; 2], left: Int8x4, right: &[Int8x4; LANES]) -> [__m256i; 2] {
        for (sums, right) in sums.iter_mut().zip(right.as_chunks::<8>().0) {
            // SAFETY: `self` proves that AVX2 is there; the array holds the 32 bytes read.
            *sums = unsafe {
                let left = _mm256_set1_epi32(i32::from_le_bytes(left));
                let right = _mm256_loadu_si256(right.as_ptr().cast());
                let twos = _mm256_maddubs_epi16(left, right);
                _mm256_add_epi32(*sums, _mm256_madd_epi16(twos, _mm256_set1_epi16(1)))
            };
        }
        sums
    }
}
