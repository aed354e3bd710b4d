//! A page of numbers: pairs of sentences that say the same and pairs that do not, and every way of writing a
//! value against every other and against its neighbours. Both sides are held against each other by the scores,
//! which read a text as `check` does.

#[path = "numbers/values.rs"]
mod values;
#[path = "numbers/whisper.rs"]
mod whisper;

use readback_transcript::{Piece, Span, Transcript, Turn, Word, score_desk, score_normalised};

/// The pairs of a page, with the number of the line.
fn pairs(page: &'static str) -> impl Iterator<Item = (usize, &'static str, &'static str)> {
    let numbered = page.lines().enumerate();
    numbered
        .filter(|(_, line)| !line.starts_with('#'))
        .filter_map(|(at, line)| line.split_once(" | ").map(|(one, other)| (at + 1, one, other)))
}

/// Differences of `hypothesis` against `reference`, as the normalised score counts them.
fn differences(reference: &str, hypothesis: &str) -> usize {
    let words = |text: &'_ str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    score_normalised(&words(reference), &words(hypothesis), "en").score.words.errors()
}

/// The tokens of both, for a message.
fn tokens_of(one: &str, other: &str) -> String {
    let tokens = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let tokens = readback_transcript::tokens(&words, "en").into_iter();
        tokens.map(|token| token.text).collect::<Vec<_>>().join(" ")
    };
    format!("\n    {one}\n    {other}\n        {}\n        {}", tokens(one), tokens(other))
}

/// A transcript of one turn, its words without the marks around them, as the readers of formats cut them.
fn transcript(text: &str) -> Transcript {
    let mut words = Vec::new();
    let mut at = 0;
    for shown in text.split_inclusive(' ') {
        let kept = |c: char| c.is_alphanumeric();
        let first = shown.find(|c: char| kept(c) || "$£€¥₹".contains(c));
        if let (Some(start), Some(last)) = (first, shown.rfind(kept)) {
            let end = last + shown[last..].chars().next().map_or(1, char::len_utf8);
            if start < end {
                words.push(Word { span: Span::new(at + start, at + end), timing: None });
            }
        }
        at += shown.len();
    }
    let pieces = vec![Piece::Speech { span: Span::new(0, text.len()), words }];
    Transcript {
        text: text.into(),
        turns: vec![Turn { pieces, ..Turn::default() }],
        ..Transcript::default()
    }
}

fn desk_errors(reference: &str, hypothesis: &str) -> usize {
    score_desk(&transcript(reference), &transcript(hypothesis), "en").errors.len()
}

/// The failures of a page, the first of them shown.
fn report(failures: &[String], what: &str) {
    let first = failures.iter().take(30).map(String::as_str).collect::<String>();
    assert!(failures.is_empty(), "{} pairs are {what}:{first}", failures.len());
}

const EQUAL: &str = include_str!("numbers/equal.txt");
const UNEQUAL: &str = include_str!("numbers/unequal.txt");

#[test]
fn what_may_be_the_same_when_spoken_is_equal() {
    assert!(pairs(EQUAL).count() >= 300);
    let wrong = pairs(EQUAL).filter(|(_, one, other)| {
        differences(one, other) + differences(other, one) > 0
            || desk_errors(one, other) + desk_errors(other, one) > 0
    });
    let shown = wrong.map(|(line, one, other)| format!("\n  line {line}{}", tokens_of(one, other)));
    report(&shown.collect::<Vec<_>>(), "not equal");
}

#[test]
fn what_cannot_be_the_same_when_spoken_is_unequal() {
    assert!(pairs(UNEQUAL).count() >= 300);
    let wrong = pairs(UNEQUAL).filter(|(_, one, other)| {
        differences(one, other) == 0
            || differences(other, one) == 0
            || desk_errors(one, other) == 0
            || desk_errors(other, one) == 0
    });
    let shown = wrong.map(|(line, one, other)| format!("\n  line {line}{}", tokens_of(one, other)));
    report(&shown.collect::<Vec<_>>(), "equal");
}
