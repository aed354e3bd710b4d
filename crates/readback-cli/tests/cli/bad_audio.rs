//! Recordings that cannot be read. None of these needs a speech model: a recording is opened before a
//! model is fetched for it.

use crate::harness::{Desk, Ran, silence};

const NOT_AUDIO: &str = "error: story.wav is not an audio file of a kind known here; \
                         installing ffmpeg would let more kinds be read";

fn check(recording: impl AsRef<[u8]>) -> Ran {
    let desk = Desk::new();
    desk.file("story.txt", "Good morning.\n").file("story.wav", recording);
    desk.run("check story.txt story.wav").code(2)
}

#[test]
fn a_missing_recording() {
    let desk = Desk::new();
    desk.file("story.txt", "Good morning.\n");
    let sentence = "error: there is no file nowhere.mp3";
    desk.run("check story.txt nowhere.mp3").code(2).says(sentence);
    desk.run("align story.txt nowhere.mp3").code(2).says(sentence);
    desk.run("transcribe nowhere.mp3").code(2).says(sentence);
}

#[test]
fn a_folder() {
    let desk = Desk::new();
    desk.run("transcribe home").code(2).says("error: home is a folder, not a recording");
}

#[test]
fn an_empty_recording() {
    check("").says("error: story.wav is empty");
}

#[test]
fn a_text_in_the_place_of_a_recording() {
    check("Good morning.\n").says("error: story.wav is not an audio file: it holds text");
}

#[test]
fn bytes_that_are_no_audio() {
    let noise: Vec<u8> =
        (1..9000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    check(noise).says(NOT_AUDIO);
}

#[test]
fn a_recording_cut_off_inside_its_header() {
    check(&silence(1.0)[..20]).says(NOT_AUDIO);
}

#[test]
fn several_recordings_need_a_folder() {
    let desk = Desk::new();
    desk.file("a.wav", silence(0.1)).file("b.wav", silence(0.1));
    let sentence =
        "error: several recordings need a folder to write to\n  Give an existing folder with -o.";
    desk.run("transcribe a.wav b.wav").code(2).says(sentence);
}

#[test]
fn an_existing_result_is_told_before_anything_is_heard() {
    let desk = Desk::new();
    desk.file("a.wav", silence(0.1)).file("a.vtt", "mine");
    let ran = desk.run("transcribe a.wav -o a.vtt").code(2);
    ran.says("error: a.vtt exists already and was left alone\n  To replace it, add --force.");
}
