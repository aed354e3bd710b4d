//! Brings mono samples of any rate to [`RATE`], streaming, without shifting them in time.
//!
//! The only place that knows the resampling crate.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler as _};

use crate::RATE;

/// Rates that are taken for real; anything else is a damaged header.
pub(crate) const RATES: std::ops::RangeInclusive<u32> = 1_000..=768_000;

/// Input samples transformed at once: long enough for a filter that keeps everything up to 7.8 kHz.
const CHUNK: usize = 2048;

/// Turns samples at one rate into samples at [`RATE`].
///
/// After [`finish`](Resampler::finish), as many samples came out as the input's length says, to the
/// nearest sample, and sample *n* of the output is what sounded at *n* / [`RATE`] seconds.
pub(crate) struct Resampler {
    rate: u32,
    /// `None` when the rate is right already.
    engine: Option<Fft<f32>>,
    waiting: Vec<f32>,
    /// Output samples to drop: the filter's delay.
    late: usize,
    taken: u64,
    given: u64,
}

impl Resampler {
    /// A resampler from `rate`, which must lie in [`RATES`].
    pub(crate) fn new(rate: u32) -> Self {
        let engine = (rate != RATE).then(|| {
            Fft::new(rate as usize, RATE as usize, CHUNK, 1, FixedSync::Both)
                .expect("both rates and the chunk are positive")
        });
        let late = engine.as_ref().map_or(0, Fft::output_delay);
        Self { rate, engine, waiting: Vec::new(), late, taken: 0, given: 0 }
    }

    /// The input's rate.
    pub(crate) fn rate(&self) -> u32 {
        self.rate
    }

    /// Takes input and appends what can be given out already to `out`.
    pub(crate) fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.taken += samples.len() as u64;
        let Some(engine) = &mut self.engine else {
            self.given += samples.len() as u64;
            return out.extend_from_slice(samples);
        };
        self.waiting.extend_from_slice(samples);
        let step = engine.input_frames_next();
        let whole = self.waiting.len() / step * step;
        for chunk in self.waiting[..whole].chunks_exact(step) {
            let start = out.len();
            out.extend_from_slice(&resampled(engine, chunk));
            let drop = self.late.min(out.len() - start);
            out.drain(start..start + drop);
            self.late -= drop;
            self.given += (out.len() - start) as u64;
        }
        self.waiting.drain(..whole);
    }

    /// Ends the input: appends all that is still owed to `out`.
    pub(crate) fn finish(mut self, out: &mut Vec<f32>) {
        let owed = self.due();
        let silence = vec![0.0; CHUNK];
        while self.given < owed {
            self.push(&silence, out);
        }
        let surplus = (self.given - owed) as usize;
        out.truncate(out.len() - surplus.min(out.len()));
    }

    /// How many samples the input so far amounts to at [`RATE`].
    fn due(&self) -> u64 {
        let (taken, rate) = (u128::from(self.taken), u128::from(self.rate));
        ((taken * u128::from(RATE) + rate / 2) / rate) as u64
    }
}

fn resampled(engine: &mut Fft<f32>, chunk: &[f32]) -> Vec<f32> {
    let input =
        InterleavedSlice::new(chunk, 1, chunk.len()).expect("one channel of its own length");
    engine.process(&input, None).expect("the chunk has the length asked for").take_data()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resample(rate: u32, samples: &[f32], piece: usize) -> Vec<f32> {
        let mut resampler = Resampler::new(rate);
        let mut out = Vec::new();
        samples.chunks(piece).for_each(|piece| resampler.push(piece, &mut out));
        resampler.finish(&mut out);
        out
    }

    fn loudest(samples: &[f32]) -> usize {
        let louder = |a: &usize, b: &usize| samples[*a].abs().total_cmp(&samples[*b].abs());
        (0..samples.len()).max_by(louder).expect("there are samples")
    }

    #[test]
    fn a_click_stays_where_it_was_at_every_common_rate() {
        for rate in [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000, 192_000] {
            for second in [0.02, 0.7, 1.98] {
                let mut samples = vec![0.0; 2 * rate as usize];
                samples[(f64::from(rate) * second).round() as usize] = 1.0;
                let out = resample(rate, &samples, 1000);
                let expected = (second * f64::from(RATE)).round() as usize;
                assert_eq!(out.len(), 2 * RATE as usize, "{rate}");
                assert!(
                    loudest(&out).abs_diff(expected) <= 1,
                    "{rate} {second}: {}",
                    loudest(&out)
                );
            }
        }
    }

    #[test]
    fn the_length_is_kept_to_the_nearest_sample() {
        for (rate, given, expected) in [
            (44_100, 1, 0),
            (44_100, 2, 1),
            (8_000, 1, 2),
            (48_000, 4800, 1600),
            (44_099, 44_099, 16_000),
        ] {
            assert_eq!(resample(rate, &vec![0.1; given], 777).len(), expected, "{rate} {given}");
        }
    }

    #[test]
    fn how_the_input_is_cut_makes_no_difference() {
        let samples: Vec<f32> = (0..30_000).map(|n| ((n * n) as f32 * 1e-4).sin()).collect();
        let whole = resample(44_100, &samples, samples.len());
        assert_eq!(whole, resample(44_100, &samples, 1));
        assert_eq!(whole, resample(44_100, &samples, 4096));
    }

    #[test]
    fn a_tone_keeps_its_level_and_one_too_high_to_hold_goes() {
        let level = |hertz: f32| {
            let tone = |n: usize| (n as f32 * hertz / 48_000.0 * std::f32::consts::TAU).sin();
            let samples: Vec<f32> = (0..96_000).map(tone).collect();
            let out = resample(48_000, &samples, 4096);
            let middle = &out[8_000..24_000];
            (middle.iter().map(|s| s * s).sum::<f32>() / middle.len() as f32).sqrt()
        };
        let full = std::f32::consts::FRAC_1_SQRT_2;
        assert!((level(1_000.0) - full).abs() < 1e-3);
        assert!((level(7_500.0) - full).abs() < 1e-2);
        assert!(level(9_000.0) < 1e-3);
    }
}
