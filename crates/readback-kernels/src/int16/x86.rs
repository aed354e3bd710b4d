//! The innermost product of whole numbers of sixteen bits by the instructions of x86-64.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_set1_epi32,
};

use super::{Int16x2, LANES, MicroKernel};
use crate::isa::Avx2;

/// AVX2: eight sums take in two products each with two instructions.
impl MicroKernel<Int16x2> for Avx2 {
    type Sums = [__m256i; 2];
    /// Twelve sums, two vectors of the columns, one of the row and one of products fill 16 registers.
    const ROWS: usize = 6;

    #[inline(always)]
    fn add(self, mut sums: [__m256i; 2], left: Int16x2, right: &[Int16x2; LANES]) -> [__m256i; 2] {
        let [low, high] = left.map(|number| u32::from(number.cast_unsigned()));
        let left = (low | high << 16).cast_signed();
        for (sums, right) in sums.iter_mut().zip(right.as_chunks::<8>().0) {
            // SAFETY: `self` proves that AVX2 is there; the array holds the 32 bytes read.
            *sums = unsafe {
                let right = _mm256_loadu_si256(right.as_ptr().cast());
                _mm256_add_epi32(*sums, _mm256_madd_epi16(_mm256_set1_epi32(left), right))
            };
        }
        sums
    }
}
