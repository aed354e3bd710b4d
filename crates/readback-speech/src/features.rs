//! Whisper's log-mel spectrogram, from 16 kHz samples.
//!
//! The definition is that of OpenAI's `whisper/audio.py` (`log_mel_spectrogram`): frames of 400 samples
//! every 160, a periodic Hann window, reflection at the edges, Slaney mel bands up to 8 kHz, base-10
//! logarithm cut 8 below its maximum and scaled. It does not know what is said or where windows come from.

use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};

/// Samples a second.
pub const RATE: usize = 16_000;
/// Samples from one frame to the next.
pub const HOP: usize = 160;
/// Most frames of a window: 30 s.
pub const MOST_FRAMES: usize = 3_000;

/// Samples in one frame.
const FRAME: usize = 400;
/// Frequencies of one frame's spectrum.
const BINS: usize = FRAME / 2 + 1;
/// The logarithm of silence.
const SILENCE: f32 = -10.0;

/// Computes spectrograms of one number of bands; shared freely between threads.
pub struct LogMel {
    bands: Vec<Band>,
    window: Vec<f32>,
    transform: Arc<dyn RealToComplex<f32>>,
}

/// One triangular filter: its weights from bin `first` on.
struct Band {
    first: usize,
    weights: Vec<f32>,
}

impl LogMel {
    /// A spectrogram of `bands` mel bands: 80, or 128 for the largest models.
    pub fn new(bands: usize) -> Self {
        Self {
            bands: mel_bands(bands),
            window: hann(),
            transform: RealFftPlanner::new().plan_fft_forward(FRAME),
        }
    }

    /// The spectrogram `[bands][frames]` of `samples` followed by silence up to `frames` frames of 10 ms,
    /// at most [`MOST_FRAMES`]; samples beyond that are not looked at.
    pub fn spectrogram(&self, samples: &[f32], frames: usize) -> Vec<f32> {
        let frames = frames.min(MOST_FRAMES);
        let samples = &samples[..samples.len().min(frames * HOP)];
        // Frames that reach into no sound at all are silence and need no transform.
        let sounding = (samples.len() + FRAME / 2).div_ceil(HOP).min(frames);
        let padded = reflected(samples, frames * HOP);
        let mut out = vec![SILENCE; self.bands.len() * frames];
        self.transform_frames(&padded, sounding, |frame, powers| {
            for (row, band) in self.bands.iter().enumerate() {
                out[row * frames + frame] = band.energy(powers).max(1e-10).log10();
            }
        });
        scale(&mut out);
        out
    }

    /// Hands the power spectrum of each of the first `count` frames of `padded` to `take`.
    fn transform_frames(&self, padded: &[f32], count: usize, mut take: impl FnMut(usize, &[f32])) {
        let mut input = vec![0.0; FRAME];
        let mut spectrum = vec![Complex::default(); BINS];
        let mut scratch = self.transform.make_scratch_vec();
        let mut powers = vec![0.0; BINS];
        for frame in 0..count {
            let piece = &padded[frame * HOP..frame * HOP + FRAME];
            for ((x, s), w) in input.iter_mut().zip(piece).zip(&self.window) {
                *x = s * w;
            }
            self.transform
                .process_with_scratch(&mut input, &mut spectrum, &mut scratch)
                .expect("buffers have the transform's lengths");
            for (power, value) in powers.iter_mut().zip(&spectrum) {
                *power = value.norm_sqr();
            }
            take(frame, &powers);
        }
    }
}

impl Band {
    fn energy(&self, powers: &[f32]) -> f32 {
        let powers = &powers[self.first..self.first + self.weights.len()];
        powers.iter().zip(&self.weights).map(|(power, weight)| power * weight).sum()
    }
}

/// `samples`, silence up to `length`, and half a frame mirrored at either end.
fn reflected(samples: &[f32], length: usize) -> Vec<f32> {
    let edge = FRAME / 2;
    let at = |index: usize| samples.get(index).copied().unwrap_or(0.0);
    let left = (1..=edge).rev().map(at);
    let middle = (0..length).map(at);
    let right = (1..=edge).map(|back| (length - 1).checked_sub(back).map_or(0.0, at));
    left.chain(middle).chain(right).collect()
}

/// Cuts the logarithms 8 below their maximum and brings them near -1..1.
fn scale(logarithms: &mut [f32]) {
    let maximum = logarithms.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for value in logarithms {
        *value = (value.max(maximum - 8.0) + 4.0) / 4.0;
    }
}

fn hann() -> Vec<f32> {
    let turn = std::f64::consts::TAU / FRAME as f64;
    (0..FRAME).map(|n| (0.5 - 0.5 * (n as f64 * turn).cos()) as f32).collect()
}

/// Slaney's mel filters (Auditory Toolbox, as in librosa): triangles over the bins, each of area one in Hz.
fn mel_bands(count: usize) -> Vec<Band> {
    let top = mel(RATE as f64 / 2.0);
    let edges: Vec<f64> =
        (0..count + 2).map(|n| hertz(top * n as f64 / (count + 1) as f64)).collect();
    edges.windows(3).map(|edges| band(edges[0], edges[1], edges[2])).collect()
}

fn band(low: f64, centre: f64, high: f64) -> Band {
    let weight = |bin: usize| {
        let at = bin as f64 * RATE as f64 / FRAME as f64;
        let triangle = ((at - low) / (centre - low)).min((high - at) / (high - centre)).max(0.0);
        (triangle * 2.0 / (high - low)) as f32
    };
    let first = (0..BINS).find(|&bin| weight(bin) > 0.0).unwrap_or(0);
    let weights = (first..BINS).map(weight).take_while(|&weight| weight > 0.0).collect();
    Band { first, weights }
}

/// Slaney's scale is linear up to 1 kHz and logarithmic above.
const LINEAR_HERTZ: f64 = 200.0 / 3.0;
const BREAK_HERTZ: f64 = 1_000.0;
const BREAK_MEL: f64 = BREAK_HERTZ / LINEAR_HERTZ;

fn log_step() -> f64 {
    6.4_f64.ln() / 27.0
}

fn mel(hertz: f64) -> f64 {
    if hertz < BREAK_HERTZ {
        hertz / LINEAR_HERTZ
    } else {
        BREAK_MEL + (hertz / BREAK_HERTZ).ln() / log_step()
    }
}

fn hertz(mel: f64) -> f64 {
    if mel < BREAK_MEL {
        mel * LINEAR_HERTZ
    } else {
        BREAK_HERTZ * (log_step() * (mel - BREAK_MEL)).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The signal of `tools/golden_features.py`: a sweep under a slow swell, 2.5 s.
    fn sweep() -> Vec<f32> {
        let at = |n: usize| n as f64 / RATE as f64;
        let tone = |t: f64| (std::f64::consts::TAU * (100.0 * t + 1_000.0 * t * t)).sin();
        let swell = |t: f64| 0.1 + 0.4 * (3.0 * t).sin().abs();
        (0..RATE * 5 / 2).map(|n| (tone(at(n)) * swell(at(n))) as f32).collect()
    }

    /// `(band, frame, value)` as faster-whisper 1.2.1 computes them, by `tools/golden_features.py`.
    const GOLDEN_80: &[(usize, usize, f32)] = &[
        (0, 0, 1.032766),
        (3, 1, 1.034074),
        (5, 10, 0.856456),
        (20, 60, -0.463749),
        (40, 120, -0.566326),
        (40, 149, -0.566326),
        (60, 200, -0.389203),
        (78, 249, -0.115204),
        (79, 250, 0.386992),
        (7, 251, -0.319079),
        (9, 252, -0.566326),
        (79, 2999, -0.566326),
    ];
    const GOLDEN_128: &[(usize, usize, f32)] = &[
        (0, 0, 0.957007),
        (3, 1, 0.941968),
        (5, 10, 0.132806),
        (20, 60, -0.508411),
        (40, 120, -0.508411),
        (64, 149, -0.508411),
        (108, 200, -0.508411),
        (126, 249, -0.122378),
        (127, 250, 0.385234),
        (7, 251, -0.348282),
        (9, 252, -0.508411),
        (127, 2999, -0.508411),
    ];

    fn check(bands: usize, golden: &[(usize, usize, f32)]) {
        let spectrogram = LogMel::new(bands).spectrogram(&sweep(), MOST_FRAMES);
        assert_eq!(spectrogram.len(), bands * MOST_FRAMES);
        for &(band, frame, expected) in golden {
            let value = spectrogram[band * MOST_FRAMES + frame];
            assert!((value - expected).abs() < 1e-4, "{band} {frame}: {value}, not {expected}");
        }
    }

    #[test]
    fn agrees_with_the_reference_at_80_bands() {
        check(80, GOLDEN_80);
    }

    #[test]
    fn agrees_with_the_reference_at_128_bands() {
        check(128, GOLDEN_128);
    }

    #[test]
    fn no_sound_at_all_is_even_silence() {
        for samples in [&[][..], &[0.0; 16][..], &vec![0.0; 16_000]] {
            let spectrogram = LogMel::new(80).spectrogram(samples, MOST_FRAMES);
            assert!(spectrogram.iter().all(|&value| value == (SILENCE + 4.0) / 4.0));
        }
    }

    #[test]
    fn a_shorter_spectrogram_is_the_start_of_the_longer_one() {
        let (short, long) = (300, MOST_FRAMES);
        let mel = LogMel::new(80);
        let (brief, full) = (mel.spectrogram(&sweep(), short), mel.spectrogram(&sweep(), long));
        for band in 0..80 {
            assert_eq!(
                brief[band * short..(band + 1) * short],
                full[band * long..band * long + short]
            );
        }
    }

    #[test]
    fn the_scale_runs_both_ways() {
        for at in [0.0, 440.0, 999.0, 1_000.0, 8_000.0] {
            assert!((hertz(mel(at)) - at).abs() < 1e-9);
        }
    }
}
