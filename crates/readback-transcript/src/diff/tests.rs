//! Alignments are minimal, complete and the same as jiwer's.

use proptest::prelude::*;

use super::*;
use crate::tokens;

/// The plain table, to compare with.
fn reference_distance(left: &[u8], right: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let cost = (diagonal + usize::from(a != b)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], cost);
        }
    }
    row[right.len()]
}

fn cost(operations: &[Operation]) -> usize {
    let changed = operations.iter().filter(|operation| operation.change != Change::Equal);
    changed.map(|operation| operation.left.len().max(operation.right.len())).sum()
}

/// Operations as letters: `=3 s1 d1 i2`.
fn shown(operations: &[Operation]) -> String {
    let show = |operation: &Operation| match operation.change {
        Change::Equal => format!("={}", operation.left.len()),
        Change::Substitute => format!("s{}", operation.left.len()),
        Change::Delete => format!("d{}", operation.left.len()),
        Change::Insert => format!("i{}", operation.right.len()),
    };
    operations.iter().map(show).collect::<Vec<_>>().join(" ")
}

fn check(left: &str, right: &str, expected: &str) {
    let split = |text: &str| {
        text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(shown(&align(&split(left), &split(right))), expected, "{left:?} against {right:?}");
}

#[test]
fn a_missing_word_is_a_deletion_and_an_added_one_an_insertion() {
    check("the cat sat on the mat", "the cat sat on the mat", "=6");
    check("the cat sat on the mat", "the cat on the mat", "=2 d1 =3");
    check("the cat sat", "the big cat sat", "=1 i1 =2");
    check("the cat sat", "the dog sat", "=1 s1 =1");
    check("", "a b", "i2");
    check("a b", "", "d2");
    check("", "", "");
}

#[test]
fn words_cut_differently_are_aligned_as_equal() {
    let words = |text: &str| tokens(&text.split(' ').collect::<Vec<_>>(), "en");
    let left = words("the snow plow rang nine one one at the sea floor");
    let right = words("the snowplough called 911 at the seafloor today");
    let operations = align_tokens(&left, &right);
    assert_eq!(shown(&operations), "=3 s1 =7 i1");
    assert_eq!((operations[0].left.clone(), operations[0].right.clone()), (0..3, 0..2));
}

#[test]
fn letters_that_merely_resemble_stay_different() {
    let words = |text: &str| tokens(&text.split(' ').collect::<Vec<_>>(), "en");
    assert_eq!(shown(&align_tokens(&words("ice cream now"), &words("I scream now"))), "s2 =1");
}

/// A sequence of `length` items out of `kinds`, the same for the same `seed`.
fn noise(length: usize, kinds: u64, mut seed: u64) -> Vec<u64> {
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % kinds
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn long_sequences_are_split_and_still_minimal() {
    let (left, right) = (noise(3000, 40, 1), noise(3400, 40, 2));
    let bytes = |side: &[u64]| side.iter().map(|&item| item as u8).collect::<Vec<_>>();
    let expected = reference_distance(&bytes(&left), &bytes(&right));
    assert_eq!(distance(&left, &right), expected);
    assert_eq!(cost(&align(&left, &right)), expected);
}

#[test]
fn a_hundred_thousand_items_with_a_twentieth_changed_align_exactly() {
    let left = noise(100_000, 20_000, 3);
    let mut right = left.clone();
    for at in (0..100_000).step_by(20) {
        right[at] = 20_000 + at as u64;
    }
    assert_eq!(cost(&align(&left, &right)), 5_000);
}

proptest! {
    #[test]
    fn alignments_are_minimal_and_cover_both_sides(left in "[abc]{0,90}", right in "[abc]{0,160}") {
        let operations = align(left.as_bytes(), right.as_bytes());
        let expected = reference_distance(left.as_bytes(), right.as_bytes());
        prop_assert_eq!(cost(&operations), expected);
        prop_assert_eq!(distance(left.as_bytes(), right.as_bytes()), expected);
        let (mut i, mut j) = (0, 0);
        for operation in operations {
            prop_assert_eq!((operation.left.start, operation.right.start), (i, j));
            if operation.change == Change::Equal {
                prop_assert_eq!(&left[operation.left.clone()], &right[operation.right.clone()]);
            }
            (i, j) = (operation.left.end, operation.right.end);
        }
        prop_assert_eq!((i, j), (left.len(), right.len()));
    }
}
