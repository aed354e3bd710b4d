//! Words that nobody can have said as they stand: more than there was time for, or a passage again whose
//! sound there is not twice. A decoder that misses the end of the sound goes on, most of all with what it
//! has just written.
//!
//! It knows words and their times; not how they were found, nor how a place is listened to again.

use std::ops::Range;

use crate::times::TimedWord;

use super::found::{are_sayable, can_be_believed, crammed, plain_text};

// Set by hand; no measurement of word errors is for any one of them.

/// Longest passage that is looked for a second time, in words.
const LONGEST_PASSAGE: usize = 80;
/// Letters and digits that a passage has at least: people do say "no, no, no".
const SHORTEST_PASSAGE: usize = 7;
/// Seconds before and after a doubtful stretch that are listened to with it, where no word is.
const MARGIN: f32 = 0.3;
/// A stretch shorter than this, in seconds, has no room for words that were taken for others.
const SHORTEST_STRETCH: f32 = 0.4;

/// Words that cannot stand as they are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Doubt {
    /// Which words.
    words: Range<usize>,
    /// Where to listen again, in seconds from the window's start.
    pub(super) stretch: Range<f32>,
}

/// The first doubt about `words`, of which those that lie within a stretch that is `settled` can stand.
pub(super) fn first(words: &[TimedWord], settled: &[Range<f32>], seconds: f32) -> Option<Doubt> {
    let open = |range: &Range<usize>| {
        let (start, end) = (words[range.start].time.start, words[range.end - 1].time.end);
        !settled.iter().any(|known| known.start <= start && end <= known.end)
    };
    let crammed = crammed(words).into_iter().find(open);
    let range = crammed.or_else(|| said_again(words, open))?;
    let before = range.start.checked_sub(1).map_or(0.0, |index| words[index].time.end);
    let next = words.get(range.end).map_or(seconds, |word| word.time.start);
    let (start, end) = (words[range.start].time.start, words[range.end - 1].time.end);
    let stretch = (start - MARGIN).max(before).min(start)..(end + MARGIN).min(next).max(end);
    Some(Doubt { words: range, stretch })
}

impl Doubt {
    /// Whether there is sound enough to listen to.
    pub(super) fn has_room(&self) -> bool {
        self.stretch.end - self.stretch.start >= SHORTEST_STRETCH
    }

    /// Puts what listening to the stretch by itself has `found` in the place of the words: nothing where that
    /// cannot be believed. Words that are found again stay as they are.
    pub(super) fn settle(&self, words: &mut Vec<TimedWord>, found: Vec<TimedWord>) {
        let own = &words[self.words.clone()];
        if are_sayable(own) && says_again(own, &found) {
            return;
        }
        let (before, after) = (&words[..self.words.start], &words[self.words.end..]);
        let found = if can_be_believed(&found, before, after) { found } else { Vec::new() };
        words.splice(self.words.clone(), found);
    }
}

/// Of a passage that stands twice in a row the copy that had less time, the second of equals; the longest
/// passage that begins first, where it is `open`.
fn said_again(words: &[TimedWord], open: impl Fn(&Range<usize>) -> bool) -> Option<Range<usize>> {
    let plain: Vec<String> = words.iter().map(plain_text).collect();
    let is_passage = |words: &[String]| {
        let letters: usize = words.iter().map(|word| word.chars().count()).sum();
        letters >= SHORTEST_PASSAGE && words.iter().any(|word| *word != words[0])
    };
    let time = |range: &Range<usize>| words[range.end - 1].time.end - words[range.start].time.start;
    let shorter = |at: usize, length: usize| {
        let copies = (at..at + length, at + length..at + 2 * length);
        if time(&copies.0) < time(&copies.1) / 2.0 { copies.0 } else { copies.1 }
    };
    (0..words.len()).find_map(|at| {
        let lengths = 2..=LONGEST_PASSAGE.min((words.len() - at) / 2);
        let again = |length: &usize| {
            let (one, other) = plain[at..at + 2 * length].split_at(*length);
            one == other && is_passage(one)
        };
        lengths.rev().filter(again).map(|length| shorter(at, length)).find(&open)
    })
}

/// Whether all of the words stand in what was found, in a row.
fn says_again(words: &[TimedWord], found: &[TimedWord]) -> bool {
    let plain = |words: &[TimedWord]| -> Vec<String> { words.iter().map(plain_text).collect() };
    let words = plain(words);
    plain(found).windows(words.len()).any(|part| part == words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::times::WordTime;

    /// Words said from `start` on, `pace` a second.
    fn said(text: &str, start: f32, pace: f32) -> Vec<TimedWord> {
        let word = |(index, word): (usize, &str)| TimedWord {
            text: word.to_owned(),
            time: WordTime {
                start: start + index as f32 / pace,
                end: start + (index + 1) as f32 / pace,
                probability: 1.0,
            },
        };
        text.split_whitespace().enumerate().map(word).collect()
    }

    fn texts(words: &[TimedWord]) -> String {
        words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// What is left of `words` when the first doubt is settled with what was `found`.
    fn settled(mut words: Vec<TimedWord>, found: Vec<TimedWord>) -> String {
        let doubt = first(&words, &[], 30.0).expect("there is something to doubt");
        doubt.settle(&mut words, found);
        texts(&words)
    }

    #[test]
    fn what_people_say_is_not_doubted() {
        assert_eq!(first(&said("two and two and two and two is eight", 0.0, 3.0), &[], 9.0), None);
        assert_eq!(first(&said("no no no no no no no no", 0.0, 8.0), &[], 9.0), None);
        assert_eq!(first(&said("I am, I am here", 0.0, 5.0), &[], 9.0), None);
        assert_eq!(first(&[], &[], 9.0), None);
    }

    #[test]
    fn words_without_time_go() {
        let words =
            [said("the bridge is closed", 0.0, 3.0), said("and so is the road to it", 1.4, 40.0)];
        assert_eq!(settled(words.concat(), Vec::new()), "the bridge is closed");
    }

    #[test]
    fn words_without_time_give_way_to_what_is_found_in_their_place() {
        let words =
            [said("the bridge is closed", 0.0, 3.0), said("and so is the road to it", 3.0, 40.0)];
        let found = said("until May", 2.8, 4.0);
        assert_eq!(settled(words.concat(), found.clone()), "the bridge is closed until May");
        let mut unsure = found;
        unsure[0].time.probability = 0.1;
        assert_eq!(settled(words.concat(), unsure), "the bridge is closed");
    }

    #[test]
    fn a_passage_said_again_stays_where_its_sound_is_there_twice() {
        let words = said("hold the line hold the line please", 0.0, 3.0);
        let doubt = first(&words, &[], 30.0).expect("it stands twice");
        assert_eq!(doubt.words, 3..6);
        assert!(doubt.has_room());
        assert_eq!(
            settled(words.clone(), said("Hold the line.", 1.0, 3.0)),
            "hold the line hold the line please"
        );
        assert_eq!(
            settled(words.clone(), said("for now", 1.0, 3.0)),
            "hold the line for now please"
        );
        assert_eq!(settled(words.clone(), Vec::new()), "hold the line please");
        assert_eq!(first(&words, &[doubt.stretch], 30.0), None);
    }

    #[test]
    fn the_copy_that_had_no_time_is_the_one_in_doubt() {
        let words = [said("hold the line", 0.0, 10.0), said("hold the line please", 0.3, 3.0)];
        assert_eq!(first(&words.concat(), &[], 30.0).expect("it stands twice").words, 0..3);
    }

    #[test]
    fn only_what_no_word_lies_in_is_listened_to() {
        let words = said("hold the line hold the line please", 0.0, 3.0);
        let stretch = first(&words, &[], 30.0).expect("it stands twice").stretch;
        assert!(
            (stretch.start - 1.0).abs() < 1e-4 && (stretch.end - 2.0).abs() < 1e-4,
            "{stretch:?}"
        );
    }
}
