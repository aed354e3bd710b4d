//! The matcher on cases worked out by hand, and beside the corpus's own judge.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::*;
use crate::cargo::{command, output};
use crate::corpus;
use crate::eval::finding::Reading;
use crate::eval::plant::{Class, KINDS, Mix, Preset, plant};

/// A story in which every kind finds a place.
const STORY: &str = include_str!("../../../fixtures/story.txt");

fn finding(span: Span, fix: Option<(Span, &str)>) -> Finding {
    Finding {
        rule: "A003".into(),
        is_error: true,
        confidence: 0.9,
        span,
        fix: fix.map(|(span, replacement)| (span, replacement.to_owned())),
        text: String::new(),
        heard: String::new(),
    }
}

/// The fixture with faults of a class or kind at their usual rate.
fn planted(only: &[&str], seed: u64) -> Planted {
    let only = only.iter().map(|name| (*name).to_owned()).collect();
    plant(STORY, &Mix { preset: Preset::Heavy, only, exclude: Vec::new() }, seed)
}

/// The fixture with at least one fault of a kind.
fn planted_one(kind: &str) -> Planted {
    let mut attempts = (0..100).map(|seed| planted(&[kind], seed));
    attempts.find(|planted| !planted.faults.is_empty()).expect("a place in the fixture")
}

#[test]
fn a_finding_is_of_a_fault_within_fourteen_characters() {
    let planted = planted_one("number_change");
    let fault = &planted.faults[0].span;
    let is_right = |span: Span| outcomes(&planted, &[finding(span, None)]).right[0];
    assert!(is_right(fault.clone()));
    assert!(is_right(fault.end + 14..fault.end + 20));
    assert!(!is_right(fault.end + 15..fault.end + 20));
    assert!(is_right(fault.start - 20..fault.start - 14));
    assert!(!is_right(fault.start - 20..fault.start - 15));
}

#[test]
fn the_slack_is_of_characters_not_of_bytes() {
    let faults = planted_one("drop_word").faults;
    let mut fault = faults[0].clone();
    fault.span = 0..4;
    let planted = Planted { text: format!("word{} end", "é".repeat(14)), faults: vec![fault] };
    assert!(outcomes(&planted, &[finding(32..33, None)]).right[0]);
    assert!(!outcomes(&planted, &[finding(33..36, None)]).right[0]);
}

#[test]
fn a_repeated_line_may_be_pointed_at_in_either_copy() {
    let planted = planted_one("repeat_line");
    let fault = &planted.faults[0];
    let line = planted.replacement(fault).trim();
    let first = planted.text.find(line).expect("the first copy");
    assert!(first < fault.span.start);
    let found = outcomes(&planted, &[finding(first..first + line.len(), None)]);
    assert_eq!((found.right[0], found.faults[0].overlap), (true, 1.0));
}

#[test]
fn a_finding_on_what_is_harmless_is_wrong_unless_a_fault_is_near() {
    let planted = planted_one("numeral_variant");
    let on_it = finding(planted.faults[0].span.clone(), None);
    let alone = outcomes(&planted, std::slice::from_ref(&on_it));
    assert_eq!((alone.right[0], alone.faults[0].findings.len()), (false, 1));
    let mut beside = planted.faults[0].clone();
    beside.kind = KINDS.iter().find(|kind| kind.class == Class::Content).expect("a kind");
    let faults = vec![planted.faults[0].clone(), beside];
    let both = outcomes(&Planted { faults, ..planted }, &[on_it]);
    assert_eq!((both.right[0], both.faults[0].findings.len()), (true, 0));
    assert_eq!(both.faults[1].findings, [0]);
}

#[test]
fn a_fix_is_good_when_it_gives_the_words_of_the_truth_back() {
    let planted = planted_one("number_change");
    let fault = &planted.faults[0];
    let restored = |replacement: &str| {
        let fix = Some((fault.span.clone(), replacement));
        outcomes(&planted, &[finding(fault.span.clone(), fix)]).faults[0].restored
    };
    assert!(restored(&fault.original));
    assert!(!restored("eleventy"));
    assert!(!outcomes(&planted, &[finding(fault.span.clone(), None)]).faults[0].restored);
}

#[test]
fn a_fix_that_mends_the_fault_beside_it_too_is_good() {
    let mut planted = planted_one("number_change");
    let fault = planted.faults[0].clone();
    // A second fault right behind: the blank and the word that follow were other ones.
    let (start, word) = (fault.span.end, planted.text[fault.span.end..].split(' ').nth(1));
    let end = start + 1 + word.expect("a word").len();
    let second = Fault { span: start..end, original: " others".into(), ..fault.clone() };
    planted.faults.insert(1, second);
    let fix = format!("{} others", fault.original);
    let both = finding(fault.span.start..end, Some((fault.span.start..end, &fix)));
    let outcomes = outcomes(&planted, &[both]);
    assert!(outcomes.faults[0].restored && outcomes.faults[1].restored);
}

#[test]
fn overlap_is_what_two_spans_share_of_what_they_cover() {
    let planted = Planted { text: "They went, at last, to the sea.".into(), faults: Vec::new() };
    assert_eq!(overlap(&planted, &(10..20), &(10..20)), 1.0);
    assert_eq!(overlap(&planted, &(10..20), &(15..25)), 1.0 / 3.0);
    assert_eq!(overlap(&planted, &(10..20), &(25..30)), 0.0);
}

#[test]
fn an_omission_is_pointed_at_where_no_word_lies_between() {
    let planted = Planted { text: "They went, at last, to the sea.".into(), faults: Vec::new() };
    assert_eq!(overlap(&planted, &(9..9), &(11..11)), 1.0);
    assert_eq!(overlap(&planted, &(11..11), &(9..9)), 1.0);
    assert_eq!(overlap(&planted, &(9..9), &(5..9)), 1.0);
    assert_eq!(overlap(&planted, &(9..9), &(14..18)), 0.0);
    assert_eq!(overlap(&planted, &(19..19), &(5..9)), 0.0);
    assert_eq!(overlap(&planted, &(5..9), &(9..9)), 1.0);
}

#[test]
fn a_doubled_word_may_be_pointed_at_in_either_place() {
    let planted = planted_one("repeat_word");
    let fault = planted.faults[0].span.clone();
    let word = planted.replacement(&planted.faults[0]).trim().len();
    for span in [fault.start - word..fault.start, fault.end - word..fault.end] {
        assert_eq!(outcomes(&planted, &[finding(span, None)]).faults[0].overlap, 1.0);
    }
}

/// Findings as somebody half attentive would make them: most faults, roughly in place, some fixed,
/// and a few where nothing is wrong.
fn half_attentive(planted: &Planted) -> Value {
    let mut findings = Vec::new();
    for (index, fault) in planted.faults.iter().enumerate().filter(|(index, _)| index % 4 != 3) {
        let start = before(&planted.text, fault.span.start, 5 * (index % 4));
        let span = json!({"start": start, "end": fault.span.end});
        let own = json!({"start": fault.span.start, "end": fault.span.end, "replacement": fault.original});
        findings.push(json!({
            "rule": "A003", "severity": if index % 5 == 4 { "info" } else { "error" },
            "confidence": 0.35 + 0.04 * (index % 16) as f64, "span": span, "text": "", "heard": "",
            "fix": if index % 3 == 0 { own } else { Value::Null },
        }));
    }
    for at in (40..STORY.len() - 10).step_by(331) {
        let start = before(&planted.text, after(&planted.text, 0, at), 0);
        let span = json!({"start": start, "end": after(&planted.text, start, 6)});
        findings.push(json!({"rule": "A001", "severity": "warning", "confidence": 0.62,
                             "span": span, "text": "", "heard": "", "fix": null}));
    }
    json!({"recording": {"seconds": 90.0}, "findings": findings})
}

/// The planted faults as the corpus writes them: places are counted in characters.
fn labels(planted: &Planted) -> Value {
    let characters = |text: &str, at: usize| text[..at].chars().count();
    let faults = planted.faults.iter().map(|fault| {
        json!({
            "type": fault.kind.name, "must_flag": fault.kind.class.must_be_found(), "audible": fault.audible,
            "start": characters(&planted.text, fault.span.start),
            "end": characters(&planted.text, fault.span.end),
            "orig_start": characters(STORY, fault.origin.start),
            "orig_end": characters(STORY, fault.origin.end),
            "original": fault.original, "replacement": planted.replacement(fault),
        })
    });
    json!({ "faults": faults.collect::<Vec<_>>() })
}

/// What the judge makes of a report, without any listening: its planter and its command only hand
/// over what lies in the folder.
fn judged(judge: &Path, folder: &Path, planted: &Planted, report: &Value) -> Value {
    let path = |name: &str| folder.join(name);
    let write = |name: &str, text: &str| fs::write(path(name), text).expect("written");
    write("true.txt", STORY);
    write("faulty.txt", &planted.text);
    write("labels.json", &labels(planted).to_string());
    write("faulty.json", &report.to_string());
    write("true.json", &json!({"recording": {"seconds": 90.0}, "findings": []}).to_string());
    let hand_over = "import shutil, sys, os\nhere = os.path.dirname(os.path.abspath(__file__))\n";
    write(
        "planter.py",
        &format!(
            "{hand_over}shutil.copy(here + '/faulty.txt', sys.argv[2])\nshutil.copy(here + '/labels.json', sys.argv[3])\n"
        ),
    );
    write(
        "check.py",
        &format!(
            "{hand_over}print(open(here + ('/true.json' if sys.argv[1].endswith('/true.txt') else '/faulty.json')).read())\n"
        ),
    );
    let mut command = command("python3", &[]);
    command.arg(judge).arg("--planter").arg(path("planter.py")).args(["--seeds", "1"]);
    command.arg("--cmd").arg(format!("python3 {}", path("check.py").display()));
    command.arg("--json").arg(path("result.json"));
    command.arg(format!("{}:sound.wav", path("true.txt").display()));
    output(command).expect("the judge runs");
    let result = fs::read_to_string(path("result.json")).expect("a result");
    serde_json::from_str(&result).expect("the judge's figures")
}

#[test]
fn the_corpus_s_judge_counts_the_same() {
    let judge = corpus::folder().map(|folder| folder.join("tools/judge.py"));
    let Some(judge) = judge.filter(|judge| judge.exists()) else {
        eprintln!("SKIPPED: no evaluation corpus with a judge to compare with");
        return;
    };
    for seed in 1..=4 {
        let folder = tempfile::tempdir().expect("a folder");
        let planted = planted(&[], seed);
        let report = half_attentive(&planted);
        let judged = judged(&judge, folder.path(), &planted, &report);
        let reading = Reading::parse(&report, &json!([])).expect("a report");
        let ours = outcomes(&planted, &reading.findings);
        let rounded = |part: usize, whole: usize| (part as f64 / whole as f64 * 1e4).round() / 1e4;
        let right = ours.right.iter().filter(|right| **right).count();
        assert_eq!(judged["precision"], rounded(right, ours.right.len()), "seed {seed}");
        let counted = |class: fn(&Fault) -> bool| {
            let pairs = planted.faults.iter().zip(&ours.faults).filter(|(fault, _)| class(fault));
            let found = |outcome: &Outcome| usize::from(!outcome.findings.is_empty());
            pairs.fold((0, 0), |(part, all), (_, it)| (part + found(it), all + 1))
        };
        let (found, all) = counted(|fault| fault.audible && fault.kind.class.must_be_found());
        assert_eq!(judged["recall"], rounded(found, all), "seed {seed}");
        let (flagged, _) = counted(|fault| fault.kind.class == Class::Harmless);
        assert_eq!(judged["harmless_flagged"], flagged, "seed {seed}");
    }
}
