//! Where words can begin and end in a sound: after a pause, or where the spectrum rises. It knows
//! nothing of words but roughly when each one was.

use std::ops::Range;

use super::WindowSound;

/// Seconds one spectrogram frame stands for.
const HOP: f32 = 0.01;
/// How much later than its attention a word begins: a token is predicted from sound before its middle,
/// and the median filter and the 20 ms frames look ahead. Measured as the median over four synthesised
/// stories with known times (flite, espeak and Piper voices).
const DELAY: f32 = 0.07;
// What follows was set by hand; `tests/words.rs` holds word times as a whole to 60 ms on the median.

/// Frames around the expected onset in which a rise may lie.
const REACH: usize = 12;
/// Deviation, in frames, of the expected onset.
const SPREAD: f32 = 4.0;
/// Frames before and after an edge whose spectra are compared.
const SIDE: usize = 3;
/// Frames of quiet that make a pause.
const SHORTEST_PAUSE: usize = 8;
/// How far above the floor the quiet reaches, as a share of the range from floor to speech.
const QUIET: f32 = 0.25;
/// Seconds from an expected onset to a pause that it belongs to.
const NEAR: f32 = 0.175;
/// No word is shorter, in seconds.
const SHORTEST_WORD: f32 = 0.03;
/// Seconds between the end of a word's last spoken token and the next word from which they are apart
/// even where no quiet is heard between them.
const APART: f32 = 0.3;

/// What can be heard of edges in one window.
pub struct Edges {
    /// How much the spectrum rises at each frame.
    rises: Vec<f32>,
    /// Stretches of quiet in seconds, in order.
    pauses: Vec<Range<f32>>,
    seconds: f32,
}

impl Edges {
    pub fn new(sound: WindowSound<'_>) -> Self {
        let width = sound.mel.len().checked_div(sound.bands).unwrap_or(0);
        let frames = ((sound.seconds / HOP).ceil() as usize).min(width);
        let rows: Vec<&[f32]> =
            sound.mel.chunks(width.max(1)).map(|row| &row[..frames.min(row.len())]).collect();
        let pauses = pauses(&loudness(&rows, frames));
        Self { rises: rises(&rows, frames), pauses, seconds: sound.seconds }
    }

    /// Moves roughly known words to the edges nearest to them. The words stay in order, do not overlap
    /// and have a length; they lie within `during` as far as there is room.
    pub fn refine(&self, rough: &[Range<f32>], during: Range<f32>) -> Vec<Range<f32>> {
        let late = |time: f32| (time + DELAY).min(during.end);
        let rough: Vec<_> = rough.iter().map(|word| late(word.start)..late(word.end)).collect();
        let mut words = rough.clone();
        for index in 0..words.len() {
            let (end, start) = self.boundary(&rough, index);
            words[index].start = start;
            if index > 0 {
                words[index - 1].end = end;
            }
        }
        if let Some(last) = words.last_mut() {
            last.end = self.final_end(last);
        }
        settle(&mut words, &during);
        words
    }

    /// When the word before `index` ends and the one at `index` begins: around a pause if one is near,
    /// else both at the strongest rise near the expected onset.
    fn boundary(&self, rough: &[Range<f32>], index: usize) -> (f32, f32) {
        let expected = rough[index].start;
        let after = index.checked_sub(1).map_or(0.0, |before| rough[before].start + SHORTEST_WORD);
        let before = rough.get(index + 1).map_or(self.seconds, |next| next.start);
        if let Some(pause) = self.pause_near(expected, after..before) {
            return (pause.start, pause.end);
        }
        let start = self.rise_near(expected);
        match index.checked_sub(1).map(|previous| rough[previous].end) {
            Some(end) if expected - end > APART => (end, start),
            _ => (start, start),
        }
    }

    /// The pause nearest to `time`, longer ones counting as nearer, that lies within `bounds` or at the
    /// start of the window.
    fn pause_near(&self, time: f32, bounds: Range<f32>) -> Option<&Range<f32>> {
        let distance = |pause: &Range<f32>| (pause.start - time).max(time - pause.end).max(0.0);
        let worth = |pause: &Range<f32>| pause.end - pause.start - distance(pause);
        self.pauses
            .iter()
            .filter(|pause| distance(pause) < NEAR)
            .filter(|pause| pause.start >= bounds.start && pause.end < bounds.end)
            .max_by(|a, b| worth(a).total_cmp(&worth(b)))
    }

    fn rise_near(&self, time: f32) -> f32 {
        let centre = time / HOP;
        let nearest = centre.round() as usize;
        let frames = nearest.saturating_sub(REACH)..(nearest + REACH + 1).min(self.rises.len());
        let worth = |frame: &usize| {
            let distance = (*frame as f32 - centre) / SPREAD;
            self.rises[*frame] * (-0.5 * distance * distance).exp()
        };
        let best = frames.max_by(|a, b| worth(a).total_cmp(&worth(b)));
        best.filter(|frame| self.rises[*frame] > 0.0).map_or(time, |frame| frame as f32 * HOP)
    }

    /// The last word ends at the first pause in it or shortly after it.
    fn final_end(&self, last: &Range<f32>) -> f32 {
        let within = |pause: &&Range<f32>| {
            pause.start > last.start + SHORTEST_WORD && pause.start < last.end + NEAR
        };
        self.pauses.iter().find(within).map_or(last.end, |pause| pause.start)
    }
}

/// Puts the words in order and gives each a length, within `during` as far as there is room.
fn settle(words: &mut [Range<f32>], during: &Range<f32>) {
    let mut free = during.start;
    for index in 0..words.len() {
        let next = words.get(index + 1).map(|next| next.start);
        let word = &mut words[index];
        word.start = word.start.max(free);
        let ceiling = next.map_or(during.end, |next| next.max(word.start + SHORTEST_WORD));
        word.end = word.end.min(ceiling).max(word.start + SHORTEST_WORD);
        free = word.end;
    }
    let mut ceiling = during.end.max(during.start + SHORTEST_WORD * words.len() as f32);
    for word in words.iter_mut().rev() {
        word.end = word.end.min(ceiling);
        word.start = word.start.min(word.end - SHORTEST_WORD);
        ceiling = word.start;
    }
}

/// Level of each frame in decibels, up to a constant. The spectrogram holds (log10 power + 4) / 4.
fn loudness(rows: &[&[f32]], frames: usize) -> Vec<f32> {
    let power = |frame: usize| rows.iter().map(|row| 10_f32.powf(row[frame] * 4.0)).sum::<f32>();
    (0..frames).map(|frame| 10.0 * power(frame).max(f32::MIN_POSITIVE).log10()).collect()
}

/// Runs of frames near the floor of the window, in seconds.
fn pauses(loudness: &[f32]) -> Vec<Range<f32>> {
    let mut sorted = loudness.to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    let at = |share: f32| sorted.get((share * sorted.len() as f32) as usize).copied();
    let (Some(floor), Some(speech)) = (at(0.05), at(0.9)) else { return Vec::new() };
    let threshold = floor + QUIET * (speech - floor);
    let mut pauses = Vec::new();
    let mut start = 0;
    for run in loudness.chunk_by(|a, b| (*a < threshold) == (*b < threshold)) {
        let end = start + run.len();
        if run[0] < threshold && run.len() >= SHORTEST_PAUSE {
            pauses.push(start as f32 * HOP..end as f32 * HOP);
        }
        start = end;
    }
    pauses
}

/// Mean rise over all bands from the few frames before each frame to the few from it on.
fn rises(rows: &[&[f32]], frames: usize) -> Vec<f32> {
    let mut rises = vec![0.0; frames];
    for row in rows {
        for frame in SIDE..frames.saturating_sub(SIDE) {
            let before: f32 = row[frame - SIDE..frame].iter().sum();
            let after: f32 = row[frame..frame + SIDE].iter().sum();
            rises[frame] += (after - before).max(0.0);
        }
    }
    rises
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One band: speech at 1.0, quiet at 0.0; `speech` in frames.
    fn sound(frames: usize, speech: &[Range<usize>]) -> Vec<f32> {
        let level = |frame: usize| f32::from(speech.iter().any(|stretch| stretch.contains(&frame)));
        (0..frames).map(level).collect()
    }

    fn edges(mel: &[f32]) -> Edges {
        Edges::new(WindowSound { mel, bands: 1, seconds: mel.len() as f32 * HOP })
    }

    fn check(mel: &[f32], rough: &[Range<f32>], expected: &[Range<f32>]) {
        let early: Vec<_> = rough.iter().map(|word| word.start - DELAY..word.end - DELAY).collect();
        let refined = edges(mel).refine(&early, 0.0..mel.len() as f32 * HOP);
        let close = |a: &Range<f32>, b: &Range<f32>| {
            (a.start - b.start).abs() < 0.011 && (a.end - b.end).abs() < 0.011
        };
        let all = refined.len() == expected.len()
            && refined.iter().zip(expected).all(|(a, b)| close(a, b));
        assert!(all, "{refined:?} instead of {expected:?}");
    }

    #[test]
    fn words_around_a_pause_end_and_begin_with_the_sound() {
        let mel = sound(200, &[20..80, 120..180]);
        check(&mel, &[0.1..0.9, 0.9..1.9], &[0.2..0.8, 1.2..1.8]);
    }

    #[test]
    fn without_a_pause_words_meet_at_the_strongest_rise() {
        let mut mel = sound(100, &[0..100]);
        mel[53..].fill(1.5);
        check(&mel, &[0.0..0.5, 0.5..1.0], &[0.0..0.53, 0.53..1.0]);
    }

    #[test]
    fn in_steady_sound_words_stay_where_attention_puts_them() {
        let mel = sound(100, &[0..100]);
        check(&mel, &[0.1..0.5, 0.5..1.0], &[0.1..0.5, 0.5..1.0]);
    }

    #[test]
    fn a_pause_beyond_the_next_word_is_not_skipped_to() {
        let mel = sound(200, &[0..100, 150..200]);
        check(&mel, &[0.8..0.9, 0.9..1.5, 1.5..2.0], &[0.8..0.9, 0.9..1.0, 1.5..2.0]);
    }

    #[test]
    fn nothing_to_hear_and_nothing_to_place_are_no_trouble() {
        check(&[], &[], &[]);
        assert_eq!(edges(&[]).refine(&[0.0..0.0], 0.0..0.0).len(), 1);
    }

    proptest! {
        #[test]
        fn words_stay_in_order_have_a_length_and_lie_in_the_window(
            mel in prop::collection::vec(-0.5_f32..1.5, 100..300),
            mut times in prop::collection::vec(0.0_f32..3.5, 1..25),
        ) {
            times.sort_unstable_by(f32::total_cmp);
            let rough: Vec<_> = times.windows(2).map(|pair| pair[0]..pair[1]).collect();
            let edges = edges(&mel);
            let words = edges.refine(&rough, 0.0..edges.seconds);
            prop_assert_eq!(words.len(), rough.len());
            prop_assert!(words.iter().all(|word| word.end - word.start > 0.02), "{:?}", words);
            prop_assert!(words.windows(2).all(|pair| pair[0].end <= pair[1].start + 1e-4), "{:?}", words);
            prop_assert!(words.iter().all(|word| word.start > -1e-4 && word.end < edges.seconds + 1e-4), "{:?}", words);
        }
    }
}
