//! T010 `cue-and-label-together`: a label right after a cue, on its line.

use readback_transcript::{Label, Span};

use super::{Context, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T010",
    name: "cue-and-label-together",
    severity: Severity::Warning,
    summary: "a speaker label on the line of a cue",
    manual: "\
## What it finds
A speaker's label that follows a cue on the same line.

## Why it matters
The cue belongs to what was before, the label begins a new turn. Run together, the cue looks like part of the
label, and programs that look for labels at the start of a paragraph miss the turn.

## Example
`(END VIDEO CLIP) HUNT: All right.`

## What to do
Begin a new paragraph before the label. The fix does.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let labels = context.labels().filter(|label| label.inline && follows_cue(context, label));
    labels
        .map(|label| {
            let cue_end = context.text[..label.span.start].trim_end().len();
            let fix = edit(cue_end, label.span.start, "\n\n");
            let message = format!("the label \"{}\" stands on the line of a cue", label.name);
            finding(&RULE, 0.95, label.span, message, Some(fix))
        })
        .collect()
}

/// Whether nothing but blanks stands between the end of a cue and `label`.
pub(super) fn follows_cue(context: &Context<'_>, label: &Label) -> bool {
    let before = Span::new(0, label.span.start).of(context.text).trim_end();
    let closed = before.ends_with([')', ']']);
    closed && context.ends_cue(before.len())
}

#[cfg(test)]
mod tests {
    use super::super::label_inside_paragraph;
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn a_label_on_the_line_of_a_cue_begins_a_paragraph() {
        let text = "\
(BEGIN VIDEO CLIP)

ANA RUIZ, CNN ANCHOR: It was cold.

(END VIDEO CLIP) JON HALE: All right.

JON HALE: Yes. (LAUGHTER)RUIZ: No.";
        insta::assert_snapshot!(check(&RULE, text), @r#"
        5:18 "JON HALE:": the label "JON HALE" stands on the line of a cue
        7:26 "RUIZ:": the label "RUIZ" stands on the line of a cue
        --- fixed
        (BEGIN VIDEO CLIP)

        ANA RUIZ, CNN ANCHOR: It was cold.

        (END VIDEO CLIP)

        JON HALE: All right.

        JON HALE: Yes. (LAUGHTER)

        RUIZ: No.
        "#);
        finds_nothing(&label_inside_paragraph::RULE, &[text]);
        finds_nothing(
            &RULE,
            &["(SOUNDBITE OF MUSIC)\n\nANA RUIZ: Hello. (LAUGHTER) One thing: it was cold."],
        );
    }
}
