//! Several texts in one call: which they are, how they are reported, and how the run ends.

use serde_json::Value;

use crate::harness::{Desk, silence};

const RUSH: &str = "HALE: Good morning, it is raining.01001010\n";
const CLEAN: &str = "HALE: Good morning, it is raining.\n";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("a.txt", RUSH).file("b.txt", CLEAN);
    desk.file("show/c.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nGood morning.\n");
    desk.file("show/deep/d.txt", RUSH);
    desk.file("show/.hidden/e.txt", RUSH)
        .file("show/story.mp3", "no text")
        .file("show/notes", RUSH);
    desk
}

#[test]
fn each_is_reported_and_one_line_sums_up() {
    let ran = desk().run("check a.txt b.txt").code(0);
    let ran = ran.prints_part("a.txt:1:35  warning T003 stray-bytes\n").says("");
    assert!(ran.stdout.ends_with("2 texts, 10 words, text only. 0 errors, 1 warning.\n"));
}

#[test]
fn a_folder_stands_for_the_texts_in_it_and_below_in_order() {
    let ran = desk().run("check show b.txt . --format json").code(0);
    let path = |line: &str| -> String {
        let report: Value = serde_json::from_str(line).expect("an object on each line");
        report["transcript"]["path"].as_str().expect("a path").into()
    };
    let paths: Vec<String> = ran.stdout.lines().map(path).collect();
    let expected = [
        "show/c.vtt",
        "show/deep/d.txt",
        "b.txt",
        "a.txt",
        "b.txt",
        "show/c.vtt",
        "show/deep/d.txt",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn an_object_of_several_is_that_of_one() {
    let desk = desk();
    let alone = desk.run("check a.txt --format json").code(0).json();
    let several = desk.run("check a.txt b.txt --format json").code(0).stdout;
    let first: Value = serde_json::from_str(several.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first, alone);
}

#[test]
fn concise_is_one_line_for_each_finding_and_nothing_else() {
    let expected = "a.txt:1:35: T003 warning stray characters: 01001010\n";
    desk().run("check a.txt b.txt --format concise").code(0).prints(expected);
    desk().run("check a.txt --format concise").code(0).prints(expected);
    desk().run("check b.txt --format concise").code(0).prints("");
}

#[test]
fn a_second_path_is_the_recording_unless_it_ends_like_a_text() {
    let desk = desk();
    desk.file("story.wav", silence(0.1)).file("noise", "no sound");
    desk.run("check a.txt story.wav --model none").code(2).says_part("there is no model none");
    desk.run("check a.txt noise").code(2).says("error: noise is not an audio file: it holds text");
    desk.run("check a.txt B.TXT").code(2).says("error: there is no file B.TXT");
}

#[test]
fn a_text_that_cannot_be_read_does_not_stop_the_others() {
    let desk = desk();
    desk.file("empty.txt", "");
    let ran = desk.run("check empty.txt a.txt none.txt b.txt --fail-on warning").code(2);
    let ran = ran.prints_part("a.txt:1:35").prints_part("2 texts, 10 words, text only.");
    ran.says(
        "error: cannot read the transcript empty.txt: there is no text in it\n\
         error: there is no file none.txt",
    );
}

#[test]
fn the_worst_text_decides_the_exit_code() {
    desk().run("check b.txt show a.txt --fail-on warning").code(1);
    desk().run("check b.txt show/c.vtt --fail-on warning").code(0);
}

#[test]
fn a_folder_without_texts_is_said() {
    let ran = desk().run("check home b.txt").code(2);
    ran.says("error: there are no texts in the folder home").prints_part("1 text, 5 words");
}

#[test]
fn each_is_fixed_in_its_place() {
    let desk = desk();
    desk.run("check a.txt show/deep --fix").code(0).prints_part("Nothing to report.");
    assert_eq!(desk.read("a.txt"), desk.read("b.txt"));
    assert_eq!(desk.read("show/deep/d.txt"), desk.read("b.txt"));
}

#[test]
fn what_belongs_to_one_recording_is_refused() {
    let sentence =
        "error: several texts were given, and what was heard can only be that of one recording";
    desk().run("check show --evidence heard.json").code(2).says(sentence);
    desk().run("check a.txt b.txt --heard heard.json").code(2).says(sentence);
    desk().run("check - a.txt -").code(2).says("error: standard input cannot be two transcripts");
}
