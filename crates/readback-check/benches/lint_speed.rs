//! How fast a text is read and how fast the text rules go over it, on one core.
//!
//! `cargo bench -p readback-check --bench lint_speed -- /FILE…` puts the files together, goes over
//! them until there was enough to tell by a clock, and prints megabytes a second; a rule's share is found
//! with a profiler. Files of one kind belong together: one without labels among labelled ones is no text.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it takes the time")]

use std::time::Instant;
use std::{env, fs};

use readback_check::{Style, check_text};

/// How much is read and checked in all, in bytes.
const ENOUGH: usize = 30 << 20;

fn main() {
    let files: Vec<Vec<u8>> = env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .map(|path| fs::read(path).expect("a file that can be read"))
        .collect();
    let once = files.join(&b"\n\n"[..]);
    assert!(!once.is_empty(), "usage: lint_speed FILE…");
    let rounds = (ENOUGH / once.len()).max(1);
    let read = || readback_formats::read(&once, None).expect("a transcript").transcript;
    let began = Instant::now();
    let transcript = (1..rounds).fold(read(), |_, _| read());
    say("read", rounds * once.len(), began);
    let began = Instant::now();
    let check = |_| check_text(&transcript, &Style::default()).findings.len();
    let findings: usize = (0..rounds).map(check).sum();
    say("check", rounds * once.len(), began);
    println!("{} words, {findings} findings in {rounds} rounds", transcript.words().count());
}

fn say(what: &str, bytes: usize, began: Instant) {
    let seconds = began.elapsed().as_secs_f64();
    println!("{what:6} {:6.1} MB/s", bytes as f64 / 1e6 / seconds);
}
