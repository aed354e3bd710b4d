//! The evaluation corpus, where it is there: the words read are the words said, and nothing that is
//! not said becomes a word. `READBACK_CORPUS` names its folder.

use std::fs;
use std::path::{Path, PathBuf};

use readback_formats::read;
use readback_transcript::Transcript;

use crate::words;

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("READBACK_CORPUS").map_or(beside, PathBuf::from);
    if !folder.is_dir() {
        eprintln!("SKIPPED: no evaluation corpus at {}; set READBACK_CORPUS", folder.display());
        return None;
    }
    Some(folder)
}

/// The speaker turns of the corpus, as RTTM.
pub fn speaker_turns() -> Vec<String> {
    let Some(corpus) = corpus() else { return Vec::new() };
    let texts = corpus.join("public/text");
    let folders = fs::read_dir(texts).into_iter().flatten().flatten().map(|entry| entry.path());
    let files = folders.map(|folder| folder.join("reference.rttm"));
    let files = files.chain([corpus.join("seed/recording.rttm")]);
    files.filter_map(|file| fs::read_to_string(file).ok()).collect()
}

fn read_file(path: &Path) -> Transcript {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    read(&bytes, path.file_name().and_then(|name| name.to_str())).expect("readable").transcript
}

/// A word without what the corpus leaves on it: quotes, punctuation, a trailing apostrophe.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric() && !"$%".contains(c)).to_owned()
}

#[test]
fn the_words_read_are_the_words_said() {
    let Some(corpus) = corpus() else { return };
    for (text, said) in [
        ("seed/truth.txt", "seed/recording.words.json"),
        ("public/audio/synth_courts_water.txt", "public/audio/synth_courts_water.words.json"),
        ("public/audio/synth_diplo_strait.txt", "public/audio/synth_diplo_strait.words.json"),
        ("public/audio/synth_science_kelp.txt", "public/audio/synth_science_kelp.words.json"),
    ] {
        let json = fs::read_to_string(corpus.join(said)).expect("present");
        let said: Vec<serde_json::Value> = serde_json::from_str(&json).expect("JSON");
        let said: Vec<String> =
            said.iter().map(|word| bare(word["w"].as_str().expect("a word"))).collect();
        let transcript = read_file(&corpus.join(text));
        let read: Vec<String> = words(&transcript).into_iter().map(bare).collect();
        assert_eq!(read, said, "{text}");
    }
}

#[test]
fn the_damaged_story_gives_speech_only() {
    let Some(corpus) = corpus() else { return };
    let transcript = read_file(&corpus.join("seed/rush.txt"));
    let read = words(&transcript);
    for not_said in [
        "SOUNDBITE",
        "BYLINE",
        "MAYNES",
        "Non-English",
        "language",
        "01001010",
        "Copyright",
        "reserved",
        "PUTIN",
    ] {
        assert!(!read.contains(&not_said), "{not_said}");
    }
    assert_eq!((read[0], read[read.len() - 1]), ("Russian", "Moscow"));
    assert_eq!(transcript.notes.len(), 3);
    assert_eq!(transcript.cues().count(), 6);
    let inline: Vec<&str> = transcript
        .turns
        .iter()
        .filter_map(|turn| turn.label.as_ref())
        .filter(|label| label.inline)
        .map(|label| label.name.as_str())
        .collect();
    assert_eq!(inline, ["Asmolov"]);
}

#[test]
fn earnings_calls_are_read_from_every_recogniser_that_heard_them() {
    let Some(corpus) = corpus() else { return };
    let mut seen = 0;
    for entry in fs::read_dir(corpus.join("public/text")).expect("present") {
        let folder = entry.expect("readable").path();
        if !folder.join("reference.nlp").is_file() {
            continue;
        }
        for name in ["google.nlp", "amazon.nlp", "speechmatics.nlp", "rev_kaldi.ctm"] {
            let heard = read_file(&folder.join(name));
            let hearing = readback_formats::to_hearing(&heard).expect("timed");
            assert_eq!(hearing.words.len(), words(&heard).len(), "{name}");
        }
        // The words of the reference's table are those of its text.
        let table = read_file(&folder.join("reference.nlp"));
        let text = read_file(&folder.join("reference.txt"));
        assert_eq!(words(&table), words(&text), "{}", folder.display());
        seen += 1;
    }
    assert!(seen >= 5, "{seen}");
}

#[test]
fn cues_of_addresses_and_podcasts_are_not_said() {
    let Some(corpus) = corpus() else { return };
    let mut seen = 0;
    for entry in fs::read_dir(corpus.join("public/text")).expect("present") {
        let folder = entry.expect("readable").path();
        for name in ["transcript.txt", "transcript.md"] {
            let path = folder.join(name);
            if !path.is_file() {
                continue;
            }
            let transcript = read_file(&path);
            let labelled = transcript.turns.iter().all(|turn| turn.label.is_some());
            assert!(labelled, "{}", path.display());
            for word in words(&transcript) {
                let cue = ["applause", "(applause", "unintelligible", "laughs]"]
                    .contains(&word.to_lowercase().as_str());
                assert!(!cue, "{word} in {}", path.display());
            }
            seen += 1;
        }
    }
    assert!(seen >= 10, "{seen}");
}
