//! Finds what stands around a story and is not spoken: headline, page matter, credits, notices.

use std::sync::LazyLock;

use readback_transcript::{MONTHS, Note, NoteKind, Span};
use regex::Regex;

use super::paragraphs::{Paragraph, trimmed};
use super::vocabulary::{CREDIT_MARKS, NOTICES};

/// [`NOTICES`] in any letter case, sought all at once: every paragraph is searched for them.
static PHRASES: LazyLock<Regex> = LazyLock::new(|| {
    let phrases: Vec<String> = NOTICES.iter().map(|phrase| regex::escape(phrase)).collect();
    Regex::new(&format!("(?i:{})", phrases.join("|"))).expect("fixed phrases")
});

/// The notices and credits of one paragraph: from the sentence that holds such a phrase to the end of
/// the paragraph. `masked` has blanks where debris stood, `text` tells them from blanks of the author,
/// for debris parts sentences too.
pub(super) fn notices(text: &str, masked: &str, paragraph: &Paragraph) -> Vec<Note> {
    let Some(first) = PHRASES.find(paragraph.span.of(masked)).map(|phrase| phrase.start()) else {
        return Vec::new();
    };
    let mut notes: Vec<Note> = Vec::new();
    let mut start = sentence_start(text, masked, paragraph.span, paragraph.span.start + first);
    while start < paragraph.span.end {
        let end = next_sentence(text, masked, Span::new(start, paragraph.span.end));
        let sentence = trimmed(masked, Span::new(start, end));
        let credits = is_credit(sentence.of(masked));
        match notes.last_mut() {
            Some(last) if !credits || last.kind == NoteKind::Credit => {
                if last.kind == NoteKind::Credit && !credits && is_notice(sentence.of(masked)) {
                    notes.push(Note { span: sentence, kind: NoteKind::Notice });
                } else {
                    last.span.end = sentence.end.max(last.span.end);
                }
            }
            _ => {
                let kind = if credits { NoteKind::Credit } else { NoteKind::Notice };
                notes.push(Note { span: sentence, kind });
            }
        }
        start = end;
    }
    notes.retain(|note| !note.span.is_empty());
    notes
}

fn is_credit(sentence: &str) -> bool {
    let sentence = sentence.to_ascii_lowercase();
    CREDIT_MARKS.iter().any(|mark| sentence.contains(mark))
}

fn is_notice(sentence: &str) -> bool {
    PHRASES.is_match(sentence)
}

/// Where the sentence around byte `at` begins: after a full stop, a bracket or debris.
fn sentence_start(text: &str, masked: &str, within: Span, at: usize) -> usize {
    let before = &masked[within.start..at];
    let stop = before
        .rmatch_indices(['.', '?', '!', ')', ']'])
        .find(|(i, _)| is_end_of_sentence(before, *i));
    let after_stop = stop.map_or(within.start, |(i, _)| within.start + i + 1);
    let after_debris =
        last_difference(text, masked, Span::new(within.start, at)).unwrap_or(within.start);
    after_stop.max(after_debris)
}

/// A period inside `npr.org` or `(c)` ends nothing; a cue does, also where the blank after it is lost.
fn is_end_of_sentence(text: &str, at: usize) -> bool {
    let (before, after) = (&text[..=at], &text[at + 1..]);
    let glued = before.ends_with([')', ']']) && after.starts_with(char::is_uppercase);
    (glued || after.starts_with(char::is_whitespace)) && !before.ends_with("(c)")
}

/// Where the sentence beginning at `rest.start` ends.
fn next_sentence(text: &str, masked: &str, rest: Span) -> usize {
    let shown = rest.of(masked);
    let stops = shown.match_indices(['.', '?', '!']).find(|(i, _)| is_end_of_sentence(shown, *i));
    let stop = stops.map_or(rest.end, |(i, _)| rest.start + i + 1);
    let skipped = Span::new(rest.start + (shown.len() - shown.trim_start().len()), stop);
    first_difference(text, masked, skipped).map_or(stop, |debris| debris.max(rest.start + 1))
}

fn first_difference(text: &str, masked: &str, span: Span) -> Option<usize> {
    let at = difference(text, masked, span).next()?;
    Some(at).filter(|&at| at > span.start)
}

fn last_difference(text: &str, masked: &str, span: Span) -> Option<usize> {
    difference(text, masked, span).last().map(|at| at + 1)
}

fn difference<'a>(text: &'a str, masked: &'a str, span: Span) -> impl Iterator<Item = usize> + 'a {
    let (text, masked) = (text.as_bytes(), masked.as_bytes());
    (span.start..span.end).filter(move |&at| text[at] != masked[at] && masked[at] == b' ')
}

/// What a paragraph is that stands above the speech: a title, page matter, a Markdown heading.
/// `above` is its number where no label comes before it.
pub(super) fn heading(masked: &str, paragraph: &Paragraph, above: Option<usize>) -> Option<Note> {
    let shown = paragraph.span.of(masked);
    let kind = match above {
        _ if ["# ", "## ", "### "].iter().any(|mark| shown.starts_with(mark)) => NoteKind::Headline,
        Some(0) if is_title(shown) => NoteKind::Headline,
        Some(1..8) if is_page_matter(shown) => NoteKind::Credit,
        _ => return None,
    };
    Some(Note { span: paragraph.span, kind })
}

fn is_title(paragraph: &str) -> bool {
    let words = paragraph.split_whitespace().count();
    let closed = paragraph.trim_end_matches(['"', '”', '’', '\'']);
    let open_end = !closed.ends_with(['.', '!', '…', ':', ',', ';', '-', ')', ']']);
    let begins = paragraph.starts_with(|c: char| !c.is_lowercase() && c != '(' && c != '[');
    (1..=24).contains(&words) && !paragraph.contains(['\n', '\r']) && open_end && begins
}

/// Lines that a story page prints between title and text.
const PAGE_MATTER: &[&str] = &["heard on ", "by ", "transcript", "listen", "download", "updated "];

fn is_page_matter(paragraph: &str) -> bool {
    let shown = paragraph.to_lowercase();
    let begins_with = |words: &[&str]| words.iter().any(|word| shown.starts_with(word));
    let month = |month: &&str| {
        let start = paragraph.get(..month.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(month))
    };
    let dated = MONTHS.iter().any(month) && shown.contains(|c: char| c.is_ascii_digit());
    let short = shown.split_whitespace().count() <= 12 && !shown.ends_with('.');
    short && (dated || begins_with(PAGE_MATTER))
}
