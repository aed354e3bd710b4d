//! Speech in a window for which no words were written: the sign that the decoder skipped some of it.
//!
//! It knows when somebody speaks and when words were said, not which words.

use std::ops::Range;

use crate::times::WordTime;

/// No word lasts longer, in seconds; one that seems to hides what was skipped before or after it.
const LONGEST_WORD: f32 = 1.5;

/// The most speech, in seconds, between two neighbouring words or before the first or after the last;
/// `speech` in seconds from the window's start.
pub(super) fn longest(speech: &[Range<f32>], words: &[WordTime]) -> f32 {
    let believed = words.iter().filter(|word| word.end - word.start <= LONGEST_WORD);
    let mut from = 0.0;
    let mut longest = 0.0_f32;
    for word in believed {
        longest = longest.max(within(speech, from..word.start));
        from = word.end;
    }
    longest.max(within(speech, from..f32::INFINITY))
}

fn within(speech: &[Range<f32>], gap: Range<f32>) -> f32 {
    let overlap = |part: &Range<f32>| (part.end.min(gap.end) - part.start.max(gap.start)).max(0.0);
    speech.iter().map(overlap).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(speech: &[Range<f32>], words: &[(f32, f32)], expected: f32) {
        let word = |&(start, end): &(f32, f32)| WordTime { start, end, probability: 1.0 };
        let words: Vec<WordTime> = words.iter().map(word).collect();
        assert_eq!(longest(speech, &words), expected);
    }

    #[test]
    fn silence_between_words_is_no_gap_but_speech_is() {
        let speech = [0.0..4.0, 10.0..20.0];
        check(&speech, &[(0.0, 1.0), (1.0, 2.0), (3.5, 4.0), (10.0, 11.0), (19.0, 20.0)], 8.0);
        check(&speech, &[(3.5, 4.0), (10.0, 10.5)], 9.5);
        check(&speech, &[], 14.0);
        check(&[], &[], 0.0);
    }

    #[test]
    fn a_word_too_long_to_be_true_covers_nothing() {
        check(&[0.0..6.0], &[(0.0, 5.0), (5.0, 5.5)], 5.0);
    }
}
