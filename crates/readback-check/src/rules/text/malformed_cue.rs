//! T005 `malformed-cue`: a cue that is not written as cues are.

use std::collections::{HashMap, HashSet};

use readback_transcript::{Cue, Transcript, distance};

use super::{Context, edit, finding};
use crate::marks::in_capitals;
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
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
    needs: Needs::Text,
    check: Check::Text(check),
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

fn check(context: &Context<'_>) -> Vec<Finding> {
    let transcript = context.transcript;
    let written = Written::of(transcript);
    let mut known = HashMap::new();
    let found = transcript.cues().filter_map(|cue| {
        let content = inside(cue.span.of(&transcript.text));
        // Cues come back, and comparing one with every phrase takes its time.
        let rewritten = known.entry(content).or_insert_with(|| rewritten(content, &written));
        cue_finding(&transcript.text, cue, rewritten.clone())
    });
    found.collect()
}

/// How the cues of one text are written.
struct Written {
    /// What cues in capitals say.
    shouted: HashSet<String>,
    /// The same by their letters without blanks.
    squeezed: HashMap<String, String>,
}

impl Written {
    fn of(transcript: &Transcript) -> Self {
        let contents = transcript.cues().map(|cue| inside(cue.span.of(&transcript.text)));
        let shouted: HashSet<String> =
            contents.filter(|content| in_capitals(content)).map(str::to_owned).collect();
        let mut spaced: Vec<String> = shouted.iter().cloned().collect();
        spaced.sort_by_key(|content| (content.len(), content.clone()));
        // Of two with the same letters the one with more blanks stays.
        let squeezed = spaced.into_iter().map(|content| (squeezed(&content), content)).collect();
        Self { shouted, squeezed }
    }
}

fn squeezed(content: &str) -> String {
    content.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What stands between the brackets.
fn inside(shown: &str) -> &str {
    shown.trim_matches(['(', ')', '[', ']', '<', '>', ' '])
}

fn cue_finding(text: &str, cue: &Cue, rewritten: (String, Vec<&'static str>)) -> Option<Finding> {
    let shown = cue.span.of(text);
    let (content, mut wrong) = rewritten;
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
    let fix = edit(cue.span.start, cue.span.end, format!("{blank}{open}{content}{close}"));
    (!wrong.is_empty()).then(|| finding(&RULE, 0.95, cue.span, message, Some(fix)))
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
fn rewritten(content: &str, written: &Written) -> (String, Vec<&'static str>) {
    let phrase = PHRASES.iter().find_map(|phrase| Some((*phrase, phrase_length(content, phrase)?)));
    if let Some((phrase, length)) = phrase {
        return with_phrase(content, phrase, length, written);
    }
    let capitals = content.to_uppercase();
    if written.shouted.contains(&capitals)
        && content == content.to_lowercase()
        && content != capitals
    {
        return (capitals, vec!["it is in small letters"]);
    }
    let spaced =
        written.squeezed.get(&squeezed(content)).filter(|other| other.len() > content.len());
    match spaced {
        Some(other) => (other.clone(), vec!["a blank is missing"]),
        None => missing_blank(content),
    }
}

/// The content whose first `length` bytes are meant to be `phrase`.
fn with_phrase(
    content: &str,
    phrase: &str,
    length: usize,
    written: &Written,
) -> (String, Vec<&'static str>) {
    let (found, rest) = content.split_at(length);
    let cut_word = rest.starts_with(char::is_alphanumeric);
    let same_letters = found.to_lowercase() == phrase.to_lowercase() && !cut_word;
    // Other houses write all cues in capitals, or none.
    let small = found == found.to_lowercase();
    let own_style = found == found.to_uppercase() || (written.shouted.is_empty() && !small);
    if same_letters && (found == phrase || own_style) {
        return (content.to_owned(), vec![]);
    }
    let small_rest = phrase.starts_with("SOUND") && !rest.contains(char::is_uppercase);
    let rest = if small_rest { rest.to_uppercase() } else { rest.to_owned() };
    let blank = if cut_word { " " } else { "" };
    let fault =
        if same_letters { "it is in small letters" } else { "its standing phrase is misspelt" };
    (format!("{phrase}{blank}{rest}"), vec![fault])
}

/// `SpeakingRussian`.
fn missing_blank(content: &str) -> (String, Vec<&'static str>) {
    let rest = content.strip_prefix("Speaking").unwrap_or_default();
    if rest.starts_with(|c: char| c.is_ascii_uppercase()) {
        return (format!("Speaking {rest}"), vec!["a blank is missing"]);
    }
    (content.to_owned(), vec![])
}

/// Whether `content` is one of the standing phrases with a slip.
pub(super) fn is_misspelt(content: &str) -> bool {
    PHRASES.iter().any(|phrase| phrase_length(content, phrase).is_some())
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
    let first = content.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
    let same_start = first.as_ref() == wanted.first();
    (errors <= slack && same_start).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn malformed_cues_are_written_as_the_others_are() {
        insta::assert_snapshot!(check(
            &RULE,
            "\
(SOUNDBITE OF MUSIC

ANA RUIZ, BYLINE: It began. (LAUGHTER)

[SOUNDBITE OF SHIP HORN)

((SOUNDBITE OF BELL)

(SOUND BITE OF WAVES)

(SOUNBITE OF ARCHIVED RECORDING)

(SOUNDBITEOF WIND)

(soundbite of gulls)

JON HALE:(Non English language spoken). We heard it.(LAUGHTER) (laughter)

RUIZ: (Non-Englishlanguage spoken)."
        ), @r#"
        1:1 "(SOUNDBITE OF MUSIC": the cue is malformed: it is never closed
        5:1 "[SOUNDBITE OF SHIP HORN)": the cue is malformed: its brackets are of two kinds
        7:1 "((SOUNDBITE OF BELL)": the cue is malformed: it has a bracket too many
        9:1 "(SOUND BITE OF WAVES)": the cue is malformed: its standing phrase is misspelt
        11:1 "(SOUNBITE OF ARCHIVED RECORDING)": the cue is malformed: its standing phrase is misspelt
        13:1 "(SOUNDBITEOF WIND)": the cue is malformed: its standing phrase is misspelt
        15:1 "(soundbite of gulls)": the cue is malformed: it is in small letters
        17:10 "(Non English language spoken)": the cue is malformed: its standing phrase is misspelt; it is glued to what stands before
        17:53 "(LAUGHTER)": the cue is malformed: it is glued to what stands before
        17:64 "(laughter)": the cue is malformed: it is in small letters
        19:7 "(Non-Englishlanguage spoken)": the cue is malformed: its standing phrase is misspelt
        --- fixed
        (SOUNDBITE OF MUSIC)

        ANA RUIZ, BYLINE: It began. (LAUGHTER)

        (SOUNDBITE OF SHIP HORN)

        (SOUNDBITE OF BELL)

        (SOUNDBITE OF WAVES)

        (SOUNDBITE OF ARCHIVED RECORDING)

        (SOUNDBITE OF WIND)

        (SOUNDBITE OF GULLS)

        JON HALE: (Non-English language spoken). We heard it. (LAUGHTER) (LAUGHTER)

        RUIZ: (Non-English language spoken).
        "#);
    }

    #[test]
    fn other_styles_of_cue_are_left_alone() {
        finds_nothing(
            &RULE,
            &[
                "THE PRESIDENT: Thank you. (Applause.) It is -- (laughter) -- good. (Laughter.)",
                "**Ana Ruiz:** I know. [laughs] *[unintelligible 00:40:51]* So.",
                "ANA RUIZ: Here.\n\n(SOUNDBITE OF SONG, \"ONE (REMIX)\")\n\nJON HALE: (Through interpreter) We left. (SOUNDBITE OF GULLS)",
            ],
        );
    }
}
