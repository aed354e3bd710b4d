//! C003 `read-too-fast`: a caption that has to be read faster than the guide allows.

use super::{Context, finding, seconds};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

/// Captions that have to be read faster than the guide allows.
pub static RULE: Rule = Rule {
    code: "C003",
    name: "read-too-fast",
    severity: Severity::Warning,
    summary: "a caption that has to be read faster than the guide allows",
    manual: "\
## What it finds
A caption that is shown for less time than the guide gives for so many characters, or words. Characters
are those a viewer sees, blanks between words among them. Only where a guide is named (`--preset`) that
states a number is anything measured by it.

## Why it matters
Who cannot read it in time loses what was said.

## Example
Forty characters shown for one second under a guide of 20 characters a second.

## What to do
Let it stand longer where silence follows. Where speech itself is that fast nothing can be done but to
leave words out, which a transcript does not.
",
    needs: Needs::Captions,
    check: Check::Captions(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let captions = context.seen.iter().filter_map(|seen| {
        let (needed, shown) = (seen.reading(context.rules)?, seen.caption.stretch.length());
        let message = format!(
            "the caption is shown for {}, and reading it takes {}",
            seconds(shown),
            seconds(needed)
        );
        (needed > shown).then(|| finding(&RULE, seen.caption, message))
    });
    captions.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_caption_that_nobody_reads_in_time_is_found() {
        assert_eq!(check(&[(0, 1000, "words on words\non words")]), ["C003"]);
    }
}
