//! What was heard, and listening again: how well other readings fit.
//!
//! It does not know whose readings those are.

use std::collections::VecDeque;
use std::io;

use rayon::prelude::*;
use readback_transcript::{Answer, Hearing, Question, Witness, WitnessError};

use crate::decode::prompt_tokens;
use crate::model::{CrossKv, DecodeError, Encoded};
use crate::tokenizer::Tokenizer;

use super::questions::Asking;
use super::store::Store;
use super::{Engine, HearError};

/// Bytes of windows kept ready for questions, at first those of the last batch; making one ready costs
/// a tenth of encoding it.
const READY: usize = 192 << 20;

/// Windows asked about at once: no more than are decoded at once, and enough for a few threads.
const AT_ONCE: usize = 4;

/// What was heard, and what it takes to listen again: a witness, to be asked how well readings fit.
#[doc(alias = "witness")]
pub struct Heard<'a> {
    engine: &'a Engine,
    hearing: Hearing,
    prompt: String,
    kept: Kept,
}

impl<'a> Heard<'a> {
    pub(super) fn new(engine: &'a Engine, hearing: Hearing, prompt: String, kept: Kept) -> Self {
        Self { engine, hearing, prompt, kept }
    }

    fn answer(&mut self, questions: &[Question]) -> Result<Vec<Vec<Answer>>, HearError> {
        let order = self.order(questions);
        let windows: Vec<&[usize]> =
            order.chunk_by(|&a, &b| questions[a].window == questions[b].window).collect();
        let mut answers = vec![Vec::new(); questions.len()];
        for together in windows.chunks(AT_ONCE) {
            let mut taken = Vec::with_capacity(together.len());
            for same in together {
                taken.push(self.take(questions[same[0]].window)?);
            }
            let scored = taken.into_par_iter().zip(together).map(|(taken, same)| {
                let asked: Vec<&Question> = same.iter().map(|&index| &questions[index]).collect();
                let cross_kv = taken.ready(self.engine);
                Ok((self.answer_of_window(&cross_kv, &asked)?, cross_kv))
            });
            let scored = scored.collect::<Result<Vec<_>, DecodeError>>()?;
            for (same, (found, cross_kv)) in together.iter().zip(scored) {
                self.kept.make_ready(questions[same[0]].window, cross_kv);
                for (&index, answer) in same.iter().zip(found) {
                    answers[index] = answer;
                }
            }
        }
        Ok(answers)
    }

    /// The questions' numbers, those about one window side by side. Windows that are ready come first, lest
    /// others drive them out.
    fn order(&self, questions: &[Question]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..questions.len()).collect();
        order.sort_by_key(|&index| {
            let window = questions[index].window;
            (!self.kept.is_ready(window), window)
        });
        order
    }

    /// Answers to questions about one window.
    fn answer_of_window(
        &self,
        cross_kv: &CrossKv,
        questions: &[&Question],
    ) -> Result<Vec<Vec<Answer>>, DecodeError> {
        let Engine { model, tokenizer, .. } = self.engine;
        let Some(first) = questions.first() else { return Ok(Vec::new()) };
        let language = &self.hearing.windows[first.window].language;
        let mut opening = prompt_tokens(tokenizer, &self.prompt);
        opening.extend(tokenizer.opening(language));
        let asking = Asking { model, tokenizer, opening, spaced: Tokenizer::is_spaced(language) };
        asking.answer(cross_kv, questions)
    }

    /// Takes what is there of a window, to be put back by [`Kept::make_ready`].
    fn take(&mut self, window: usize) -> Result<Taken, HearError> {
        let windows = self.hearing.windows.len();
        if window >= windows {
            return Err(HearError::NoSuchWindow { window, windows });
        }
        Ok(self.kept.take(window, self.engine.model.dims().state)?)
    }
}

impl Witness for Heard<'_> {
    fn hearing(&self) -> &Hearing {
        &self.hearing
    }

    /// The model is told that [`Options::prompt`](super::Options::prompt) came before, as it was when it
    /// heard.
    fn score(&mut self, questions: &[Question]) -> Result<Vec<Vec<Answer>>, WitnessError> {
        self.answer(questions).map_err(|error| WitnessError(Box::new(error)))
    }
}

/// What questions need of every window.
#[derive(Default)]
pub(super) struct Kept {
    /// What the encoder made of each.
    encoded: Store,
    /// Numbers and cross-attention of some, those asked about last first.
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

impl Kept {
    /// Gives up the windows that are ready, so that a batch and they are never in memory together.
    pub(super) fn make_room(&mut self) {
        self.ready.clear();
    }

    /// Keeps what the encoder made of the next windows.
    pub(super) fn keep(&mut self, windows: &[Encoded]) -> io::Result<()> {
        windows.iter().try_for_each(|encoded| self.encoded.push(encoded.values()))
    }

    /// Puts a window first among those that are ready; the ones not asked about for longest make room.
    pub(super) fn make_ready(&mut self, window: usize, cross_kv: CrossKv) {
        let most = (READY / cross_kv.bytes().max(1)).max(1);
        self.ready.push_front((window, cross_kv));
        self.ready.truncate(most);
    }

    fn is_ready(&self, window: usize) -> bool {
        self.ready.iter().any(|(ready, _)| *ready == window)
    }

    /// Takes what is there of a window, of which the network's hidden states have `state` numbers each.
    fn take(&mut self, window: usize, state: usize) -> io::Result<Taken> {
        let known = self.ready.iter().position(|(ready, _)| *ready == window);
        if let Some((_, cross_kv)) = known.and_then(|position| self.ready.remove(position)) {
            return Ok(Taken::Ready(cross_kv));
        }
        let values = self.encoded.get(window)?;
        let frames = values.len() / state;
        Ok(Taken::Encoded(Encoded::from_values(values, frames)))
    }
}
