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

use super::doubts::{self, Doubt};
use super::{Engine, HearError, gaps};

// Set by hand; not measured one by one. Listening to gaps alone was measured in one step with windows
// encoded no longer than they are: on 33 clips (47 min) 9.34 % word errors, before that, when the whole
// window was decoded a second time, 9.53.

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
    windows: Vec<SampledWindow>,
    /// Spectrograms, `[bands][frames]`.
    mels: Vec<Vec<f32>>,
    pub(super) encoded: Vec<Encoded>,
}

impl<'a> EncodedWindows<'a> {
    /// Encodes the windows.
    pub(super) fn new(engine: &'a Engine, windows: Vec<SampledWindow>) -> Self {
        let mels: Vec<Vec<f32>> =
            windows.par_iter().map(|window| engine.spectrogram(&window.samples)).collect();
        let inputs: Vec<&[f32]> = mels.iter().map(Vec::as_slice).collect();
        let encoded = engine.model.encode_batch(&inputs);
        Self { engine, windows, mels, encoded }
    }

    /// Makes them ready to be decoded, for which they take six times the memory; what the encoder made of
    /// each is given up on the way.
    pub(super) fn into_batch(self) -> Batch<'a> {
        let Self { engine, windows, mels, encoded } = self;
        let cross_kvs =
            encoded.into_par_iter().map(|encoded| engine.model.cross_kv(&encoded)).collect();
        Batch { engine, windows, mels, cross_kvs }
    }
}

/// Windows that are decoded together.
pub(super) struct Batch<'a> {
    engine: &'a Engine,
    pub(super) windows: Vec<SampledWindow>,
    mels: Vec<Vec<f32>>,
    pub(super) cross_kvs: Vec<CrossKv>,
}

impl Batch<'_> {
    /// Decodes all windows, and what the decoder seems to have skipped in them by itself.
    pub(super) fn decode_surely(&self, options: &DecodeOptions) -> Result<Vec<Words>, HearError> {
        let mut heard = self.decode(options)?;
        let plainly =
            DecodeOptions { temperatures: vec![0.0], other_languages: false, ..options.clone() };
        self.settle(&mut heard, &plainly)?;
        self.fill(&mut heard, &plainly)?;
        Ok(heard)
    }

    /// Listens again, by itself, to each stretch of words that nobody can have said as they stand.
    fn settle(&self, heard: &mut [Words], options: &DecodeOptions) -> Result<(), HearError> {
        let mut settled: Vec<Vec<Range<f32>>> = vec![Vec::new(); heard.len()];
        loop {
            let mut open: Vec<(usize, Doubt)> = Vec::new();
            for (index, heard) in heard.iter_mut().enumerate() {
                let seconds = self.sound(index).seconds;
                while let Some(doubt) = doubts::first(&heard.words, &settled[index], seconds) {
                    if doubt.has_room() && settled[index].len() < MOST_AGAIN {
                        settled[index].push(doubt.stretch.clone());
                        open.push((index, doubt));
                        break;
                    }
                    doubt.settle(&mut heard.words, Vec::new());
                }
            }
            if open.is_empty() {
                return Ok(());
            }
            let parts: Vec<_> =
                open.iter().map(|(index, doubt)| (*index, doubt.stretch.clone())).collect();
            let found = self.decode_parts(heard, &parts, options)?;
            for ((index, doubt), found) in open.iter().zip(found) {
                doubt.settle(&mut heard[*index].words, found);
            }
        }
    }

    /// Listens to what was left out of windows by itself, and to what is left out of that again.
    fn fill(&self, heard: &mut [Words], options: &DecodeOptions) -> Result<(), HearError> {
        let mut known: Vec<Vec<Range<f32>>> = vec![Vec::new(); heard.len()];
        let mut skipped = Vec::new();
        for (index, heard) in heard.iter().enumerate() {
            if gaps::longest(&self.speech(index), &heard.words) > SKIPPED {
                skipped.push(index);
            }
        }
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
            let found = self.decode_parts(heard, &open, options)?;
            for ((index, gap), found) in open.iter().zip(found) {
                gaps::fill(&mut heard[*index].words, gap, found);
            }
        }
    }

    /// The words of parts of windows, each heard by itself in its window's language: of each, the window's
    /// number and seconds from its start.
    fn decode_parts(
        &self,
        heard: &[Words],
        parts: &[(usize, Range<f32>)],
        options: &DecodeOptions,
    ) -> Result<Vec<Vec<TimedWord>>, HearError> {
        let mut found = vec![Vec::new(); parts.len()];
        let language = |part: usize| &heard[parts[part].0].decoded.language;
        let mut left: Vec<usize> = (0..parts.len()).collect();
        while let Some(&first) = left.first() {
            let (same, others): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|&part| language(part) == language(first));
            let together: Vec<_> = same.iter().map(|&part| parts[part].clone()).collect();
            let options = DecodeOptions { language: language(first).clone(), ..options.clone() };
            for (part, words) in same.into_iter().zip(self.decode_together(&together, &options)?) {
                found[part] = words;
            }
            left = others;
        }
        Ok(found)
    }

    fn decode_together(
        &self,
        parts: &[(usize, Range<f32>)],
        options: &DecodeOptions,
    ) -> Result<Vec<Vec<TimedWord>>, HearError> {
        let windows = parts.iter().map(|(index, part)| self.windows[*index].part(part)).collect();
        let mut heard = EncodedWindows::new(self.engine, windows).into_batch().decode(options)?;
        for (heard, (_, part)) in heard.iter_mut().zip(parts) {
            for word in &mut heard.words {
                word.time.start += part.start;
                word.time.end += part.start;
            }
        }
        Ok(heard.into_iter().map(|heard| heard.words).collect())
    }

    fn decode(&self, options: &DecodeOptions) -> Result<Vec<Words>, HearError> {
        let Engine { model, tokenizer, .. } = self.engine;
        let cross_kvs: Vec<&CrossKv> = self.cross_kvs.iter().collect();
        let decoded = decode_windows(model, tokenizer, &cross_kvs, options)?;
        let timed = decoded.into_par_iter().enumerate().map(|(index, decoded)| {
            let (cross_kv, sound) = (&self.cross_kvs[index], self.sound(index));
            let words = decoded_words(model, tokenizer, cross_kv, sound, &decoded)?;
            Ok(Words { decoded, words })
        });
        timed.collect()
    }

    fn sound(&self, index: usize) -> WindowSound<'_> {
        let seconds = self.windows[index].samples.len() as f64 / RATE as f64;
        let bands = self.engine.model.dims().mels;
        WindowSound { mel: &self.mels[index], bands, seconds: seconds as f32 }
    }

    /// When somebody speaks in a window, in seconds from its start.
    fn speech(&self, index: usize) -> Vec<Range<f32>> {
        let window = &self.windows[index];
        let seconds = |sample: u64| (sample - window.start) as f32 / RATE as f32;
        window.speech.iter().map(|part| seconds(part.start)..seconds(part.end)).collect()
    }
}
