//! Decoding: what the model writes for a window, by Whisper's rules and with its guards against loops.
//!
//! Several windows are decoded in one batch so that the weights are read once for all of them. The
//! result for a window depends on nothing but that window and the options: not on its batch, nor on
//! earlier windows. It does not know sound, windows' places in the recording, or word times.
//!
//! After OpenAI Whisper, `decoding.py` and `transcribe.py` (`decode_with_fallback`).

mod draft;
mod language;
mod quality;
mod rules;
mod sample;
mod search;

use std::sync::Arc;

use rayon::prelude::*;
use readback_kernels::log_softmax;

use crate::model::{CrossKv, DecodeError, Model, Sequence, TokenId};
use crate::tokenizer::Tokenizer;

use rules::Rules;
use sample::Rng;
use search::{Beam, Choice, Hypothesis, Limits};

pub use draft::Draft;
pub use language::{LanguageGuess, detect_language};
pub use quality::{Thresholds, compression_ratio};

/// Seconds one encoder frame stands for.
pub(crate) const FRAME: f32 = 0.02;
/// Sequences decoded at once; more would take memory for little speed.
const MOST_AT_ONCE: usize = 16;
/// Tokens written for one window at most, as in the reference: half the text context of 448.
const MOST_WRITTEN: usize = 224;
/// Prompt tokens kept, the last ones, as in the reference.
const LONGEST_PROMPT: usize = 223;

/// How to decode.
#[derive(Clone, Debug, PartialEq)]
pub struct DecodeOptions {
    /// Code of the language spoken; English-only models do not need it.
    pub language: String,
    /// Whether a window in which another language is surely spoken is written in that one.
    pub other_languages: bool,
    /// Text the model is told came before, such as names in their spelling; may be empty.
    pub prompt: String,
    /// Temperatures to try until one gives an acceptable text; 0 searches for the most probable text.
    pub temperatures: Vec<f32>,
    /// Hypotheses that the search for the most probable text keeps; 1 takes the most probable token.
    pub beam: usize,
    /// Texts sampled at each temperature above 0; the most probable one counts.
    pub best_of: usize,
    /// When a text is acceptable.
    pub thresholds: Thresholds,
    /// What is probably said, which makes decoding faster and changes nothing else; may be empty.
    pub draft: Arc<Draft>,
}

impl Default for DecodeOptions {
    /// The reference's temperatures, beam and thresholds, English.
    fn default() -> Self {
        Self {
            language: "en".into(),
            other_languages: false,
            prompt: String::new(),
            temperatures: vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0],
            beam: 5,
            best_of: 5,
            thresholds: Thresholds::default(),
            draft: Arc::default(),
        }
    }
}

/// What the model wrote for one window.
#[derive(Clone, Debug, PartialEq)]
pub struct DecodedWindow {
    /// Text tokens; empty when nobody speaks.
    pub tokens: Vec<TokenId>,
    /// The text, without surrounding blanks.
    pub text: String,
    /// Mean natural log-probability of the tokens, the end included.
    pub average_log_probability: f32,
    /// Probability that nobody speaks.
    pub no_speech: f32,
    /// The temperature it was written at.
    pub temperature: f32,
    /// Length of the text over its compressed length; loops have a high one.
    pub compression_ratio: f32,
    /// Code of the language it was decoded in.
    pub language: String,
}

/// What decoding needs of a network: the real one, and a canned one in the tests.
trait Network: Sync {
    type CrossKv;
    type Sequence<'a>: Clone + Send
    where
        Self: 'a;

    fn begin<'a>(&'a self, cross_kv: &'a Self::CrossKv) -> Self::Sequence<'a>;
    /// Logits after the last of each sequence's tokens.
    fn step<'a>(
        &'a self,
        sequences: &mut [&mut Self::Sequence<'a>],
        tokens: &[&[TokenId]],
    ) -> Result<Vec<Vec<f32>>, DecodeError>;
    /// Logits after each of each sequence's tokens.
    fn step_each<'a>(
        &'a self,
        sequences: &mut [&mut Self::Sequence<'a>],
        tokens: &[&[TokenId]],
    ) -> Result<Vec<Vec<Vec<f32>>>, DecodeError>;
    /// Forgets all tokens of a sequence but the first `length`.
    fn cut(sequence: &mut Self::Sequence<'_>, length: usize);
}

impl Network for Model {
    type CrossKv = CrossKv;
    type Sequence<'a> = Sequence<'a>;

    fn begin<'a>(&'a self, cross_kv: &'a CrossKv) -> Sequence<'a> {
        self.sequence(cross_kv)
    }

    fn step<'a>(
        &'a self,
        sequences: &mut [&mut Sequence<'a>],
        tokens: &[&[TokenId]],
    ) -> Result<Vec<Vec<f32>>, DecodeError> {
        Model::step(self, sequences, tokens)
    }

    fn step_each<'a>(
        &'a self,
        sequences: &mut [&mut Sequence<'a>],
        tokens: &[&[TokenId]],
    ) -> Result<Vec<Vec<Vec<f32>>>, DecodeError> {
        Model::step_each(self, sequences, tokens)
    }

    fn cut(sequence: &mut Sequence<'_>, length: usize) {
        sequence.cut(length);
    }
}

/// Decodes windows, in the order given. Each window is tried at rising temperatures until its text is
/// acceptable; what is sampled is the same in every run.
pub fn decode_windows(
    model: &Model,
    tokenizer: &Tokenizer,
    cross_kvs: &[&CrossKv],
    options: &DecodeOptions,
) -> Result<Vec<DecodedWindow>, DecodeError> {
    Decoder::new(model, tokenizer, options).decode(cross_kvs)
}

struct Decoder<'a, N> {
    network: &'a N,
    tokenizer: &'a Tokenizer,
    options: &'a DecodeOptions,
    rules: Rules,
    /// Prompt and start token: the no-speech probability is read after it.
    lead: Vec<TokenId>,
}

/// The search for the text of one window.
type SearchOf<'a, N> = Beam<<N as Network>::Sequence<'a>, Vec<f32>>;

/// One attempt to write one window.
#[derive(Clone, Debug)]
struct Attempt {
    window: usize,
    temperature: f32,
    rng: Rng,
    hypothesis: Hypothesis,
    no_speech: f32,
    /// Code of the language it is written in.
    language: String,
}

impl Attempt {
    /// One at which nothing has been written yet.
    fn new(window: usize, temperature: f32, number: usize) -> Self {
        Self {
            window,
            temperature,
            rng: Rng::new(temperature, number),
            hypothesis: Hypothesis::default(),
            no_speech: 0.0,
            language: String::new(),
        }
    }
}

impl<'a, N: Network> Decoder<'a, N> {
    fn new(network: &'a N, tokenizer: &'a Tokenizer, options: &'a DecodeOptions) -> Self {
        let mut lead = prompt_tokens(tokenizer, &options.prompt);
        lead.push(tokenizer.special().start);
        let rules = Rules::new(tokenizer);
        Self { network, tokenizer, options, rules, lead }
    }

    fn decode(&self, cross_kvs: &[&N::CrossKv]) -> Result<Vec<DecodedWindow>, DecodeError> {
        let mut best: Vec<Option<Attempt>> = vec![None; cross_kvs.len()];
        let mut open: Vec<usize> = (0..cross_kvs.len()).collect();
        for temperature in &self.options.temperatures {
            let count = if *temperature > 0.0 { self.options.best_of.max(1) } else { 1 };
            let attempts = open.iter().flat_map(|window| {
                (0..count).map(|number| Attempt::new(*window, *temperature, number))
            });
            for attempt in self.write_all(cross_kvs, attempts.collect())? {
                let kept = &mut best[attempt.window];
                *kept = Some(self.better(kept.take(), attempt));
            }
            open.retain(|window| best[*window].as_ref().is_none_or(|it| !self.accepts(it)));
            if open.is_empty() {
                break;
            }
        }
        Ok(best.into_iter().map(|attempt| self.conclude(attempt)).collect())
    }

    /// Writes every attempt to its end, [`MOST_AT_ONCE`] at a time.
    fn write_all(
        &self,
        cross_kvs: &[&N::CrossKv],
        mut attempts: Vec<Attempt>,
    ) -> Result<Vec<Attempt>, DecodeError> {
        for batch in attempts.chunks_mut(MOST_AT_ONCE) {
            self.write(cross_kvs, batch)?;
        }
        Ok(attempts)
    }

    fn write(&self, cross_kvs: &[&N::CrossKv], batch: &mut [Attempt]) -> Result<(), DecodeError> {
        let begin = |attempt: &Attempt| self.network.begin(cross_kvs[attempt.window]);
        let mut sequences: Vec<N::Sequence<'_>> = batch.iter().map(begin).collect();
        let mut all: Vec<&mut N::Sequence<'_>> = sequences.iter_mut().collect();
        let mut logits = self.network.step(&mut all, &vec![self.lead.as_slice(); batch.len()])?;
        for (attempt, logits) in batch.iter_mut().zip(&logits) {
            attempt.no_speech = self.rules.no_speech(logits);
            attempt.language = self.language(logits);
        }
        let openings: Vec<_> = batch.iter().map(|it| self.rest_of_opening(&it.language)).collect();
        let openings: Vec<&[TokenId]> = openings.iter().map(Vec::as_slice).collect();
        logits = self.network.step(&mut all, &openings)?;
        let begun = sequences.into_iter().zip(logits);
        let mut beams: Vec<SearchOf<'_, N>> = batch
            .iter()
            .zip(begun)
            .map(|(attempt, (sequence, logits))| self.beam(attempt, sequence, logits))
            .collect();
        loop {
            batch.par_iter_mut().zip(&mut beams).for_each(|(attempt, beam)| {
                while let Some(known) = beam.known() {
                    let choices: Vec<_> = known
                        .into_iter()
                        .map(|(written, logits)| self.choose(attempt, &written.tokens, logits))
                        .collect();
                    beam.advance(&choices);
                }
            });
            if !self.read_on(&mut beams)? {
                break;
            }
        }
        for (attempt, beam) in batch.iter_mut().zip(beams) {
            attempt.hypothesis = beam.best();
        }
        Ok(())
    }

    /// Asks the network what may follow the hypotheses where that is not known, and what would follow what
    /// the draft says comes next; false if no hypothesis is left.
    fn read_on(&self, beams: &mut [SearchOf<'a, N>]) -> Result<bool, DecodeError> {
        let opening = self.length_of_opening();
        let mut asked: Vec<_> = beams.iter_mut().flat_map(Beam::unknown).collect();
        if asked.is_empty() {
            return Ok(false);
        }
        let mut tokens = Vec::with_capacity(asked.len());
        for (open, worth) in &mut asked {
            let written = &open.hypothesis.tokens;
            N::cut(&mut open.sequence, opening + written.len() - 1);
            tokens.push(self.ahead(written, *worth));
        }
        let mut sequences: Vec<_> = asked.iter_mut().map(|(open, _)| &mut open.sequence).collect();
        let read: Vec<&[TokenId]> = tokens.iter().map(Vec::as_slice).collect();
        let logits = self.network.step_each(&mut sequences, &read)?;
        for (((open, _), tokens), logits) in asked.into_iter().zip(&tokens).zip(logits) {
            open.learn(logits, &tokens[1..]);
        }
        Ok(true)
    }

    /// The last of the tokens written, and those to be read ahead with it, `worth` at most.
    fn ahead(&self, written: &[TokenId], worth: usize) -> Vec<TokenId> {
        let end = self.tokenizer.special().end;
        let text: Vec<TokenId> = written.iter().copied().filter(|token| *token < end).collect();
        let room = self.most_written() - written.len();
        let ahead = self.options.draft.after(&text).iter().take(room.min(worth));
        written.last().into_iter().chain(ahead).copied().collect()
    }

    /// Tokens written for one window at most: less where a prompt leaves less room.
    fn most_written(&self) -> usize {
        MOST_WRITTEN.min(2 * MOST_WRITTEN - self.length_of_opening())
    }

    fn beam<S: Clone>(
        &self,
        attempt: &Attempt,
        sequence: S,
        logits: Vec<f32>,
    ) -> Beam<S, Vec<f32>> {
        let limits = Limits { end: self.tokenizer.special().end, most: self.most_written() };
        let width = if attempt.temperature > 0.0 { 1 } else { self.options.beam };
        Beam::new(width, limits, sequence, logits)
    }

    /// The tokens with which an attempt may go on after what is `written`.
    fn choose(
        &self,
        attempt: &mut Attempt,
        written: &[TokenId],
        mut logits: Vec<f32>,
    ) -> Vec<Choice> {
        self.rules.apply(&mut logits, written, &attempt.language);
        log_softmax(&mut logits);
        if attempt.temperature > 0.0 {
            let token = sample::sample(&logits, attempt.temperature, &mut attempt.rng);
            vec![(token, logits[token as usize])]
        } else {
            sample::most_probable(&logits, self.options.beam + 1)
        }
    }

    /// Of two attempts at a window, the one to keep: an acceptable one, else one that does not loop,
    /// else the more probable one.
    fn better(&self, rival: Option<Attempt>, attempt: Attempt) -> Attempt {
        let worth = |attempt: &Attempt| {
            (self.accepts(attempt), !self.repeats(attempt), attempt.hypothesis.average())
        };
        match rival {
            Some(rival) if worth(&rival) >= worth(&attempt) => rival,
            _ => attempt,
        }
    }

    fn accepts(&self, attempt: &Attempt) -> bool {
        let likely = attempt.hypothesis.average() >= self.options.thresholds.log_probability;
        self.is_silence(attempt) || (likely && !self.repeats(attempt))
    }

    fn repeats(&self, attempt: &Attempt) -> bool {
        let ratio = compression_ratio(self.tokenizer.decode(&attempt.hypothesis.tokens).trim());
        attempt.hypothesis.looped || ratio > self.options.thresholds.compression_ratio
    }

    fn is_silence(&self, attempt: &Attempt) -> bool {
        self.options.thresholds.is_silence(attempt.no_speech, attempt.hypothesis.average())
    }

    fn conclude(&self, attempt: Option<Attempt>) -> DecodedWindow {
        let mut attempt = attempt.unwrap_or_else(|| Attempt::new(0, 0.0, 0));
        let average_log_probability = attempt.hypothesis.average();
        if self.is_silence(&attempt) {
            attempt.hypothesis.tokens.clear();
        }
        let text = self.tokenizer.decode(&attempt.hypothesis.tokens).trim().to_owned();
        DecodedWindow {
            average_log_probability,
            no_speech: attempt.no_speech,
            temperature: attempt.temperature,
            compression_ratio: compression_ratio(&text),
            language: attempt.language,
            text,
            tokens: attempt.hypothesis.tokens,
        }
    }

    /// The language to write a window in, from the logits after its start token.
    fn language(&self, logits: &[f32]) -> String {
        if !self.tokenizer.is_multilingual() {
            return "en".into();
        }
        let main = &self.options.language;
        let other = Some(logits).filter(|_| self.options.other_languages);
        let other = other.and_then(|logits| language::surely_other(logits, self.tokenizer, main));
        other.unwrap_or_else(|| main.clone())
    }

    /// What stands before a transcript in this language, after the start token.
    fn rest_of_opening(&self, language: &str) -> Vec<TokenId> {
        self.tokenizer.opening(language).split_off(1)
    }

    /// Tokens before a transcript, the same number in every language.
    fn length_of_opening(&self) -> usize {
        self.lead.len() + self.rest_of_opening(&self.options.language).len()
    }
}

/// What tells the model of a text before the window; nothing for an empty prompt.
pub(crate) fn prompt_tokens(tokenizer: &Tokenizer, prompt: &str) -> Vec<TokenId> {
    let prompt = prompt.trim();
    if prompt.is_empty() {
        return Vec::new();
    }
    let tokens = tokenizer.encode(&format!(" {prompt}"));
    let kept = &tokens[tokens.len().saturating_sub(LONGEST_PROMPT)..];
    std::iter::once(tokenizer.special().previous).chain(kept.iter().copied()).collect()
}

#[cfg(test)]
mod tests;
