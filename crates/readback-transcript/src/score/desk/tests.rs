//! The desk score by hand on a few lines.

use super::*;
use crate::{Label, Piece, Turn, Word};

/// A transcript of lines, each `Label: words` or words.
fn transcript(lines: &str) -> Transcript {
    let mut turns = Vec::new();
    let mut at = 0;
    for line in lines.split_inclusive('\n') {
        let label = line.find(": ").map(|colon| Label {
            span: Span::new(at, at + colon + 1),
            name: line[..colon].to_owned(),
            role: None,
            inline: false,
        });
        let start = label.as_ref().map_or(at, |label| label.span.end + 1);
        let end = at + line.trim_end().len();
        let pieces =
            vec![Piece::Speech { span: Span::new(start, end), words: words(lines, start, end) }];
        turns.push(Turn { label, pieces, ..Turn::default() });
        at += line.len();
    }
    Transcript { text: lines.into(), turns, ..Transcript::default() }
}

fn words(text: &str, start: usize, end: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = start;
    for shown in text[start..end].split_inclusive(' ') {
        let bare = shown.trim_end_matches([' ', '.', ',', '?', '!']);
        words.push(Word { span: Span::new(at, at + bare.len()), timing: None });
        at += shown.len();
    }
    words
}

fn desk(reference: &str, hypothesis: &str) -> DeskScore {
    score_desk(&transcript(reference), &transcript(hypothesis), "en")
}

/// Each error as `kind: reference -> hypothesis`.
fn errors(reference: &str, hypothesis: &str) -> Vec<String> {
    let shown = |error: &DeskError| {
        let (ours, theirs) = (error.reference.of(reference), error.hypothesis.of(hypothesis));
        format!("{}: {ours} -> {theirs}", error.kind.name())
    };
    desk(reference, hypothesis).errors.iter().map(shown).collect()
}

const TRUTH: &str = "Biologist Ines Carvalho counted 312 snaps. It is not proof, she says.";

#[test]
fn a_text_scored_against_itself_is_perfect() {
    let score = desk(TRUTH, TRUTH);
    assert_eq!((score.errors.len(), score.style, score.words), (0, StyleCounts::default(), 12));
    assert!((score.accuracy() - 1.0).abs() < 1e-12);
}

#[test]
fn negations_numbers_and_names_are_serious() {
    let cases = [
        ("not ", "", "negation: not -> "),
        ("312", "321", "number: 312 -> 321"),
        ("Carvalho", "Hale", "name: Carvalho -> Hale"),
    ];
    for (right, wrong, error) in cases {
        let text = TRUTH.replace(right, wrong);
        assert_eq!(errors(TRUTH, &text), [error]);
        assert!((desk(TRUTH, &text).weighted() - 1.0).abs() < 1e-12, "{error}");
    }
}

#[test]
fn a_wrong_word_is_standard_and_a_small_one_or_another_form_minor() {
    let cases = [
        ("proof", "roof", "words: proof -> roof", 0.5),
        ("says", "thinks", "words: says -> thinks", 0.5),
        ("counted", "counts", "small-words: counted -> counts", 0.25),
        ("It is", "This is", "words: It -> This", 0.5),
        ("proof", "the proof", "small-words:  -> the", 0.25),
    ];
    for (right, wrong, error, weight) in cases {
        let text = TRUTH.replace(right, wrong);
        assert_eq!(errors(TRUTH, &text), [error]);
        assert!((desk(TRUTH, &text).weighted() - weight).abs() < 1e-12, "{error}");
    }
}

#[test]
fn a_lost_sentence_counts_an_error_for_each_idea_unit() {
    let long = "we saw that the whole ferry had been painted over in green again.";
    let with = format!("She left. {long} Then we left.");
    let score = desk(&with, "She left. Then we left.");
    assert_eq!(score.graded(Grade::Standard), 2, "13 words are two units");
    assert!((score.accuracy() - (1.0 - 1.0 / 18.0)).abs() < 1e-12);
}

#[test]
fn style_is_counted_apart_and_weighs_nothing() {
    let score = desk(
        "The colour cost forty dollars, he said. Um, okay.",
        "the color cost $40 he said. OK.",
    );
    assert!(score.errors.is_empty(), "{:?}", score.errors);
    let expected = StyleCounts { spelling: 3, capitals: 1, punctuation: 1, hesitations: 1 };
    assert_eq!((score.style, score.style.total()), (expected, 6));
}

#[test]
fn words_under_the_wrong_label_are_a_speaker_error() {
    let truth =
        "MARGARET ELLIS: Who pays the fare today?\nTOM BRUN: Nobody pays.\nELLIS: Really?\n";
    let swapped = truth.replace("TOM BRUN:", "ELLIS:");
    assert_eq!(errors(truth, &swapped), ["speaker: Nobody pays -> Nobody pays"]);
    let speakers = desk(truth, &swapped).speakers.expect("both have labels");
    assert_eq!((speakers.words, speakers.wrong), (8, 2));
    assert_eq!(errors(truth, truth), Vec::<String>::new());
}

#[test]
fn speakers_without_names_are_told_by_their_words() {
    let truth = "ELLIS: Who pays the fare today?\nBRUN: Nobody pays for it.\nELLIS: Really?\n";
    let numbered = truth.replace("ELLIS", "Speaker 1").replace("BRUN", "Speaker 2");
    assert_eq!(errors(truth, &numbered), Vec::<String>::new());
    let merged = numbered.replace("Speaker 2: ", "Speaker 1: ");
    assert_eq!(errors(truth, &merged), ["speaker: Nobody pays for it -> Nobody pays for it"]);
}

#[test]
fn one_word_across_a_border_is_no_speaker_error() {
    let truth = "ELLIS: Who pays the fare today?\nBRUN: Well nobody pays for it.\n";
    let moved = "ELLIS: Who pays the fare today? Well\nBRUN: nobody pays for it.\n";
    assert_eq!(errors(truth, moved), Vec::<String>::new());
    assert_eq!(desk(truth, moved).speakers.map(|speakers| speakers.wrong), Some(1));
}

#[test]
fn without_labels_on_both_sides_nothing_is_said_of_speakers() {
    assert_eq!(desk("ELLIS: Who pays?\n", "Who pays?").speakers, None);
}
