//! Comparisons of short texts, printed as one line: `[-old-]`, `{+new+}`, `<formatting>`, `^moved^`.

use super::*;
use crate::{Cue, CueKind, Label, Turn, Word};

/// A transcript of paragraphs that may begin with a label in capitals and a colon, and have cues in
/// parentheses.
fn transcript(text: &str) -> Transcript {
    let mut turns: Vec<Turn> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let colon = line.find(':').filter(|&end| line[..end].chars().all(char::is_uppercase));
        if let Some(end) = colon {
            let label = Label {
                span: Span::new(at, at + end + 1),
                name: line[..end].into(),
                role: None,
                inline: false,
            };
            turns.push(Turn { label: Some(label), ..Turn::default() });
        } else if turns.is_empty() {
            turns.push(Turn::default());
        }
        let start = at + colon.map_or(0, |end| end + 1);
        if let Some(turn) = turns.last_mut() {
            turn.pieces.extend(pieces(text, start, at + line.len()));
        }
        at += line.len();
    }
    Transcript { text: text.into(), turns, ..Transcript::default() }
}

fn pieces(text: &str, start: usize, end: usize) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = start;
    for word in text[start..end].split_inclusive([' ', '\n']) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && !"()$".contains(c));
        let begins = at + word.find(bare).unwrap_or(0);
        let span = Span::new(begins, begins + bare.len());
        if bare.starts_with('(') {
            found.push(Piece::Cue(Cue { span, kind: CueKind::Sound }));
        } else if !bare.is_empty() {
            found.push(Piece::Speech { span, words: vec![Word { span, timing: None }] });
        }
        at += word.len();
    }
    found
}

fn shown(before: &str, after: &str) -> String {
    let parts = compare(&transcript(before), &transcript(after));
    let mut out = String::new();
    for part in parts {
        let (old, new) = (part.before.of(before).trim_end(), part.after.of(after).trim_end());
        let blank = &part.after.of(after)[new.len()..];
        out += &match part.altered {
            Altered::Same => new.to_string(),
            Altered::Formatting => format!("<{new}>"),
            Altered::Moved(_) => format!("^{old}{new}^"),
            _ => [("[-", old, "-]"), ("{+", new, "+}")]
                .iter()
                .filter(|it| !it.1.is_empty())
                .map(|it| [it.0, it.1, it.2].concat())
                .collect(),
        };
        out += if blank.is_empty() { " " } else { blank };
    }
    out.trim_end().to_owned()
}

#[test]
fn a_changed_word_is_shown_alone() {
    assert_eq!(
        shown("HALE: It was colt then.", "HALE: It was cold then."),
        "HALE: It was [-colt-]{+cold+} then."
    );
}

#[test]
fn capitals_punctuation_and_line_breaks_are_formatting() {
    assert_eq!(shown("It was cold, then.", "It was cold. Then."), "It was <cold. Then.>");
    assert_eq!(shown("Yes.\nNo.", "Yes. No."), "<Yes.> No.");
    assert_eq!(shown("Yes. No.", "Yes. No.\n"), "Yes. No.");
}

#[test]
fn a_label_and_a_cue_are_changes_of_their_own() {
    assert_eq!(
        shown("HALE: It was cold.", "DUNN: It was cold."),
        "[-HALE:-]{+DUNN:+} It was cold."
    );
    let parts = compare(&transcript("It was (MUSIC) cold."), &transcript("It was cold."));
    assert_eq!(parts.iter().filter(|it| it.altered == Altered::Cue).count(), 1);
}

#[test]
fn a_paragraph_that_moved_is_no_loss_and_no_gain() {
    let (one, two, three) = (
        "HALE: One is that the river rose in the night.",
        "DUNN: Two is that nobody had thought of it.",
        "HALE: Three is a longer thing, and it is told at the end of the day by all.",
    );
    let before = [one, two, three].join("\n\n");
    let after = [two, one, three].join("\n\n");
    let parts = compare(&transcript(&before), &transcript(&after));
    let moved: Vec<&Part> =
        parts.iter().filter(|it| matches!(it.altered, Altered::Moved(_))).collect();
    assert_eq!(moved.len(), 2);
    assert!(parts.iter().all(|it| !matches!(it.altered, Altered::Words | Altered::Label)));
}

#[test]
fn a_rewritten_passage_is_one_change_and_not_a_patchwork() {
    assert_eq!(
        shown(
            "He said that the cat sat upon a broken mat.",
            "He said nobody under the sun believes old stories."
        ),
        "He said [-that the cat sat upon a broken mat.-]{+nobody under the sun believes old stories.+}"
    );
}

#[test]
fn every_byte_of_both_texts_is_in_one_part() {
    let before = "HALE: A b c d e f g.\n\nDUNN: h i (MUSIC) j.\n\nHALE: k l m n o p q r s t u.";
    let after = "HALE: k l m n o p q r s t u.\n\nHALE: A b X d e f g.\n\nDUNN: h j.";
    let parts = compare(&transcript(before), &transcript(after));
    let covered = |side: fn(&Part) -> Span, text: &str| {
        let mut spans: Vec<Span> = parts.iter().map(side).filter(|it| !it.is_empty()).collect();
        spans.sort();
        assert!(spans.windows(2).all(|pair| pair[0].end == pair[1].start), "{spans:?}");
        assert_eq!((spans[0].start, spans[spans.len() - 1].end), (0, text.len()));
    };
    covered(|it| it.before, before);
    covered(|it| it.after, after);
}

#[test]
fn of_a_line_that_stands_twice_one_is_shown_whole() {
    let once = "A: It is late. The water rose on Tuesday. Nobody was hurt.";
    let twice =
        "A: It is late. The water rose on Tuesday. The water fell on Tuesday. Nobody was hurt.";
    assert_eq!(
        shown(twice, once),
        "A: It is late. The water rose on Tuesday. [-The water fell on Tuesday.-] Nobody was hurt."
    );
    let twice = "A: It is late. It is late. The water rose on Tuesday. Nobody was hurt.";
    assert_eq!(
        shown(twice, once),
        "A: It is late. [-It is late.-] The water rose on Tuesday. Nobody was hurt."
    );
}
