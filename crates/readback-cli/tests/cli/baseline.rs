//! The baseline: what is accepted is left out until it changes, and what is gone is said.

use crate::harness::Desk;

const RUSH: &str = "\
HALE: Good morning, it is raining.01001010 People wait at the pier.

BRUN: So they do, and the ferry is late.01001010 Nobody knows why.
";

/// A desk that has accepted both findings of its text.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("story.txt", RUSH);
    let run = desk.run("check story.txt --baseline known.toml --who").arg("Ana Ruiz");
    let ran = run.arg("--accept").arg("the station's ident").code(0);
    ran.says("readback: story.txt: 2 findings accepted").prints_part("Nothing to report.");
    desk
}

const CHECK: &str = "check story.txt --fail-on warning --baseline known.toml";

#[test]
fn what_is_accepted_is_left_out() {
    let desk = desk();
    desk.run(CHECK).code(0).prints_part("Nothing to report.").says("");
    desk.run("check story.txt --fail-on warning").code(1);
}

#[test]
fn it_says_what_was_accepted_by_whom_and_why() {
    let known = desk().read("known.toml");
    for line in [
        "[[accepted]]",
        "path = \"story.txt\"",
        "rule = \"T003\"",
        "place = \"it is raining [01001010] people wait at\"",
        "who = \"Ana Ruiz\"",
        "why = \"the station's ident\"",
    ] {
        assert!(known.lines().any(|it| it == line), "no {line} in\n{known}");
    }
}

#[test]
fn edits_elsewhere_do_not_bring_it_back() {
    let desk = desk();
    let edited = format!("INES HALE, HOST: Hello.\n\n{}", RUSH.replace("why", "why or when"));
    desk.file("story.txt", edited);
    desk.run(CHECK).code(0).says("");
}

#[test]
fn a_new_finding_is_reported_even_if_it_is_of_the_same_kind() {
    let desk = desk();
    desk.file("story.txt", format!("{RUSH}\nHALE: That was all.01001010\n"));
    desk.run(CHECK).code(1).prints_part("story.txt:5:20").prints_part("0 errors, 1 warning.");
    // The same words once more are another finding.
    desk.file("story.txt", RUSH.repeat(2));
    desk.run("check story.txt --format concise --baseline known.toml").code(0).prints_part("T003");
}

#[test]
fn what_is_gone_is_said_and_forgotten_when_something_is_accepted() {
    let desk = desk();
    desk.file("story.txt", RUSH.replace("raining.01001010", "raining."));
    let gone = "readback: story.txt: the accepted finding T003 is gone: \
                it is raining [01001010] people wait at";
    desk.run(CHECK).code(0).says(gone);
    let accept = "check story.txt --baseline known.toml --who Ana --accept none";
    desk.run(accept).code(0).says(&format!("{gone}\nreadback: story.txt: 0 findings accepted"));
    desk.run(CHECK).code(0).says("");
    assert_eq!(desk.read("known.toml").matches("[[accepted]]").count(), 1);
}

#[test]
fn paths_are_those_from_the_baseline_on() {
    let desk = Desk::new();
    desk.file("show/story.txt", RUSH).file("show/other.txt", RUSH).file("desk/empty", "");
    let run = desk.run("check show --who Ana --accept ident --baseline show/known.toml");
    run.code(0).says_part("show/story.txt: 2 findings accepted");
    assert!(desk.read("show/known.toml").contains("path = \"other.txt\""));
    desk.run("check desk/../show/other.txt --fail-on warning --baseline show/known.toml").code(0);
}

#[test]
fn a_baseline_that_is_missing_or_malformed_is_one_sentence() {
    let desk = desk();
    let check = |name: &str| desk.run(&format!("check story.txt --baseline {name}")).code(2);
    check("none.toml").says("error: there is no file none.toml");
    desk.file("bad.toml", "[[accepted]]\npath = \"story.txt\"\nwhy = 3\n");
    check("bad.toml").says("error: bad.toml:3:7: invalid type: integer `3`, expected a string");
    desk.file("bad.toml", "acepted = []\n");
    check("bad.toml").says("error: bad.toml:1:1: unknown key \"acepted\"; did you mean accepted?");
}

#[test]
fn nothing_is_accepted_without_a_name_a_reason_and_a_file() {
    let desk = Desk::new();
    desk.file("story.txt", RUSH);
    desk.run("check story.txt --accept why --baseline known.toml")
        .code(2)
        .says_part("--who <NAME>");
    desk.run("check story.txt --accept why --who Ana").code(2).says_part("--baseline <FILE>");
    desk.run("check story.txt --who Ana --baseline known.toml").code(2).says_part("--accept <WHY>");
    assert_eq!(desk.names("."), ["bin", "home", "models", "story.txt"]);
}

const CAPTIONS: &str = "WEBVTT

00:01.000 --> 00:03.000
It has been nine years since anybody promised us a new bridge over the river here.
";

/// Without a guide nobody has asked how long lines are: what was accepted of them is not gone.
#[test]
fn what_was_accepted_of_captions_stays_where_no_guide_is_named() {
    let desk = Desk::new();
    desk.file("show.vtt", CAPTIONS);
    let check = "check show.vtt --fail-on warning --baseline known.toml";
    let accept = |check: &str| desk.run(check).arg("--who").arg("Ana").arg("--accept").arg("ok");
    accept(&format!("{check} --preset bbc")).code(0).says_part("2 findings accepted");
    let known = desk.read("known.toml");
    assert!(known.contains("\"C001\"") && known.contains("\"C003\""), "{known}");
    desk.run(check).code(0).says("");
    accept(check).code(0).says("readback: show.vtt: 0 findings accepted");
    assert_eq!(desk.read("known.toml"), known);
    desk.run(&format!("{check} --preset bbc")).code(0).says("");
    desk.file("show.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nRain.\n");
    let ran = desk.run(&format!("{check} --preset bbc")).code(0);
    ran.says_part("the accepted finding C001 is gone");
}

const TOLD: &str = "The kelp forest was gone. Now researchers say that they can hear it coming back. It \
    is not proof, she says, but it is a good sign.\n";

/// What a recogniser makes of `text`: a word every 0.4 s.
fn heard(text: &str) -> String {
    let word = |(at, word): (usize, &str)| {
        let start = at as f64 * 0.4;
        serde_json::json!({ "word": word, "start": start, "end": start + 0.4, "probability": 0.95 })
    };
    let words: Vec<serde_json::Value> = text.split_whitespace().enumerate().map(word).collect();
    serde_json::json!({ "segments": [{ "start": 0.0, "words": words }], "language": "en" })
        .to_string()
}

/// A recording may tell that a line was said twice; for the text by itself it still stands there twice.
#[test]
fn a_recording_that_answers_a_rule_of_the_text_leaves_what_was_accepted_of_it() {
    let desk = Desk::new();
    let twice = TOLD.replace("Now", "The kelp forest was gone. Now");
    desk.file("story.txt", format!("{twice}01001010")).file("asr.json", heard(&twice));
    let check = "check story.txt --baseline known.toml";
    let run = desk.run(check).arg("--who").arg("Ana").arg("--accept").arg("so said");
    run.code(0).says("readback: story.txt: 2 findings accepted");
    desk.run(&format!("{check} --evidence asr.json")).code(0).says("");
    desk.file("story.txt", &twice);
    let ran = desk.run(&format!("{check} --evidence asr.json")).code(0);
    let ran = ran.says_part("the accepted finding T003 is gone");
    assert_eq!(ran.stderr.matches("is gone").count(), 1, "{}", ran.stderr);
}

#[test]
fn what_was_accepted_of_a_recording_stays_where_none_is_heard() {
    let desk = Desk::new();
    desk.file("story.txt", TOLD.replace("is not proof", "is proof")).file("asr.json", heard(TOLD));
    let check = "check story.txt --fail-on warning --baseline known.toml";
    let run = desk.run(&format!("{check} --evidence asr.json")).arg("--who").arg("Ana");
    run.arg("--accept").arg("she said so").code(0).says_part("1 finding accepted");
    desk.run(check).code(0).says("");
    desk.run(&format!("{check} --evidence asr.json")).code(0).says("");
}
