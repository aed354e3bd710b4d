//! How sound is cut, on sound that is nothing but a list of who speaks when.

use proptest::prelude::*;

use super::*;

/// `(seconds, speaking)` one after the other.
fn moments(parts: &[(f64, bool)]) -> Vec<Moment> {
    let part = |&(seconds, speech): &(f64, bool)| {
        let power = if speech { 0.1 } else { 0.0 };
        let count = (seconds * RATE as f64 / STEP as f64).round() as usize;
        std::iter::repeat_n(Moment { speech, power }, count)
    };
    parts.iter().flat_map(part).collect()
}

/// The windows of a whole recording as ranges of steps, fed `piece` steps at a time.
fn cut_all(all: &[Moment], piece: usize) -> Vec<Range<usize>> {
    let (mut held, mut origin, mut windows) = (Vec::new(), 0, Vec::new());
    let mut pieces = all.chunks(piece).peekable();
    while let Some(next) = pieces.next() {
        held.extend_from_slice(next);
        let ended = pieces.peek().is_none();
        while !held.is_empty() {
            let done = match plan(&held, ended) {
                Plan::Wait => break,
                Plan::Skip(count) => count,
                Plan::Take(range) => {
                    windows.push(origin + range.start..origin + range.end);
                    range.end
                }
            };
            held.drain(..done);
            origin += done;
        }
    }
    windows
}

/// Windows as `(start, end)` in seconds, to a tenth.
fn cut_seconds(parts: &[(f64, bool)]) -> Vec<(f64, f64)> {
    let tenth = |step: usize| ((step * STEP) as f64 / RATE as f64 * 10.0).round() / 10.0;
    let windows = cut_all(&moments(parts), 40);
    windows.into_iter().map(|window| (tenth(window.start), tenth(window.end))).collect()
}

#[test]
fn silence_has_no_window() {
    assert_eq!(cut_seconds(&[(100.0, false)]), []);
    assert_eq!(cut_seconds(&[]), []);
}

#[test]
fn a_click_is_no_speech() {
    assert_eq!(cut_seconds(&[(5.0, false), (0.05, true), (5.0, false)]), []);
}

#[test]
fn speech_takes_a_margin_of_silence_along() {
    let parts = [(5.0, false), (2.0, true), (5.0, false)];
    assert_eq!(cut_seconds(&parts), [(4.7, 7.3)]);
    assert_eq!(cut_seconds(&[(2.0, true)]), [(0.0, 2.0)]);
}

#[test]
fn a_long_silence_parts_windows_and_a_short_one_does_not() {
    let with = |silence: f64| cut_seconds(&[(5.0, true), (silence, false), (5.0, true)]);
    assert_eq!(with(10.0), [(0.0, 5.3), (14.7, 20.0)]);
    assert_eq!(with(1.5), [(0.0, 11.5)]);
}

#[test]
fn the_cut_is_made_in_the_longest_pause_towards_the_end() {
    let parts = [
        (12.0, true),
        (1.5, false), // early: not wanted
        (9.0, true),
        (0.4, false), // at 22.5
        (3.1, true),
        (0.6, false), // at 25.0 to 25.6
        (2.2, true),
        (0.3, false), // at 29.0
        (8.0, true),
    ];
    assert_eq!(cut_seconds(&parts), [(0.0, 26.3), (26.3, 37.1)]);
}

#[test]
fn a_quiet_place_is_a_pause_even_if_it_is_taken_for_speech() {
    let mut all = moments(&[(40.0, true)]);
    let (from, to) = (25 * RATE / STEP, 25 * RATE / STEP + 30);
    all[from..to].iter_mut().for_each(|moment| moment.power = 1e-5);
    assert_eq!(cut_all(&all, 40), [0..from + 15, from + 15..all.len()]);
}

#[test]
fn a_pause_before_the_aim_is_better_than_a_cut_within_speech() {
    let parts = [(15.0, true), (0.5, false), (20.0, true)];
    assert_eq!(cut_seconds(&parts), [(0.0, 15.2), (15.2, 35.5)]);
}

#[test]
fn speech_without_any_pause_is_cut_where_it_is_quietest() {
    let mut all = moments(&[(40.0, true)]);
    let at = 27 * RATE / STEP;
    all[at - 2..=at + 2].iter_mut().for_each(|moment| moment.power = 0.01);
    assert_eq!(cut_all(&all, 40), [0..at, at..all.len()]);
}

#[test]
fn the_last_word_of_long_speech_is_not_cut_off() {
    let all = moments(&[(30.08, true)]);
    let windows = cut_all(&all, 40);
    assert_eq!(windows.last().expect("a window").end, all.len(), "{windows:?}");
}

proptest! {
    #[test]
    fn whatever_is_said_is_in_a_window_and_windows_are_short_and_in_order(
        lengths in prop::collection::vec((0.02_f64..12.0, 0.02_f64..12.0, any::<bool>()), 1..30),
        piece in 1_usize..400,
    ) {
        let parts: Vec<(f64, bool)> = lengths
            .iter()
            .flat_map(|&(speech, silence, long)| [(speech, true), (if long { silence } else { silence / 20.0 }, false)])
            .collect();
        let all = moments(&parts);
        let windows = cut_all(&all, piece);
        prop_assert!(windows.iter().all(|window| !window.is_empty() && window.len() <= MOST));
        prop_assert!(windows.windows(2).all(|pair| pair[0].end <= pair[1].start));
        let mut at = 0;
        for same in all.chunk_by(|a, b| a.speech == b.speech) {
            if same[0].speech && same.len() >= 5 {
                for step in at..at + same.len() {
                    prop_assert!(windows.iter().any(|window| window.contains(&step)), "step {step} of {windows:?}");
                }
            }
            at += same.len();
        }
    }

    #[test]
    fn how_the_stream_is_fed_makes_no_difference(
        lengths in prop::collection::vec((0.02_f64..12.0, 0.02_f64..5.0), 1..20),
        piece in 1_usize..400,
    ) {
        let parts: Vec<(f64, bool)> =
            lengths.iter().flat_map(|&(speech, silence)| [(speech, true), (silence, false)]).collect();
        let all = moments(&parts);
        prop_assert_eq!(cut_all(&all, piece), cut_all(&all, all.len().max(1)));
    }
}

#[test]
fn a_part_of_a_window_keeps_its_place_in_the_recording() {
    let window = SampledWindow {
        start: 16_000,
        samples: (0..48_000).map(|sample| sample as f32).collect(),
        speech: vec![16_000..20_000, 40_000..64_000],
    };
    let part = window.part(&(1.0..2.0));
    assert_eq!((part.start, part.samples.len(), part.samples[0]), (32_000, 16_000, 16_000.0));
    assert_eq!(part.speech, [40_000..48_000]);
    assert_eq!(window.part(&(2.5..9.0)).samples.len(), 8_000);
    assert_eq!(window.part(&(5.0..4.0)).samples.len(), 0);
}
