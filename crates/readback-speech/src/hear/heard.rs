//! What was heard, and listening again: how well other readings fit, and when known words were said.
//!
//! It does not know whose readings and words those are.

use std::collections::VecDeque;
use std::io;

use rayon::prelude::*;
use readback_transcript::{Answer, Hearing, Probability, Question, Stretch, Witness, WitnessError};

use crate::decode::prompt_tokens;
use crate::model::{CrossKv, DecodeError, Encoded};
use crate::times::{WordTime, word_times};
use crate::tokenizer::Tokenizer;

use super::questions::Asking;
use super::store::Store;
use super::{Engine, HearError, sound, within};

/// Bytes of windows kept ready for questions, at first those of the last batch; making one ready costs
/// a tenth of encoding it.
const READY: usize = 192 << 20;

/// Windows asked about at once: no more than are decoded at once, and enough for a few threads.
const AT_ONCE: usize = 4;

/// What was heard, and what it takes to listen again.
pub struct Heard<'a> {
    pub(super) engine: &'a Engine,
    hearing: Hearing,
    prompt: String,
    /// Encoder output and spectrogram of each window, one after the other.
    encoded: Store,
    spectrograms: Store,
    ready: VecDeque<(usize, CrossKv)>,
}

/// What there is of a window that is asked about.
enum Taken {
    Ready(CrossKv),
    Encoded(Encoded),
}

impl Taken {
    fn ready(self, engine: &Engine) -> CrossKv {
        match self {
            Self::Ready(cross_kv) => cross_kv,
            Self::Encoded(encoded) => engine.model.cross_kv(&encoded),
        }
    }
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
        cross_kv: CrossKv,
    ) -> io::Result<()> {
        self.encoded.push(encoded.values())?;
        self.make_ready(self.spectrograms.len(), cross_kv);
        self.spectrograms.push(mel)
    }

    /// How well each reading of each question fits: one list for each question, in the same order. The
    /// model is told that `prompt` came before, such as the roster's names; empty for what it was told
    /// when it heard.
    pub fn ask(
        &mut self,
        questions: &[Question],
        prompt: &str,
    ) -> Result<Vec<Vec<Answer>>, HearError> {
        let mut order: Vec<usize> = (0..questions.len()).collect();
        // Those that are ready first, lest others drive them out.
        order.sort_by_key(|&index| {
            let window = questions[index].window;
            (!self.ready.iter().any(|(ready, _)| *ready == window), window)
        });
        let about = |index: &usize| questions[*index].window;
        let windows: Vec<&[usize]> = order.chunk_by(|a, b| about(a) == about(b)).collect();
        let mut answers = vec![Vec::new(); questions.len()];
        for together in windows.chunks(AT_ONCE) {
            let taken: Vec<Taken> =
                together.iter().map(|same| self.take(about(&same[0]))).collect::<Result<_, _>>()?;
            let score = |(taken, same): (Taken, &&[usize])| {
                let asked: Vec<&Question> = same.iter().map(|&index| &questions[index]).collect();
                let cross_kv = taken.ready(self.engine);
                Ok((self.score_window(&cross_kv, &asked, prompt)?, cross_kv))
            };
            let scored = taken.into_par_iter().zip(together).map(score);
            let scored = scored.collect::<Result<Vec<_>, DecodeError>>()?;
            for (same, (found, cross_kv)) in together.iter().zip(scored) {
                self.make_ready(about(&same[0]), cross_kv);
                for (&index, answer) in same.iter().zip(found) {
                    answers[index] = answer;
                }
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
        let cross_kv = self.take(window)?.ready(self.engine);
        let mel = self.spectrograms.get(window)?;
        let place = &self.hearing.windows[window];
        let sound = sound(model, &mel, place.stretch.length().seconds());
        let times = word_times(model, tokenizer, &cross_kv, sound, &place.language, words)?;
        let timed = |time: WordTime| TimedStretch {
            stretch: within(place.stretch, time),
            probability: Probability::new(time.probability),
        };
        let times = times.into_iter().map(timed).collect();
        self.make_ready(window, cross_kv);
        Ok(times)
    }

    /// Answers to questions about one window.
    fn score_window(
        &self,
        cross_kv: &CrossKv,
        questions: &[&Question],
        prompt: &str,
    ) -> Result<Vec<Vec<Answer>>, DecodeError> {
        let Engine { model, tokenizer, .. } = self.engine;
        let Some(first) = questions.first() else { return Ok(Vec::new()) };
        let language = &self.hearing.windows[first.window].language;
        let prompt = if prompt.is_empty() { &self.prompt } else { prompt };
        let mut opening = prompt_tokens(tokenizer, prompt);
        opening.extend(tokenizer.opening(language));
        let asking = Asking { model, tokenizer, opening, spaced: Tokenizer::is_spaced(language) };
        asking.answer(cross_kv, questions)
    }

    /// Takes what is there of a window, to be put back by [`Heard::make_ready`].
    fn take(&mut self, window: usize) -> Result<Taken, HearError> {
        let windows = self.hearing.windows.len();
        if window >= windows {
            return Err(HearError::NoSuchWindow { window, windows });
        }
        let known = self.ready.iter().position(|(ready, _)| *ready == window);
        if let Some((_, cross_kv)) = known.and_then(|position| self.ready.remove(position)) {
            return Ok(Taken::Ready(cross_kv));
        }
        let values = self.encoded.get(window)?;
        let frames = values.len() / self.engine.model.dims().state;
        Ok(Taken::Encoded(Encoded::from_values(values, frames)))
    }

    /// Puts a window first among those that are ready; the ones not asked about for longest make room.
    fn make_ready(&mut self, window: usize, cross_kv: CrossKv) {
        let most = (READY / cross_kv.bytes().max(1)).max(1);
        self.ready.push_front((window, cross_kv));
        self.ready.truncate(most);
    }
}

impl Witness for Heard<'_> {
    fn hearing(&self) -> &Hearing {
        &self.hearing
    }

    fn score(&mut self, questions: &[Question]) -> Result<Vec<Vec<Answer>>, WitnessError> {
        self.ask(questions, "").map_err(|error| WitnessError(Box::new(error)))
    }
}
