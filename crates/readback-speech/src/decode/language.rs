//! Which language is spoken. It knows the model's own guess and nothing of languages.

use crate::model::{CrossKv, DecodeError, Model, TokenId};
use crate::tokenizer::Tokenizer;

use super::Network;

// Set by hand, so that an accent is not taken for a language: on clips of twelve languages and of accented
// English the model gives what is spoken more than this, and the language it is taken for less.

/// A window in which another language has at least this probability …
const SURE: f32 = 0.9;
/// … and the recording's own at most this one, is in the other.
const IMPROBABLE: f32 = 0.05;

/// A language and how probable it is.
#[derive(Clone, Debug, PartialEq)]
pub struct LanguageGuess {
    /// Its code.
    pub language: String,
    /// Mean probability over the windows asked.
    pub probability: f32,
}

/// The languages spoken in windows, most probable first: the probabilities of the language tokens
/// after the start token, averaged over the windows. English alone for English-only models.
pub fn detect_language(
    model: &Model,
    tokenizer: &Tokenizer,
    cross_kvs: &[&CrossKv],
) -> Result<Vec<LanguageGuess>, DecodeError> {
    guess(model, tokenizer, cross_kvs)
}

pub(super) fn guess<N: Network>(
    network: &N,
    tokenizer: &Tokenizer,
    cross_kvs: &[&N::CrossKv],
) -> Result<Vec<LanguageGuess>, DecodeError> {
    if !tokenizer.is_multilingual() || cross_kvs.is_empty() {
        return Ok(vec![LanguageGuess { language: "en".into(), probability: 1.0 }]);
    }
    let start = [tokenizer.special().start];
    let mut sequences: Vec<_> = cross_kvs.iter().map(|cross_kv| network.begin(cross_kv)).collect();
    let mut all: Vec<_> = sequences.iter_mut().collect();
    let logits = network.step(&mut all, &vec![start.as_slice(); cross_kvs.len()])?;
    let mut guesses: Vec<LanguageGuess> = tokenizer
        .languages()
        .map(|(code, token)| LanguageGuess {
            language: code.to_owned(),
            probability: mean_share(&logits, token, tokenizer),
        })
        .collect();
    guesses.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    Ok(guesses)
}

/// The language surely spoken in a window with these logits after the start token, if it is not `main`.
pub(super) fn surely_other(logits: &[f32], tokenizer: &Tokenizer, main: &str) -> Option<String> {
    let own = share(logits, tokenizer.language(main)?, tokenizer);
    let mut others = tokenizer.languages().filter(|_| own <= IMPROBABLE);
    let other = others.find(|(_, token)| share(logits, *token, tokenizer) >= SURE);
    other.map(|(code, _)| code.to_owned())
}

/// The share of `token` among the language tokens, averaged over windows.
fn mean_share(windows: &[Vec<f32>], token: TokenId, tokenizer: &Tokenizer) -> f32 {
    let shares = windows.iter().map(|logits| share(logits, token, tokenizer));
    shares.sum::<f32>() / windows.len() as f32
}

/// The share of `token` among the language tokens.
fn share(logits: &[f32], token: TokenId, tokenizer: &Tokenizer) -> f32 {
    let at = |token: TokenId| logits.get(token as usize).copied().unwrap_or(f32::NEG_INFINITY);
    let own = at(token);
    1.0 / tokenizer.languages().map(|(_, other)| (at(other) - own).exp()).sum::<f32>()
}
