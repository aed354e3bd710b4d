//! T028 `unpaired-clip`: a clip that is begun and not ended, or ended and not begun.

use readback_transcript::Span;

use super::{Context, finding};
use crate::house::{inside, says};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, House, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T028",
    name: "unpaired-clip",
    severity: Severity::Warning,
    summary: "a clip begun and not ended, or ended and not begun",
    manual: "\
## What it finds
In houses that put clips between two cues, as CNN does: a clip that begins before the last one has ended, or
ends without having begun.

## Why it matters
What stands between the two was recorded earlier, perhaps elsewhere. With one of them missing, live words
read as a clip.

## Example
`(BEGIN VIDEO CLIP)` twice, and `(END VIDEO CLIP)` once

## What to do
Set the missing cue where the clip begins or ends.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(house) = context.house else { return Vec::new() };
    let mut open: Option<(usize, Span)> = None;
    let mut findings = Vec::new();
    for cue in context.transcript.cues() {
        let Some((kind, begins)) = clip(house, inside(cue.span.of(context.text))) else { continue };
        match open.filter(|(opened, _)| begins || *opened == kind) {
            Some((_, begun)) if begins => findings.push(unpaired(begun, "is never ended")),
            None if !begins => findings.push(unpaired(cue.span, "was never begun")),
            _ => {}
        }
        open = begins.then_some((kind, cue.span));
    }
    findings.extend(open.map(|(_, begun)| unpaired(begun, "is never ended")));
    findings
}

/// Which of the house's pairs a cue belongs to, and whether it opens it.
fn clip(house: &House, content: &str) -> Option<(usize, bool)> {
    let mut pairs = house.cues.pairs.iter().enumerate();
    let of_pair = |(kind, (open, close)): (usize, &(&str, &str))| {
        let begins = says(content, open);
        (begins || says(content, close)).then_some((kind, begins))
    };
    pairs.find_map(of_pair)
}

fn unpaired(span: Span, what: &str) -> Finding {
    finding(&RULE, 0.85, span, format!("the clip {what}"), None)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check_for, desk};
    use super::*;

    #[test]
    fn a_clip_without_its_other_end_is_found() {
        let text = "\
(BEGIN VIDEO CLIP)\n\nANA RUIZ: One.\n\n(BEGIN VIDEO CLIP)\n\nJON HALE: Two.\n\n(END VIDEO CLIP)\n\nRUIZ: Three.\n\n(END VIDEO CLIP)";
        insta::assert_snapshot!(check_for(&desk("cnn"), &RULE, text), @r#"
        1:1 "(BEGIN VIDEO CLIP)": the clip is never ended
        13:1 "(END VIDEO CLIP)": the clip was never begun
        "#);
        let whole = "(BEGIN VIDEO CLIP)\n\nANA RUIZ: One.\n\n(END VIDEO CLIP)\n\nJON HALE: Two.";
        assert_eq!(check_for(&desk("cnn"), &RULE, whole), "");
    }
}
