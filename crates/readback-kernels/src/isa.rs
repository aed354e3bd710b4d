//! Running a loop with the widest vector instructions the processor has.
//!
//! The loops are ordinary Rust over fixed-size arrays. The compiler makes one copy of a loop for each
//! instruction set and the best is picked at run time. Only what is inlined into the loop is compiled
//! for that set, hence `inline(always)` throughout and `for` rather than closures given to iterators.
//! The environment variable `READBACK_CPU` keeps from the better sets, for tests and measurements.

#[cfg(target_arch = "x86_64")]
use std::sync::LazyLock;

/// Floats handled together: one 512-bit register, or two or four narrower ones.
pub(crate) const LANES: usize = 16;

/// Defines a function that runs `$body`, which must be `inline(always)`, compiled for the best
/// instruction set at hand; on AVX-512, with its 32 wide registers, `$roomy` if given. Or lists what to
/// run on each [`Set`], the best first, for want of which it runs `$body`.
macro_rules! vectorised {
    (
        $(#[$meta:meta])*
        $visibility:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $(-> $result:ty)?
            = $body:path
    ) => {
        $crate::isa::vectorised!(
            $(#[$meta])*
            $visibility fn $name($($argument: $kind),*) $(-> $result)? = $body, roomy $body
        );
    };
    (
        $(#[$meta:meta])*
        $visibility:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $(-> $result:ty)?
            = $body:path, roomy $roomy:path
    ) => {
        $crate::isa::vectorised!(
            $(#[$meta])*
            $visibility fn $name($($argument: $kind),*) $(-> $result)?
                = $body, Widest => $roomy, Wide => $body
        );
    };
    (
        $(#[$meta:meta])*
        $visibility:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $(-> $result:ty)?
            = $body:path, $($set:ident => $path:path),+
    ) => {
        $(#[$meta])*
        $visibility fn $name($($argument: $kind),*) $(-> $result)? {
            #[cfg(target_arch = "x86_64")]
            {
                $crate::isa::attempt!(
                    ($($argument: $kind),*), ($($result)?), $($set => $path),+
                );
            }
            $body($($argument),*)
        }
    };
}
pub(crate) use vectorised;

/// Returns the result of the first `$path` whose [`Set`] the processor has, compiled for that set.
#[cfg(target_arch = "x86_64")]
macro_rules! attempt {
    ($arguments:tt, $result:tt, $($set:ident => $path:path),+) => {
        $($crate::isa::attempt!($set, $arguments, $result, $path);)+
    };
    (Wide, $($rest:tt)*) => {
        $crate::isa::attempt!("avx2,fma", Wide, $($rest)*)
    };
    (WideBytes, $($rest:tt)*) => {
        $crate::isa::attempt!("avx2,fma,avxvnni", WideBytes, $($rest)*)
    };
    (Widest, $($rest:tt)*) => {
        $crate::isa::attempt!("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl", Widest, $($rest)*)
    };
    (WidestBytes, $($rest:tt)*) => {
        $crate::isa::attempt!(
            "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni", WidestBytes, $($rest)*
        )
    };
    (WidestPairs, $($rest:tt)*) => {
        $crate::isa::attempt!(
            "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512bf16", WidestPairs, $($rest)*
        )
    };
    (Tiles, $($rest:tt)*) => {
        $crate::isa::attempt!(
            "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx512bf16", Tiles, $($rest)*
        )
    };
    (
        $features:literal, $set:ident, ($($argument:ident: $kind:ty),*), ($($result:ty)?), $path:path
    ) => {{
        #[target_feature(enable = $features)]
        fn compiled($($argument: $kind),*) $(-> $result)? {
            $path($($argument),*)
        }
        if $crate::isa::Set::$set.is_here() {
            // SAFETY: the processor was found to have the features that `compiled` is compiled for.
            return unsafe { compiled($($argument),*) };
        }
    }};
}
#[cfg(target_arch = "x86_64")]
pub(crate) use attempt;

/// Sets of x86-64 vector instructions that loops are compiled for.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(crate) enum Set {
    /// AVX2 and fused multiply-add.
    Wide,
    /// Also sums of four products of bytes, with 256 bits (AVX-VNNI).
    WideBytes,
    /// AVX-512.
    Widest,
    /// Also sums of four products of bytes (AVX-512 VNNI).
    WidestBytes,
    /// Also sums of two products of half-width floats (AVX-512 BF16).
    WidestPairs,
    /// Both, and products of whole tiles of either (AMX).
    Tiles,
}

#[cfg(target_arch = "x86_64")]
impl Set {
    /// Whether the processor has it and `READBACK_CPU` does not forbid it.
    #[inline]
    pub(crate) fn is_here(self) -> bool {
        static HERE: LazyLock<[bool; 6]> = LazyLock::new(Set::all_here);
        HERE[self as usize]
    }

    /// Which of them are here, in their order. `READBACK_CPU` may be `portable` (none is), `avx2`,
    /// `avx512` or `vnni` (that much without what came later); anything else is no limit.
    fn all_here() -> [bool; 6] {
        let limit = std::env::var("READBACK_CPU").unwrap_or_default();
        let wide = limit != "portable"
            && is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("fma");
        let widest = wide
            && limit != "avx2"
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl");
        let later = wide && limit != "avx2" && limit != "avx512";
        let bytes = later && widest && is_x86_feature_detected!("avx512vnni");
        let pairs = later && widest && is_x86_feature_detected!("avx512bf16");
        let tiles = bytes && pairs && limit != "vnni" && crate::amx::allowed();
        let wide_bytes = later && is_x86_feature_detected!("avxvnni");
        [wide, wide_bytes, widest, bytes, pairs, tiles]
    }
}

/// All lanes as one: the upper half is taken into the lower one again and again, by one instruction each.
macro_rules! folded {
    ($lanes:expr, |$a:ident, $b:ident| $both:expr) => {{
        let lanes: [f32; LANES] = $lanes;
        let (mut eight, mut four, mut two) = ([0.0; 8], [0.0; 4], [0.0; 2]);
        for lane in 0..8 {
            let ($a, $b) = (lanes[lane], lanes[lane + 8]);
            eight[lane] = $both;
        }
        for lane in 0..4 {
            let ($a, $b) = (eight[lane], eight[lane + 4]);
            four[lane] = $both;
        }
        for lane in 0..2 {
            let ($a, $b): (f32, f32) = (four[lane], four[lane + 2]);
            two[lane] = $both;
        }
        let ($a, $b): (f32, f32) = (two[0], two[1]);
        $both
    }};
}

/// Sum of lanes, pairwise so that the order is fixed.
#[inline(always)]
pub(crate) fn total(lanes: [f32; LANES]) -> f32 {
    folded!(lanes, |a, b| a + b)
}

/// The one of `start` and the values that none of the others `beats`; what is not a number beats nothing.
#[inline(always)]
pub(crate) fn extreme(values: &[f32], start: f32, beats: impl Fn(f32, f32) -> bool) -> f32 {
    // As many at once as it takes until the result of one comparison is there.
    const WIDE: usize = 4 * LANES;
    let better = |a: f32, b: f32| if beats(b, a) { b } else { a };
    let (chunks, tail) = values.as_chunks::<WIDE>();
    let mut best = [start; WIDE];
    for chunk in chunks {
        for lane in 0..WIDE {
            best[lane] = better(best[lane], chunk[lane]);
        }
    }
    let mut lanes = [start; LANES];
    for vector in best.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            lanes[lane] = better(lanes[lane], vector[lane]);
        }
    }
    tail.iter().fold(folded!(lanes, |a, b| better(a, b)), |a, &b| better(a, b))
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

/// The reciprocal of a step or a factor; zero if it is too small to have one.
pub(crate) fn inverse(step: f32) -> f32 {
    if step < f32::MIN_POSITIVE { 0.0 } else { 1.0 / step }
}

/// Adding this (3 · 2²²) leaves the nearest whole number in the low bits.
pub(crate) const ROUND: f32 = 12_582_912.0;

/// e to the power of `x` for `x <= 88`; relative error about 1e-7, zero below -87.
///
/// Cody and Waite's reduction by ln 2 in two parts, then the degree-5 polynomial of Cephes `expf`.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
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
    fn all_tests_pass_on_lesser_processors() {
        if std::env::var_os("READBACK_CPU").is_some() {
            return;
        }
        for level in ["portable", "avx2", "avx512", "vnni"] {
            let tests = std::env::current_exe().expect("tests run from a file");
            let status = std::process::Command::new(tests).env("READBACK_CPU", level).status();
            assert!(status.is_ok_and(|status| status.success()), "not with {level}");
        }
    }

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
