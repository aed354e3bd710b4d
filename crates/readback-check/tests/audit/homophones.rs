//! What sounds alike is no finding, whichever of the two the recogniser prefers.

use std::cell::RefCell;

use readback_transcript::{Answer, Hearing, Question, Witness, WitnessError};

use super::witness::{Canned, Hearsay};
use super::{audit, findings};

/// A text and what was heard: nobody can hear which of them is right.
const ALIKE: &[(&str, &str)] = &[
    ("The plant failed two inspections last year.", "The plant failed to inspections last year."),
    ("The plant failed 2 inspections last year.", "The plant failed to inspections last year."),
    ("They had waited for years to see it.", "They had waited four years to see it."),
    ("By noon we ate all of it in the yard.", "By noon we 8 all of it in the yard."),
    ("In the end they won there and left.", "In the end they one there and left."),
    ("The farm was their last hope that spring.", "The farm was there last hope that spring."),
    ("It was bigger than that, they said.", "It was bigger then that, they said."),
    ("You must depend on't, he told them.", "You must depend on it, he told them."),
    ("The dog had hurt its paw on the wire.", "The dog had hurt it's paw on the wire."),
    ("They were all ready when the bus came.", "They were already when the bus came."),
    ("He could not bear the weight of the sacks.", "He could not bare the wait of the sacks."),
    ("Nobody knew whose coat it was.", "Nobody knew who's coat it was."),
];

#[test]
fn what_sounds_alike_is_no_finding_whichever_was_heard() {
    for (one, other) in ALIKE {
        for (text, said) in [(one, other), (other, one)] {
            let report = audit(text, Canned::saying(said));
            assert_eq!(findings(text, &report), [""; 0], "{text:?} against {said:?}");
            let report = audit(text, Hearsay(Canned::saying(said)));
            assert_eq!(findings(text, &report), [""; 0], "{text:?} against {said:?}, by hearsay");
        }
    }
}

#[test]
fn words_that_sound_alike_are_verified() {
    let (text, said) = ALIKE[0];
    let summary = audit(text, Canned::saying(said)).summary.expect("a recording was given");
    assert_eq!((summary.verified, summary.not_said, summary.said_otherwise), (7, 0, 0));
}

#[test]
fn beside_words_that_sound_alike_a_wrong_one_is_found() {
    for (text, said, finding) in [
        (
            "The plant failed two inspections last year.",
            "The plant failed to elections last year.",
            "said-otherwise: inspections -> elections",
        ),
        (
            "They had waited for ours at the old gate.",
            "They had waited four days at the old gate.",
            "said-otherwise: ours -> days",
        ),
        (
            "In May 1942 there were nine of them.",
            "In May 1943 their were nine of them.",
            "number-differs: 1942 -> 1943",
        ),
        (
            "The farm was not their last hope.",
            "The farm was there last hope.",
            "negation-differs: not -> ",
        ),
    ] {
        let report = audit(text, Canned::saying(said));
        assert_eq!(findings(text, &report), [finding]);
    }
}

#[test]
fn words_that_do_not_sound_alike_are_still_found() {
    for (text, said) in [
        (
            "The plant failed two inspections last year.",
            "The plant failed ten inspections last year.",
        ),
        ("The farm was their last hope that spring.", "The farm was this last hope that spring."),
        ("They had an old barn and a well.", "They had and old barn and a well."),
        ("He told us what happened then.", "He told us what happened than."),
    ] {
        let report = audit(text, Canned::saying(said));
        assert_eq!(report.findings.len(), 1, "{text:?} against {said:?}");
    }
}

/// One who remembers what it was asked.
struct Noting<'a> {
    witness: Canned,
    asked: &'a RefCell<Vec<String>>,
}

impl Witness for Noting<'_> {
    fn hearing(&self) -> &Hearing {
        self.witness.hearing()
    }

    fn score(&mut self, questions: &[Question]) -> Result<Vec<Vec<Answer>>, WitnessError> {
        self.asked.borrow_mut().extend(questions.iter().map(|question| question.after.clone()));
        self.witness.score(questions)
    }
}

/// The recogniser's *too* would speak for its *out* before it.
#[test]
fn a_word_is_weighed_before_the_texts_words_and_not_before_what_sounds_like_them() {
    let text = "Nobody in town ever told us not to wait for it.";
    let asked = RefCell::new(Vec::new());
    let witness = Canned::mishearing(text, &[("not to wait", "out too wait")]);
    let report = audit(text, Noting { witness, asked: &asked });
    assert_eq!(findings(text, &report), [""; 0]);
    let asked = asked.into_inner();
    assert!(
        !asked.is_empty() && asked.iter().all(|after| after.starts_with(" to wait")),
        "{asked:?}"
    );
}
