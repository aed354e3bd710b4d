//! To put words into a text takes more proof than to take some out.

use readback_check::{Report, Severity};

use super::witness::{Canned, Hearsay};
use super::{STORY, audit, findings};

const GONE: &str = "The kelp forest was gone.";

/// The story without one sentence that was said.
fn without() -> String {
    STORY.replace(&format!("{GONE} "), "")
}

/// The story with one sentence said twice.
fn said_twice() -> String {
    STORY.replace(GONE, &format!("{GONE} {GONE}"))
}

/// Whether the sentence is missing for sure, and its fix is safe.
fn is_proven(report: &Report) -> bool {
    let [finding] = &report.findings[..] else { return false };
    let safe = finding.fix.as_ref().is_some_and(readback_check::Fix::is_safe);
    finding.severity > Severity::Info && safe
}

/// Whether a listener is asked at most, and nothing offered.
fn is_left_open(report: &Report) -> bool {
    report.findings.iter().all(|it| it.severity == Severity::Info && it.fix.is_none())
}

#[test]
fn words_that_were_said_in_their_time_are_put_in() {
    assert!(is_proven(&audit(&without(), Canned::saying(STORY))));
}

#[test]
fn words_that_nobody_had_time_for_are_left_to_a_listener() {
    let report = audit(&without(), Canned::saying(STORY).hurried(GONE, 0.1));
    assert!(is_left_open(&report), "{report:#?}");
}

#[test]
fn what_stands_beside_the_place_is_put_in_only_where_it_took_as_long_again() {
    let report = audit(STORY, Canned::saying(&said_twice()));
    assert!(is_proven(&report), "{:?}", findings(STORY, &report));
    let report = audit(STORY, Canned::saying(&said_twice()).hurried(GONE, 0.45));
    assert!(is_left_open(&report), "{report:#?}");
}

#[test]
fn words_in_another_language_are_not_put_in() {
    let report = audit(&without(), Canned::saying(STORY).in_german(GONE));
    assert!(is_left_open(&report), "{report:#?}");
}

#[test]
fn what_another_recogniser_heard_is_not_put_in_unasked() {
    let report = audit(&without(), Hearsay(Canned::saying(STORY)));
    let [finding] = &report.findings[..] else { panic!("{report:#?}") };
    assert!(finding.fix.as_ref().is_some_and(|fix| !fix.is_safe()), "{finding:?}");
}

#[test]
fn too_little_time_takes_nothing_from_words_that_were_not_said() {
    let report = audit(&said_twice(), Canned::saying(STORY).hurried(GONE, 0.1));
    assert!(is_proven(&report), "{:?}", findings(&said_twice(), &report));
}
