//! Differences with the answer: whether the text was wrong there.

use std::collections::BTreeMap;

use crate::eval::finding::Difference;
use crate::eval::matching::{SLACK, hits};
use crate::eval::plant::{Class, Planted};

/// Characters that a difference may lie beside a fault and still be of it.
const BESIDE: usize = 1;

/// Mean probability of words that were heard clearly.
const CLEARLY: f64 = 0.9;
/// Nats by which they are far likelier than none.
const FAR_LIKELIER: f64 = 7.0;

/// One difference.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Name of the recording.
    pub clip: String,
    /// By which weights it is judged.
    pub table: String,
    /// What speaks for or against the text.
    pub clues: BTreeMap<String, f64>,
    /// Whether the text is wrong.
    pub is_wrong: bool,
}

/// The differences of a faulty text of which the answer is known.
pub fn samples(clip: &str, planted: &Planted, differences: &[Difference]) -> Vec<Sample> {
    let spans: Vec<_> = differences.iter().map(|difference| difference.span.clone()).collect();
    let (on, near) = (hits(planted, &spans, BESIDE), hits(planted, &spans, SLACK));
    let answer = |index: usize| {
        let faults = |hits: &[Vec<usize>]| -> Vec<usize> {
            (0..hits.len()).filter(|fault| hits[*fault].contains(&index)).collect()
        };
        let (on, near) = (faults(&on), faults(&near));
        let known = |fault: &usize| answer(planted, *fault, &differences[index].table);
        // Beside a fault, who knows: the words heard for the fault may be its.
        if near.iter().all(|fault| planted.faults[*fault].kind.class == Class::Harmless) {
            Some(false)
        } else {
            on.iter().find_map(known)
        }
    };
    let sample = |index: usize| {
        let Difference { table, clues, .. } = &differences[index];
        // Left to a listener, whatever it weighs.
        if clues.get("abbreviation").is_some_and(|&is_one| is_one > 0.0) {
            return None;
        }
        let is_wrong = answer(index)?;
        if !is_wrong && is_slip(&differences[index]) {
            return None;
        }
        let (table, clues) = (table.clone(), clues.clone());
        Some(Sample { clip: clip.to_owned(), table, clues, is_wrong })
    };
    (0..differences.len()).filter_map(sample).collect()
}

/// Whether a text, before anything was planted in it, surely lacks these words: scripts do not have every *oh*
/// and *now* that an actor says. Taken for right, they teach that clear words need not have been said.
fn is_slip(difference: &Difference) -> bool {
    let clue = |name: &str| difference.clues.get(name).copied().unwrap_or_default();
    let is_clear = clue("heard_probability") >= CLEARLY && clue("clarity") >= CLEARLY;
    difference.table == "missing" && is_clear && clue("ratio") >= FAR_LIKELIER
}

/// Whether a difference on a fault is the fault. Of a passage put in or left out, words that were heard
/// otherwise beside it are not; what cannot be heard is no example.
fn answer(planted: &Planted, fault: usize, table: &str) -> Option<bool> {
    let fault = &planted.faults[fault];
    let passage = ["repeat_line", "insert_sentence", "drop_sentence", "drop_phrase"];
    let is_passage = passage.iter().any(|name| fault.kind.name.starts_with(name));
    let is_example = fault.audible && fault.kind.class == Class::Content;
    (is_example && !(is_passage && table == "otherwise")).then_some(true)
}
