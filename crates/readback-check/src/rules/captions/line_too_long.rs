//! C001 `line-too-long`: a line of a caption wider than the guide allows.

use unicode_width::UnicodeWidthStr;

use super::{Context, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "C001",
    name: "line-too-long",
    severity: Severity::Warning,
    summary: "a line of a caption wider than the guide allows",
    manual: "\
## What it finds
A line with more columns than the guide allows. A wide character, as Chinese has them, takes two. Only
where a guide is named (`--preset`) that states a number is anything measured by it.

## Why it matters
Players break the line where it happens to end, or cut it off.

## Example
`It has been nine years since anyone promised us a new bridge.` under a guide of 42 columns.

## What to do
Break the caption at another place, or make two of it; `readback caption` does.
",
    needs: Needs::Captions,
    check: Check::Captions(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(most) = context.rules.columns else { return Vec::new() };
    let captions = context.seen.iter().filter_map(|seen| {
        let widest = seen.caption.lines.iter().map(|line| line.width()).max()?;
        let message = format!("a line is {widest} columns wide, and the guide allows {most}");
        (widest > most).then(|| finding(&RULE, seen.caption, message))
    });
    captions.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_line_wider_than_the_guide_allows_is_found() {
        assert_eq!(check(&[(0, 3000, "This line is far too wide.")]), ["C001"]);
    }
}
