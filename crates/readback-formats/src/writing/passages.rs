//! A transcript as recognisers cut one: a sentence of one speaker at a time, with its words; and the
//! JSON in which they write it.

use readback_transcript::{Instant, Length, Stretch, Transcript, ends_sentence};
use serde::Serialize;

use crate::WriteError;

use super::captions::speaker;
use super::{ShownWord, shown_words};

/// The longest passage: what Whisper hears at once.
const LONGEST: Length = Length::from_millis(30_000);

/// A sentence of one speaker, or as much of one as is said in [`LONGEST`].
pub(crate) struct Passage {
    pub(crate) stretch: Stretch,
    pub(crate) speaker: Option<String>,
    pub(crate) text: String,
    pub(crate) words: Vec<ShownWord>,
}

/// The passages of `transcript`, in order, with every word.
pub(crate) fn passages(transcript: &Transcript) -> Result<Vec<Passage>, WriteError> {
    let words = shown_words(transcript)?;
    let mut passages: Vec<Passage> = Vec::new();
    for turn in words.chunk_by(|a, b| a.turn == b.turn) {
        let speaker = transcript.turns[turn[0].turn].label.as_ref().map(speaker);
        let mut from = 0;
        for at in 1..=turn.len() {
            let all = |to: usize| turn[from].timing.stretch.union(turn[to].timing.stretch);
            let ends = |next: usize| {
                ends_sentence(&turn[next - 1].text) && turn[next].apart
                    || all(next).length() > LONGEST
            };
            if at == turn.len() || ends(at) {
                let words = turn[from..at].to_vec();
                let text = line(&words);
                let stretch = all(at - 1);
                passages.push(Passage { stretch, speaker: speaker.clone(), text, words });
                from = at;
            }
        }
    }
    Ok(passages)
}

/// Words on one line.
fn line(words: &[ShownWord]) -> String {
    let mut line = String::new();
    for word in words {
        line.push_str(if word.apart && !line.is_empty() { " " } else { "" });
        line.push_str(&word.text);
    }
    line
}

/// Seconds to the millisecond, as a number.
pub(crate) fn seconds(instant: Instant) -> f64 {
    millis(instant) as f64 / 1e3
}

/// Whole milliseconds.
pub(crate) fn millis(instant: Instant) -> i64 {
    (instant.micros() + 500).div_euclid(1000)
}

/// A value as one line of JSON.
pub(crate) fn json(value: &impl Serialize) -> Vec<u8> {
    let mut json = serde_json::to_vec(value).expect("string keys and finite numbers");
    json.push(b'\n');
    json
}
