//! Captions made, and captions held to a guide, without a recording.

use crate::harness::Desk;

const FAST: &str = "WEBVTT

00:01.000 --> 00:03.000
<v Ann Lee>It has been nine years since anybody promised us a new bridge over the river here.

00:06.000 --> 00:06.400
<v Bo Marsh>Yes.
";

#[test]
fn captions_are_made_of_a_text_that_has_times_and_fast_ones_are_counted() {
    let desk = Desk::new();
    desk.file("fast.vtt", FAST);
    let ran = desk.run("caption fast.vtt --preset podcast --to srt").code(0);
    assert!(ran.stdout.lines().all(|line| line.chars().count() <= 32), "{}", ran.stdout);
    assert!(ran.stdout.contains("ANN LEE:"), "{}", ran.stdout);
    let ran = desk.run("caption fast.vtt --preset netflix -o slow.vtt").code(0);
    ran.says_part("captions have to be read faster than Netflix Timed Text Style Guide, English");
    desk.run("caption fast.vtt -o slow.vtt").code(2).says_part("exists already");
}

#[test]
fn a_text_without_times_and_an_unknown_guide_are_refused_with_advice() {
    let desk = Desk::new();
    desk.file("story.txt", "ANN LEE: Good morning.\n");
    desk.run("caption story.txt").code(2).says_part("align it with its recording first");
    desk.run("caption story.txt --preset fcc")
        .code(2)
        .says_part("[possible values: web, bbc, netflix");
    desk.run("check story.txt --preset bbc").code(2).says_part("holds no captions");
}

#[test]
fn captions_are_held_to_the_guide_that_is_named() {
    let desk = Desk::new();
    desk.file("fast.vtt", FAST);
    let codes = |arguments: &str| {
        let ran = desk.run(arguments).code(0);
        let json = ran.json();
        let findings = json["findings"].as_array().expect("findings").clone();
        let codes =
            findings.iter().map(|finding| finding["rule"].as_str().expect("a code").to_owned());
        codes.filter(|code| code.starts_with('C')).collect::<Vec<_>>()
    };
    assert_eq!(codes("check fast.vtt --preset netflix --format json"), ["C001", "C003", "C004"]);
    assert_eq!(codes("check fast.vtt --preset ofcom-live --format json"), ["C003"]);
    assert!(codes("check fast.vtt --format json").is_empty());
}
