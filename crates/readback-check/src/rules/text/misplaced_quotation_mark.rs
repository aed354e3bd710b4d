//! T012 `misplaced-quotation-mark`: a quotation that does not end or begin where its words do.

use std::sync::LazyLock;

use readback_transcript::{Edit, Piece, Span};
use regex::Regex;

use super::context::place;
use super::stray_bytes::in_code;
use super::{Context, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T012",
    name: "misplaced-quotation-mark",
    severity: Severity::Warning,
    summary: "a quotation mark missing, doubled or in the wrong place",
    manual: "\
## What it finds
A quotation that is opened twice, closed without being opened, or never closed (one that goes on opens anew
in the next paragraph); a mark that stands apart from its words; words such as `, said Asmolov` drawn into
the quotation before them, or the last words of a quotation left outside.

## Why it matters
What stands between the marks was said by somebody else than the speaker. A mark a few words off
puts the reporter's words into his mouth, or takes his own away. No recording can tell.

## Example
`“This is a” reaction, said Asmolov.` for `“This is a reaction,” said Asmolov.`

## What to do
Move the mark to where the quoted words begin or end. The fix only closes up a mark that stands apart.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !context.is_page() {
        return Vec::new();
    }
    let paragraphs: Vec<Vec<Mark>> =
        context.paragraphs().map(|(_, pieces)| marks(context.text, pieces)).collect();
    let mut findings = Vec::new();
    for (index, marks) in paragraphs.iter().enumerate() {
        let goes_on = paragraphs.get(index + 1).and_then(|next| next.first());
        let goes_on = goes_on.is_some_and(|mark| mark.side == Side::Opening && mark.begins);
        unpaired(context.text, marks, goes_on, &mut findings);
    }
    findings.extend(attributions(context));
    findings.retain(|finding| !in_code(context.text, finding.span));
    findings
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opening,
    Closing,
    /// Blanks on both sides.
    Apart,
    /// Words on both sides, or inches and such.
    Unknown,
}

struct Mark {
    span: Span,
    side: Side,
    /// Whether it is the first character of its paragraph.
    begins: bool,
}

/// The double quotation marks of a paragraph, in order.
fn marks(text: &str, pieces: &[Piece]) -> Vec<Mark> {
    let start = pieces.first().map_or(0, |piece| place(piece).start);
    let speech = pieces.iter().filter(|piece| matches!(piece, Piece::Speech { .. })).map(place);
    let marked = |span: &Span| ['"', '“', '”'].into_iter().any(|mark| span.of(text).contains(mark));
    let found = speech.filter(marked).flat_map(|span| {
        span.of(text).match_indices(['"', '“', '”']).map(move |(at, mark)| (span.start + at, mark))
    });
    found
        .map(|(at, mark)| {
            let span = Span::new(at, at + mark.len());
            Mark { span, side: side(text, span), begins: at == start }
        })
        .collect()
}

/// Which side of the quoted words a mark is on: a curly one says so, a straight one by the blanks
/// around it.
fn side(text: &str, span: Span) -> Side {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    let open =
        |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "([{<—–-*_/‘'“\"…".contains(c));
    let shut = |c: Option<char>| {
        c.is_none_or(|c| c.is_whitespace() || ".,;:?!)]}>—–-*_/’'”\"…".contains(c))
    };
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    match span.of(text) {
        "“" | "”" if blank(before) && blank(after) => Side::Apart,
        "“" => Side::Opening,
        "”" => Side::Closing,
        _ if before.is_some_and(|c| c.is_ascii_digit()) && shut(after) => Side::Unknown,
        _ => match (open(before), shut(after)) {
            _ if blank(before) && blank(after) => Side::Apart,
            (true, false) => Side::Opening,
            (false, true) => Side::Closing,
            _ => Side::Unknown,
        },
    }
}

fn found(confidence: f32, span: Span, message: impl Into<String>, fix: Option<Edit>) -> Finding {
    finding(&RULE, confidence, span, message.into(), fix)
}

/// The marks of a paragraph that have no partner. Where one has no side that is sure, nothing is.
fn unpaired(text: &str, marks: &[Mark], goes_on: bool, findings: &mut Vec<Finding>) {
    if marks.iter().any(|mark| mark.side == Side::Unknown) {
        return;
    }
    let mut open: Option<&Mark> = None;
    for mark in marks {
        match (mark.side, open) {
            (Side::Opening, None) => open = Some(mark),
            (Side::Closing, Some(_)) => open = None,
            (Side::Opening, Some(first)) => {
                findings.push(found(
                    0.85,
                    first.span,
                    "the quotation is opened twice and closed once",
                    None,
                ));
                open = Some(mark);
            }
            (Side::Closing, None) => {
                findings.push(found(
                    0.85,
                    mark.span,
                    "the quotation is closed but never opened",
                    None,
                ));
            }
            _ => {
                findings.push(apart(text, mark.span, open.is_some()));
                open = if open.is_some() { None } else { Some(mark) };
            }
        }
    }
    if let Some(mark) = open.filter(|_| !goes_on) {
        findings.push(found(0.85, mark.span, "the quotation is never closed", None));
    }
}

/// A mark with blanks on both sides, to be closed up with the words that it belongs to.
fn apart(text: &str, span: Span, closes: bool) -> Finding {
    let fix = if closes {
        edit(text[..span.start].trim_end_matches(' ').len(), span.start, "")
    } else {
        let rest = &text[span.end..];
        edit(span.end, span.end + rest.len() - rest.trim_start_matches(' ').len(), "")
    };
    found(0.85, span, "the quotation mark stands apart from its words", Some(fix))
}

/// `," said Asmolov, "to the formation of" a new triangle.`: a quotation that goes on after such words.
static RESUMED: LazyLock<Regex> = LazyLock::new(|| {
    let who = r"(?:he|she|[A-Z][A-Za-z’'-]+(?: [A-Z][A-Za-z’'-]+)?)";
    Regex::new(&format!(
        r#",["”] (?:{SAID} {who}|{who} {SAID})[,.] (?:and |but )?["“]([^"“”\r\n]+)(["”]) [a-zA-Z]"#
    ))
    .expect("a fixed pattern")
});

/// A resumed quotation of fewer words may be a name or a title.
const LEAST_RESUMED: usize = 4;

/// The closing marks of quotations that were resumed and end where no sentence does.
fn ends_nowhere(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let broken = |words: &str| {
        words.ends_with(char::is_alphanumeric) && words.split(' ').count() >= LEAST_RESUMED
    };
    let found =
        RESUMED.captures_iter(text).filter_map(|found| Some((found.get(1)?, found.get(2)?)));
    found.filter(move |(words, _)| broken(words.as_str())).map(|(_, mark)| mark.range())
}

/// Words that say whose words were quoted.
const SAID: &str = r"(?:said|says|asked|asks|added|adds|told|wrote|writes)";

/// `, said Asmolov”`: what says whose words they are has been drawn into the quotation.
static DRAWN_IN: LazyLock<Regex> = LazyLock::new(|| {
    let who = r"(?:he|she|they|[A-Z][A-Za-z’'-]+(?: [A-Z][A-Za-z’'-]+)?)";
    Regex::new(&format!(r#", (?:{SAID}(?: {who})?|{who} {SAID})(["”])(?:[ .,]|$)"#))
        .expect("a fixed pattern")
});

/// `“This is a” reaction, said Asmolov`: the end of the quotation has been left outside.
static LEFT_OUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r#"(["”]) (?:[a-z’'-]+ ){{0,2}}[a-z’'-]+, (?:{SAID} (?:he\b|she\b|[A-Z][a-z])|(?:he|she) {SAID}\b)"#
    ))
    .expect("a fixed pattern")
});

/// Marks that a few words part from where what follows says the quotation ends.
fn attributions(context: &Context<'_>) -> Vec<Finding> {
    if !context.english {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (run, _) in context.speech() {
        let text = run.of(context.text);
        if !text.contains('"') && !text.contains('”') {
            continue;
        }
        let marks = |pattern: &'static Regex| {
            pattern
                .captures_iter(text)
                .filter_map(|found| found.get(1))
                .map(move |mark| Span::new(run.start + mark.start(), run.start + mark.end()))
        };
        let drawn_in = marks(&DRAWN_IN).filter(|mark| quoted(context.text, run, *mark).is_some());
        findings.extend(drawn_in.map(|mark| {
            found(0.8, mark, "the quotation ends behind the words that say whose it is", None)
        }));
        findings.extend(ends_nowhere(text).map(|mark| {
            let mark = Span::new(run.start + mark.start, run.start + mark.end);
            found(0.8, mark, "the quotation ends in the middle of a sentence", None)
        }));
        let left_out = marks(&LEFT_OUT).filter(|mark| is_cut_short(context.text, run, *mark));
        findings.extend(
            left_out.map(|mark| found(0.75, mark, "the quotation seems to end too early", None)),
        );
    }
    findings
}

/// The words of the quotation that `closing` ends, within `run`.
fn quoted(text: &str, run: Span, closing: Span) -> Option<Span> {
    let before = Span::new(run.start, closing.start);
    let (at, mark) = before.of(text).rmatch_indices(['"', '“', '”']).next()?;
    let span = Span::new(run.start + at, run.start + at + mark.len());
    let opens = side(text, span) == Side::Opening && side(text, closing) == Side::Closing;
    opens.then(|| Span::new(span.end, closing.start))
}

/// Whether a quotation that makes a sentence begin ends without a comma or stop, though its sentence
/// goes on.
fn is_cut_short(text: &str, run: Span, closing: Span) -> bool {
    let Some(words) = quoted(text, run, closing) else { return false };
    let before = Span::new(run.start, words.start).of(text).trim_end_matches(['"', '“']).trim_end();
    let begins = before.is_empty() || before.ends_with(['.', '?', '!', ':']);
    let capital = words.of(text).starts_with(char::is_uppercase);
    let several = words.of(text).contains(' ');
    begins && capital && several && words.of(text).ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn quotation_marks_that_cannot_be_right_are_found() {
        insta::assert_snapshot!(check(
            &RULE,
            "\
ANA RUIZ: “This is a” reaction, said Hale, “to the power.” He called it “a storm.

HALE: We did not become friends,” he said. And “ then we left,” she said.

RUIZ: \"We have stopped being enemies, said Hale.\" Then it ended. \"Not this, said\" Hale. \
\"It is,\" he said, \"more of a storm than a\" wave. \"It is,\" said Hale. \"It was cold. North\" Korea too."
        ), @r#"
        1:73 "“": the quotation is never closed
        3:33 "”": the quotation is closed but never opened
        3:48 "“": the quotation mark stands apart from its words
        1:21 "”": the quotation seems to end too early
        5:81 "\"": the quotation ends behind the words that say whose it is
        5:130 "\"": the quotation ends in the middle of a sentence
        5:177 "\"": the quotation ends in the middle of a sentence
        --- fixed
        ANA RUIZ: “This is a” reaction, said Hale, “to the power.” He called it “a storm.

        HALE: We did not become friends,” he said. And “then we left,” she said.

        RUIZ: "We have stopped being enemies, said Hale." Then it ended. "Not this, said" Hale. "It is," he said, "more of a storm than a" wave. "It is," said Hale. "It was cold. North" Korea too.
        "#);
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ: “This is a reaction,” said Hale, “to the power.” It is a “betrayal” of voters, said Jones.",
                "ANA RUIZ: “It was long.\n\n“It was cold,” he said. He is 6' 2\" tall, she said \"no.\"",
                "ANA RUIZ: \"Patriots\" they are, said Hale. So \"it ends,\" he said -- \"and goes.\" \"Yes,\" said Hale, \"Storm\" to his friends.",
            ],
        );
    }
}
