//! Counts agree with jiwer 4.0.0 (rapidfuzz 3) and, where it is installed, with sclite.

use std::process::Command;

use super::*;

type Expected = [usize; 4];

fn counts([hits, substitutions, deletions, insertions]: Expected) -> Counts {
    Counts { hits, substitutions, deletions, insertions }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Reference, hypothesis, what `jiwer.process_words` counts and gives as `wer`, and what
/// `jiwer.process_characters` counts and gives as `cer`.
#[expect(clippy::unreadable_literal, reason = "as jiwer prints them")]
const SHORT: &[(&str, &str, Expected, f64, Expected, f64)] = &[
    (
        "the cat sat on the mat",
        "the cat sit on mat today",
        [3, 3, 0, 0],
        0.5,
        [16, 6, 0, 2],
        0.36363636363636365,
    ),
    ("a b", "b c", [0, 2, 0, 0], 1.0, [1, 2, 0, 0], 0.6666666666666666),
    ("hello", "hello", [1, 0, 0, 0], 0.0, [5, 0, 0, 0], 0.0),
    ("", "a b c", [0, 0, 0, 3], 3.0, [0, 0, 0, 5], 5.0),
    ("a b c", "", [0, 0, 3, 0], 1.0, [0, 0, 5, 0], 1.0),
    (
        "it's 5 o'clock",
        "its five o'clock now",
        [1, 2, 0, 1],
        1.0,
        [12, 1, 1, 7],
        0.6428571428571429,
    ),
    ("schön naïve café", "schon naive cafe", [0, 3, 0, 0], 1.0, [13, 3, 0, 0], 0.1875),
    (
        "one two three four five six",
        "three four five six one two",
        [4, 0, 2, 2],
        0.6666666666666666,
        [19, 0, 8, 8],
        0.5925925925925926,
    ),
    (
        "a a a b b b c c c",
        "b b b a a a c c",
        [3, 5, 1, 0],
        0.6666666666666666,
        [10, 5, 2, 0],
        0.4117647058823529,
    ),
    ("", "", [0, 0, 0, 0], 0.0, [0, 0, 0, 0], 0.0),
];

#[test]
fn short_texts_score_as_jiwer_scores_them() {
    for &(reference, hypothesis, of_words, wer, of_characters, cer) in SHORT {
        let score = score(&words(reference), &words(hypothesis));
        assert_eq!(score.words, counts(of_words), "{reference:?} {hypothesis:?}");
        assert_eq!(score.characters, counts(of_characters), "{reference:?} {hypothesis:?}");
        assert_eq!((score.words.rate(), score.characters.rate()), (wer, cer));
    }
}

/// `length` numbers below `kinds`, the same for the same `seed`.
fn noise(length: usize, kinds: u64, mut seed: u64) -> Vec<u64> {
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % kinds
    };
    (0..length).map(|_| next()).collect()
}

/// `reference` with about one in `every` words dropped, replaced or followed by another.
fn changed(reference: &[u64], kinds: u64, every: u64, seed: u64) -> Vec<u64> {
    let dice = noise(2 * reference.len(), 1 << 20, seed);
    let change = |(&word, dice): (&u64, &[u64])| match (dice[0] % every, dice[1] % 3) {
        (0, 0) => vec![],
        (0, 1) => vec![word, dice[1] % kinds],
        (0, _) => vec![dice[1] % kinds],
        _ => vec![word],
    };
    reference.iter().zip(dice.chunks(2)).flat_map(change).collect()
}

/// Length, kinds, every, seed of [`changed`] noise, and what jiwer counts in its words and characters.
const LONG: &[(usize, u64, u64, u64, Expected, Expected)] = &[
    (5, 3, 2, 1, [4, 1, 0, 0], [8, 1, 0, 0]),
    (50, 5, 2, 2, [38, 4, 8, 5], [77, 10, 12, 6]),
    (100, 10, 3, 3, [80, 14, 6, 4], [173, 16, 10, 6]),
    (100, 1000, 5, 4, [87, 5, 8, 6], [344, 16, 28, 20]),
    (700, 20, 2, 5, [468, 156, 76, 77], [1373, 216, 161, 154]),
    (3000, 100, 3, 6, [2292, 432, 276, 250], [7162, 842, 710, 623]),
    (6000, 500, 10, 7, [5564, 228, 208, 185], [21413, 469, 825, 731]),
    (6000, 30, 2, 8, [3987, 1377, 636, 677], [12497, 2098, 1434, 1602]),
];

#[test]
fn long_texts_score_as_jiwer_scores_them() {
    for &(length, kinds, every, seed, of_words, of_characters) in LONG {
        let reference = noise(length, kinds, seed);
        let hypothesis = changed(&reference, kinds, every, seed + 100);
        let written = |side: &[u64]| side.iter().map(u64::to_string).collect::<Vec<_>>();
        let score = score(&written(&reference), &written(&hypothesis));
        assert_eq!(score.words, counts(of_words), "words, length {length}, seed {seed}");
        assert_eq!(
            score.characters,
            counts(of_characters),
            "characters, length {length}, seed {seed}"
        );
    }
}

#[test]
fn spoken_forms_hide_how_a_word_is_written() {
    let score = |reference: &str, hypothesis: &str| {
        let result = score_normalised(&words(reference), &words(hypothesis), "en");
        (result.score.words, result.score.characters.errors())
    };
    let (of_words, errors) = score(
        "Um, the snow plough cost $43,000 — it's O.K.",
        "the snowplow cost forty three thousand dollars it is okay",
    );
    assert_eq!((of_words, errors), (counts([9, 0, 0, 0]), 0));
    let (of_words, _) = score("she did not say that", "she did say that uh");
    assert_eq!(of_words, counts([4, 0, 1, 0]));
}

/// What `sclite` counts in one pair of texts.
fn sclite(program: &str, reference: &str, hypothesis: &str) -> Expected {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("{text} (a_1)\n")).unwrap();
        path
    };
    let (reference, hypothesis) = (write("ref.trn", reference), write("hyp.trn", hypothesis));
    let mut command = Command::new(program);
    command.arg("-r").arg(reference).arg("trn").arg("-h").arg(hypothesis).arg("trn");
    let output = command.args(["-i", "rm", "-s", "-o", "pra", "stdout"]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find(|line| line.contains("(#C #S #D #I)")).unwrap();
    let counts = line.rsplit(')').next().unwrap().split_whitespace();
    counts.map(|count| count.parse().unwrap()).collect::<Vec<_>>().try_into().unwrap()
}

#[test]
fn sclite_counts_the_same_where_its_weights_leave_no_choice() {
    let programs = ["/usr/lib/sctk/bin/sclite", "sclite"];
    let Some(program) = programs.iter().find(|program| Command::new(program).output().is_ok())
    else {
        eprintln!(
            "SKIPPED: sclite is not installed (Debian package sctk); its counts were not compared"
        );
        return;
    };
    let cases = [
        ("the cat sat on the mat", "the cat sit on the mat today"),
        ("we do not know what they said", "we do know what he said"),
        ("a b c d e", "a c d e"),
        ("hello there", "hello there"),
        ("one two three four five six", "three four five six one two"),
    ];
    for (reference, hypothesis) in cases {
        let ours = score(&words(reference), &words(hypothesis)).words;
        assert_eq!(
            ours,
            counts(sclite(program, reference, hypothesis)),
            "{reference:?} {hypothesis:?}"
        );
    }
}
