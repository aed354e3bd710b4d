//! How the archive does with 100,000 stories: `cargo bench -p readback-archive --bench
//! archive_scale -- [STORIES]`.
//!
//! Stories are made up: 600 words each, the words as frequent as in any language (Zipf's law), in turns of
//! eight speakers out of two thousand. Adding includes reading the text. Phrases to look for are taken from
//! the stories, so all of them are found; the commonest words are looked for, too.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rayon::prelude::*;
use readback_archive::{About, Adding, Archive, Query};
use readback_transcript::{Altered, Transcript, compare};

const WORDS: usize = 600;
const BATCH: usize = 500;
const QUERIES: usize = 1000;

fn main() {
    let number = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let stories = number.unwrap_or(100_000);
    diffs();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut archive = Archive::init(&folder.path().join("archive")).expect("a new archive");
    let mut made_up = MadeUp::new();
    let (mut text_bytes, mut phrases) = (0, Vec::new());
    let mut adding = Duration::ZERO;
    for first in (0..stories).step_by(BATCH) {
        let texts: Vec<(usize, String)> =
            (first..stories.min(first + BATCH)).map(|it| (it, made_up.story())).collect();
        text_bytes += texts.iter().map(|it| it.1.len()).sum::<usize>();
        phrases.extend(texts.iter().map(|it| made_up.phrase(&it.1)));
        let start = Instant::now();
        let batch = texts.into_par_iter().map(|(number, text)| story(number, text)).collect();
        archive.add(batch, "bench", Timestamp::UNIX_EPOCH).expect("added");
        adding += start.elapsed();
    }
    let rate = stories as f64 / adding.as_secs_f64();
    println!(
        "add: {stories} stories, {} words in {:.0} s: {rate:.0} stories/s",
        stories * WORDS,
        adding.as_secs_f64()
    );
    let archive_folder = archive.folder().to_path_buf();
    drop(archive);
    let bytes = std::fs::metadata(archive_folder.join("archive.db")).expect("the database").len();
    println!(
        "size: text {:.1} MB, database {:.1} MB: {:.2} times the text",
        text_bytes as f64 / 1e6,
        bytes as f64 / 1e6,
        bytes as f64 / text_bytes as f64
    );
    let mut archive = Archive::open(&archive_folder).expect("opens");
    let picked: Vec<String> =
        (0..QUERIES).map(|_| phrases[made_up.below(phrases.len())].clone()).collect();
    search(&mut archive, "phrases of 2 to 4 words", &picked);
    let common: Vec<String> =
        (0..50).map(|it| format!("\"{} {}\"", made_up.words[it], made_up.words[it + 1])).collect();
    search(&mut archive, "phrases of the commonest words", &common);
    let filtered: Vec<String> = picked
        .iter()
        .take(200)
        .map(|it| format!("{it} speaker:speaker{}", made_up.below(2000)))
        .collect();
    search(&mut archive, "phrases with a speaker", &filtered);
}

fn story(number: usize, text: String) -> Adding {
    let transcript = readback_formats::read(text.as_bytes(), None).expect("readable").transcript;
    let slug = format!("story-{number:06}").parse().expect("a slug");
    let about = About {
        title: format!("Story {number}"),
        programme: Some("Morning".into()),
        ..About::default()
    };
    Adding {
        slug,
        about,
        original: (text.into_bytes(), "story.txt".into()),
        transcript,
        recordings: Vec::new(),
    }
}

fn search(archive: &mut Archive, what: &str, queries: &[String]) {
    let mut times = Vec::new();
    let mut found = 0;
    for query in queries {
        let query = Query::parse(query).expect("a query");
        let start = Instant::now();
        found += usize::from(!archive.search(&query, 20).expect("searched").is_empty());
        times.push(start.elapsed());
    }
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
    println!(
        "search, {what}: {found} of {} found; p50 {:.1} ms, p95 {:.1} ms, worst {:.1} ms",
        queries.len(),
        at(50),
        at(95),
        at(100)
    );
}

/// Comparing two revisions of 10,000 words.
fn diffs() {
    let mut made_up = MadeUp::new();
    let before: String = (0..17).map(|_| made_up.story() + "\n").collect();
    for share in [100, 20, 5] {
        let words = before
            .split(' ')
            .map(|word| if made_up.below(share) == 0 { made_up.word() } else { word.to_owned() });
        let after = words.collect::<Vec<_>>().join(" ");
        let (left, right) = (read(&before), read(&after));
        let mut best = Duration::MAX;
        let mut changed = 0;
        for _ in 0..5 {
            let start = Instant::now();
            let parts = compare(&left, &right);
            best = best.min(start.elapsed());
            changed = parts.iter().filter(|it| it.altered != Altered::Same).count();
        }
        println!(
            "diff: {} words, one in {share} changed ({changed} places): {:.1} ms",
            left.words().count(),
            best.as_secs_f64() * 1e3
        );
    }
}

fn read(text: &str) -> Transcript {
    readback_formats::read(text.as_bytes(), None).expect("readable").transcript
}

/// Words that nobody ever said.
struct MadeUp {
    state: u64,
    words: Vec<String>,
}

impl MadeUp {
    fn new() -> Self {
        let mut made_up = Self { state: 7, words: Vec::new() };
        let mut seen = HashSet::new();
        while made_up.words.len() < 60_000 {
            // Common words are short.
            let syllables = [(20, 0), (300, 1), (6000, 2)]
                .iter()
                .find(|it| made_up.words.len() < it.0)
                .map_or(3, |it| it.1);
            let word: String = (0..=syllables).map(|_| made_up.syllable()).collect();
            if seen.insert(word.clone()) {
                made_up.words.push(word);
            }
        }
        made_up
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn syllable(&mut self) -> String {
        const FIRST: &[&str] = &[
            "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "w", "h",
            "",
        ];
        const VOWEL: &[&str] = &["a", "e", "i", "o", "u", "ea", "ou"];
        const LAST: &[&str] = &["", "", "n", "r", "s", "t", "l"];
        let parts = [FIRST, VOWEL, LAST];
        parts.iter().map(|all| all[self.below(all.len())]).collect()
    }

    /// By Zipf's law: the word of rank n is n times rarer than the first.
    fn word(&mut self) -> String {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        let rank = (self.words.len() as f64).powf(unit) as usize;
        self.words[rank.min(self.words.len() - 1)].clone()
    }

    fn story(&mut self) -> String {
        let mut text = String::new();
        let speakers: Vec<usize> = (0..8).map(|_| self.below(2000)).collect();
        for turn in 0..WORDS / 40 {
            text += &format!("SPEAKER{}:", speakers[turn % 8]);
            for place in 0..40 {
                let word = self.word();
                text += if place == 0 { " The" } else { " " };
                text += if place == 0 { "" } else { &word };
                text += if place == 39 { "." } else { "" };
            }
            text += "\n\n";
        }
        text
    }

    /// Two to four words that follow each other in a text.
    fn phrase(&mut self, text: &str) -> String {
        let turns: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        let words: Vec<&str> = turns[self.below(turns.len())].split(' ').skip(2).collect();
        let count = 2 + self.below(3);
        let start = self.below(words.len() - count);
        format!("\"{}\"", words[start..start + count].join(" "))
    }
}
