//! Speech in a window for which no words were written: the sign that the decoder skipped some of it.
//! Whisper now and then begins a window late, skips a sentence or stops early.
//!
//! It knows when somebody speaks and which words were found; not how they were found.

use std::ops::Range;

use crate::times::TimedWord;

use super::found::{can_be_believed, plain_text};

// Set by hand; what was measured of them all together stands in `batch.rs`.

/// Seconds of speech without a word that are worth listening to by themselves.
const SHORTEST_GAP: f32 = 2.0;
/// No word lasts longer, in seconds; one that seems to hides what was skipped before or after it.
const LONGEST_WORD: f32 = 1.5;
/// What a word that seemed to last that long is left with.
const USUAL_WORD: f32 = 0.5;
/// Seconds around each word in which speech counts as heard.
const MARGIN: f32 = 0.3;

/// The most speech without a word anywhere in a window, in seconds; `speech` in seconds from the
/// window's start, in order.
pub(super) fn longest(speech: &[Range<f32>], words: &[TimedWord]) -> f32 {
    gaps(speech, words).iter().map(|gap| spoken(speech, gap)).fold(0.0, f32::max)
}

/// The stretches of speech without a word that are worth listening to by themselves.
pub(super) fn unheard(speech: &[Range<f32>], words: &[TimedWord]) -> Vec<Range<f32>> {
    let mut gaps = gaps(speech, words);
    gaps.retain(|gap| spoken(speech, gap) >= SHORTEST_GAP);
    gaps
}

/// `words` with those that listening to a gap by itself has `found`, if they can be believed. A word
/// that seemed to fill the gap comes after them, unless it is one of them.
pub(super) fn fill(words: &mut Vec<TimedWord>, gap: &Range<f32>, found: Vec<TimedWord>) {
    let place = words.partition_point(|word| word.time.start < gap.start);
    let covers =
        words.get(place).is_some_and(|word| !is_believable(word) && word.time.start < gap.end);
    let next = place + usize::from(covers);
    if !can_be_believed(&found, &words[..place], &words[next..]) {
        return;
    }
    let Some(last) = found.last() else { return };
    if covers {
        let end = last.time.end;
        let among =
            |word: &TimedWord| found.iter().any(|other| plain_text(other) == plain_text(word));
        if among(&words[place]) {
            words.remove(place);
        } else {
            let time = &mut words[place].time;
            time.start = end.max(time.end - USUAL_WORD).min(time.end);
        }
    }
    words.splice(place..place, found);
}

/// What lies between the words of a window, before the first and after the last.
fn gaps(speech: &[Range<f32>], words: &[TimedWord]) -> Vec<Range<f32>> {
    let (Some(first), Some(last)) = (speech.first(), speech.last()) else { return Vec::new() };
    let mut free = first.start;
    let mut between = Vec::new();
    for word in words.iter().filter(|word| is_believable(word)) {
        between.push(free..word.time.start - MARGIN);
        free = free.max(word.time.end + MARGIN);
    }
    between.push(free..last.end);
    between
}

fn is_believable(word: &TimedWord) -> bool {
    word.time.end - word.time.start <= LONGEST_WORD
}

/// Seconds of speech in a gap.
fn spoken(speech: &[Range<f32>], gap: &Range<f32>) -> f32 {
    let shared = |part: &Range<f32>| part.end.min(gap.end) - part.start.max(gap.start);
    speech.iter().map(|part| shared(part).max(0.0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::times::WordTime;

    fn words(text: &str) -> Vec<TimedWord> {
        let word = |(index, word): (usize, &str)| TimedWord {
            text: word.to_owned(),
            time: WordTime { start: index as f32, end: index as f32 + 0.9, probability: 1.0 },
        };
        text.split_whitespace().enumerate().map(word).collect()
    }

    /// The words of `words("a b c")` lie at 0-0.9, 1-1.9 and 2-2.9 s.
    #[test]
    fn speech_without_words_is_a_gap() {
        assert_eq!(longest(&[0.0..10.0], &words("a b c")), 6.8);
        assert_eq!(longest(&[0.0..4.0, 8.0..10.0], &words("a b c")), 2.8);
        assert_eq!(longest(&[1.0..4.0], &[]), 3.0);
    }

    #[test]
    fn silence_is_no_gap() {
        assert_eq!(longest(&[], &words("a b c")), 0.0);
        assert_eq!(longest(&[0.0..2.9], &words("a b c")), 0.0);
    }

    #[test]
    fn a_window_begun_late_has_a_gap_before_its_first_word() {
        let mut late = words("a");
        late[0].time = WordTime { start: 8.0, end: 9.0, probability: 1.0 };
        assert_eq!(gaps(&[0.5..9.0], &late)[0], 0.5..7.7);
    }

    #[test]
    fn a_word_too_long_to_be_true_covers_nothing() {
        let mut long = words("a b");
        long[0].time.end = 5.0;
        long[1].time = WordTime { start: 5.0, end: 5.5, probability: 1.0 };
        assert_eq!(longest(&[0.0..5.5], &long), 4.7);
    }

    /// `words` said from `start` on, a second each.
    fn said(text: &str, start: f32) -> Vec<TimedWord> {
        let mut words = words(text);
        for word in &mut words {
            word.time.start += start;
            word.time.end += start;
        }
        words
    }

    fn filled(mut words: Vec<TimedWord>, gap: &Range<f32>, found: Vec<TimedWord>) -> String {
        fill(&mut words, gap, found);
        assert!(words.is_sorted_by(|a, b| a.time.end <= b.time.start), "{words:?}");
        words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_found_in_a_gap_stand_in_their_place() {
        let words = [said("a b", 0.0), said("c", 8.0)].concat();
        assert_eq!(filled(words.clone(), &(2.2..7.7), said("x y", 3.0)), "a b x y c");
        let mut unsure = said("x y", 3.0);
        unsure[0].time.probability = 0.1;
        assert_eq!(filled(words, &(2.2..7.7), unsure), "a b c");
    }

    #[test]
    fn a_word_that_seemed_to_fill_the_gap_comes_after_it_once() {
        let mut words = said("I have", 0.0);
        words[0].time.end = 8.0;
        words[1].time = WordTime { start: 8.0, end: 9.0, probability: 1.0 };
        assert_eq!(filled(words.clone(), &(0.0..7.7), said("x y", 3.0)), "x y I have");
        assert_eq!(filled(words, &(0.0..7.7), said("x y I", 3.0)), "x y I have");
    }
}
