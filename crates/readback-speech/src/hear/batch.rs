//! A few windows on their way through the network together: spectrograms, encoder, decoder, word times.
//!
//! It does not know which windows came before, nor what is kept of these.

use std::ops::Range;

use rayon::prelude::*;

use crate::decode::{DecodeOptions, DecodedWindow, decode_windows};
use crate::features::RATE;
use crate::model::{CrossKv, Encoded};
use crate::times::{TimedWord, WindowSound, decoded_words};
use crate::windows::SampledWindow;

use super::{Engine, HearError, gaps, sound};

/// So much speech without words, in seconds, is a sign that the decoder skipped some.
const SKIPPED: f32 = 2.4;

/// Stretches of a window listened to again at most.
const MOST_AGAIN: usize = 4;

/// What was heard in one window.
pub(super) struct Words {
    pub(super) decoded: DecodedWindow,
    pub(super) words: Vec<TimedWord>,
}

/// Windows that the encoder has heard.
pub(super) struct EncodedWindows<'a> {
    engine: &'a Engine,
    pub(super) windows: Vec<SampledWindow>,
    /// Spectrograms, `[bands][frames]`.
    pub(super) mels: Vec<Vec<f32>>,
    pub(super) encoded: Vec<Encoded>,
}

impl<'a> EncodedWindows<'a> {
    /// Encodes the windows.
    pub(super) fn new(engine: &'a Engine, windows: Vec<SampledWindow>) -> Self {
        let mel = |window: &SampledWindow| engine.spectrogram(&window.samples);
        let mels: Vec<Vec<f32>> = windows.par_iter().map(mel).collect();
        let inputs: Vec<&[f32]> = mels.iter().map(Vec::as_slice).collect();
        let encoded = engine.model.encode_batch(&inputs);
        Self { engine, windows, mels, encoded }
    }

    /// Makes them ready to be decoded, for which they take six times the memory.
    pub(super) fn remember(self) -> Batch<'a> {
        let model = &self.engine.model;
        let cross_kvs = self.encoded.par_iter().map(|encoded| model.cross_kv(encoded)).collect();
        Batch { of: self, cross_kvs }
    }
}

/// Windows that are decoded together.
pub(super) struct Batch<'a> {
    pub(super) of: EncodedWindows<'a>,
    pub(super) cross_kvs: Vec<CrossKv>,
}

impl Batch<'_> {
    /// Decodes all windows, and what the decoder seems to have skipped in them by itself.
    pub(super) fn decode_surely(&self, options: &DecodeOptions) -> Result<Vec<Words>, HearError> {
        let mut heard = self.decode(options)?;
        self.fill(&mut heard, options)?;
        Ok(heard)
    }

    /// Listens to what was left out of windows by itself, and to what is left out of that again.
    fn fill(&self, heard: &mut [Words], options: &DecodeOptions) -> Result<(), HearError> {
        let plainly = DecodeOptions { temperatures: vec![0.0], ..options.clone() };
        let mut known: Vec<Vec<Range<f32>>> = vec![Vec::new(); heard.len()];
        let skips =
            |index: &usize| gaps::longest(&self.speech(*index), &heard[*index].words) > SKIPPED;
        let skipped: Vec<usize> = (0..heard.len()).filter(skips).collect();
        loop {
            let mut open: Vec<(usize, Range<f32>)> = Vec::new();
            for &index in &skipped {
                let mut gaps = gaps::unheard(&self.speech(index), &heard[index].words);
                gaps.retain(|gap| !known[index].contains(gap));
                gaps.truncate(MOST_AGAIN - known[index].len());
                known[index].extend(gaps.iter().cloned());
                open.extend(gaps.into_iter().map(|gap| (index, gap)));
            }
            if open.is_empty() {
                return Ok(());
            }
            let part = |(index, gap): &(usize, Range<f32>)| self.of.windows[*index].part(gap);
            let parts: Vec<SampledWindow> = open.iter().map(part).collect();
            let parts = EncodedWindows::new(self.of.engine, parts);
            let found = parts.remember().decode(&plainly)?;
            for ((index, gap), mut found) in open.iter().zip(found) {
                for word in &mut found.words {
                    word.time.start += gap.start;
                    word.time.end += gap.start;
                }
                gaps::fill(&mut heard[*index].words, gap, found.words);
            }
        }
    }

    fn decode(&self, options: &DecodeOptions) -> Result<Vec<Words>, HearError> {
        let Engine { model, tokenizer, .. } = self.of.engine;
        let cross_kvs: Vec<&CrossKv> = self.cross_kvs.iter().collect();
        let decoded = decode_windows(model, tokenizer, &cross_kvs, options)?;
        let time = |(index, decoded): (usize, DecodedWindow)| {
            let (cross_kv, sound) = (&self.cross_kvs[index], self.sound(index));
            let words = decoded_words(model, tokenizer, cross_kv, sound, &decoded)?;
            Ok(Words { decoded, words })
        };
        decoded.into_par_iter().enumerate().map(time).collect()
    }

    fn sound(&self, index: usize) -> WindowSound<'_> {
        let seconds = self.of.windows[index].samples.len() as f64 / RATE as f64;
        sound(&self.of.engine.model, &self.of.mels[index], seconds)
    }

    /// When somebody speaks in a window, in seconds from its start.
    fn speech(&self, index: usize) -> Vec<Range<f32>> {
        let window = &self.of.windows[index];
        let seconds = |sample: u64| (sample - window.start) as f32 / RATE as f32;
        window.speech.iter().map(|part| seconds(part.start)..seconds(part.end)).collect()
    }
}
