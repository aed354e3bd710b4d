//! C005 `shown-too-long`: a caption shown for more time than the guide allows.

use super::{Context, finding, seconds};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "C005",
    name: "shown-too-long",
    severity: Severity::Warning,
    summary: "a caption shown for more time than the guide allows",
    manual: "\
## What it finds
A caption that stands longer than the guide allows. Only where a guide is named (`--preset`) that states
a number is anything measured by it.

## Why it matters
Viewers read it again, and miss that nothing new was said.

## Example
A caption of nine seconds under a guide of seven.

## What to do
Break it in two, or end it when its words end.
",
    needs: Needs::Captions,
    check: Check::Captions(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(longest) = context.rules.longest else { return Vec::new() };
    let captions = context.seen.iter().filter_map(|seen| {
        let shown = seen.caption.stretch.length();
        let message = format!(
            "the caption is shown for {}, and the guide allows {}",
            seconds(shown),
            seconds(longest)
        );
        (shown > longest).then(|| finding(&RULE, seen.caption, message))
    });
    captions.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_caption_that_outstays_the_guide_is_found() {
        assert_eq!(check(&[(0, 5001, "Yes.")]), ["C005"]);
    }
}
