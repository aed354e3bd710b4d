//! Half precision as storage: sixteen-bit patterns to and from single precision.
//!
//! For finite numbers only, of which it keeps the nearest; anything too large becomes the largest.

use std::cmp::Ordering;

use crate::lanes::{LANES, vectorised};

const LARGEST: f32 = 65_504.0;

/// Reads one half-precision pattern; finite ones only.
///
/// The exponent is re-biased by a multiplication, which also serves the subnormal numbers.
#[inline(always)]
fn widen_one(bits: u16) -> f32 {
    let magnitude = f32::from_bits(u32::from(bits & 0x7fff) << 13) * f32::from_bits(239 << 23);
    f32::from_bits(magnitude.to_bits() | u32::from(bits & 0x8000) << 16)
}

/// The nearest half-precision pattern, ties to even; not-a-number becomes the largest number.
#[inline(always)]
fn narrow_one(value: f32) -> u16 {
    let sign = (value.to_bits() >> 16 & 0x8000) as u16;
    let magnitude = value.abs().min(LARGEST);
    let bits = magnitude.to_bits();
    let normal = (bits.wrapping_sub(112 << 23).wrapping_add(0xfff + (bits >> 13 & 1))) >> 13;
    // Adding 0.5 leaves a subnormal's bits, rounded, at the low end of the sum.
    let subnormal = (magnitude + 0.5).to_bits().wrapping_sub(0.5f32.to_bits());
    sign | if bits < 113 << 23 { subnormal as u16 } else { normal as u16 }
}

vectorised!(
    /// Reads half-precision patterns into `out`, as many as both hold.
    pub fn widen(bits: &[u16], out: &mut [f32]) = widen_body::<false>, roomy widen_body::<true>
);

/// What [`widen`] does, for use within another vectorised loop. `ROOMY` must be false but in code that
/// runs on AVX-512 only, which has an instruction for it.
#[inline(always)]
pub(crate) fn widen_body<const ROOMY: bool>(bits: &[u16], out: &mut [f32]) {
    let length = bits.len().min(out.len());
    let (bits, out) = (&bits[..length], &mut out[..length]);
    let (chunks, tail) = bits.as_chunks::<LANES>();
    let (out_chunks, out_tail) = out.as_chunks_mut::<LANES>();
    for (out, bits) in out_chunks.iter_mut().zip(chunks) {
        if ROOMY {
            widen_chunk(bits, out);
        } else {
            for (out, &bits) in out.iter_mut().zip(bits) {
                *out = widen_one(bits);
            }
        }
    }
    for (out, &bits) in out_tail.iter_mut().zip(tail) {
        *out = widen_one(bits);
    }
}

/// One register's worth by the processor's own instruction.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn widen_chunk(bits: &[u16; LANES], out: &mut [f32; LANES]) {
    use std::arch::x86_64::{_mm256_loadu_si256, _mm512_cvtph_ps, _mm512_storeu_ps};
    // SAFETY: both are arrays of `LANES` elements, read and written unaligned; AVX-512 is there, for
    // only functions compiled for it and called after it was found come here.
    unsafe {
        let wide = _mm512_cvtph_ps(_mm256_loadu_si256(bits.as_ptr().cast()));
        _mm512_storeu_ps(out.as_mut_ptr(), wide);
    }
}

/// No other processor is asked.
#[cfg(not(target_arch = "x86_64"))]
fn widen_chunk(bits: &[u16; LANES], out: &mut [f32; LANES]) {
    for (out, &bits) in out.iter_mut().zip(bits) {
        *out = widen_one(bits);
    }
}

/// What [`widen`] computes.
pub fn widen_plain(bits: &[u16], out: &mut [f32]) {
    for (out, &bits) in out.iter_mut().zip(bits) {
        let exponent = i32::from(bits >> 10 & 31);
        let fraction = f32::from(bits & 1023);
        let magnitude = match exponent {
            0 => fraction * 2f32.powi(-24),
            _ => (1024.0 + fraction) * 2f32.powi(exponent - 25),
        };
        *out = if bits >> 15 == 1 { -magnitude } else { magnitude };
    }
}

vectorised!(
    /// Writes the nearest half-precision patterns into `out`, as many as both hold.
    pub fn narrow(values: &[f32], out: &mut [u16]) = narrow_body
);

#[inline(always)]
fn narrow_body(values: &[f32], out: &mut [u16]) {
    for (out, &value) in out.iter_mut().zip(values) {
        *out = narrow_one(value);
    }
}

/// What [`narrow`] computes, by searching for the nearest pattern.
pub fn narrow_plain(values: &[f32], out: &mut [u16]) {
    let read = |bits: u16| {
        let mut value = [0.0];
        widen_plain(&[bits], &mut value);
        f64::from(value[0])
    };
    for (out, &value) in out.iter_mut().zip(values) {
        let magnitude = f64::from(value.abs().min(LARGEST));
        let (mut low, mut high) = (0, 0x7bff);
        while low + 1 < high {
            let middle = u16::midpoint(low, high);
            if read(middle) <= magnitude { low = middle } else { high = middle }
        }
        let (below, above) = (magnitude - read(low), read(high) - magnitude);
        let nearest = match below.total_cmp(&above) {
            Ordering::Less => low,
            Ordering::Equal => low + low % 2,
            Ordering::Greater => high,
        };
        *out = nearest | if value.is_sign_negative() { 0x8000 } else { 0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finite_pattern_widens_and_narrows_to_itself() {
        let patterns: Vec<u16> = (0..=u16::MAX).filter(|bits| bits >> 10 & 31 != 31).collect();
        let mut fast = vec![0.0; patterns.len()];
        let mut plain = fast.clone();
        let mut back = vec![0; patterns.len()];
        widen(&patterns, &mut fast);
        widen_plain(&patterns, &mut plain);
        narrow(&fast, &mut back);
        assert_eq!(fast, plain);
        assert_eq!(back, patterns);
    }

    #[test]
    fn narrowing_takes_the_nearest_pattern() {
        let mut values: Vec<f32> =
            (0..40_000).map(|x| (x as f32 * 1.7).sin() * 1.001f32.powi(x)).collect();
        values.extend((0..20_000).map(|x| (x as f32 - 10_000.0) * 3.3e-9));
        values.extend([0.0, -0.0, 1e9, -1e9, 65_504.0, 65_519.0, 1e-30]);
        let mut fast = vec![0; values.len()];
        let mut plain = fast.clone();
        narrow(&values, &mut fast);
        narrow_plain(&values, &mut plain);
        assert_eq!(fast, plain);
    }
}
