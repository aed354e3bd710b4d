//! Running a loop with the widest vector instructions the processor has.
//!
//! The loops are ordinary Rust over fixed-size arrays. The compiler makes one copy of a loop for each
//! instruction set and the best is picked at run time. Only what is inlined into the loop is compiled
//! for that set, hence `inline(always)` throughout and `for` rather than closures given to iterators.

/// Floats handled together: one 512-bit register, or two or four narrower ones.
pub(crate) const LANES: usize = 16;

/// Defines a function that runs `$body`, which must be `inline(always)`, compiled for the best
/// instruction set at hand; with 32 wide registers, `$roomy` if given.
macro_rules! vectorised {
    (
        $(#[$meta:meta])*
        $visibility:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $(-> $result:ty)?
            = $body:path
    ) => {
        $crate::lanes::vectorised!(
            $(#[$meta])*
            $visibility fn $name($($argument: $kind),*) $(-> $result)? = $body, roomy $body
        );
    };
    (
        $(#[$meta:meta])*
        $visibility:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $(-> $result:ty)?
            = $body:path, roomy $roomy:path
    ) => {
        $(#[$meta])*
        $visibility fn $name($($argument: $kind),*) $(-> $result)? {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
                fn widest($($argument: $kind),*) $(-> $result)? {
                    $roomy($($argument),*)
                }
                #[target_feature(enable = "avx2,fma")]
                fn wide($($argument: $kind),*) $(-> $result)? {
                    $body($($argument),*)
                }
                match $crate::lanes::instructions() {
                    // SAFETY: the processor was found to have the features that `widest` is compiled for.
                    $crate::lanes::Instructions::Widest => return unsafe { widest($($argument),*) },
                    // SAFETY: likewise for `wide`.
                    $crate::lanes::Instructions::Wide => return unsafe { wide($($argument),*) },
                    $crate::lanes::Instructions::Baseline => {}
                }
            }
            $body($($argument),*)
        }
    };
}
pub(crate) use vectorised;

/// Sets of x86-64 vector instructions that loops are compiled for.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(crate) enum Instructions {
    /// AVX-512.
    Widest,
    /// AVX2 and fused multiply-add.
    Wide,
    /// What every processor has.
    Baseline,
}

/// The best set this processor has.
#[cfg(target_arch = "x86_64")]
#[inline]
pub(crate) fn instructions() -> Instructions {
    let fused = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
    let widest = is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl");
    match (fused, widest) {
        (true, true) => Instructions::Widest,
        (true, false) => Instructions::Wide,
        (false, _) => Instructions::Baseline,
    }
}

/// Sum of lanes, pairwise so that the order is fixed.
#[inline(always)]
pub(crate) fn total(lanes: [f32; LANES]) -> f32 {
    let mut width = LANES / 2;
    let mut sums = lanes;
    while width > 0 {
        for lane in 0..width {
            sums[lane] += sums[lane + width];
        }
        width /= 2;
    }
    sums[0]
}

/// Scalar product of `LANES`-wise partial sums; the tail is added last.
#[inline(always)]
pub(crate) fn dot(left: &[f32], right: &[f32]) -> f32 {
    let (left_chunks, left_tail) = left.as_chunks::<LANES>();
    let (right_chunks, right_tail) = right.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for (a, b) in left_chunks.iter().zip(right_chunks) {
        for lane in 0..LANES {
            sums[lane] = a[lane].mul_add(b[lane], sums[lane]);
        }
    }
    let mut tail = 0.0;
    for (a, b) in left_tail.iter().zip(right_tail) {
        tail = a.mul_add(*b, tail);
    }
    total(sums) + tail
}

/// `out += scale * values`.
#[inline(always)]
pub(crate) fn add_scaled(out: &mut [f32], scale: f32, values: &[f32]) {
    for (sum, value) in out.iter_mut().zip(values) {
        *sum = value.mul_add(scale, *sum);
    }
}

/// e to the power of `x` for `x <= 88`; relative error about 1e-7, zero below -87.
///
/// Cody and Waite's reduction by ln 2 in two parts, then the degree-5 polynomial of Cephes `expf`.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0; // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
    let clamped = x.clamp(-87.0, 88.0);
    let shifted = clamped.mul_add(std::f32::consts::LOG2_E, ROUND);
    let power = shifted - ROUND;
    let rest = power.mul_add(-0.693_359_4, clamped);
    let rest = power.mul_add(2.121_944_4e-4, rest);
    let mut series = 1.987_569_1e-4f32;
    for coefficient in [1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5] {
        series = series.mul_add(rest, coefficient);
    }
    let fraction = series.mul_add(rest * rest, rest) + 1.0;
    let scale = f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23));
    if x < -87.0 { 0.0 } else { fraction * scale }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these results are exact")]
mod tests {
    use super::*;

    #[test]
    fn exp_agrees_with_the_standard_library() {
        for step in -870_000..=880_000 {
            let x = step as f32 * 1e-4;
            let wanted = f64::from(x).exp();
            let error = (f64::from(exp(x)) - wanted).abs() / wanted;
            assert!(error < 3e-7, "exp({x}) is off by {error}");
        }
    }

    #[test]
    fn exp_of_very_negative_numbers_is_zero() {
        assert_eq!([exp(-100.0), exp(f32::NEG_INFINITY)], [0.0, 0.0]);
    }

    #[test]
    fn dot_counts_the_tail() {
        let values: Vec<f32> = (0..37).map(|x| x as f32).collect();
        assert_eq!(dot(&values, &values), (0..37).map(|x| x * x).sum::<i32>() as f32);
    }
}
