//! Word times: measured against what was heard, kept through editing where words are unchanged, and placed
//! between neighbours where nobody listened yet.

mod measured;

pub use measured::measure_times;

use crate::{Change, Instant, Probability, Stretch, TimeOrigin, Timing, Transcript, Word, align};

/// Gives the words of `after` that `before` has, too, in the same order, the times they had there
/// ([`TimeOrigin::Retained`]). Words that are not in `before`, or had only an estimate, are left as they are.
pub fn retain_times(before: &Transcript, after: &mut Transcript) {
    let spelt = |transcript: &Transcript| -> Vec<String> {
        transcript.words().map(|word| word.span.of(&transcript.text).to_lowercase()).collect()
    };
    let old: Vec<Word> = before.words().copied().collect();
    let mut kept = vec![None; after.words().count()];
    for operation in align(&spelt(before), &spelt(after)) {
        if operation.change == Change::Equal {
            for (i, j) in operation.left.zip(operation.right) {
                kept[j] = old[i].timing.filter(|timing| timing.known != TimeOrigin::Estimated);
            }
        }
    }
    for (word, timing) in after.words_mut().zip(kept) {
        if let Some(timing) = timing {
            word.timing = Some(Timing { known: TimeOrigin::Retained, ..timing });
        }
    }
}

/// Gives every word without a time one between its neighbours that have one ([`TimeOrigin::Estimated`]), each
/// as long as its letters; before the first and after the last known time nothing is guessed.
pub fn estimate_times(transcript: &mut Transcript) {
    let known: Vec<(usize, Option<Stretch>)> = transcript
        .words()
        .map(|word| (word.span.len().max(1), word.timing.map(|timing| timing.stretch)))
        .collect();
    let mut timings = vec![None; known.len()];
    let mut last: Option<(usize, Instant)> = None;
    for (index, (_, stretch)) in known.iter().enumerate() {
        let Some(stretch) = stretch else { continue };
        if let Some((before, from)) = last {
            share(
                &known[before + 1..index],
                from,
                stretch.start(),
                &mut timings[before + 1..index],
            );
        }
        last = Some((index, stretch.end()));
    }
    for (word, timing) in transcript.words_mut().zip(timings) {
        word.timing = word.timing.or(timing);
    }
}

/// Shares the time from `from` to `to` among words by their letters.
fn share(
    words: &[(usize, Option<Stretch>)],
    from: Instant,
    to: Instant,
    timings: &mut [Option<Timing>],
) {
    let all = words.iter().map(|word| word.0 as i64).sum::<i64>().max(1);
    let micros = (to - from).micros().max(0);
    let at = |letters: i64| {
        Instant::from_micros(
            from.micros() + (i128::from(micros) * i128::from(letters) / i128::from(all)) as i64,
        )
    };
    let mut done = 0;
    for ((letters, _), timing) in words.iter().zip(timings) {
        let stretch = Stretch::new(at(done), at(done + *letters as i64));
        done += *letters as i64;
        *timing = Some(Timing {
            stretch,
            probability: Probability::default(),
            known: TimeOrigin::Estimated,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Piece, Span, Turn};

    /// A transcript of one turn; a number after a word is the second at which it begins.
    pub(super) fn transcript(words: &[(&str, Option<f64>)]) -> Transcript {
        let mut text = String::new();
        let mut cut = Vec::new();
        for (word, second) in words {
            let start = text.len();
            text += word;
            let at = Instant::from_seconds;
            let timing = second.map(|second| Timing {
                stretch: Stretch::new(at(second), at(second + 0.5)),
                probability: Probability::new(0.9),
                known: TimeOrigin::Measured,
            });
            cut.push(Word { span: Span::new(start, text.len()), timing });
            text += " ";
        }
        let speech = Piece::Speech { span: Span::new(0, text.len()), words: cut };
        let turns = vec![Turn { pieces: vec![speech], ..Turn::default() }];
        Transcript { text, turns, ..Transcript::default() }
    }

    fn times(transcript: &Transcript) -> Vec<Option<(f64, TimeOrigin)>> {
        let timing = |timing: Timing| (timing.stretch.start().seconds(), timing.known);
        transcript.words().map(|word| word.timing.map(timing)).collect()
    }

    #[test]
    fn unchanged_words_keep_their_times_and_a_new_one_is_placed_between_them() {
        let before = transcript(&[
            ("It", Some(0.0)),
            ("was", Some(1.0)),
            ("colt", Some(2.0)),
            ("then.", Some(4.0)),
        ]);
        let mut after = transcript(&[("It", None), ("was", None), ("cold", None), ("then.", None)]);
        retain_times(&before, &mut after);
        let retained = |second| Some((second, TimeOrigin::Retained));
        assert_eq!(times(&after), [retained(0.0), retained(1.0), None, retained(4.0)]);
        estimate_times(&mut after);
        assert_eq!(times(&after)[2], Some((1.5, TimeOrigin::Estimated)));
    }

    #[test]
    fn an_estimate_is_not_retained_as_if_it_were_known() {
        let mut before = transcript(&[("a", Some(0.0)), ("b", None), ("c", Some(2.0))]);
        estimate_times(&mut before);
        let mut after = transcript(&[("a", None), ("b", None), ("c", None)]);
        retain_times(&before, &mut after);
        assert_eq!(times(&after)[1], None);
    }

    #[test]
    fn nothing_is_guessed_outside_of_what_is_known() {
        let mut only = transcript(&[("a", None), ("b", Some(1.0)), ("c", None)]);
        estimate_times(&mut only);
        assert_eq!(times(&only), [None, Some((1.0, TimeOrigin::Measured)), None]);
    }
}
