//! Where somebody speaks: a judgement for every 16 ms of sound, and regions made from the judgements.
//!
//! The judge is the `earshot` network. Dropped speech is lost to everything after, while music taken for
//! speech only costs time, so every threshold here leans towards hearing too much. It does not know
//! what is said or how regions are packed into windows.

use std::ops::Range;

use earshot::Detector;

/// Samples judged at once, 16 ms.
pub const STEP: usize = 256;

// Set by hand, low, for the reason above; `tests/activity.rs` holds them to 99.5 % of the spoken words of
// recordings whose words' times are known. There is no measurement of any of them by itself.

/// From this score on, speech begins.
const BEGINS: f32 = 0.4;
/// Speech lasts until the score falls below this one.
const ENDS: f32 = 0.28;
/// Shorter speech is a click; in steps.
pub const SHORTEST: usize = 5;
/// What is taken along before speech and after it, in steps: soft onsets and breath, 0.3 s.
const MARGIN: usize = 19;

/// What is known about one step of sound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Whether somebody speaks.
    pub speech: bool,
    /// Mean square of the samples.
    pub power: f32,
}

/// Judges sound step by step.
#[doc(alias = "VAD")]
pub struct VoiceDetector {
    detector: Box<Detector>,
    waiting: Vec<f32>,
    speaking: bool,
}

impl Default for VoiceDetector {
    fn default() -> Self {
        Self { detector: Detector::default_boxed(), waiting: Vec::new(), speaking: false }
    }
}

impl VoiceDetector {
    /// Takes samples and appends a moment for every step that is complete.
    pub fn push(&mut self, samples: &[f32], moments: &mut Vec<Moment>) {
        self.waiting.extend_from_slice(samples);
        let whole = self.waiting.len() / STEP * STEP;
        let waiting = std::mem::take(&mut self.waiting);
        moments.extend(waiting[..whole].chunks_exact(STEP).map(|step| self.judge(step)));
        self.waiting = waiting[whole..].to_vec();
    }

    /// Judges what is left at the end, as if silence followed.
    pub fn finish(&mut self, moments: &mut Vec<Moment>) {
        if !self.waiting.is_empty() {
            let missing = vec![0.0; STEP - self.waiting.len()];
            self.push(&missing, moments);
        }
    }

    fn judge(&mut self, step: &[f32]) -> Moment {
        let score = self.detector.predict_f32(step);
        self.speaking = score >= if self.speaking { ENDS } else { BEGINS };
        let power = step.iter().map(|sample| sample * sample).sum::<f32>() / STEP as f32;
        Moment { speech: self.speaking, power }
    }
}

/// The stretches of speech among `moments`, as ranges of steps with margins, in order, apart from each other.
pub fn regions(moments: &[Moment]) -> Vec<Range<usize>> {
    let mut regions: Vec<Range<usize>> = Vec::new();
    for run in runs(moments) {
        let start = run.start.saturating_sub(MARGIN);
        let end = (run.end + MARGIN).min(moments.len());
        match regions.last_mut() {
            Some(last) if start <= last.end => last.end = end,
            _ => regions.push(start..end),
        }
    }
    regions
}

/// Runs of speech that are long enough to be any.
fn runs(moments: &[Moment]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    for same in moments.chunk_by(|a, b| a.speech == b.speech) {
        if same[0].speech && same.len() >= SHORTEST {
            runs.push(at..at + same.len());
        }
        at += same.len();
    }
    runs
}
