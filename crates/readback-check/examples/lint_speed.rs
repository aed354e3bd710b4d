//! How fast a text is read and how fast the text rules go over it, on one core.
//!
//! `cargo run --release -p readback-check --example lint_speed -- FILE…` puts the files together, over and
//! over until there is enough to tell by a clock, and prints megabytes a second; a rule's share is found
//! with a profiler. Files of one kind belong together: one without labels among labelled ones is no text.

use std::time::Instant;
use std::{env, fs};

use readback_check::{Style, check_text};

/// The size of the text that is read and checked, in bytes; a reader takes no more than 32 MiB at once.
const ENOUGH: usize = 30 << 20;

fn main() {
    let files: Vec<Vec<u8>> =
        env::args().skip(1).map(|path| fs::read(path).expect("a file that can be read")).collect();
    let once = files.join(&b"\n\n"[..]);
    assert!(!once.is_empty(), "usage: lint_speed FILE…");
    let text = once.repeat((ENOUGH / once.len()).max(1));
    let began = Instant::now();
    let (transcript, _) = readback_formats::read(&text, None).expect("a transcript");
    say("read", text.len(), began);
    let began = Instant::now();
    let report = check_text(&transcript, &Style::default());
    say("check", text.len(), began);
    println!("{} words, {} findings", transcript.words().count(), report.findings.len());
}

fn say(what: &str, bytes: usize, began: Instant) {
    let seconds = began.elapsed().as_secs_f64();
    println!("{what:6} {:6.1} MB/s", bytes as f64 / 1e6 / seconds);
}
