//! T008 `caption-debris`: what is left where captions were made into a transcript.

use std::sync::LazyLock;

use readback_transcript::{Edit, Span};
use regex::Regex;

use super::stray_bytes::in_code;
use super::{Context, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T008",
    name: "caption-debris",
    severity: Severity::Warning,
    summary: "marks and joints left over from captions",
    manual: "\
## What it finds
`>>` where a new speaker begins, music notes, the times of captions, a `#` glued to a word, and a word cut
in two where a caption's line ended (`all- out`).

## Why it matters
Captions carry speaker changes and line ends by marks of their own. On a page they say nothing, split
words for search, and are read aloud by screen readers.

## Example
`>> Good evening. I'm# Amna Nawaz.` `all- out war`

## What to do
Take the marks out, and put the speaker's label where `>>` stood. The fix deletes what can go without
loss; it leaves a `>>` without a label, for only the recording tells whose words they are.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

/// What each kind begins with; what surrounds it is judged apart.
static MARKS: LazyLock<Regex> = LazyLock::new(|| {
    let kinds = [
        r">>+[ \t]*",
        r"[♪♫]+",
        r"[0-9:]{5,8}[.,][0-9]{3} --> [0-9:]{5,8}[.,][0-9]{3}",
        r"# ",
        r"- ",
    ];
    Regex::new(&kinds.join("|")).expect("a fixed pattern")
});

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !context.is_page() {
        return Vec::new();
    }
    let marks = MARKS.find_iter(context.text);
    let found = marks.filter_map(|mark| judged(context, Span::new(mark.start(), mark.end())));
    found.filter(|finding| !in_code(context.text, finding.span)).collect()
}

fn judged(context: &Context<'_>, mark: Span) -> Option<Finding> {
    match mark.of(context.text).chars().next()? {
        '>' => new_speaker(context, mark),
        '♪' | '♫' => {
            let said = context.is_said(mark);
            said.then(|| found(mark, "a music note, as captions print it", 0.9, None))
        }
        '#' => glued_mark(context, mark),
        '-' => cut_word(context, mark),
        _ => Some(found(mark, "the times of a caption", 0.95, None)),
    }
}

fn found(span: Span, what: &str, confidence: f32, fix: Option<Edit>) -> Finding {
    finding(&RULE, confidence, span, format!("left over from captions: {what}"), fix)
}

/// `>>` before words that begin anew. Where a label follows, it can go.
fn new_speaker(context: &Context<'_>, mark: Span) -> Option<Finding> {
    let text = context.text;
    let before = text[..mark.start].chars().next_back();
    let begins = text[mark.end..].starts_with(|c: char| c.is_uppercase() || "\"“(['".contains(c));
    let apart = before.is_none_or(char::is_whitespace);
    let shifts = before.is_some_and(|c| c.is_whitespace() && c != '\n') && !context.is_said(mark);
    if !begins || !apart || shifts || context.markdown {
        return None;
    }
    let labelled = context.label_begins(mark.end);
    let fix = labelled.then(|| edit(mark.start, mark.end, ""));
    Some(found(mark, "\">>\", which marks a new speaker", 0.95, fix))
}

/// `I'm# Amna`, but not `C# is`.
fn glued_mark(context: &Context<'_>, mark: Span) -> Option<Finding> {
    let word: String =
        context.text[..mark.start].chars().rev().take_while(|c| !c.is_whitespace()).collect();
    let glued = word.chars().count() > 1 && word.starts_with(char::is_lowercase);
    let mark = Span::new(mark.start, mark.start + 1);
    let fix = edit(mark.start, mark.end, "");
    (glued && context.is_said(mark)).then(|| found(mark, "a stray \"#\"", 0.9, Some(fix)))
}

/// Beginnings that are joined to the next word by a hyphen.
const JOINED: &[&str] = &["anti", "non", "post", "pre", "self", "semi"];
/// The same for certain words only: people also break off after these.
const JOINED_TO: &[(&str, &str)] = &[
    ("all", "out"),
    ("all", "time"),
    ("all", "star"),
    ("all", "around"),
    ("de", "escal"),
    ("co", "found"),
    ("co", "host"),
    ("co", "author"),
    ("co", "operat"),
    ("re", "elect"),
    ("vice", "president"),
    ("ex", "husband"),
    ("ex", "wife"),
    ("ex", "president"),
];

/// `all- out`, `non- GAAP`; but not `pre- and post-war`, and not a speaker who breaks off.
fn cut_word(context: &Context<'_>, mark: Span) -> Option<Finding> {
    let (before, after) = (&context.text[..mark.start], &context.text[mark.end..]);
    let first = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let second = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let lower = first.to_lowercase();
    let alone = !before[..before.len() - first.len()].ends_with(['-', '\'', '’']);
    let goes_on = ["and", "or", "to", "through", "but", "the", "a", "I", "versus", ""];
    let joined = JOINED.contains(&lower.as_str())
        || JOINED_TO.iter().any(|(part, other)| lower == *part && second.starts_with(other));
    let fits =
        joined && alone && !goes_on.contains(&second) && !second.to_lowercase().starts_with(&lower);
    let span = Span::new(mark.start - first.len(), mark.end + second.len());
    let fix = edit(mark.end - 1, mark.end, "");
    let message = format!("\"{first}-\" and \"{second}\" are one word cut in two");
    (fits && context.is_said(span))
        .then(|| Finding { severity: Severity::Info, ..found(span, &message, 0.8, Some(fix)) })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn what_captions_left_is_found() {
        insta::assert_snapshot!(check(
            &RULE,
            "\
>> ANA RUIZ: Good evening. I'm# Ana Ruiz. It is an all- out war, says the non- GAAP report. >> Is it?

JON HALE: ♪ We go ♪ and he wrote 00:01:02,500 --> 00:01:04,000 there."
        ), @r##"
        1:1 ">> ": left over from captions: ">>", which marks a new speaker
        1:31 "#": left over from captions: a stray "#"
        1:52 "all- out": left over from captions: "all-" and "out" are one word cut in two
        1:75 "non- GAAP": left over from captions: "non-" and "GAAP" are one word cut in two
        1:93 ">> ": left over from captions: ">>", which marks a new speaker
        3:11 "♪": left over from captions: a music note, as captions print it
        3:19 "♪": left over from captions: a music note, as captions print it
        3:34 "00:01:02,500 --> 00:01:04,000": left over from captions: the times of a caption
        --- fixed
        ANA RUIZ: Good evening. I'm Ana Ruiz. It is an all-out war, says the non-GAAP report. >> Is it?

        JON HALE: ♪ We go ♪ and he wrote 00:01:02,500 --> 00:01:04,000 there.
        "##);
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ: In C# we go, pre- and post-war, all- all of us, re- are we, x >> 2, that's all- they left.",
                "**Ana Ruiz:** You type `>> Hello` there.\n\n**Jon Hale:** >> Yes.",
            ],
        );
    }
}
