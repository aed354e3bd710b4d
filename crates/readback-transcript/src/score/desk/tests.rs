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

mod properties {
    use proptest::prelude::*;

    use super::*;
    use crate::score_spoken;

    /// No word twice, so that it is certain which word of one text stands against which of the other.
    const REFERENCE: [&str; 30] = [
        "Yesterday",
        "Carvalho",
        "did",
        "not",
        "count",
        "312",
        "snaps",
        "near",
        "Lisbon",
        "because",
        "the",
        "seven",
        "boats",
        "never",
        "left",
        "port",
        "and",
        "a",
        "storm",
        "from",
        "Madeira",
        "cost",
        "them",
        "$40",
        "or",
        "nothing",
        "at",
        "all",
        "she",
        "says",
    ];

    /// What becomes of a word.
    #[derive(Clone, Copy, Debug)]
    enum Slip {
        None,
        Lost,
        Changed,
        Followed,
    }

    fn slips() -> impl Strategy<Value = Vec<Slip>> {
        let slip = prop_oneof![
            4 => Just(Slip::None),
            1 => Just(Slip::Lost),
            1 => Just(Slip::Changed),
            1 => Just(Slip::Followed),
        ];
        prop::collection::vec(slip, REFERENCE.len())
    }

    /// The reference with these slips.
    fn with(slips: &[Slip]) -> String {
        let word = |(at, (word, slip)): (usize, (&&str, &Slip))| match slip {
            Slip::None => (*word).to_owned(),
            Slip::Lost => String::new(),
            Slip::Changed => format!("zz{}", letters(at)),
            Slip::Followed => format!("{word} yy{}", letters(at)),
        };
        let words = REFERENCE.iter().zip(slips).enumerate().map(word);
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// A word of its own for each place.
    fn letters(at: usize) -> String {
        let letter = |place: usize| char::from(b"bcdfghjklm"[place % 10]);
        [letter(at / 10), letter(at)].iter().collect()
    }

    proptest! {
        #[test]
        fn a_text_with_more_errors_never_scores_higher(slips in slips(), kept in prop::collection::vec(any::<bool>(), REFERENCE.len())) {
            let fewer: Vec<Slip> = slips.iter().zip(&kept).map(|(slip, kept)| if *kept { *slip } else { Slip::None }).collect();
            let (reference, better, worse) = (REFERENCE.join(" "), with(&fewer), with(&slips));
            let (better, worse) = (desk(&reference, &better), desk(&reference, &worse));
            prop_assert!(better.weighted() <= worse.weighted(), "{:?} {:?}", better.errors, worse.errors);
        }

        #[test]
        fn the_desk_score_is_perfect_where_the_normalised_rate_is(slips in slips()) {
            let (reference, text) = (REFERENCE.join(" "), with(&slips));
            let rate = score_spoken(&transcript(&reference), &transcript(&text), "en").score.words;
            let score = desk(&reference, &text);
            prop_assert_eq!(rate.errors() == 0, score.errors.is_empty());
            prop_assert_eq!(rate.errors() == 0, score.accuracy() >= 1.0);
        }
    }
}

#[test]
fn marks_beside_a_word_are_heard() {
    let pairs = [
        ("It was twenty degrees Celsius then.", "It was 20 °C then."),
        ("A forty-five caliber, he said.", "A .45 caliber, he said."),
        ("Cats and dogs came.", "Cats & dogs came."),
        ("Give me two hundred! Twelve?", "Give me 200! 12?"),
    ];
    for (reference, text) in pairs {
        assert_eq!(errors(reference, text), Vec::<String>::new());
    }
}

#[test]
fn what_is_wrong_within_one_idea_unit_is_one_error_named_after_the_gravest() {
    let text = TRUTH.replace("counted 312", "count 321").replace("snaps", "nets");
    assert_eq!(errors(TRUTH, &text), ["number: counted 312 snaps -> count 321 nets"]);
    let text = TRUTH.replace("312", "321").replace("says", "thinks");
    assert_eq!(errors(TRUTH, &text), ["number: 312 -> 321", "words: says -> thinks"]);
}
