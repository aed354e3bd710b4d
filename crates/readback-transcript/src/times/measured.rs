//! Gives the words of a text the times of the same words in a hearing. Words that were not heard so are
//! left without a time; whoever needs one for every word places those between their neighbours.

use crate::{
    Change, HeardWord, Hearing, Operation, TimeOrigin, Timing, Token, Transcript, align_tokens,
    tokens,
};

/// Times the words of `transcript` that `hearing` has too; older times are dropped.
pub fn measure_times(transcript: &mut Transcript, hearing: &Hearing) {
    let text: Vec<&str> = transcript.words().map(|word| word.span.of(&transcript.text)).collect();
    let heard: Vec<&str> = hearing.words.iter().map(|word| word.text.as_str()).collect();
    let text = tokens(&text, &hearing.language);
    let heard = tokens(&heard, &hearing.language);
    let mut timings = vec![None; transcript.words().count()];
    for operation in align_tokens(&text, &heard) {
        if operation.change == Change::Equal {
            take_times(&operation, &text, &heard, &hearing.words, &mut timings);
        }
    }
    for (word, timing) in transcript.words_mut().zip(timings) {
        word.timing = timing;
    }
}

/// Equal runs of one length are timed word by word; others, cut differently, as far as both ends go.
fn take_times(
    operation: &Operation,
    text: &[Token],
    heard: &[Token],
    words: &[HeardWord],
    timings: &mut [Option<Timing>],
) {
    let (left, right) = (&text[operation.left.clone()], &heard[operation.right.clone()]);
    let same_cut = left.len() == right.len();
    for (i, token) in left.iter().enumerate() {
        let said = if same_cut { &right[i..=i] } else { right };
        let Some(timing) = covering(said, words) else { continue };
        for slot in &mut timings[token.words.clone()] {
            *slot = Some(slot.map_or(timing, |earlier: Timing| joined(earlier, timing)));
        }
    }
}

fn covering(said: &[Token], words: &[HeardWord]) -> Option<Timing> {
    let all = said.iter().flat_map(|token| &words[token.words.clone()]);
    let timing = |word: &HeardWord| Timing {
        stretch: word.stretch,
        probability: word.probability,
        known: TimeOrigin::Measured,
    };
    all.map(timing).reduce(joined)
}

fn joined(one: Timing, other: Timing) -> Timing {
    let surer = one.probability >= other.probability;
    let probability = if surer { other.probability } else { one.probability };
    Timing { stretch: one.stretch.union(other.stretch), probability, known: TimeOrigin::Measured }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::times::tests::transcript;
    use crate::{Instant, Probability, Stretch};

    fn heard(words: &[&str]) -> Hearing {
        let at = |second: usize| Instant::from_seconds(second as f64);
        let word = |(i, text): (usize, &&str)| HeardWord {
            text: (*text).into(),
            stretch: Stretch::new(at(i), at(i + 1)),
            probability: Probability::new(0.9),
            window: 0,
        };
        let words = words.iter().enumerate().map(word).collect();
        Hearing { words, language: "en".into(), ..Hearing::default() }
    }

    fn times(text: &str, words: &[&str]) -> Vec<Option<(f64, f64)>> {
        let untimed: Vec<_> = text.split(' ').map(|word| (word, None)).collect();
        let mut transcript = transcript(&untimed);
        measure_times(&mut transcript, &heard(words));
        let stretch =
            |timing: Timing| (timing.stretch.start().seconds(), timing.stretch.end().seconds());
        transcript.words().map(|word| word.timing.map(stretch)).collect()
    }

    #[test]
    fn words_that_were_said_get_their_time_and_others_none() {
        let given = times("The old horse ran.", &["the", "horse", "ran"]);
        assert_eq!(given, [Some((0.0, 1.0)), None, Some((1.0, 2.0)), Some((2.0, 3.0))]);
    }

    #[test]
    fn a_figure_gets_the_time_of_all_the_words_that_say_it() {
        let given = times("It cost $40 then.", &["it", "cost", "forty", "dollars", "then"]);
        assert_eq!(given[2], Some((2.0, 4.0)));
        assert_eq!(given[3], Some((4.0, 5.0)));
    }
}
