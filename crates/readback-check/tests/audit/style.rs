//! A page of pairs that differ in style alone: no audit and no score takes either for the other's error.

use readback_transcript::{Witness, score_normalised};

use super::witness::{Canned, Hearsay};
use super::{audit, findings};

const HARMLESS: &str = include_str!("style/harmless.txt");

/// The pairs of the page, each way round, with the number of the line.
fn pairs() -> Vec<(usize, &'static str, &'static str)> {
    let mut pairs = Vec::new();
    for (at, line) in HARMLESS.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        if let Some((one, other)) = line.split_once(" | ") {
            pairs.extend([(at + 1, one, other), (at + 1, other, one)]);
        }
    }
    pairs
}

/// Lines around a pair that are the same on both sides, so that there is something to hold on to.
fn in_a_story(line: &str) -> String {
    format!(
        "The meeting began at the old mill by the river. {line} After that the people went home."
    )
}

fn raised(witness: impl Fn(&str) -> Box<dyn Witness>) -> Vec<String> {
    let mut raised = Vec::new();
    for (line, text, said) in pairs() {
        let (text, said) = (in_a_story(text), in_a_story(said));
        let report = audit(&text, Borrowed(witness(&said)));
        if !report.findings.is_empty() {
            raised.push(format!("line {line}: {:?}", findings(&text, &report)));
        }
    }
    raised
}

struct Borrowed(Box<dyn Witness>);

impl Witness for Borrowed {
    fn hearing(&self) -> &readback_transcript::Hearing {
        self.0.hearing()
    }

    fn can_score(&self) -> bool {
        self.0.can_score()
    }

    fn score(
        &mut self,
        questions: &[readback_transcript::Question],
    ) -> Result<Vec<Vec<readback_transcript::Answer>>, readback_transcript::WitnessError> {
        self.0.score(questions)
    }
}

#[test]
fn the_page_is_long() {
    assert!(pairs().len() >= 2 * 300);
}

#[test]
fn no_difference_of_style_is_a_finding() {
    let raised = raised(|said| Box::new(Canned::saying(said)));
    assert!(raised.is_empty(), "{} are raised:\n{}", raised.len(), raised.join("\n"));
}

#[test]
fn no_difference_of_style_is_a_finding_by_hearsay() {
    let raised = raised(|said| Box::new(Hearsay(Canned::saying(said))));
    assert!(raised.is_empty(), "{} are raised:\n{}", raised.len(), raised.join("\n"));
}

#[test]
fn no_difference_of_style_is_counted_by_the_normalised_score() {
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let mut counted = Vec::new();
    for (line, reference, hypothesis) in pairs() {
        let score = score_normalised(&words(reference), &words(hypothesis), "en").score;
        if score.words.errors() > 0 {
            counted.push(format!("line {line}: {reference} | {hypothesis}"));
        }
    }
    assert!(counted.is_empty(), "{} are counted:\n{}", counted.len(), counted.join("\n"));
}
