//! T003 `stray-bytes`: characters that a program left in the text.

use readback_transcript::{Edit, Span};

use super::{Context, debris, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T003",
    name: "stray-bytes",
    severity: Severity::Warning,
    summary: "characters that a program left in the text",
    manual: "\
## What it finds
Bytes written out in bits (`01001010`), broken encodings (`â€™`), HTML entities and tags, escapes such as
`\\u2019` and `%20`, empty brackets, template marks, control and zero-width characters.

## Why it matters
Readers see it, search and screen readers stumble over it, and it travels on into every archive.

## Example
`don&#39;t` for `don't`; `Moscow.01001010Copyright`.

## What to do
The fix puts the character that was meant, where there is one, and deletes the rest.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let transcript = context.transcript;
    let text = &transcript.text;
    let cues: Vec<Span> = transcript.cues().map(|cue| cue.span).collect();
    let found = debris::find(text).into_iter().filter(|debris| {
        let escaped = context.markdown && matches!(debris.span.of(text), "&lt;" | "&gt;" | "&amp;");
        let next = cues.partition_point(|cue| cue.end <= debris.span.start);
        let cue = cues.get(next).is_some_and(|cue| cue.overlaps(debris.span));
        !escaped && !cue && !in_code(text, debris.span) && !in_address(text, debris.span)
    });
    found
        .map(|debris| {
            let shown: String =
                debris.span.of(text).chars().take(24).flat_map(char::escape_default).collect();
            let fix = repair(text, debris.span, &debris.meant);
            finding(&RULE, 0.97, debris.span, format!("stray characters: {shown}"), Some(fix))
        })
        .collect()
}

/// Bytes to look to either side for what surrounds debris on its line.
const SURROUNDINGS: usize = 2000;

/// The line around `span`, before and after it, as far as is looked.
fn surroundings(text: &str, span: Span) -> (&str, &str) {
    let boundary = |at: &usize| text.is_char_boundary(*at);
    let start =
        (span.start.saturating_sub(SURROUNDINGS)..span.start).find(boundary).unwrap_or(span.start);
    let furthest = (span.end + SURROUNDINGS).min(text.len());
    let end = (span.end..=furthest).rev().find(boundary).unwrap_or(span.end);
    let before = text[start..span.start].rsplit('\n').next().unwrap_or_default();
    (before, text[span.end..end].split('\n').next().unwrap_or_default())
}

/// Whether `span` stands between backticks on its line: there it is quoted on purpose.
pub(super) fn in_code(text: &str, span: Span) -> bool {
    let (before, after) = surroundings(text, span);
    before.matches('`').count() % 2 == 1 && after.contains('`')
}

/// Whether `span` stands in a web address, where per cent escapes belong.
fn in_address(text: &str, span: Span) -> bool {
    let (before, _) = surroundings(text, span);
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.contains("://") || word.contains("www.")
}

/// Puts `meant` in place of the debris, and the right number of blanks.
fn repair(text: &str, span: Span, meant: &str) -> Edit {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let meant = match meant {
        "'" | "’" | "‘" if !(letter(before) && (letter(after) || before == Some('s'))) => "",
        meant if meant.trim().is_empty() => "",
        meant => meant,
    };
    let open = |c: Option<char>| c.is_none_or(char::is_whitespace);
    if !meant.is_empty() {
        return edit(span.start, span.end, meant);
    }
    if open(before) && (open(after) || after.is_some_and(|c| ".,;:?!)”".contains(c))) {
        let bare = text[..span.start].trim_end_matches(' ').len();
        let line_start = bare == 0 || text[..bare].ends_with('\n');
        return edit(if line_start { span.start } else { bare }, span.end, "");
    }
    // Glued between two words it took a blank's place; inside a word it did not.
    let parts_words = after.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        || (letter(after) && !letter(before))
        || span.of(text).ends_with('>')
        || span.of(text).contains("20")
        || span.of(text).contains("nbsp");
    let blank = if !open(before) && letter(after) && parts_words { " " } else { "" };
    edit(span.start, span.end, blank)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn what_a_program_left_behind_is_found_and_decoded() {
        insta::assert_snapshot!(check(
            &RULE,
            "\
ANA RUIZ: We don&#39;t know 01001010 why. The captain\u{fffd}\u{fffd} said&nbsp;so, and the crewâ€™s hope~~|~~ sank.<br/>Then \\u201cit\\u201d stopped%20%20here [[]] at <SEG_0007> the pier\u{200b}\u{200b}<br/>.\u{c}

(SOUNDBITE OF MUSIC)0100101001101111Copyright (c) R&amp;B Radio"
        ), @r#"
        1:17 "&#39;": stray characters: &#39;
        1:29 "01001010": stray characters: 01001010
        1:54 "��": stray characters: \u{fffd}\u{fffd}
        1:61 "&nbsp;": stray characters: &nbsp;
        1:83 "â€™": stray characters: \u{e2}\u{20ac}\u{2122}
        1:92 "~~|~~": stray characters: ~~|~~
        1:103 "<br/>": stray characters: <br/>
        1:113 "\\u201c": stray characters: \\u201c
        1:121 "\\u201d": stray characters: \\u201d
        1:135 "%20%20": stray characters: %20%20
        1:146 "[[]]": stray characters: [[]]
        1:154 "<SEG_0007>": stray characters: <SEG_0007>
        1:173 "\u{200b}\u{200b}<br/>": stray characters: \u{200b}\u{200b}<br/>
        1:181 "\u{c}": stray characters: \u{c}
        3:21 "0100101001101111": stray characters: 0100101001101111
        3:52 "&amp;": stray characters: &amp;
        --- fixed
        ANA RUIZ: We don't know why. The captain said so, and the crew’s hope sank. Then “it” stopped here at the pier.

        (SOUNDBITE OF MUSIC) Copyright (c) R&B Radio
        "#);
    }

    #[test]
    fn numbers_accents_and_quoted_code_are_no_debris() {
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ: About 100000000 people, 10000000 or 11000000, 5% to 20%.",
                "ANA RUIZ: The café in Âmes, R&B, AT&T; Don Quixote — «CAFÉ» [laughs] I|O a ~ b.",
                "**Ana Ruiz:** You write `<br/>` and `&nbsp;` there.",
                "ANA RUIZ: The family 👨\u{200d}👩\u{200d}👧 and نمی\u{200c}خواهم stay.",
            ],
        );
    }
}
