//! Which words stand under the wrong speaker's label.
//!
//! The texts may name speakers otherwise (*MARGARET ELLIS*, *ELLIS*, *Speaker 1*). Labels with a name in
//! common are one speaker's; any other is taken for whom it shares most words with.

use std::collections::BTreeMap;

use super::sides::Side;
use super::{DeskError, ErrorKind};
use crate::{Change, Operation};

/// Words found in both texts, by whether they stand under the right speaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpeakerScore {
    /// Words that both texts have, under a label in both.
    pub words: usize,
    /// Of these, under another speaker in the hypothesis.
    pub wrong: usize,
}

/// Words in a row under the wrong label that are an error even in a longer turn.
const LEAST_RUN: usize = 3;

/// Counts words under labels, and gives an error for each run under the wrong one; `None` unless both
/// texts have labels.
pub(super) fn compare(
    left: &Side,
    right: &Side,
    operations: &[Operation],
) -> Option<(SpeakerScore, Vec<DeskError>)> {
    if !left.is_labelled() || !right.is_labelled() {
        return None;
    }
    let pairs = labelled_pairs(left, right, operations);
    let speakers = speakers(left, right, &pairs);
    let is_wrong = |&(ours, theirs): &(usize, usize)| {
        let (ours, theirs) = (name(left, ours), name(right, theirs));
        speakers.get(&theirs).is_some_and(|speaker| *speaker != ours)
    };
    let score =
        SpeakerScore { words: pairs.len(), wrong: pairs.iter().filter(|p| is_wrong(p)).count() };
    let same_turns = |a: &(usize, usize), b: &(usize, usize)| {
        left.turn(a.0) == left.turn(b.0) && right.turn(a.1) == right.turn(b.1)
    };
    let counts = |run: &&[(usize, usize)]| {
        run.len() >= LEAST_RUN || run.len() == words_in_turn(&pairs, left, run[0].0)
    };
    let runs = pairs.chunk_by(same_turns).filter(|run| is_wrong(&run[0])).filter(counts);
    let error = |run: &[(usize, usize)]| {
        let (first, last) = (run[0], run[run.len() - 1]);
        DeskError {
            kind: ErrorKind::Speaker,
            reference: left.span(&(first.0..last.0 + 1)),
            hypothesis: right.span(&(first.1..last.1 + 1)),
        }
    };
    Some((score, runs.map(error).collect()))
}

/// Tokens that both texts have, under a label in both.
fn labelled_pairs(left: &Side, right: &Side, operations: &[Operation]) -> Vec<(usize, usize)> {
    let equal = operations.iter().filter(|operation| operation.change == Change::Equal);
    let pairs = equal.flat_map(|operation| operation.left.clone().zip(operation.right.clone()));
    let labelled = |&(ours, theirs): &(usize, usize)| {
        left.label(ours).is_some() && right.label(theirs).is_some()
    };
    pairs.filter(labelled).collect()
}

fn words_in_turn(pairs: &[(usize, usize)], left: &Side, token: usize) -> usize {
    let turn = left.turn(token);
    let start = pairs.partition_point(|pair| left.turn(pair.0) < turn);
    pairs[start..].iter().take_while(|pair| left.turn(pair.0) == turn).count()
}

/// The name in a token's label, in small letters.
fn name(side: &Side, token: usize) -> String {
    side.label(token).map(|label| label.name.to_lowercase()).unwrap_or_default()
}

/// For each speaker of the hypothesis the one of the reference.
fn speakers(left: &Side, right: &Side, pairs: &[(usize, usize)]) -> BTreeMap<String, String> {
    let mut shared: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for &(ours, theirs) in pairs {
        *shared.entry(name(right, theirs)).or_default().entry(name(left, ours)).or_default() += 1;
    }
    let all = left.transcript.turns.iter().filter_map(|turn| turn.label.as_ref());
    let all: Vec<String> = all.map(|label| label.name.to_lowercase()).collect();
    let speaker = |(theirs, shared): (String, BTreeMap<String, usize>)| {
        let exact = all.iter().find(|ours| **ours == theirs);
        let named = exact.or_else(|| all.iter().find(|ours| have_name_in_common(ours, &theirs)));
        let most = || shared.iter().max_by_key(|(_, words)| **words).map(|(ours, _)| ours);
        let ours = named.or_else(most).cloned().unwrap_or_default();
        (theirs, ours)
    };
    shared.into_iter().map(speaker).collect()
}

/// Whether all words of one name are in the other.
fn have_name_in_common(left: &str, right: &str) -> bool {
    let within = |short: &str, long: &str| {
        short.split_whitespace().all(|word| long.split_whitespace().any(|other| other == word))
    };
    within(left, right) || within(right, left)
}
