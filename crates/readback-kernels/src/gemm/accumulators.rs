//! What sums are kept in: arrays, for loops that the compiler makes vector instructions of, and the
//! registers that such instructions are called with by name. Setting these to zero and reading them is
//! only a matter of patterns, and needs no instruction that a processor might lack.

#[cfg(target_arch = "aarch64")]
use std::arch::aarch64::int32x4_t;
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m256i, __m512, __m512i};

use super::{Accumulator, LANES};

impl<Sum: Copy + Default> Accumulator for [Sum; LANES] {
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

/// Registers that together hold sixteen sums.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
macro_rules! registers {
    ($($registers:ty: $sum:ty,)+) => {$(
        impl Accumulator for $registers {
            type Sum = $sum;

            #[inline(always)]
            fn zero() -> Self {
                // SAFETY: all patterns are numbers, this one zeros.
                unsafe { std::mem::zeroed() }
            }

            #[inline(always)]
            fn read(self) -> [$sum; LANES] {
                // SAFETY: both are 64 bytes, and all patterns are numbers.
                unsafe { std::mem::transmute(self) }
            }
        }
    )+};
}

#[cfg(target_arch = "x86_64")]
registers! {
    [__m256i; 2]: i32,
    __m512i: i32,
    __m512: f32,
}

#[cfg(target_arch = "aarch64")]
registers! {
    [int32x4_t; 4]: i32,
}
