//! Cutting a window's tokens at their timestamps. It knows tokens, not what they were decoded from.
//!
//! After OpenAI Whisper, `transcribe.py`, and faster-whisper, `_split_segments_by_timestamps`.

use std::ops::Range;

use crate::model::TokenId;
use crate::tokenizer::Tokenizer;

/// A part of a window that the model gave times to.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Seconds into the window.
    pub start: f32,
    /// Seconds into the window, not before the start.
    pub end: f32,
    /// Its text tokens among the window's tokens.
    pub tokens: Range<usize>,
}

/// The segments of a window of so many seconds, and up to where it was heard: to the end when the
/// tokens end in a lone timestamp or have none, else to the last timestamp.
pub fn split(tokenizer: &Tokenizer, tokens: &[TokenId], seconds: f32) -> (Vec<Segment>, f32) {
    let mut segments = Vec::new();
    let mut start = 0.0;
    let mut begin = 0;
    let mut last = None;
    for (index, token) in tokens.iter().enumerate() {
        let Some(time) = tokenizer.timestamp(*token) else { continue };
        let time = time.min(seconds);
        if begin < index {
            segments.push(Segment { start, end: time.max(start), tokens: begin..index });
        }
        (start, begin, last) = (time, index + 1, Some(time));
    }
    if begin < tokens.len() {
        segments.push(Segment { start, end: seconds.max(start), tokens: begin..tokens.len() });
    }
    let is_timestamp = |token: &TokenId| tokenizer.timestamp(*token).is_some();
    let ends_in_pair = tokens.len() >= 2 && tokens[tokens.len() - 2..].iter().all(is_timestamp);
    let heard_until = last.filter(|_| ends_in_pair).unwrap_or(seconds);
    (segments, heard_until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenizer::tests::small;

    /// Timestamps are written in seconds, text as `x`.
    fn check(written: &[Option<f32>], expected: &[(f32, f32, Range<usize>)], heard_until: f32) {
        let tokenizer = small();
        let first = tokenizer.special().first_timestamp;
        let token = |time: &Option<f32>| time.map_or(5, |time| first + (time / 0.02) as TokenId);
        let tokens: Vec<_> = written.iter().map(token).collect();
        let (segments, until) = split(&tokenizer, &tokens, 12.0);
        let found: Vec<_> = segments.into_iter().map(|s| (s.start, s.end, s.tokens)).collect();
        assert_eq!(found, expected);
        assert_eq!(until, heard_until);
    }

    const X: Option<f32> = None;

    #[test]
    fn without_timestamps_the_window_is_one_segment() {
        check(&[X, X], &[(0.0, 12.0, 0..2)], 12.0);
        check(&[], &[], 12.0);
    }

    #[test]
    fn a_lone_timestamp_at_the_end_means_the_rest_is_silent() {
        check(&[Some(0.0), X, X, Some(4.0)], &[(0.0, 4.0, 1..3)], 12.0);
    }

    #[test]
    fn a_pair_at_the_end_means_the_rest_was_not_heard() {
        let tokens = [Some(0.0), X, Some(4.0), Some(4.0), X, Some(8.0), Some(8.0)];
        check(&tokens, &[(0.0, 4.0, 1..2), (4.0, 8.0, 4..5)], 8.0);
    }

    #[test]
    fn a_segment_cut_short_lasts_to_the_end_of_the_window() {
        check(
            &[Some(0.0), X, Some(4.0), Some(5.0), X],
            &[(0.0, 4.0, 1..2), (5.0, 12.0, 4..5)],
            12.0,
        );
    }

    #[test]
    fn times_beyond_the_window_are_its_end() {
        check(&[Some(0.0), X, Some(20.0)], &[(0.0, 12.0, 1..2)], 12.0);
    }
}
