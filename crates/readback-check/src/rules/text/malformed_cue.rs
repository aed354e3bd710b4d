//! T005 `malformed-cue`: a cue that is not written as cues are.

use readback_transcript::{Cue, Edit, Span, Transcript, distance};

use super::{edit, finding};
use crate::rules::Rule;
use crate::{Finding, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "T005",
    name: "malformed-cue",
    severity: Severity::Warning,
    summary: "a cue that is not written as cues are",
    manual: "\
## What it finds
A cue with a bracket missing, doubled or of the wrong kind; a standing phrase misspelt
(`SOUNBITE`, `SOUND BITE`, `Non English language spoken`), with a blank missing (`SOUNDBITEOF`) or in small
letters; a cue glued to the word or label before it.

## Why it matters
Programs that hide cues from captions, or count them as not spoken, show or count a malformed one.

## Example
`(SOUNBITE OF MUSIC` for `(SOUNDBITE OF MUSIC)`.

## What to do
Write it as the others are written. The fix does.
",
};

/// Beginnings of cues as house style writes them.
const PHRASES: &[&str] = &[
    "SOUNDBITE OF ARCHIVED RECORDING",
    "SOUNDBITE OF MUSIC",
    "SOUNDBITE OF SONG",
    "SOUNDBITE OF FILM",
    "SOUNDBITE OF TV SHOW",
    "SOUNDBITE OF MONTAGE",
    "SOUNDBITE OF",
    "SOUNDBITE",
    "Non-English language spoken",
    "Speaking foreign language",
    "Through interpreter",
];

pub(crate) fn check(transcript: &Transcript) -> Vec<Finding> {
    let shouted: Vec<String> = transcript
        .cues()
        .map(|cue| inside(cue.span.of(&transcript.text)))
        .filter(|content| {
            content.contains(char::is_uppercase) && !content.contains(char::is_lowercase)
        })
        .map(str::to_owned)
        .collect();
    transcript.cues().filter_map(|cue| cue_finding(&transcript.text, cue, &shouted)).collect()
}

/// What stands between the brackets.
fn inside(shown: &str) -> &str {
    shown.trim_matches(['(', ')', '[', ']', '<', '>', ' '])
}

fn cue_finding(text: &str, cue: &Cue, shouted: &[String]) -> Option<Finding> {
    let shown = cue.span.of(text);
    let (content, mut wrong) = rewritten(inside(shown), shouted);
    let (open, close) = match (shown.chars().next(), shown.chars().next_back()) {
        (Some('['), Some(']')) => ("[", "]"),
        (Some('<'), Some('>')) => ("<", ">"),
        _ => ("(", ")"),
    };
    let plain = shown == format!("{open}{}{close}", inside(shown));
    // Markdown writes an escaped bracket, and its closing backslash belongs to the cue.
    if !plain && !shown.contains('\\') && !balanced(shown) {
        wrong.push(bracket_fault(shown));
    }
    let glued =
        text[..cue.span.start].ends_with(|c: char| c.is_alphanumeric() || ":,.;?!".contains(c));
    if glued {
        wrong.push("it is glued to what stands before");
    }
    let blank = if glued { " " } else { "" };
    let message = format!("the cue is malformed: {}", wrong.join("; "));
    let fix = replace(cue.span, format!("{blank}{open}{content}{close}"));
    (!wrong.is_empty()).then(|| finding(&RULE, 0.95, cue.span, message, Some(fix)))
}

fn replace(span: Span, replacement: String) -> Edit {
    edit(span.start, span.end, replacement)
}

/// Whether every bracket of `shown` has its partner of the same kind and the outermost is not doubled.
fn balanced(shown: &str) -> bool {
    let mut open = Vec::new();
    for c in shown.chars() {
        match c {
            '(' | '[' => open.push(c),
            ')' | ']' if open.pop() != Some(if c == ')' { '(' } else { '[' }) => return false,
            _ => {}
        }
    }
    open.is_empty()
        && !(shown.starts_with("((") && shown.ends_with("))"))
        && shown.starts_with(['(', '['])
}

fn bracket_fault(shown: &str) -> &'static str {
    let opening = shown.chars().filter(|c| "([".contains(*c)).count();
    let closing = shown.chars().filter(|c| ")]".contains(*c)).count();
    match (opening, closing) {
        (0, 0) => "it has no brackets",
        (0, _) => "it is never opened",
        (_, 0) => "it is never closed",
        (1, 1) => "its brackets are of two kinds",
        _ => "it has a bracket too many",
    }
}

/// The content as it should be, and what was wrong with it.
fn rewritten(content: &str, shouted: &[String]) -> (String, Vec<&'static str>) {
    for phrase in PHRASES {
        let Some(length) = phrase_length(content, phrase) else { continue };
        let (found, rest) = content.split_at(length);
        let cut_word = rest.starts_with(char::is_alphanumeric);
        if found == *phrase && !cut_word {
            return (content.to_owned(), vec![]);
        }
        // House style has one set of capitals; a text that shouts no cue at all has another style.
        let is_small = found.to_lowercase() == *phrase.to_lowercase() && !cut_word;
        let all_capitals = found == phrase.to_uppercase();
        let own_style = is_small
            && (all_capitals
                || (shouted.is_empty()
                    && phrase.starts_with("SOUNDBITE")
                    && found != phrase.to_lowercase()));
        if own_style {
            return (content.to_owned(), vec![]);
        }
        let small_rest = phrase.starts_with("SOUND") && !rest.contains(char::is_uppercase);
        let rest = if small_rest { rest.to_uppercase() } else { rest.to_owned() };
        let blank = if cut_word { " " } else { "" };
        let fault =
            if is_small { "it is in small letters" } else { "its standing phrase is misspelt" };
        return (format!("{phrase}{blank}{rest}"), vec![fault]);
    }
    let capitals = content.to_uppercase();
    if content != capitals && shouted.contains(&capitals) && content == content.to_lowercase() {
        return (capitals, vec!["it is in small letters"]);
    }
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let spaced =
        shouted.iter().find(|other| *other != content && squeezed(other) == squeezed(content));
    match spaced.filter(|other| other.len() > content.len()) {
        Some(other) => (other.clone(), vec!["a blank is missing"]),
        None => missing_blank(content),
    }
}

/// `SpeakingRussian`.
fn missing_blank(content: &str) -> (String, Vec<&'static str>) {
    let rest = content.strip_prefix("Speaking").unwrap_or_default();
    if rest.starts_with(|c: char| c.is_ascii_uppercase()) {
        return (format!("Speaking {rest}"), vec!["a blank is missing"]);
    }
    (content.to_owned(), vec![])
}

/// How many bytes of `content` are `phrase`, give or take blanks, case, hyphens and a wrong letter.
fn phrase_length(content: &str, phrase: &str) -> Option<usize> {
    let letters = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let wanted = letters(phrase);
    let slack = usize::from(wanted.len() >= 8);
    let ends = content
        .char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
        .map(|(at, c)| at + c.len_utf8());
    let near: Vec<(usize, usize)> = ends
        .skip(wanted.len().saturating_sub(slack + 1))
        .take(2 * slack + 1)
        .map(|end| (distance(&letters(&content[..end]), &wanted), end))
        .collect();
    let &(errors, end) = near.iter().min_by_key(|(errors, end)| (*errors, usize::MAX - end))?;
    let same_start = letters(content).first() == wanted.first();
    (errors <= slack && same_start).then_some(end)
}
