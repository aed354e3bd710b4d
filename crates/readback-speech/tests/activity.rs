//! Whether windows hold all that is said, on recordings whose words' times are known: the corpus that
//! `READBACK_CORPUS` names, or `../shared/corpus` beside the workspace. Without one the test says that it skips.

#![expect(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::path::{Path, PathBuf};

use readback_audio::Recording;
use readback_speech::windows::{Cutter, SampledWindow};

/// Samples a second.
const RATE: f64 = 16_000.0;

fn corpus() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("READBACK_CORPUS").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Recordings with the middles of their words, in seconds.
fn recordings(corpus: &Path) -> Vec<(PathBuf, Vec<f64>)> {
    let folders = [corpus.join("seed"), corpus.join("public/audio")];
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let paths = files.map(|file| file.unwrap().path());
    let known = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "flac");
    paths.filter(known).filter_map(|path| words(&path).map(|words| (path, words))).collect()
}

fn words(recording: &Path) -> Option<Vec<f64>> {
    let text = std::fs::read_to_string(recording.with_extension("words.json")).ok()?;
    let words: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let middle = |word: &serde_json::Value| {
        word["start"].as_f64().unwrap().midpoint(word["end"].as_f64().unwrap())
    };
    Some(words.iter().map(middle).collect())
}

fn windows(recording: &Path) -> Vec<SampledWindow> {
    let mut cutter = Cutter::default();
    let mut windows = Vec::new();
    for block in Recording::open(recording).unwrap() {
        windows.extend(cutter.push(&block));
    }
    windows.extend(cutter.finish());
    windows
}

#[test]
fn all_but_half_a_percent_of_spoken_words_are_taken_for_speech() {
    let Some(corpus) = corpus() else {
        return eprintln!("skipped: no corpus here; READBACK_CORPUS can name one");
    };
    let (mut heard, mut spoken) = (0, 0);
    for (path, words) in recordings(&corpus) {
        let windows = windows(&path);
        let speech = || windows.iter().flat_map(|window| &window.speech);
        let is_heard =
            |second: &&f64| speech().any(|range| range.contains(&((**second * RATE) as u64)));
        let found = words.iter().filter(is_heard).count();
        println!("{}: {found} of {} words", path.display(), words.len());
        heard += found;
        spoken += words.len();
    }
    assert!(heard as f64 >= 0.995 * spoken as f64, "{heard} of {spoken}");
}
