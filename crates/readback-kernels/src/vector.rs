//! The arithmetic of loops over vectors: sums, extremes, e to a power, over fixed-size arrays that the
//! compiler puts into vector registers. Everything is `inline(always)`, to be compiled for whichever
//! [instruction set](crate::isa) the loop around it is.

/// Floats handled together: one 512-bit register, or two or four narrower ones.
pub(crate) const LANES: usize = 16;

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

/// e to the power of `fall`, which is not above zero.
///
/// 2 to the power of the whole part is an exponent; of the rest, within a half, a polynomial with
/// relative error 1e-4, exact at zero.
#[inline(always)]
pub(crate) fn rough_exp(fall: f32) -> f32 {
    let fall = if fall > -87.0 { fall } else { -87.0 };
    let shifted = fall.mul_add(std::f32::consts::LOG2_E, ROUND);
    let rest = fall.mul_add(std::f32::consts::LOG2_E, ROUND - shifted);
    let series = rest.mul_add(0.055_008_93, 0.242_210_97).mul_add(rest, 0.693_282_9);
    let fraction = series.mul_add(rest, 1.0).to_bits();
    f32::from_bits(fraction.wrapping_add(shifted.to_bits() << 23))
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
