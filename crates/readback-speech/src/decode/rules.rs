//! Which token may come next: Whisper's rules as functions on the logits of one position. They know no
//! network and keep no state.
//!
//! Numbered as in OpenAI Whisper, `decoding.py`: 1 `SuppressBlank`, 2 `SuppressTokens`, which here has letters
//! of scripts that the language is not written in, too. Timestamps are not
//! asked for: on windows cut in silence they lost the end of many. A forbidden token has logit -∞.

use crate::model::TokenId;
use crate::tokenizer::{Special, Tokenizer};

/// The rules for one model.
pub struct Rules {
    special: Special,
    /// Blanks, which may not come first.
    blanks: Vec<TokenId>,
    /// Tokens that may never be written, in rising order.
    banned: Vec<TokenId>,
    /// Tokens with letters of other scripts than Latin.
    not_latin: Vec<TokenId>,
}

impl Rules {
    pub fn new(tokenizer: &Tokenizer) -> Self {
        let special = tokenizer.special();
        let mut blanks = tokenizer.encode(" ");
        blanks.push(special.end);
        let banned = tokenizer.unspoken();
        Self { special, blanks, banned, not_latin: tokenizer.not_latin() }
    }

    /// Applies every rule to the logits that follow `written`, in this language.
    pub fn apply(&self, logits: &mut [f32], written: &[TokenId], language: &str) {
        suppress_first_blank(logits, written, &self.blanks);
        suppress(logits, &self.banned);
        if !Tokenizer::has_own_script(language) {
            suppress(logits, &self.not_latin);
        }
        suppress_steering(logits, self.special);
    }

    /// The no-speech probability from the unruled logits after the start token.
    pub fn no_speech(&self, logits: &[f32]) -> f32 {
        log_probability(logits, self.special.no_speech).exp()
    }
}

/// Rule 1: a transcript does not begin with a blank, nor is it empty.
pub fn suppress_first_blank(logits: &mut [f32], written: &[TokenId], blanks: &[TokenId]) {
    if written.is_empty() {
        suppress(logits, blanks);
    }
}

/// Rule 2: signs that only write what nobody says.
pub fn suppress(logits: &mut [f32], tokens: &[TokenId]) {
    for token in tokens {
        if let Some(logit) = logits.get_mut(*token as usize) {
            *logit = f32::NEG_INFINITY;
        }
    }
}

/// Rule 2: languages and tasks belong before a transcript, not into it; and no timestamps.
pub fn suppress_steering(logits: &mut [f32], special: Special) {
    let first = (special.end as usize + 1).min(logits.len());
    logits[first..].fill(f32::NEG_INFINITY);
}

/// Natural log-probability of `token` under the softmax of `logits`.
pub fn log_probability(logits: &[f32], token: TokenId) -> f32 {
    let (height, weight) = mass(logits);
    logits.get(token as usize).map_or(f32::NEG_INFINITY, |logit| logit - height - weight.ln())
}

/// The highest logit `h`, and Σ exp(logit - h), without overflow; (-∞, 0) where all are forbidden.
fn mass(logits: &[f32]) -> (f32, f32) {
    let height = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if height == f32::NEG_INFINITY {
        return (height, 0.0);
    }
    (height, logits.iter().map(|logit| (logit - height).exp()).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text 0..10, end 10, start 11, …, no timestamps 17, timestamps from 18 on.
    const SPECIAL: Special = Special {
        end: 10,
        start: 11,
        translate: 12,
        transcribe: 13,
        language_model: 14,
        previous: 15,
        no_speech: 16,
        no_timestamps: 17,
    };
    const SIZE: usize = 118;

    /// The tokens that `rule` leaves possible after `written`.
    fn allowed(written: &[TokenId], rule: impl Fn(&mut [f32], &[TokenId], Special)) -> Vec<usize> {
        let mut logits = vec![0.0; SIZE];
        rule(&mut logits, written, SPECIAL);
        (0..SIZE).filter(|token| logits[*token] > f32::NEG_INFINITY).collect()
    }

    #[test]
    fn rule_1_a_transcript_does_not_begin_with_a_blank() {
        let rule = |logits: &mut [f32], written: &[TokenId], _| {
            suppress_first_blank(logits, written, &[2, 10]);
        };
        assert!(!allowed(&[], rule).contains(&2));
        assert!(!allowed(&[], rule).contains(&10));
        assert_eq!(allowed(&[5], rule).len(), SIZE);
    }

    #[test]
    fn rule_2_suppressed_tokens_never_come_even_beyond_the_vocabulary() {
        let left = allowed(&[], |logits, _, _| suppress(logits, &[3, 4, 9_999]));
        assert_eq!(left.len(), SIZE - 2);
        assert!(!left.contains(&3));
    }

    #[test]
    fn rule_2_steering_tokens_and_timestamps_do_not_come_but_the_end_may() {
        let left = allowed(&[], |logits, _, special| suppress_steering(logits, special));
        assert_eq!(left, (0..=10).collect::<Vec<_>>());
    }

    #[test]
    fn probabilities_survive_logits_that_overflow() {
        assert!((log_probability(&[1000.0, 1000.0], 0) - 0.5_f32.ln()).abs() < 1e-6);
        assert_eq!(log_probability(&[f32::NEG_INFINITY, 0.0], 0), f32::NEG_INFINITY);
    }
}
