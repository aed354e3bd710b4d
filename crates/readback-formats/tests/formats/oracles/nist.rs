//! NIST's formats, laid beside `sclite`.

use super::{program, written};
use crate::{STORY, transcript, words};

#[test]
fn sclite_takes_the_word_times_and_counts_every_word() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("words.ctm");
    std::fs::write(&path, written("ctm")).expect("written");
    let path = path.to_str().expect("UTF-8");
    let Some(report) = program(
        "sctk",
        &["sclite", "-r", path, "ctm", "-h", path, "ctm", "-o", "rsum", "stdout"],
        b"",
    ) else {
        return;
    };
    let count = words(&transcript(STORY)).len().to_string();
    let sum = report.lines().find(|line| line.contains("Sum")).expect("a sum");
    let numbers: Vec<&str> =
        sum.split(|c: char| !c.is_ascii_digit()).filter(|field| !field.is_empty()).collect();
    // Sentences, then words: all, right, substituted, deleted, inserted, wrong.
    assert_eq!(numbers[1..7], [&count, &count, "0", "0", "0", "0"], "{sum}");
}
