//! A fix of a name proposes a name that the story, the desk or the world knows; how a name is spelt that sounds
//! the same is asked, not told.

use readback_check::{Fix, Report, Roster, Severity, Style, check_against};
use readback_transcript::apply;

use super::witness::{Canned, Hearsay};
use super::{audit, edits, findings};

const STORY: &str = "The novel was new when Okonedo first read it. Her teacher gave Okonedo a copy, and a \
    week later they took it to the fair in Ferrara by bus. It was raining there.";

/// The story with `wrong` for the first `right`, read back where the recogniser wrote `heard`, which fits as well.
fn misheard(right: &str, wrong: &str, heard: &str) -> (String, Report) {
    let text = STORY.replacen(right, wrong, 1);
    let witness = Canned::mishearing(STORY, &[(right, heard)]).fitting(right, heard);
    let report = audit(&text, witness);
    (text, report)
}

fn is_safe(report: &Report) -> bool {
    report.findings.iter().all(|finding| finding.fix.as_ref().is_some_and(Fix::is_safe))
}

#[test]
fn a_name_that_stands_in_the_story_is_what_was_heard() {
    let said = format!("{STORY} In the end Okonedo was glad.");
    let text = said.replace("end Okonedo", "end Whitman");
    let witness = Canned::mishearing(&said, &[("end Okonedo", "end Akneda")]);
    let report = audit(&text, witness.fitting("Okonedo", "Akneda"));
    assert_eq!(findings(&text, &report), ["name-differs: Whitman -> Okonedo"]);
    assert!(is_safe(&report));
    assert_eq!(apply(&text, &edits(&report)).expect("a fix that fits"), said);
}

/// It is proposed, but nothing of the story says that it is meant.
#[test]
fn a_place_that_the_world_knows_is_what_was_heard() {
    let (text, report) = misheard("Ferrara", "Boston", "Feraro");
    assert_eq!(findings(&text, &report), ["name-differs: Boston -> Ferrara"]);
    assert_eq!(apply(&text, &edits(&report)).expect("a fix that fits"), STORY);
    assert!(!is_safe(&report));
}

#[test]
fn a_name_of_the_world_that_fits_worse_is_not_what_was_heard() {
    let said = STORY.replace("Ferrara", "Feraro");
    let text = STORY.replace("Ferrara", "Boston");
    let report = audit(&text, Canned::saying(&said));
    assert_eq!(findings(&text, &report), ["name-differs: Boston -> Feraro"]);
}

#[test]
fn a_name_on_the_roster_is_what_was_heard() {
    let said = STORY.replace("Ferrara", "Quorndale");
    let text = said.replace("Quorndale", "Boston");
    let heard = || {
        let heard = Canned::mishearing(&said, &[("Quorndale", "Kronda")]);
        heard.fitting("Quorndale", "Kronda")
    };
    assert_eq!(findings(&text, &audit(&text, heard())), ["name-differs: Boston -> Kronda"]);
    let style = Style { roster: Roster::parse("Quorndale"), ..Style::default() };
    let transcript = readback_formats::read(text.as_bytes(), Some("story.txt"));
    let transcript = transcript.expect("a readable text").transcript;
    let report = check_against(&transcript, &mut heard(), &style).expect("a witness who answers");
    assert_eq!(findings(&text, &report), ["name-differs: Boston -> Quorndale"]);
    assert!(is_safe(&report));
}

/// A recogniser writes a name that it does not know as it sounds: that is no word against the text.
#[test]
fn a_name_heard_in_a_spelling_that_nobody_knows_is_a_hint_where_it_sounds_nearly_like_the_texts() {
    let heard = STORY.replace("Okonedo a", "Okeneda a");
    let report = audit(STORY, Canned::saying(&heard));
    assert!(report.findings.iter().all(|it| it.severity == Severity::Info), "{report:?}");
    let known = STORY.replace("Ferrara", "Ferrari");
    let report = audit(STORY, Canned::saying(&known));
    assert!(report.findings.iter().any(|it| it.severity > Severity::Info), "{report:?}");
}

#[test]
fn a_speaker_of_the_story_is_known_from_a_label_in_capitals() {
    let text = "NGOZI ADEOLU: It was late. Then everybody left.\n\nHOST: In the morning Whitman told us the \
        rest of it.";
    let said = "It was late. Then everybody left. In the morning Adeolu told us the rest of it.";
    let report = audit(text, Canned::mishearing(said, &[("Adeolu", "Addiola")]));
    assert_eq!(findings(text, &report), ["name-differs: Whitman -> Adeolu"]);
}

#[test]
fn a_spelling_that_nobody_knows_is_shown_as_heard_and_never_written_unasked() {
    for name in ["Zhubrin", "Vael Zhubrin"] {
        let said = STORY.replace("Ferrara", name);
        let text = STORY.replace("Ferrara", "Boston");
        let report = audit(&text, Canned::saying(&said));
        assert_eq!(findings(&text, &report), [format!("name-differs: Boston -> {name}")]);
        assert!(report.findings[0].fix.is_some() && !is_safe(&report), "{report:?}");
    }
}

#[test]
fn a_missing_sentence_with_a_name_that_nobody_knows_is_not_put_in_unasked() {
    let said =
        STORY.replace("It was raining", "Later they met Zhubrin at the gate. It was raining");
    let report = audit(STORY, Canned::saying(&said));
    assert_eq!(report.findings.len(), 1, "{report:?}");
    assert!(report.findings[0].fix.is_some() && !is_safe(&report), "{report:?}");
    let known = said.replace("Zhubrin", "Kathleen");
    let report = audit(STORY, Canned::saying(&known));
    assert!(!report.findings.is_empty() && is_safe(&report), "{report:?}");
}

#[test]
fn names_that_are_known_and_ordinary_words_are_written_as_heard() {
    for (right, heard) in [
        ("Ferrara", "Nairobi"),
        ("Ferrara", "Korea"),
        ("Ferrara", "NATO"),
        ("Ferrara", "Putin's"),
        ("bus", "Ferrara"),
        ("Ferrara", "bus"),
        ("raining", "snowing"),
    ] {
        let said = STORY.replacen(right, heard, 1);
        let report = audit(STORY, Canned::saying(&said));
        assert_eq!(report.findings.len(), 1, "{report:?}");
        assert!(is_safe(&report), "{heard}: {report:?}");
    }
}

/// Riga is no misspelling of the Liga who stands in the story.
#[test]
fn a_name_that_the_world_knows_is_not_taken_for_another_of_the_story() {
    let said = format!("{STORY} Her sister Liga wrote from Riga in June.");
    let text = said.replace("Riga", "Boston");
    let report = audit(&text, Canned::saying(&said));
    assert_eq!(findings(&text, &report), ["name-differs: Boston -> Riga"]);
    assert!(is_safe(&report));
}

#[test]
fn beside_a_wrong_name_a_right_one_keeps_the_spelling_of_the_text() {
    let said = format!("{STORY} Then Ruth Okonedo spoke.");
    let text = said.replace("Ruth Okonedo", "Paul Okonedo");
    let report = audit(&text, Canned::saying(&said.replace("Ruth Okonedo", "Ruth Okoneda")));
    assert!(report.findings.iter().all(|it| it.fix.is_none()) || is_safe(&report), "{report:?}");
    let fixed = apply(&text, &edits(&report)).expect("a fix that fits");
    assert!(!fixed.contains("Okoneda"), "{fixed}");
}

#[test]
fn the_first_word_of_a_sentence_is_no_name_for_its_capital() {
    let said = STORY.replace("It was raining", "Outdoors was raining");
    let report = audit(STORY, Canned::saying(&said));
    assert_eq!(findings(STORY, &report), ["said-otherwise: It -> Outdoors"]);
    assert!(is_safe(&report));
}

#[test]
fn how_a_name_is_spelt_that_sounds_the_same_is_a_hint() {
    for (right, wrong) in [("Pelham", "Pellam"), ("Marian", "Marion"), ("Philips", "Filips")] {
        let said = STORY.replace("Ferrara", right);
        let text = STORY.replace("Ferrara", wrong);
        let report = audit(&text, Canned::saying(&said));
        assert!(report.findings.iter().all(|it| it.severity == Severity::Info), "{report:?}");
    }
    let text = STORY.replace("Ferrara", "Brendan");
    let report = audit(&text, Canned::saying(&STORY.replace("Ferrara", "Brandon")));
    assert!(report.findings.iter().any(|it| it.severity > Severity::Info), "{report:?}");
}

#[test]
fn what_another_recogniser_wrote_for_a_name_is_not_written_unasked() {
    let said =
        STORY.replace("It was raining", "Later they met Zhubrin at the gate. It was raining");
    let text = STORY.replace("It was raining", "Every coach had left by then. It was raining");
    let report = audit(&text, Hearsay(Canned::saying(&said)));
    assert!(
        report.findings.iter().all(|it| !it.fix.as_ref().is_some_and(Fix::is_safe)),
        "{report:?}"
    );
}

#[test]
fn in_another_language_a_capital_is_no_sign_of_a_name() {
    let said = "Am Morgen war der Zhubrin noch nicht da, und wir haben lange auf ihn gewartet.";
    let text = said.replace("Zhubrin", "Wagen");
    let report = audit(&text, Canned::saying(said).all_in_german());
    assert_eq!(report.findings.len(), 1, "{report:?}");
    assert!(is_safe(&report), "{report:?}");
}
