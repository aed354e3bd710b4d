//! A time for every word: those that have one keep it, the others are placed between their
//! neighbours. The only place where times are estimated.

use readback_transcript::{
    Instant, Length, Probability, Stretch, TimeOrigin, Timing, Transcript, Word,
};

use crate::WriteError;

/// How long a word takes where only one neighbour is known.
const USUAL: Length = Length::from_millis(300);

/// Every word with a time, in order of text.
///
/// Starts never run backwards: a time that does gives way to an estimate. Words without a time share
/// the gap between their neighbours by their length in letters, at most 0.3 s for a word where the
/// gap is open at one end; they are marked [`TimeOrigin::Estimated`].
pub fn timed_words(transcript: &Transcript) -> Result<Vec<(Word, Timing)>, WriteError> {
    let words: Vec<Word> = transcript.words().copied().collect();
    if words.is_empty() {
        return Err(WriteError::NoWords);
    }
    let mut timings = monotonic(&words);
    if timings.iter().all(Option::is_none) {
        return Err(WriteError::NoTimes);
    }
    let mut at = 0;
    while at < words.len() {
        let end = (at..words.len()).find(|&i| timings[i].is_some()).unwrap_or(words.len());
        fill(&words, &mut timings, at, end);
        at = end + 1;
    }
    Ok(words.into_iter().zip(timings).filter_map(|(word, timing)| Some((word, timing?))).collect())
}

/// The times of the words, without those that start before an earlier word does, and with ends cut
/// back to the start of the next word.
fn monotonic(words: &[Word]) -> Vec<Option<Timing>> {
    let mut latest = Instant::START;
    let mut timings: Vec<Option<Timing>> = Vec::with_capacity(words.len());
    for word in words {
        let kept = word.timing.filter(|timing| timing.stretch.start() >= latest);
        latest = kept.map_or(latest, |timing| timing.stretch.start());
        timings.push(kept);
    }
    let mut next = None;
    for timing in timings.iter_mut().rev().flatten() {
        let end = next.map_or(timing.stretch.end(), |next| timing.stretch.end().min(next));
        timing.stretch = Stretch::new(timing.stretch.start(), end);
        next = Some(timing.stretch.start());
    }
    timings
}

/// Gives times to the words `from..to`, whose neighbours `from - 1` and `to` have theirs.
fn fill(words: &[Word], timings: &mut [Option<Timing>], from: usize, to: usize) {
    if from == to {
        return;
    }
    let before = from.checked_sub(1).and_then(|i| timings[i]);
    let after = timings.get(to).copied().flatten();
    let usual = Length::from_micros(USUAL.micros() * (to - from) as i64);
    let gap = match (before, after) {
        (Some(before), Some(after)) => Stretch::new(before.stretch.end(), after.stretch.start()),
        (Some(before), None) => Stretch::new(before.stretch.end(), before.stretch.end() + usual),
        (None, Some(after)) => {
            let start = (after.stretch.start() - usual).max(Instant::START);
            Stretch::new(start, after.stretch.start())
        }
        (None, None) => return,
    };
    let least = |a: Option<Timing>, b: Option<Timing>| {
        [a, b].into_iter().flatten().map(|timing| timing.probability.get()).fold(1.0, f32::min)
    };
    let probability = Probability::new(least(before, after));
    let letters = |word: &Word| word.span.len() as i64 + 1;
    let all: i64 = words[from..to].iter().map(letters).sum();
    let mut done = 0;
    let at = |done: i64| {
        let share = i128::from(gap.length().micros()) * i128::from(done) / i128::from(all);
        gap.start() + Length::from_micros(share as i64)
    };
    for i in from..to {
        let start = at(done);
        done += letters(&words[i]);
        let stretch = Stretch::new(start, at(done));
        timings[i] = Some(Timing { stretch, probability, known: TimeOrigin::Estimated });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use readback_transcript::{Piece, Span, Turn};

    fn timing(start: f64, end: f64) -> Timing {
        let stretch = Stretch::new(Instant::from_seconds(start), Instant::from_seconds(end));
        Timing { stretch, probability: Probability::new(0.9), known: TimeOrigin::Measured }
    }

    fn timed(times: &[Option<(f64, f64)>]) -> Result<Vec<(f64, f64, TimeOrigin)>, WriteError> {
        let word = |(i, time): (usize, &Option<(f64, f64)>)| Word {
            span: Span::new(i * 4, i * 4 + 3),
            timing: time.map(|(start, end)| timing(start, end)),
        };
        let words = times.iter().enumerate().map(word).collect();
        let piece = Piece::Speech { span: Span::default(), words };
        let turns = vec![Turn { pieces: vec![piece], ..Turn::default() }];
        let transcript = Transcript { turns, ..Transcript::default() };
        let all = timed_words(&transcript)?;
        Ok(all
            .iter()
            .map(|(_, t)| (t.stretch.start().seconds(), t.stretch.end().seconds(), t.known))
            .collect())
    }

    #[test]
    fn words_without_a_time_share_the_gap_between_their_neighbours() {
        let all = timed(&[Some((1.0, 2.0)), None, None, Some((4.0, 5.0))]).expect("timed");
        assert_eq!(all[1], (2.0, 3.0, TimeOrigin::Estimated));
        assert_eq!(all[2], (3.0, 4.0, TimeOrigin::Estimated));
    }

    #[test]
    fn at_the_ends_words_take_the_usual_time_and_never_start_before_the_recording() {
        let all = timed(&[None, Some((0.2, 0.5)), None]).expect("timed");
        assert_eq!(all[0], (0.0, 0.2, TimeOrigin::Estimated));
        assert_eq!(all[2], (0.5, 0.8, TimeOrigin::Estimated));
    }

    #[test]
    fn starts_never_run_backwards_and_words_never_overlap() {
        let all = timed(&[Some((1.0, 9.0)), Some((0.5, 0.7)), Some((2.0, 3.0))]).expect("timed");
        assert_eq!(all[0], (1.0, 2.0, TimeOrigin::Measured));
        assert_eq!(all[1], (2.0, 2.0, TimeOrigin::Estimated));
    }

    #[test]
    fn without_any_time_the_error_says_to_align() {
        let error = timed(&[None, None]).expect_err("no times");
        assert!(error.to_string().contains("align it with its recording first"), "{error}");
        assert_eq!(timed(&[]), Err(WriteError::NoWords));
    }
}
