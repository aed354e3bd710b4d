//! T004 `label-inside-paragraph`: a speaker label that does not begin a paragraph.

use readback_transcript::Span;

use super::cue_and_label_together::follows_cue;
use super::{Context, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T004",
    name: "label-inside-paragraph",
    severity: Severity::Warning,
    summary: "a speaker label inside a paragraph",
    manual: "\
## What it finds
A speaker's name with a colon in the middle of a paragraph, where house style begins a new one.

## Why it matters
The words after it look like the first speaker's, to readers and to every program that takes the text
apart by paragraphs.

## Example
`…of South Korea's new power triangle.” Asmolov: (Non-English language spoken).`

## What to do
Begin a new paragraph before the label. The fix does that; it leaves the label as it is written.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let transcript = context.transcript;
    let labels = transcript.turns.iter().filter_map(|turn| turn.label.as_ref());
    let inline = labels.filter(|label| label.inline && !follows_cue(context, label));
    inline
        .map(|label| {
            let before = Span::new(0, label.span.start).of(&transcript.text);
            let blank = before.trim_end().len();
            let fix = edit(blank, label.span.start, "\n\n");
            let message = format!("the label \"{}\" stands inside a paragraph", label.name);
            finding(&RULE, 0.95, label.span, message, Some(fix))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn a_label_inside_a_paragraph_begins_a_new_one() {
        insta::assert_snapshot!(check(
            &RULE,
            "ANA RUIZ, BYLINE: It was cold.\n\nJON HALE: Very cold. RUIZ: How cold? HALE: Like iron."
        ), @r#"
        3:22 "RUIZ:": the label "RUIZ" stands inside a paragraph
        3:38 "HALE:": the label "HALE" stands inside a paragraph
        --- fixed
        ANA RUIZ, BYLINE: It was cold.

        JON HALE: Very cold.

        RUIZ: How cold?

        HALE: Like iron.
        "#);
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ: One thing is clear: it was cold. He said: no.\n\nJON HALE: At 5:30, yes.",
                "ANA RUIZ: It is late.\n\nHale: (Non-English language spoken).",
            ],
        );
    }
}
