//! C007 `captions-overlap`: a caption that begins before the one before it has ended.

use readback_transcript::Length;

use super::{Context, finding, seconds};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "C007",
    name: "captions-overlap",
    severity: Severity::Warning,
    summary: "a caption that begins before the one before it has ended",
    manual: "\
## What it finds
A caption that begins while the one above it in the file is still shown, or even before that one began.
It is looked for whenever a guide is named (`--preset`), whatever that guide says.

## Why it matters
Players show both at once, one over the other, or drop one of them.

## Example
`00:00:04.500` after a caption that ends at `00:00:05.000`.

## What to do
End the earlier one where the later one begins.
",
    needs: Needs::Captions,
    check: Check::Captions(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let pairs = context.seen.windows(2).filter_map(|pair| {
        let over = pair[0].caption.stretch.end() - pair[1].caption.stretch.start();
        let message = format!("it begins {} before the caption above it ends", seconds(over));
        (over > Length::ZERO).then(|| finding(&RULE, pair[1].caption, message))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_caption_that_begins_before_the_other_has_ended_is_found() {
        assert_eq!(check(&[(0, 2000, "Yes."), (1900, 4000, "No.")]), ["C007"]);
    }
}
