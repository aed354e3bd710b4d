//! C002 `too-many-lines`: a caption of more lines than the guide allows.

use super::{Context, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "C002",
    name: "too-many-lines",
    severity: Severity::Warning,
    summary: "a caption of more lines than the guide allows",
    manual: "\
## What it finds
A caption with more lines than the guide allows. Only where a guide is named (`--preset`) that states a
number is anything measured by it.

## Why it matters
It hides the picture, or its last line is not shown.

## Example
Three lines under a guide of two.

## What to do
Make two captions of it; `readback caption` does.
",
    needs: Needs::Captions,
    check: Check::Captions(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(most) = context.rules.lines else { return Vec::new() };
    let captions = context.seen.iter().filter_map(|seen| {
        let lines = seen.caption.lines.len();
        let message = format!("the caption has {lines} lines, and the guide allows {most}");
        (lines > most).then(|| finding(&RULE, seen.caption, message))
    });
    captions.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn more_lines_than_the_guide_allows_are_found() {
        assert_eq!(check(&[(0, 3000, "wind\nrain\nhail")]), ["C002"]);
    }
}
