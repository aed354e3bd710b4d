//! Speech in a window that the decoded text has no words for, and listening to it once more. Whisper
//! now and then begins a window late, skips a sentence or stops early.

use std::ops::Range;

use super::{Engine, TimedWord, TimesError, WindowSound};
use crate::decode::{DecodeOptions, decode_stretch};
use crate::model::{Memory, Model};
use crate::tokenizer::Tokenizer;

/// Seconds of speech without a word that are worth listening to again.
const SHORTEST_GAP: f32 = 2.0;
/// Seconds around each word in which speech counts as heard.
const MARGIN: f32 = 0.3;
/// Times a window is listened to again at most.
const MOST_AGAIN: usize = 4;
/// Mean probability that words found in a gap must have.
const SURE: f32 = 0.7;
/// Words next to the gap with which a second listening is compared.
const COMPARED: usize = 3;

/// The words of a window with those that a second listening finds in `speech` (seconds, in order) where
/// the first left at least two seconds without a word.
pub fn fill_gaps(
    model: &Model,
    tokenizer: &Tokenizer,
    memory: &Memory,
    sound: WindowSound<'_>,
    speech: &[Range<f32>],
    mut words: Vec<TimedWord>,
    options: &DecodeOptions,
) -> Result<Vec<TimedWord>, TimesError> {
    let engine = Engine { model, tokenizer };
    for gap in gaps(&words, speech).into_iter().take(MOST_AGAIN) {
        let again = decode_stretch(model, tokenizer, memory, options, gap.clone())?;
        let found = engine.decoded_words(memory, sound, &again, gap.clone())?;
        let place = words.partition_point(|word| word.time.start < gap.start);
        if is_sure(&found) && !repeats(&found, &words[..place], &words[place..]) {
            words.splice(place..place, found);
        }
    }
    Ok(words)
}

/// Whether the recogniser is sure of most of what it found: what it makes of music, of another
/// language or of people talking at once it is not.
fn is_sure(found: &[TimedWord]) -> bool {
    let sum: f32 = found.iter().map(|word| word.time.probability).sum();
    sum >= SURE * found.len() as f32
}

/// Stretches of speech without a word, long enough to be worth a second listening.
fn gaps(words: &[TimedWord], speech: &[Range<f32>]) -> Vec<Range<f32>> {
    let (Some(first), Some(last)) = (speech.first(), speech.last()) else { return Vec::new() };
    let mut free = first.start;
    let mut between = Vec::new();
    for word in words {
        between.push(free..word.time.start - MARGIN);
        free = free.max(word.time.end + MARGIN);
    }
    between.push(free..last.end);
    let spoken = |gap: &Range<f32>| {
        let shared = |stretch: &Range<f32>| stretch.end.min(gap.end) - stretch.start.max(gap.start);
        speech.iter().map(|stretch| shared(stretch).max(0.0)).sum::<f32>()
    };
    between.retain(|gap| spoken(gap) >= SHORTEST_GAP);
    between
}

/// Whether a second listening only says again what stands before or after the gap.
fn repeats(found: &[TimedWord], before: &[TimedWord], after: &[TimedWord]) -> bool {
    let plain = |words: &[TimedWord]| -> Vec<String> { words.iter().map(plain_text).collect() };
    let (found, before, after) = (plain(found), plain(before), plain(after));
    let next = &after[..after.len().min(COMPARED)];
    let previous = &before[before.len().saturating_sub(COMPARED)..];
    let holds = |part: &[String]| !part.is_empty() && found.windows(part.len()).any(|w| w == part);
    holds(next) || holds(previous)
}

fn plain_text(word: &TimedWord) -> String {
    word.text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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
    fn speech_without_words_is_a_gap_from_two_seconds_on() {
        let [all, brief] = [0.0..10.0, 0.0..5.0];
        assert_eq!(gaps(&words("a b c"), &[all]), [3.2..10.0]);
        assert_eq!(gaps(&words("a b c"), &[brief]), []);
        assert_eq!(gaps(&[], &[1.0..4.0]), [1.0..4.0]);
    }

    #[test]
    fn silence_is_no_gap() {
        assert_eq!(gaps(&words("a b c"), &[]), []);
        assert_eq!(gaps(&words("a"), &[0.0..0.9, 9.0..10.5]), []);
    }

    #[test]
    fn a_window_begun_late_has_a_gap_before_its_first_word() {
        let mut late = words("a");
        late[0].time.start = 8.0;
        late[0].time.end = 9.0;
        assert_eq!(gaps(&late, &[0.5..9.0]), [0.5..7.7]);
    }

    #[test]
    fn a_second_listening_must_be_sure_of_what_it_finds() {
        let mut found = words("churches and a bank");
        assert!(is_sure(&found));
        for word in &mut found {
            word.time.probability = 0.4;
        }
        assert!(!is_sure(&found));
    }

    #[test]
    fn what_stands_beside_the_gap_is_not_heard_twice() {
        let (before, after) = (words("on your marks"), words("Did you guys actually"));
        assert!(repeats(&words("did you guys"), &before, &after));
        assert!(repeats(&words("On your marks. Go"), &before, &after));
        assert!(!repeats(&words("All right. Okay. See."), &before, &after));
        assert!(!repeats(&words("hello"), &[], &[]));
    }
}
