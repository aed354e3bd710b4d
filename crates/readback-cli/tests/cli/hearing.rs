//! What needs a speech model: recordings that are heard, refused, aligned and written down. These tests
//! use `tiny.en`, one of them `base`, where it is installed, and say when they skip.

use std::f64::consts::TAU;
use std::path::PathBuf;

use crate::harness::{Desk, Run, installed, silence, wav};

/// The bundled story, its true text and its rush text.
fn story(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("demo").join(name)
}

struct Hearing {
    desk: Desk,
    model: PathBuf,
}

impl Hearing {
    fn new() -> Option<Self> {
        Self::with("tiny.en")
    }

    fn with(model: &str) -> Option<Self> {
        installed(model).map(|model| Self { desk: Desk::new(), model })
    }

    fn run(&self, arguments: &str) -> Run {
        self.desk.run(arguments).arg("--model").arg(&self.model)
    }
}

fn hum(rate: u32, seconds: f64) -> impl Iterator<Item = f64> {
    let frames = (f64::from(rate) * seconds) as u32;
    (0..frames).map(move |i| 0.3 * (TAU * 220.0 * f64::from(i) / f64::from(rate)).sin())
}

#[test]
fn silence_is_never_certified() {
    let Some(hearing) = Hearing::new() else { return };
    hearing.desk.file("story.txt", "HALE: Good morning.\n").file("silent.wav", silence(3.0));
    let sentence = "nobody speaks in silent.wav, so story.txt cannot be read back";
    hearing.run("check story.txt silent.wav").code(3).prints(&format!("{sentence}.\n")).says("");
    let ran = hearing.run("check story.txt silent.wav --format json").code(3);
    assert_eq!(ran.json()["summary"]["certified"], false);
    ran.says(&format!("readback: {sentence}"));
    hearing.run("align story.txt silent.wav").code(3).says(&format!("readback: {sentence}"));
    hearing.run("transcribe silent.wav").code(2).says("error: nobody speaks in silent.wav");
}

#[test]
fn odd_recordings_are_heard_like_any_other() {
    let Some(hearing) = Hearing::new() else { return };
    hearing.desk.file("story.txt", "HALE: Good morning.\n");
    hearing.desk.file("short.wav", silence(0.1));
    hearing.desk.file("eight-bit.wav", wav(8_000, 1, 8, hum(8_000, 2.0)));
    hearing.desk.file("fast.wav", wav(96_000, 2, 16, hum(96_000, 2.0)));
    hearing.desk.file("six.wav", wav(48_000, 6, 16, hum(48_000, 2.0)));
    for name in ["short", "eight-bit", "fast", "six"] {
        let ran = hearing.run(&format!("check story.txt {name}.wav")).code(3);
        assert!(ran.stdout.contains("story.txt"), "{}", ran.stdout);
    }
}

#[test]
fn a_recording_cut_short_is_heard_as_far_as_it_goes_and_that_is_said() {
    let Some(hearing) = Hearing::new() else { return };
    let whole = wav(16_000, 1, 16, hum(16_000, 4.0));
    hearing.desk.file("story.txt", "HALE: Good morning.\n").file("cut.wav", &whole[..64_000]);
    let ran = hearing.run("check story.txt cut.wav").code(3);
    ran.says_part("readback: cut.wav: the recording is cut short: 2.0 s could be read of 4.0 s");
}

#[test]
fn a_text_of_another_story_is_refused_with_its_coverage() {
    let Some(hearing) = Hearing::new() else { return };
    let other =
        "The orchard keeper measured every blossom against last winter's ledger and smiled. ";
    hearing.desk.file("other.txt", other.repeat(8));
    let ran = hearing.run("check other.txt").arg(story("story.mp3")).code(3);
    let ran = ran.prints_part("other.txt is not a transcript of ").prints_part(": only ");
    assert_eq!(ran.stdout.lines().count(), 1);
}

#[test]
fn the_story_is_checked_with_times_and_a_summary() {
    let Some(hearing) = Hearing::new() else { return };
    let check =
        |text: &str| hearing.run("check --format json").arg(story(text)).arg(story("story.mp3"));
    let report = check("rush.txt").code(1).json();
    assert_eq!(report["summary"]["certified"], true);
    assert_eq!(report["recording"]["blake3"].as_str().map(str::len), Some(64));
    let seconds = report["recording"]["seconds"].as_f64().expect("a length");
    let found = report["findings"].as_array().expect("findings");
    let timed = found.iter().filter(|finding| finding["time"].is_object());
    assert!(timed.clone().count() >= 5, "{report:#}");
    for finding in timed {
        let (start, end) = (finding["time"]["start"].as_f64(), finding["time"]["end"].as_f64());
        assert!(start <= end && end <= Some(seconds + 0.1), "{finding:#}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let Some(hearing) = Hearing::new() else { return };
    let heard = |threads: u32| {
        let run = hearing.run(&format!("transcribe --to json --threads {threads}"));
        run.arg(story("story.mp3")).code(0).stdout
    };
    assert_eq!(heard(1), heard(3));
}

#[test]
fn aligning_gives_the_texts_own_words_their_times() {
    let Some(hearing) = Hearing::new() else { return };
    let run = hearing.run("align --to vtt").arg(story("truth.txt")).arg(story("story.mp3"));
    let ran = run.code(0);
    assert!(ran.stdout.starts_with("WEBVTT"), "{}", ran.stdout);
    assert!(ran.stdout.matches(" --> ").count() > 20, "{}", ran.stdout);
}

#[test]
fn what_was_heard_is_written_and_is_evidence_for_another_text() {
    let Some(hearing) = Hearing::new() else { return };
    let run = hearing.run("check --heard heard.json").arg(story("rush.txt"));
    run.arg(story("story.mp3")).code(1);
    let heard: serde_json::Value =
        serde_json::from_str(&hearing.desk.read("heard.json")).expect("JSON");
    assert!(heard["words"].as_array().is_some_and(|words| words.len() > 100));
    assert!(heard["windows"][0]["time"]["end"].is_number());
    assert!(heard["differences"].as_array().is_some_and(|found| !found.is_empty()));
    let run = hearing.run("check --evidence heard.json --format json").arg(story("truth.txt"));
    let report = run.code(0).json();
    assert_eq!(report["summary"]["certified"], true);
}

#[test]
fn a_language_the_model_does_not_know_is_said_so() {
    let Some(hearing) = Hearing::new() else { return };
    hearing.desk.file("story.wav", silence(1.0));
    let ran = hearing.run("transcribe story.wav --language fr").code(2);
    ran.says("error: cannot hear story.wav: the model does not know the language fr");
}

#[test]
fn the_demo_leaves_the_story_both_texts_and_captions() {
    let Some(hearing) = Hearing::new() else { return };
    let ran = hearing.run("demo shown").code(0);
    let ran = ran.prints_part("That was a short radio story");
    assert!(ran.stdout.contains(" not said, "), "{}", ran.stdout);
    assert_eq!(
        hearing.desk.names("shown"),
        ["captions.vtt", "corrected.txt", "rush.txt", "story.mp3"]
    );
    assert_ne!(hearing.desk.read("shown/corrected.txt"), hearing.desk.read("shown/rush.txt"));
}

/// A place in the rush text, in bytes.
fn place(of: &serde_json::Value) -> (u64, u64) {
    let byte = |name: &str| of[name].as_u64().unwrap_or_else(|| panic!("{name} of {of:#}"));
    (byte("start"), byte("end"))
}

/// What is only style, or worth a listen, is no alarm.
#[test]
fn every_planted_fault_of_the_demo_is_pointed_at_and_nothing_else() {
    /// Findings this close are about the fault: a word or two.
    const NEAR: u64 = 14;
    let Some(hearing) = Hearing::with("base") else { return };
    let run = hearing.run("check --format json").arg(story("rush.txt")).arg(story("story.mp3"));
    let report = run.code(1).json();
    let findings = report["findings"].as_array().expect("findings").iter();
    let findings: Vec<_> = findings.filter(|finding| finding["severity"] != "info").collect();
    let faults = std::fs::read_to_string(story("faults.json")).expect("the list of faults");
    let faults: Vec<serde_json::Value> = serde_json::from_str(&faults).expect("JSON");
    let touches = |fault: &serde_json::Value, finding: &serde_json::Value| {
        let (start, end) = place(&finding["span"]);
        // Of a passage typed twice either copy may be pointed at.
        [fault, &fault["first"]].into_iter().filter(|at| at.is_object()).any(|at| {
            let (from, to) = place(at);
            start <= to + NEAR && end + NEAR >= from
        })
    };
    for fault in &faults {
        assert!(findings.iter().any(|finding| touches(fault, finding)), "missed: {fault:#}");
    }
    for finding in findings {
        assert!(faults.iter().any(|fault| touches(fault, finding)), "raised: {finding:#}");
    }
}
