//! Checking, fixing, converting and scoring texts without a recording.

use readback_formats::{FORMATS, Format};
use serde_json::json;

use crate::harness::Desk;

/// A paragraph typed twice (T001) and characters a program left behind (T003).
const RUSH: &str = "\
INES HALE, HOST: The ferry left the harbour of Bergen at noon with ninety people on board.

TOM BRUN, BYLINE: The captain said the crossing would take about three hours in this weather.

BRUN: The captain said the crossing would take about three hours in this weather.

HALE: Tom Brun reports from the harbour, where people wait.01001010
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("rush.txt", RUSH);
    desk
}

#[test]
fn a_clean_text_has_nothing_to_report() {
    let desk = Desk::new();
    desk.file("story.txt", "HALE: Good morning, it is raining.\n");
    let ran = desk.run("check story.txt").code(0);
    ran.prints("5 words, text only. Nothing to report.\n").says("");
}

#[test]
fn a_finding_shows_its_place_its_sentence_how_sure_it_is_and_the_fix() {
    let ran = desk().run("check rush.txt").code(0);
    let ran = ran.prints_part("rush.txt:7:60  warning T003 stray-bytes\n");
    let ran = ran
        .prints_part("\n                                                               ^^^^^^^^\n");
    let ran = ran.prints_part("    sure   almost certain (97 %)\n    fix    delete “01001010”\n");
    let ran = ran.prints_part("0 errors, 2 warnings.\n").says("");
    assert!(ran.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ran.stdout);
    assert!(!ran.stdout.contains('\u{1b}'), "no colours without a terminal");
}

#[test]
fn the_exit_code_follows_fail_on() {
    desk().run("check rush.txt --fail-on warning").code(1);
    desk().run("check rush.txt --fail-on never").code(0);
}

#[test]
fn the_json_report_has_the_documented_fields() {
    let report = desk().run("check rush.txt --format json").code(0).json();
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().expect("an object").keys().cloned().collect()
    };
    let mut top = keys(&report);
    top.sort();
    assert_eq!(
        top,
        ["evidence", "findings", "model", "readback", "recording", "summary", "transcript"]
    );
    assert_eq!(report["transcript"], json!({ "path": "rush.txt", "words": 49, "format": "npr" }));
    assert_eq!(report["recording"], json!(null));
    assert_eq!(report["model"], json!(null));
    let finding = report["findings"].as_array().expect("findings").last().expect("one").clone();
    let start = RUSH.find("01001010").expect("planted");
    assert_eq!(finding["rule"], "T003");
    assert_eq!(finding["name"], "stray-bytes");
    assert_eq!(finding["severity"], "warning");
    assert_eq!(finding["confidence"], 0.97);
    assert_eq!(
        finding["span"],
        json!({ "start": start, "end": start + 8, "line": 7, "column": 60 })
    );
    assert_eq!(finding["text"], "01001010");
    assert_eq!(finding["heard"], json!(null));
    assert_eq!(finding["time"], json!(null));
    assert_eq!(
        finding["fix"],
        json!({ "start": start, "end": start + 8, "replacement": "", "safe": true })
    );
    assert!(finding["message"].is_string());
}

#[test]
fn the_github_report_is_one_workflow_command_for_each_finding() {
    let ran = desk().run("check rush.txt --format github").code(0);
    assert_eq!(ran.stdout.lines().count(), 2);
    ran.prints_part("::warning file=rush.txt,line=7,col=60,title=T003 stray-bytes::");
}

#[test]
fn the_sarif_report_names_its_rules_and_places() {
    let report = desk().run("check rush.txt --format sarif").code(0).json();
    assert_eq!(report["version"], "2.1.0");
    let run = &report["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), readback_check::RULES.len());
    let result = run["results"].as_array().expect("results").last().expect("one");
    assert_eq!(result["ruleId"], "T003");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "rush.txt");
    assert_eq!(place["region"]["startLine"], 7);
    assert_eq!(
        result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]["charLength"],
        8
    );
}

#[test]
fn fix_writes_the_sure_fixes_and_reports_what_is_left() {
    let desk = desk();
    let ran = desk.run("check rush.txt --fix").code(0);
    let ran = ran.says_part("readback: rush.txt:7:60: T003 delete “01001010”\n");
    ran.says_part("readback: 2 of 2 findings fixed\n")
        .prints("36 words, text only. Nothing to report.\n");
    assert!(!desk.read("rush.txt").contains("01001010"));
    assert_eq!(desk.names("."), ["bin", "home", "models", "rush.txt"]);
}

/// A cue misspelt and debris glued to it: fixes that touch are not made together, and no pass is made that
/// no report showed.
#[test]
fn fix_makes_exactly_the_fixes_that_the_report_calls_safe() {
    let desk = Desk::new();
    let text = "HALE: It is raining. (SOUNBITE OF RAIN)01001010\n\nBRUN: (SOUNDBITE OF RAIN)\n";
    desk.file("rush.txt", text);
    let report = desk.run("check rush.txt --format json").code(0).json();
    let findings = report["findings"].as_array().expect("findings");
    let safe: Vec<_> = findings.iter().filter(|it| it["fix"]["safe"] == true).collect();
    assert_eq!((findings.len(), safe.len()), (2, 1));
    let mut mended = text.to_owned();
    let fix = &safe[0]["fix"];
    let byte = |name: &str| fix[name].as_u64().expect("a place") as usize;
    mended.replace_range(byte("start")..byte("end"), fix["replacement"].as_str().expect("words"));
    let mut diff = desk.run("check rush.txt --diff").code(0);
    for line in mended.lines().filter(|line| !text.contains(line)) {
        diff = diff.prints_part(&format!("+{line}\n"));
    }
    let ran = desk.run("check rush.txt --fix").code(0);
    ran.says_part("1 of 2 findings fixed; 1 with a fix that a person should look at first");
    assert_eq!(desk.read("rush.txt"), mended);
}

/// A word that stands twice may be meant to.
#[test]
fn unsafe_makes_the_other_fixes_too_and_only_where_fixes_are_made() {
    let desk = Desk::new();
    let (doubled, single) =
        ("HALE: It rains in the the street.\n", "HALE: It rains in the street.\n");
    desk.file("rush.txt", doubled);
    let report = desk.run("check rush.txt --format json").code(0).json();
    assert_eq!(report["findings"][0]["fix"]["safe"], false);
    desk.run("check rush.txt --diff").code(0).prints("");
    desk.run("check rush.txt --diff --unsafe").code(0).prints_part(&format!("+{single}"));
    desk.run("check rush.txt --unsafe").code(2).says_part("--fix");
    desk.run("check rush.txt --fix").code(0);
    assert_eq!(desk.read("rush.txt"), doubled);
    desk.run("check rush.txt --fix --unsafe").code(0).says_part("1 of 1 findings fixed");
    assert_eq!(desk.read("rush.txt"), single);
}

#[test]
fn fixing_twice_changes_nothing_more() {
    let desk = desk();
    desk.file("demo.txt", include_str!("../../demo/rush.txt"));
    for text in ["rush.txt", "demo.txt"] {
        let fix = format!("check {text} --fix --fail-on never");
        desk.run(&fix).code(0).says_part(" fixed");
        let once = desk.read(text);
        let again = desk.run(&fix).code(0);
        assert_eq!(desk.read(text), once);
        assert!(
            again.stderr.is_empty() || again.stderr.starts_with("readback: 0 of "),
            "{}",
            again.stderr
        );
    }
}

#[test]
fn diff_shows_what_fix_would_do_and_changes_nothing() {
    let desk = desk();
    let ran = desk.run("check rush.txt --diff").code(0);
    let ran = ran.prints_part("--- rush.txt\n+++ rush.txt (fixed)\n");
    ran.prints_part("\n-HALE: Tom Brun reports from the harbour, where people wait.01001010\n");
    assert_eq!(desk.read("rush.txt"), RUSH);
}

#[test]
fn only_the_files_own_text_can_be_fixed_in_place() {
    let desk = desk();
    desk.run("convert rush.txt rush.json").code(0);
    let ran = desk.run("check rush.json --fix").code(2);
    ran.says_part("error: rush.json cannot be fixed in place, because it is");
    let ran = desk.run("check - --fix").input(RUSH).code(2);
    ran.says("error: standard input cannot be fixed in place\n  --diff shows the fixes instead.");
}

#[test]
fn standard_input_is_read_and_named_so() {
    let ran = desk().run("check -").input(RUSH).code(0);
    ran.prints_part("<standard input>:7:60  warning T003");
}

#[test]
fn one_input_cannot_be_two_things() {
    desk()
        .run("check - -")
        .code(2)
        .says("error: standard input cannot be both the transcript and the recording");
    desk()
        .run("align - -")
        .code(2)
        .says("error: standard input cannot be both the transcript and the recording");
    desk()
        .run("score - -")
        .code(2)
        .says("error: standard input cannot be both the reference and the hypothesis");
}

#[test]
fn converting_decides_the_format_by_ending_or_by_name() {
    let desk = desk();
    let ran = desk.run("convert rush.txt rush.json").code(0).prints("");
    ran.says("readback: rush.txt:7:60: stray characters: 01001010");
    assert!(desk.read("rush.json").starts_with('{'));
    let text = desk.run("convert rush.json - --to npr").code(0).stdout;
    assert!(text.contains("TOM BRUN, BYLINE: The captain said"), "{text}");
}

#[test]
fn an_existing_file_is_not_replaced_without_force() {
    let desk = desk();
    desk.file("out.json", "mine");
    let sentence =
        "error: out.json exists already and was left alone\n  To replace it, add --force.";
    desk.run("convert rush.txt out.json").code(2).says(sentence);
    assert_eq!(desk.read("out.json"), "mine");
    desk.run("convert rush.txt out.json --force").code(0);
    assert_ne!(desk.read("out.json"), "mine");
}

#[test]
fn captions_need_times() {
    let ran = desk().run("convert rush.txt rush.vtt").code(2);
    ran.says_part(
        "error: cannot write rush.txt as WebVTT captions: no word of the transcript has a time",
    );
}

/// What is said of a format that is not known, with those that are `of_use`.
fn unknown_format(of_use: fn(&Format) -> bool) -> String {
    let known: Vec<&str> =
        FORMATS.iter().filter(|format| of_use(format)).map(|format| format.id).collect();
    format!("error: unknown format word; known are {}", known.join(", "))
}

#[test]
fn an_unknown_format_is_answered_with_the_known_ones() {
    let ran = desk().run("convert rush.txt - --to word").code(2);
    ran.says(&unknown_format(|format| format.write.is_open()));
    let ran = desk().run("convert rush.txt - --from word").code(2);
    ran.says(&unknown_format(|format| format.read.is_open()));
    let ran = desk().run("convert rush.txt rush.wav").code(2);
    ran.says(
        "error: the ending of rush.wav names no format that is written\n  \
         Name one with --to; `readback formats` lists them.",
    );
    let ran = desk().run("convert rush.txt - --to aws").code(2);
    ran.says_part("only a recogniser writes this format");
}

#[test]
fn the_format_that_is_named_is_read_whatever_the_text_looks_like() {
    let desk = Desk::new();
    let captions = "1\n00:00:01,000 --> 00:00:02,000\nThe ferry left.\n";
    let ran = desk.run("convert - - --from srt --to vtt").input(captions).code(0);
    ran.prints("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nThe ferry left.\n").says("");
    let ran = desk.run("convert - - --from json").input(captions).code(2);
    ran.says_part("error: cannot read the transcript <standard input>: json: ");
}

#[test]
fn what_the_new_format_has_no_place_for_is_said_in_one_line() {
    let desk = Desk::new();
    desk.file("story.md", "# Ferry\n\n**Ines Hale, HOST:** \\[00:01.00\\] It left. (LAUGHTER)\n");
    let ran = desk.run("convert story.md story.srt").code(0).prints("");
    ran.says(
        "readback: story.srt leaves out the role of a speaker and a note (headline, credit, notice), \
         for which srt has no place",
    );
    let ran = desk.run("convert story.md - --to npr").code(0);
    let ran = ran.prints("Ferry\n\nINES HALE, HOST: It left. (LAUGHTER)\n");
    ran.says("readback: the result leaves out the times of 2 words, for which npr has no place");
    desk.run("convert story.md story.json").code(0).says("");
}

#[test]
fn the_report_of_a_conversion_names_both_ends_what_is_lost_and_what_was_wrong() {
    let desk = desk();
    let report = desk.run("convert rush.txt rush.md --format json").code(0).json();
    let end = |path: &str, format: &str| json!({ "path": path, "format": format, "words": 49 });
    let stray = "stray characters: 01001010";
    assert_eq!(
        report,
        json!({
            "readback": env!("CARGO_PKG_VERSION"),
            "input": end("rush.txt", "npr"),
            "output": end("rush.md", "markdown"),
            "losses": [],
            "problems": [{ "line": 7, "column": 60, "message": stray }],
        })
    );
    desk.file("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nIt left.\n");
    let report = desk.run("convert a.vtt a.txt --format json").code(0).json();
    assert_eq!(
        report["losses"],
        json!([{ "what": "times", "count": 2, "message": "the times of 2 words" }])
    );
    desk.file("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nŁódź left.\n");
    let ran = desk
        .run("convert a.vtt a.scc --format json")
        .code(0)
        .says("readback: a.scc leaves out 2 characters (Ł ź), for which scc has no place");
    assert_eq!(
        ran.json()["losses"],
        json!([{ "what": "characters", "count": 2, "message": "2 characters (Ł ź)" }])
    );
}

#[test]
fn a_report_and_a_text_cannot_both_go_to_standard_output() {
    let ran = desk().run("convert rush.txt - --format json").code(2).prints("");
    ran.says(
        "error: standard output cannot take both the converted text and the report on it\n  \
         Give a file to write, or leave --format json out.",
    );
}

#[test]
fn scores_leave_out_labels_and_agree_raw_with_jiwer() {
    let desk = Desk::new();
    desk.file("truth.txt", "HALE: The fare is $40, said the captain.\n\nBRUN: He did not come.\n");
    desk.file("rush.txt", "the fare is forty dollars said the old captain he did come\n");
    let score = desk.run("score truth.txt rush.txt --format json").code(0).json();
    let counts = |rates: &str| {
        let words = &score[rates]["words"];
        ["hits", "substitutions", "deletions", "insertions"].map(|of| words[of].as_u64())
    };
    // As jiwer 4 counts the two texts without their labels.
    assert_eq!(counts("raw"), [5, 5, 1, 2].map(Some));
    assert_eq!(counts("normalised"), [11, 0, 1, 1].map(Some));
    let ran = desk.run("score truth.txt rush.txt").code(0);
    ran.prints_part("rush.txt against truth.txt\n");
}

#[test]
fn the_desk_score_weighs_what_misleads() {
    let desk = Desk::new();
    desk.file("truth.txt", "HALE: The fare is $40, said Ines Brun.\n\nBRUN: He did not come.\n");
    desk.file("rush.txt", "HALE: The fare is $14, said Ines Brun.\n\nBRUN: He did come!\n");
    let score = desk.run("score truth.txt rush.txt --format json").code(0).json();
    let desk_score = &score["desk"];
    assert_eq!((&desk_score["serious"], &desk_score["weighted"]), (&2.into(), &2.0.into()));
    assert_eq!(
        (&desk_score["kinds"]["number"], &desk_score["kinds"]["negation"]),
        (&1.into(), &1.into())
    );
    assert_eq!(
        (&desk_score["style"]["punctuation"], &desk_score["speakers"]["wrong"]),
        (&1.into(), &0.into())
    );
    assert_eq!(desk_score["errors"][0]["hypothesis"]["text"], "$14");
    assert_eq!(desk_score["errors"][1]["reference"]["line"], 3);
    let ran = desk.run("score truth.txt rush.txt").code(0);
    let ran = ran
        .prints_part("2 serious (1 negation, 1 number, 0 name, 0 speaker), 0 standard, 0 minor\n");
    ran.prints_part("0 spelling, 0 capitals, 1 punctuation, 0 hesitations; not weighed\n");
}

#[test]
fn a_text_scored_against_itself_is_right() {
    let score = desk().run("score rush.txt rush.txt --format json").code(0).json();
    for rates in ["raw", "normalised"] {
        for unit in ["words", "characters"] {
            assert_eq!(score[rates][unit]["rate"], 0.0, "{rates} {unit}");
        }
    }
}
