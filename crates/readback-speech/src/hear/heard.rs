//! What was heard, and listening again: how well other readings fit, and when known words were said.
//!
//! It does not know whose readings and words those are.

use std::collections::VecDeque;
use std::io;

use readback_transcript::{Hearing, Probability, Stretch};

use crate::decode::prompt_tokens;
use crate::model::{Encoded, Memory};
use crate::times::{WordTime, word_times};
use crate::tokenizer::Tokenizer;

use super::questions::{Answer, Asking, Question};
use super::store::Store;
use super::{Engine, HearError, sound, within};

/// Bytes of windows kept ready for questions, at first those of the last batch; making one ready costs
/// a tenth of encoding it.
const READY: usize = 192 << 20;

/// What was heard, and what it takes to listen again.
pub struct Heard<'a> {
    pub(super) engine: &'a Engine,
    hearing: Hearing,
    prompt: String,
    /// Encoder output and spectrogram of each window, one after the other.
    encoded: Store,
    spectrograms: Store,
    ready: VecDeque<(usize, Memory)>,
}

/// A word that was given a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimedStretch {
    /// When it was said, or would have been.
    pub stretch: Stretch,
    /// How probable it is that it was said there.
    pub probability: Probability,
}

impl<'a> Heard<'a> {
    /// Nothing heard yet.
    pub(super) fn new(engine: &'a Engine, prompt: String) -> Self {
        Self {
            engine,
            hearing: Hearing::default(),
            prompt,
            encoded: Store::default(),
            spectrograms: Store::default(),
            ready: VecDeque::new(),
        }
    }

    pub(super) fn hearing_mut(&mut self) -> &mut Hearing {
        &mut self.hearing
    }

    /// Gives up the windows that are ready, so that a batch and they are never in memory together.
    pub(super) fn make_room(&mut self) {
        self.ready.clear();
    }

    /// Keeps what it takes to listen again to the next window.
    pub(super) fn keep(
        &mut self,
        encoded: &Encoded,
        mel: &[f32],
        memory: Memory,
    ) -> io::Result<()> {
        self.encoded.push(encoded.values())?;
        self.make_ready(self.spectrograms.len(), memory);
        self.spectrograms.push(mel)
    }

    /// What was heard.
    pub fn hearing(&self) -> &Hearing {
        &self.hearing
    }

    /// How well each reading of each question fits: one list for each question, in the same order. The
    /// model is told that `prompt` came before, such as the roster's names; empty for what it was told
    /// when it heard.
    pub fn score(
        &mut self,
        questions: &[Question],
        prompt: &str,
    ) -> Result<Vec<Vec<Answer>>, HearError> {
        let mut order: Vec<usize> = (0..questions.len()).collect();
        order.sort_by_key(|&index| questions[index].window);
        let mut answers = vec![Vec::new(); questions.len()];
        for same in order.chunk_by(|&a, &b| questions[a].window == questions[b].window) {
            let asked: Vec<&Question> = same.iter().map(|&index| &questions[index]).collect();
            for (&index, answer) in same.iter().zip(self.score_window(&asked, prompt)?) {
                answers[index] = answer;
            }
        }
        Ok(answers)
    }

    /// When each of `words` was said in the window, in order: for a text that is known.
    pub fn time_words(
        &mut self,
        window: usize,
        words: &[&str],
    ) -> Result<Vec<TimedStretch>, HearError> {
        let Engine { model, tokenizer, .. } = self.engine;
        self.prepare(window)?;
        let mel = self.spectrograms.get(window)?;
        let place = &self.hearing.windows[window];
        let sound = sound(model, &mel, place.stretch.length().seconds());
        let memory = &self.ready[0].1;
        let times = word_times(model, tokenizer, memory, sound, &place.language, words)?;
        let timed = |time: WordTime| TimedStretch {
            stretch: within(place.stretch, time),
            probability: Probability::new(time.probability),
        };
        Ok(times.into_iter().map(timed).collect())
    }

    fn score_window(
        &mut self,
        questions: &[&Question],
        prompt: &str,
    ) -> Result<Vec<Vec<Answer>>, HearError> {
        let Engine { model, tokenizer, .. } = self.engine;
        let Some(first) = questions.first() else { return Ok(Vec::new()) };
        self.prepare(first.window)?;
        let language = &self.hearing.windows[first.window].language;
        let prompt = if prompt.is_empty() { &self.prompt } else { prompt };
        let mut opening = prompt_tokens(tokenizer, prompt);
        opening.extend(tokenizer.opening(language));
        let asking = Asking { model, tokenizer, opening, spaced: Tokenizer::is_spaced(language) };
        Ok(asking.answer(&self.ready[0].1, questions)?)
    }

    /// Makes `window` the first of those that are ready.
    fn prepare(&mut self, window: usize) -> Result<(), HearError> {
        let windows = self.hearing.windows.len();
        if window >= windows {
            return Err(HearError::NoSuchWindow { window, windows });
        }
        let known = self.ready.iter().position(|(ready, _)| *ready == window);
        let ready = known.and_then(|position| self.ready.remove(position));
        let memory = if let Some((_, memory)) = ready {
            memory
        } else {
            let values = self.encoded.get(window)?;
            let frames = values.len() / self.engine.model.dims().state;
            self.engine.model.remember(&Encoded::from_values(values, frames))
        };
        self.make_ready(window, memory);
        Ok(())
    }

    /// Puts a window first among those that are ready; the ones not asked about for longest make room.
    fn make_ready(&mut self, window: usize, memory: Memory) {
        let most = (READY / memory.bytes().max(1)).max(1);
        self.ready.push_front((window, memory));
        self.ready.truncate(most);
    }
}
