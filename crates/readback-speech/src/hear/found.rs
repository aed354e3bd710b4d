//! Whether words that were found by listening to a stretch by itself can be believed.
//!
//! It knows words, their times and what stands beside them; not why a stretch was listened to again.

use std::ops::Range;

use crate::times::TimedWord;

// Set by hand. In 80 minutes of clips, meetings among them, nobody said four words at more than 10.8 a second,
// six at more than 9.2 or eight at more than 8.2.

/// So many words together tell the pace …
const TOGETHER: usize = 5;
/// … and are not said faster than so many a second.
const FASTEST: f32 = 13.0;
/// Mean probability that words must have.
const SURE: f32 = 0.6;
/// Words to either side with which a second listening is compared.
const COMPARED: usize = 3;

/// Whether words found between others can be believed: the recogniser is sure of them, there was time for
/// them, and they do not only say again what stands beside them. No words cannot.
pub(super) fn can_be_believed(
    found: &[TimedWord],
    before: &[TimedWord],
    after: &[TimedWord],
) -> bool {
    !found.is_empty() && is_sure(found) && are_sayable(found) && !repeats(found, before, after)
}

/// Whether the recogniser is sure of most of what it found: what it makes of music, of another
/// language or of people talking at once it is not.
fn is_sure(found: &[TimedWord]) -> bool {
    let sum: f32 = found.iter().map(|word| word.time.probability).sum();
    sum >= SURE * found.len() as f32
}

/// Whether there was time for all of the words.
pub(super) fn are_sayable(words: &[TimedWord]) -> bool {
    crammed(words).is_empty()
}

/// Runs of words that there was no time for.
pub(super) fn crammed(words: &[TimedWord]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (index, together) in words.windows(TOGETHER).enumerate() {
        let seconds = together[TOGETHER - 1].time.end - together[0].time.start;
        if seconds * FASTEST >= TOGETHER as f32 {
            continue;
        }
        let run = index..index + TOGETHER;
        match runs.last_mut() {
            Some(last) if last.end >= run.start => last.end = run.end,
            _ => runs.push(run),
        }
    }
    runs
}

/// Whether a second listening only says again what stands before or after it.
fn repeats(found: &[TimedWord], before: &[TimedWord], after: &[TimedWord]) -> bool {
    let plain = |words: &[TimedWord]| -> Vec<String> { words.iter().map(plain_text).collect() };
    let (found, before, after) = (plain(found), plain(before), plain(after));
    let next = &after[..after.len().min(COMPARED)];
    let previous = &before[before.len().saturating_sub(COMPARED)..];
    let holds = |part: &[String]| !part.is_empty() && found.windows(part.len()).any(|w| w == part);
    holds(next) || holds(previous)
}

/// The letters and digits of a word, small.
pub(super) fn plain_text(word: &TimedWord) -> String {
    word.text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::times::WordTime;

    /// Words said `pace` a second.
    fn said(text: &str, pace: f32) -> Vec<TimedWord> {
        let word = |(index, word): (usize, &str)| TimedWord {
            text: word.to_owned(),
            time: WordTime {
                start: index as f32 / pace,
                end: (index + 1) as f32 / pace,
                probability: 1.0,
            },
        };
        text.split_whitespace().enumerate().map(word).collect()
    }

    fn words(text: &str) -> Vec<TimedWord> {
        said(text, 1.0)
    }

    #[test]
    fn words_are_crammed_where_nobody_can_speak_so_fast() {
        let text = "and so is the road to it";
        assert!(are_sayable(&said(text, 9.0)));
        assert_eq!(crammed(&said(text, 30.0)), [0..7]);
        assert!(are_sayable(&said("so is the road", 30.0)), "too few to tell");
    }

    #[test]
    fn nothing_found_is_nothing_to_believe() {
        assert!(!can_be_believed(&[], &[], &[]));
        assert!(can_be_believed(&words("until May"), &[], &[]));
        assert!(!can_be_believed(&said("and so is the road to it", 30.0), &[], &[]));
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
