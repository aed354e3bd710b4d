//! `check --evidence`: a text against another recogniser's words, without sound or model.

use crate::harness::Desk;

const STORY: &str = "ELLIS: For twenty years the sea floor off Point Arden was mostly rock. The kelp \
    forest was gone. Now researchers say that they can hear it coming back. It is not proof, she \
    says, but it is a good sign.\n";

/// What a recogniser makes of `text`: a word every 0.4 s.
fn heard(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| *word != "ELLIS:").enumerate();
    let word = |(i, word): (usize, &str)| {
        let start = i as f64 * 0.4;
        let end = start + 0.4;
        serde_json::json!({ "word": word, "start": start, "end": end, "probability": 0.95 })
    };
    let words: Vec<serde_json::Value> = words.map(word).collect();
    serde_json::json!({ "segments": [{ "start": 0.0, "words": words }], "language": "en" })
        .to_string()
}

/// A desk with the story and what was heard of it.
fn desk(text: &str) -> Desk {
    let desk = Desk::new();
    desk.file("story.txt", text).file("asr.json", heard(STORY));
    desk
}

#[test]
fn a_true_text_agrees_with_what_was_heard() {
    let ran = desk(STORY).run("check story.txt --evidence asr.json --format json").code(0);
    let report = ran.json();
    assert_eq!((&report["recording"], &report["findings"]), (&().into(), &serde_json::json!([])));
    assert_eq!(report["evidence"], serde_json::json!({ "path": "asr.json", "format": "whisper" }));
    assert_eq!(report["model"], "Whisper, faster-whisper");
    let summary = &report["summary"];
    assert_eq!((&summary["certified"], &summary["not_said"]), (&true.into(), &0.into()));
}

#[test]
fn a_lost_negation_and_an_invented_sentence_are_found() {
    let wrong =
        STORY.replace("is not", "is").replace("Now", "Nobody on the pier was surprised. Now");
    let desk = desk(&wrong);
    let report = desk.run("check story.txt --evidence asr.json --format json").code(1).json();
    let found = |index: usize| {
        let finding = &report["findings"][index];
        (finding["rule"].as_str(), finding["severity"].as_str(), finding["heard"].as_str())
    };
    assert_eq!(found(0), (Some("A001"), Some("error"), Some("")));
    assert_eq!(found(1), (Some("A007"), Some("warning"), Some("not")));
    let ran = desk.run("check story.txt --evidence asr.json --fail-on never").code(0);
    ran.prints_part("The recogniser heard “not”, which is missing here.");
}

#[test]
fn a_text_of_something_else_is_refused() {
    let other = "A lighthouse on the west coast of Portugal walks away from the sea on rails.";
    let ran = desk(other).run("check story.txt --evidence asr.json").code(3);
    ran.prints_part("story.txt is not a transcript of what was heard in asr.json: only ");
}

#[test]
fn evidence_needs_words_with_times() {
    let desk = desk(STORY);
    desk.file("notes.txt", "no times in here").file("other.json", "{\"a\": 1}");
    let ran = desk.run("check story.txt --evidence notes.txt").code(2);
    ran.says_part(
        "error: notes.txt is no evidence: it must be a recogniser's output with the time",
    );
    let ran = desk.run("check story.txt --evidence other.json").code(2);
    ran.says_part("neither a Readback transcript nor a recogniser's output");
    desk.run("check story.txt --evidence none.json")
        .code(2)
        .says_part("there is no file none.json");
    let ran = desk.run("check - --evidence -").input(STORY).code(2);
    ran.says("error: standard input cannot be both the transcript and the evidence");
}

#[test]
fn a_recognisers_words_can_be_converted_and_not_written() {
    let desk = desk(STORY);
    let text = desk.run("convert asr.json - --to text").code(0).stdout;
    assert!(text.starts_with("For twenty years the sea floor"), "{text}");
    desk.run("convert asr.json words.ctm").code(0);
    desk.run("check story.txt --evidence words.ctm").code(0).prints_part("Nothing to report.");
    let ran = desk.run("convert story.txt out.json --to aws").code(2);
    ran.says_part("cannot be written as Amazon Transcribe: only a recogniser writes this format");
}

#[test]
fn what_was_weighed_is_written_for_evidence_too() {
    let desk = desk(&STORY.replace("is not", "is"));
    desk.run("check story.txt --evidence asr.json --heard heard.json").code(0);
    let heard = desk.read("heard.json");
    assert!(heard.starts_with("{\n  \"readback-hearing\": 1,"), "{heard}");
    desk.run("check story.txt --evidence heard.json").code(0).prints_part("A007 negation-differs");
}
