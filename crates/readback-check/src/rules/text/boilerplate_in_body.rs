//! T023 `boilerplate-in-body`: page matter among or glued to the words of the story.

use readback_transcript::{Note, NoteKind, Span};

use super::{Context, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T023",
    name: "boilerplate-in-body",
    severity: Severity::Warning,
    summary: "copyright, notice or page matter in the body of the text",
    manual: "\
## What it finds
A copyright line or notice that does not begin a paragraph of its own, or after which the story goes on; a
standing notice with a hole in it (`pages at for further information`); lines that a web page prints between
paragraphs, such as `Advertisement`.

## Why it matters
Nobody said it. It ends up in quotations, captions and search, and a notice glued to a cue hides both.

## Example
`(SOUNDBITE OF MUSIC)Copyright (c) 2023 NPR.`

## What to do
Give the notice a paragraph of its own at the end; take page matter out. The fix does the first, and takes
out lines that are page matter and nothing else.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

/// Lines that pages print around a story, lower case.
const PAGE_LINES: &[&str] = &[
    "advertisement",
    "sponsor message",
    "become an npr sponsor",
    "toggle caption",
    "hide caption",
    "enlarge this image",
    "toggle more options",
    "story continues below advertisement",
    "share this story",
    "sign up for our newsletter",
    "read more",
    "loading...",
    "related stories",
    "listen to this story",
    "download the transcript",
];

/// What is left of a notice from which an address was cut.
const HOLES: &[&str] = &["pages at for ", "visit us at for ", "website at for "];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let notes = context.transcript.notes.iter().filter(|note| note.kind != NoteKind::Headline);
    let mut findings: Vec<Finding> =
        notes.clone().filter_map(|note| misplaced(context, note)).collect();
    findings.extend(notes.filter_map(|note| holed(context.text, note)));
    findings.extend(page_lines(context));
    findings
}

/// Characters to look back for what stands on the line of a note.
const NEAR: usize = 200;

/// A note on the line of a cue or of words, or with a turn behind it.
fn misplaced(context: &Context<'_>, note: &Note) -> Option<Finding> {
    let text = context.text;
    let start = note.span.start;
    let near = text[..start].char_indices().rev().take(NEAR);
    let line = near.take_while(|(_, c)| !matches!(c, '\n' | '\r')).last();
    let shared = line.is_some_and(|(at, _)| context.spoken_or_cue(Span::new(at, start)));
    if shared {
        let fix = edit(start, start, "\n\n");
        let message = "the notice stands on the line of what is said".to_owned();
        return Some(finding(&RULE, 0.9, first_words(text, note.span), message, Some(fix)));
    }
    let amid = context.label_after(note.span.end) && context.is_amid(start);
    let message = "the story goes on after the notice".to_owned();
    amid.then(|| finding(&RULE, 0.8, first_words(text, note.span), message, None))
}

/// The first words of a long note, to point at.
fn first_words(text: &str, note: Span) -> Span {
    let end = note.of(text).char_indices().nth(40).map_or(note.len(), |(at, _)| at);
    Span::new(note.start, note.start + end)
}

fn holed(text: &str, note: &Note) -> Option<Finding> {
    let shown = note.span.of(text).to_lowercase();
    let (at, hole) = HOLES.iter().find_map(|hole| Some((shown.find(hole)?, hole)))?;
    let start = note.span.start + at;
    let message = "an address is missing in the notice".to_owned();
    Some(finding(&RULE, 0.9, Span::new(start, start + hole.trim_end().len()), message, None))
}

/// Whole lines of page matter among the words.
fn page_lines(context: &Context<'_>) -> Vec<Finding> {
    let runs = context.speech().filter(|(_, words)| words.len() <= 5);
    let is_matter = |run: &Span| PAGE_LINES.contains(&run.of(context.text).to_lowercase().as_str());
    runs.map(|(run, _)| run)
        .filter(|run| is_matter(run) && context.fills_line(*run))
        .map(|run| {
            let before = context.text[..run.start].trim_end().len();
            let fix = edit(before, run.end, "");
            finding(&RULE, 0.9, run, "a line of the page, not of the story".to_owned(), Some(fix))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn boilerplate_in_the_body_is_found() {
        insta::assert_snapshot!(check(
            &RULE,
            "\
ANA RUIZ, HOST: It was cold.

Advertisement

JON HALE: So it was.

(SOUNDBITE OF MUSIC)Copyright (c) 2023 NPR. All rights reserved. Visit our website terms of use and permissions pages at for further information."
        ), @r#"
        7:113 "pages at for": an address is missing in the notice
        3:1 "Advertisement": a line of the page, not of the story
        --- fixed
        ANA RUIZ, HOST: It was cold.

        JON HALE: So it was.

        (SOUNDBITE OF MUSIC)Copyright (c) 2023 NPR. All rights reserved. Visit our website terms of use and permissions pages at for further information.
        "#);
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ, HOST: It was an advertisement.\n\nJON HALE: Yes.\n\nCopyright (c) 2023 NPR. All rights reserved.\n\nNPR transcripts are created on a rush deadline by an NPR contractor.",
                "A Title\n\nCopyright 2024 The Network\n\nANA RUIZ, HOST: It was cold.",
            ],
        );
    }
}
