//! C004 `shown-too-briefly`: a caption shown for less time than the guide allows.

use super::{Context, finding, seconds};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "C004",
    name: "shown-too-briefly",
    severity: Severity::Warning,
    summary: "a caption shown for less time than the guide allows",
    manual: "\
## What it finds
A caption that is gone sooner than the guide allows, however little stands in it. Only where a guide is
named (`--preset`) that states a number is anything measured by it.

## Why it matters
It flashes by before the eye has found it.

## Example
`Yes.` for half a second under a guide of one second.

## What to do
Let it stand longer, or join it with its neighbour.
",
    needs: Needs::Captions,
    check: Check::Captions(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(shortest) = context.rules.shortest else { return Vec::new() };
    let captions = context.seen.iter().filter_map(|seen| {
        let shown = seen.caption.stretch.length();
        let message = format!(
            "the caption is shown for {}, and the guide asks for {}",
            seconds(shown),
            seconds(shortest)
        );
        (shown < shortest).then(|| finding(&RULE, seen.caption, message))
    });
    captions.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_caption_that_flashes_by_is_found() {
        assert_eq!(check(&[(0, 900, "Yes.")]), ["C004"]);
    }
}
