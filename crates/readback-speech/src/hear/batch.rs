//! A few windows on their way through the network together: spectrograms, encoder, decoder, word times.
//!
//! It does not know which windows came before, nor what is kept of these.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::decode::{DecodeOptions, DecodedWindow, Draft, decode_windows};
use crate::features::{MOST_FRAMES, RATE};
use crate::model::{Encoded, Memory};
use crate::times::{TimedWord, WindowSound, decoded_words};
use crate::windows::Window;

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

/// Windows that are heard together.
pub(super) struct Batch<'a> {
    engine: &'a Engine,
    windows: &'a [Window],
    /// Spectrograms, `[bands][frames]`.
    pub(super) mels: Vec<Vec<f32>>,
    pub(super) encoded: Vec<Encoded>,
    pub(super) memories: Vec<Memory>,
}

impl<'a> Batch<'a> {
    /// Encodes the windows.
    pub(super) fn new(engine: &'a Engine, windows: &'a [Window]) -> Self {
        let frames = (2 * engine.model.dims().audio_context).min(MOST_FRAMES);
        let mel = |window: &Window| engine.mel.spectrogram(&window.samples, frames);
        let mels: Vec<Vec<f32>> = windows.par_iter().map(mel).collect();
        let inputs: Vec<&[f32]> = mels.iter().map(Vec::as_slice).collect();
        let encoded = engine.model.encode_batch(&inputs);
        let memories = encoded.par_iter().map(|encoded| engine.model.remember(encoded)).collect();
        Self { engine, windows, mels, encoded, memories }
    }

    /// Decodes all windows; those where the decoder seems to have skipped speech once more with
    /// timestamps, which make it go through the window step by step, and what is still left out then
    /// by itself.
    pub(super) fn decode_surely(&self, options: &DecodeOptions) -> Result<Vec<Words>, HearError> {
        let all: Vec<usize> = (0..self.windows.len()).collect();
        let mut heard = self.decode(&all, options)?;
        let skips = |index: &usize| self.gap(*index, &heard[*index]) > SKIPPED;
        let skipped: Vec<usize> = all.into_iter().filter(skips).collect();
        let found = skipped.iter().flat_map(|&index| &heard[index].decoded.tokens);
        let draft = Arc::new(Draft::new(found.copied().collect()));
        let careful = DecodeOptions { timestamps: true, draft, ..options.clone() };
        for (&index, again) in skipped.iter().zip(self.decode(&skipped, &careful)?) {
            if self.gap(index, &again) < self.gap(index, &heard[index]) {
                heard[index] = again;
            }
            if self.gap(index, &heard[index]) > SKIPPED {
                self.fill(index, &mut heard[index], options)?;
            }
        }
        Ok(heard)
    }

    /// Listens to what was left out in a window by itself, and to what is left out of that again.
    fn fill(
        &self,
        index: usize,
        heard: &mut Words,
        options: &DecodeOptions,
    ) -> Result<(), HearError> {
        let plainly = DecodeOptions { temperatures: vec![0.0], ..options.clone() };
        let mut known: Vec<Range<f32>> = Vec::new();
        loop {
            let mut gaps = gaps::unheard(&self.speech(index), &heard.words);
            gaps.retain(|gap| !known.contains(gap));
            gaps.truncate(MOST_AGAIN - known.len());
            if gaps.is_empty() {
                return Ok(());
            }
            let parts: Vec<Window> = gaps.iter().map(|gap| self.windows[index].part(gap)).collect();
            let all: Vec<usize> = (0..parts.len()).collect();
            let found = Batch::new(self.engine, &parts).decode(&all, &plainly)?;
            for (gap, mut found) in gaps.iter().zip(found) {
                for word in &mut found.words {
                    word.time.start += gap.start;
                    word.time.end += gap.start;
                }
                gaps::fill(&mut heard.words, gap, found.words);
            }
            known.extend(gaps);
        }
    }

    fn decode(&self, which: &[usize], options: &DecodeOptions) -> Result<Vec<Words>, HearError> {
        let Engine { model, tokenizer, .. } = self.engine;
        let memories: Vec<&Memory> = which.iter().map(|&index| &self.memories[index]).collect();
        let decoded = decode_windows(model, tokenizer, &memories, options)?;
        let time = |(&index, decoded): (&usize, DecodedWindow)| {
            let (memory, sound) = (&self.memories[index], self.sound(index));
            let words = decoded_words(model, tokenizer, memory, sound, &decoded)?;
            Ok(Words { decoded, words })
        };
        which.par_iter().zip(decoded).map(time).collect()
    }

    fn sound(&self, index: usize) -> WindowSound<'_> {
        let seconds = self.windows[index].samples.len() as f64 / RATE as f64;
        sound(&self.engine.model, &self.mels[index], seconds)
    }

    /// When somebody speaks in a window, in seconds from its start.
    fn speech(&self, index: usize) -> Vec<Range<f32>> {
        let window = &self.windows[index];
        let seconds = |sample: u64| (sample - window.start) as f32 / RATE as f32;
        window.speech.iter().map(|part| seconds(part.start)..seconds(part.end)).collect()
    }

    /// The longest speech without words in a window, in seconds.
    fn gap(&self, index: usize, heard: &Words) -> f32 {
        gaps::longest(&self.speech(index), &heard.words)
    }
}
