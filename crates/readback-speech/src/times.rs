//! When each word of a window was said, for decoded words and for words somebody wrote.
//!
//! The words are forced through the decoder; where the alignment heads look while each token is
//! predicted gives a rough path in time, which is then moved to the edges that are heard in the sound.
//! It does not know where the window lies in the recording, nor whether the words were said at all:
//! that is what the probability is for.

mod edges;
mod path;

use std::ops::Range;

use thiserror::Error;

use crate::decode::{DecodedWindow, FRAME};
use crate::model::{CrossKv, DecodeError, Model, TokenId};
use crate::tokenizer::Tokenizer;

use edges::Edges;
use path::Look;

// Set by hand; `tests/words.rs` holds word times as a whole to 60 ms on the median.

/// No word begins longer before the moment its first token is looked for most, in seconds.
const LONGEST_ATTACK: f32 = 0.5;
/// No word lasts longer after the moment its last token is looked for most, in seconds.
const LONGEST_DECAY: f32 = 0.7;

/// When a word was said within its window, and how probable it is that it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordTime {
    /// Seconds from the window's start to the word's first sound.
    pub start: f32,
    /// Seconds from the window's start to the word's last sound, after the start.
    pub end: f32,
    /// Mean probability of its tokens, each given all words before it.
    pub probability: f32,
}

/// A decoded word with its time.
#[derive(Clone, Debug, PartialEq)]
pub struct TimedWord {
    /// As written, punctuation included, without surrounding blanks.
    pub text: String,
    /// When it was said.
    pub time: WordTime,
}

/// The sound of a window, as it was given to the encoder.
#[derive(Clone, Copy, Debug)]
pub struct WindowSound<'a> {
    /// Log-mel spectrogram `[bands][frames]`, a frame being 10 ms.
    pub mel: &'a [f32],
    /// Its number of mel bands.
    pub bands: usize,
    /// Seconds of sound in it; padding after them is not looked at.
    pub seconds: f32,
}

/// Why words got no times.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TimesError {
    /// More words than the model can read in one window.
    #[error(
        "{words} words make {tokens} tokens, more than the {limit} a window may have; give fewer words at once"
    )]
    TooManyWords {
        /// How many words were given.
        words: usize,
        /// How many tokens they make.
        tokens: usize,
        /// How many tokens fit.
        limit: usize,
    },
    /// The network refused.
    #[error(transparent)]
    Decode(#[from] DecodeError),
}

/// Words as tokens.
struct Tokens {
    all: Vec<TokenId>,
    /// The tokens of each word that are spoken, without its signs; none for an empty word.
    words: Vec<Range<usize>>,
}

/// When each of `words` was said in the window, in order. The words may come from anywhere; together
/// they may have about 440 tokens, which is more than anybody says in 30 s.
pub fn word_times(
    model: &Model,
    tokenizer: &Tokenizer,
    cross_kv: &CrossKv,
    sound: WindowSound<'_>,
    language: &str,
    words: &[&str],
) -> Result<Vec<WordTime>, TimesError> {
    let tokens = given(tokenizer, language, words);
    Engine { model, tokenizer }.place(cross_kv, sound, language, &tokens)
}

/// The words of a decoded window and when each was said.
pub fn decoded_words(
    model: &Model,
    tokenizer: &Tokenizer,
    cross_kv: &CrossKv,
    sound: WindowSound<'_>,
    decoded: &DecodedWindow,
) -> Result<Vec<TimedWord>, TimesError> {
    Engine { model, tokenizer }.decoded_words(cross_kv, sound, decoded)
}

/// What listens.
#[derive(Clone, Copy)]
struct Engine<'a> {
    model: &'a Model,
    tokenizer: &'a Tokenizer,
}

impl Engine<'_> {
    fn decoded_words(
        &self,
        cross_kv: &CrossKv,
        sound: WindowSound<'_>,
        decoded: &DecodedWindow,
    ) -> Result<Vec<TimedWord>, TimesError> {
        let tokenizer = self.tokenizer;
        let end = tokenizer.special().end;
        let all: Vec<TokenId> =
            decoded.tokens.iter().copied().filter(|token| *token < end).collect();
        let words = tokenizer.words(&all, &decoded.language);
        let mut spoken = Vec::with_capacity(words.len());
        for word in &words {
            spoken.push(spoken_part(tokenizer, &all, word.tokens.clone()));
        }
        let tokens = Tokens { all, words: spoken };
        let times = self.place(cross_kv, sound, &decoded.language, &tokens)?;
        let timed = words.into_iter().zip(times);
        Ok(timed.map(|(word, time)| TimedWord { text: word.text, time }).collect())
    }

    /// When the words were said.
    fn place(
        &self,
        cross_kv: &CrossKv,
        sound: WindowSound<'_>,
        language: &str,
        tokens: &Tokens,
    ) -> Result<Vec<WordTime>, TimesError> {
        if tokens.words.is_empty() {
            return Ok(Vec::new());
        }
        let Self { model, tokenizer } = self;
        let opening = tokenizer.opening(language);
        let limit = model.dims().text_context.saturating_sub(opening.len() + 1);
        if tokens.all.len() > limit {
            let (words, tokens) = (tokens.words.len(), tokens.all.len());
            return Err(TimesError::TooManyWords { words, tokens, limit });
        }
        let mut forced = opening.clone();
        forced.extend(&tokens.all);
        forced.push(tokenizer.special().end);
        let (scores, attention) = model.force_with_attention(cross_kv, &forced, opening.len())?;
        let frames = 0..(sound.seconds / FRAME).ceil() as usize;
        let looks = path::looks(&attention, opening.len() - 1..forced.len() - 1, frames);
        let rough: Vec<_> = tokens.words.iter().map(|word| rough_time(&looks, word)).collect();
        let times = Edges::new(sound).refine(&rough, 0.0..sound.seconds);
        let mut timed = Vec::with_capacity(times.len());
        for (time, word) in times.into_iter().zip(&tokens.words) {
            let probability = mean_probability(&scores.log_probabilities[word.clone()]);
            timed.push(WordTime { start: time.start, end: time.end, probability });
        }
        Ok(timed)
    }
}

fn given(tokenizer: &Tokenizer, language: &str, words: &[&str]) -> Tokens {
    let blank = if Tokenizer::is_spaced(language) { " " } else { "" };
    let mut tokens = Tokens { all: Vec::new(), words: Vec::new() };
    for word in words {
        let start = tokens.all.len();
        tokens.all.extend(tokenizer.encode(&format!("{blank}{}", word.trim())));
        let word = start..tokens.all.len();
        tokens.words.push(spoken_part(tokenizer, &tokens.all, word));
    }
    tokens
}

/// `word` from its first to its last token that holds a letter or digit (or part of one); all of it if
/// none does.
fn spoken_part(tokenizer: &Tokenizer, all: &[TokenId], word: Range<usize>) -> Range<usize> {
    let is_spoken = |index: &usize| {
        let text = tokenizer.decode(&all[*index..=*index]);
        text.chars().any(|c| c.is_alphanumeric() || c == char::REPLACEMENT_CHARACTER)
    };
    match (word.clone().find(is_spoken), word.clone().rfind(is_spoken)) {
        (Some(first), Some(last)) => first..last + 1,
        _ => word,
    }
}

/// From the onset of a word's first token to the onset of the token after its last one, but not far
/// from where the word's own tokens were looked for: the path has to spend unheard speech somewhere.
fn rough_time(looks: &[Look], word: &Range<usize>) -> Range<f32> {
    let seconds = |frame: usize| frame as f32 * FRAME;
    let look = |token: usize| looks.get(token).or(looks.last());
    let onset = |token: usize| look(token).map_or(0.0, |look| seconds(look.onset));
    let peak = |token: usize| look(token).map_or(0.0, |look| seconds(look.peak));
    let start = onset(word.start).max(peak(word.start) - LONGEST_ATTACK);
    let end = onset(word.end).min(peak(word.end.max(1) - 1) + LONGEST_DECAY);
    start..end.max(start)
}

fn mean_probability(log_probabilities: &[f32]) -> f32 {
    let sum: f32 = log_probabilities.iter().map(|log| log.exp()).sum();
    sum / log_probabilities.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenizer::tests::small;

    #[test]
    fn given_words_become_tokens_as_if_they_stood_in_a_text() {
        let tokenizer = small();
        let tokens = given(&tokenizer, "en", &["the", " cat,"]);
        assert_eq!(tokenizer.decode(&tokens.all), " the cat,");
        assert_eq!(tokens.words, [0..1, 1..2]);
        assert_eq!(tokenizer.decode(&given(&tokenizer, "ja", &["東", "京"]).all), "東京");
    }

    #[test]
    fn signs_are_not_spoken_but_a_word_of_signs_keeps_its_place() {
        let tokenizer = small();
        let tokens = given(&tokenizer, "en", &["(at)", "--", ""]);
        let spoken = |index: usize| tokenizer.decode(&tokens.all[tokens.words[index].clone()]);
        assert_eq!(spoken(0), "at");
        assert_eq!(spoken(1), " --");
        assert_eq!(spoken(2), " ");
    }

    fn looks(frames: &[(usize, usize)]) -> Vec<Look> {
        frames.iter().map(|(onset, peak)| Look { onset: *onset, peak: *peak }).collect()
    }

    #[test]
    fn a_word_lasts_until_the_token_after_it() {
        assert_eq!(
            rough_time(&looks(&[(0, 5), (50, 60), (75, 80), (100, 101)]), &(1..3)),
            1.0..2.0
        );
        assert_eq!(rough_time(&looks(&[(0, 5), (50, 50)]), &(1..2)), 1.0..1.0);
    }

    #[test]
    fn a_word_does_not_take_up_speech_that_was_not_heard() {
        let looks = looks(&[(0, 500), (510, 550), (1500, 1500)]);
        assert_eq!(rough_time(&looks, &(0..1)), 9.5..10.2);
        assert_eq!(rough_time(&looks, &(1..2)), 10.5..11.7);
    }

    #[test]
    fn a_word_is_as_probable_as_its_tokens_on_average() {
        assert!((mean_probability(&[0.0, 0.5_f32.ln()]) - 0.75).abs() < 1e-6);
    }
}
