//! C006 `gap-too-short`: a gap between captions that the guide wants closed or longer.

use readback_transcript::Length;

use super::{Context, finding, seconds};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "C006",
    name: "gap-too-short",
    severity: Severity::Info,
    summary: "a gap between captions that the guide wants closed or longer",
    manual: "\
## What it finds
Less time between two captions than the guide asks for, or a gap that is neither closed nor long enough
to be seen as one. Captions that overlap are C007. Only where a guide is named (`--preset`) that states
a number is anything measured by it.

## Why it matters
Without a gap the eye does not see that the caption has changed; a very short one is a flicker.

## Example
A gap of 0.3 s under a guide that closes those below 0.5 s to two frames.

## What to do
Let the earlier caption end sooner, or close the gap.
",
    needs: Needs::Captions,
    check: Check::Captions(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let least = context.rules.gap.unwrap_or(Length::ZERO);
    let closed = context.rules.closed_below.unwrap_or(least);
    let pairs = context.seen.windows(2).filter_map(|pair| {
        let gap = pair[1].caption.stretch.start() - pair[0].caption.stretch.end();
        let wanted = if gap < least { least } else { closed };
        let fits = gap < Length::ZERO || gap == least || gap >= wanted;
        let message = format!("only {} lie before the next caption", seconds(gap));
        (!fits).then(|| finding(&RULE, pair[0].caption, message))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_gap_neither_closed_nor_long_enough_is_found() {
        for next in [2300, 2040] {
            assert_eq!(check(&[(0, 2000, "Yes."), (next, 4000, "No.")]), ["C006"]);
        }
    }
}
