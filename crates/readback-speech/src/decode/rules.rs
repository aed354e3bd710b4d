//! Which token may come next: Whisper's rules as functions on the logits of one position. They know no
//! network and keep no state.
//!
//! Numbered as in OpenAI Whisper, `decoding.py`: 1 `SuppressBlank`, 2 `SuppressTokens`,
//! 3 `ApplyTimestampRules` in the order of its comments. A forbidden token has logit -∞.

use crate::model::TokenId;
use crate::tokenizer::{Special, Tokenizer};

/// The first timestamp lies within the first second: 50 steps of 20 ms.
const LATEST_FIRST_TIMESTAMP: TokenId = 50;

/// The rules for one model and mode.
pub struct Rules {
    special: Special,
    /// Blanks, which may not come first.
    blanks: Vec<TokenId>,
    /// Tokens that may never be written, in rising order.
    banned: Vec<TokenId>,
    timestamps: bool,
}

impl Rules {
    pub fn new(tokenizer: &Tokenizer, timestamps: bool) -> Self {
        let special = tokenizer.special();
        let mut blanks = tokenizer.encode(" ");
        blanks.push(special.end);
        let banned = tokenizer.unspoken();
        Self { special, blanks, banned, timestamps }
    }

    /// Applies every rule to the logits that follow `written`.
    pub fn apply(&self, logits: &mut [f32], written: &[TokenId]) {
        suppress_first_blank(logits, written, &self.blanks);
        suppress(logits, &self.banned);
        suppress_steering(logits, self.special);
        if self.timestamps {
            pair_timestamps(logits, written, self.special);
            keep_timestamps_rising(logits, written, self.special);
            begin_with_early_timestamp(logits, written, self.special);
            prefer_timestamp(logits, self.special);
        } else {
            forbid(logits, self.special.first_timestamp as usize..);
        }
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

/// Rules 2 and 3a: languages, tasks and `<|notimestamps|>` belong before a transcript, not into it.
pub fn suppress_steering(logits: &mut [f32], special: Special) {
    forbid(logits, special.end as usize + 1..special.first_timestamp as usize);
}

/// Rule 3b: timestamps come in pairs, except directly before the end. After one that follows text, the
/// next token is a timestamp or the end; after two, text.
pub fn pair_timestamps(logits: &mut [f32], written: &[TokenId], special: Special) {
    let is_timestamp = |token: &TokenId| *token >= special.first_timestamp;
    let mut backwards = written.iter().rev();
    let last = backwards.next().is_some_and(is_timestamp);
    let before = backwards.next().is_none_or(is_timestamp);
    if last && before {
        forbid(logits, special.first_timestamp as usize..);
    } else if last {
        forbid(logits, ..special.end as usize);
    }
}

/// Rule 3c: timestamps do not run backwards, and a segment is not empty: only the start of a segment may
/// repeat the end of the one before.
pub fn keep_timestamps_rising(logits: &mut [f32], written: &[TokenId], special: Special) {
    let is_timestamp = |token: &TokenId| *token >= special.first_timestamp;
    let Some(latest) = written.iter().rfind(|token| is_timestamp(token)) else { return };
    let ends_segment = written.len() >= 2
        && is_timestamp(&written[written.len() - 1])
        && !is_timestamp(&written[written.len() - 2]);
    let earliest = if ends_segment { *latest } else { latest + 1 };
    forbid(logits, special.first_timestamp as usize..earliest as usize);
}

/// Rule 3d: a transcript begins with a timestamp, at most one second in.
pub fn begin_with_early_timestamp(logits: &mut [f32], written: &[TokenId], special: Special) {
    if written.is_empty() {
        forbid(logits, ..special.first_timestamp as usize);
        forbid(logits, (special.first_timestamp + LATEST_FIRST_TIMESTAMP) as usize + 1..);
    }
}

/// Rule 3e: if the timestamps together are more probable than any single text token, one of them comes.
pub fn prefer_timestamp(logits: &mut [f32], special: Special) {
    let first = (special.first_timestamp as usize).min(logits.len());
    let (text, timestamps) = logits.split_at(first);
    let most = text.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let (height, weight) = mass(timestamps);
    if height + weight.ln() > most {
        forbid(logits, ..first);
    }
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

/// Forbids a range of tokens, as far as the logits reach.
fn forbid(logits: &mut [f32], tokens: impl std::ops::RangeBounds<usize>) {
    use std::ops::Bound::{Excluded, Included, Unbounded};
    let start = match tokens.start_bound() {
        Included(start) => *start,
        Excluded(start) => start + 1,
        Unbounded => 0,
    };
    let end = match tokens.end_bound() {
        Included(end) => end + 1,
        Excluded(end) => *end,
        Unbounded => logits.len(),
    };
    let end = end.min(logits.len());
    logits[start.min(end)..end].fill(f32::NEG_INFINITY);
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
        first_timestamp: 18,
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
    fn rule_3a_steering_tokens_do_not_come_but_the_end_may() {
        let left = allowed(&[], |logits, _, special| suppress_steering(logits, special));
        assert_eq!(left, (0..=10).chain(18..SIZE).collect::<Vec<_>>());
    }

    #[test]
    fn rule_3b_after_a_lone_timestamp_comes_its_pair_or_the_end() {
        assert_eq!(allowed(&[18, 5, 30], pair_timestamps), (10..SIZE).collect::<Vec<_>>());
    }

    #[test]
    fn rule_3b_after_a_pair_or_at_the_start_comes_text() {
        let text = (0..18).collect::<Vec<_>>();
        assert_eq!(allowed(&[18, 5, 30, 30], pair_timestamps), text);
        assert_eq!(allowed(&[18], pair_timestamps), text);
        assert_eq!(allowed(&[18, 5], pair_timestamps).len(), SIZE);
    }

    #[test]
    fn rule_3c_timestamps_rise_and_only_a_start_may_repeat_an_end() {
        assert_eq!(
            allowed(&[18, 5, 30], keep_timestamps_rising)[18..],
            (30..SIZE).collect::<Vec<_>>()
        );
        assert_eq!(allowed(&[20, 5], keep_timestamps_rising)[18..], (21..SIZE).collect::<Vec<_>>());
        assert_eq!(allowed(&[], keep_timestamps_rising).len(), SIZE);
    }

    #[test]
    fn rule_3d_the_first_token_is_a_timestamp_within_one_second() {
        let first = allowed(&[], begin_with_early_timestamp);
        assert_eq!(first, (18..=68).collect::<Vec<_>>());
        assert_eq!(allowed(&[18], begin_with_early_timestamp).len(), SIZE);
    }

    #[test]
    fn rule_3e_timestamps_win_together_or_not_at_all() {
        let with_text_at = |logit: f32| {
            allowed(&[], |logits, _, special| {
                logits[3] = logit;
                prefer_timestamp(logits, special);
            })
        };
        // 100 timestamps at logit 0 weigh ln 100 = 4.6 together.
        assert_eq!(with_text_at(4.5), (18..SIZE).collect::<Vec<_>>());
        assert_eq!(with_text_at(4.7).len(), SIZE);
    }

    #[test]
    fn probabilities_survive_logits_that_overflow() {
        assert!((log_probability(&[1000.0, 1000.0], 0) - 0.5_f32.ln()).abs() < 1e-6);
        assert_eq!(log_probability(&[f32::NEG_INFINITY, 0.0], 0), f32::NEG_INFINITY);
    }
}
