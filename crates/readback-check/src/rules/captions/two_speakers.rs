//! C008 `two-speakers`: words of two speakers in one caption.

use super::context::{Context, Seen};
use super::finding;
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "C008",
    name: "two-speakers",
    severity: Severity::Warning,
    summary: "words of two speakers in one caption",
    manual: "\
## What it finds
A caption in which one speaker's words end and another's begin, under a guide that wants a new caption
for each speaker. Only where a guide is named (`--preset`) that states a number is anything measured by
it.

## Why it matters
Viewers cannot tell whose words are whose, and Podcasting 2.0 names one speaker for a caption.

## Example
`ANA: Is it safe?` and `BO: No.` in one caption.

## What to do
Begin a new caption where the speaker changes.
",
    needs: Needs::Captions,
    check: Check::Captions(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let two = |seen: &&Seen<'_>| seen.words.windows(2).any(|pair| pair[0].0 != pair[1].0);
    let captions = context.seen.iter().filter(|_| context.rules.one_speaker).filter(two);
    let message = "two speakers share this caption, and the guide wants one for each";
    captions.map(|seen| finding(&RULE, seen.caption, message.into())).collect()
}

#[cfg(test)]
mod tests {
    use readback_transcript::{Piece, Turn, Word};

    use super::super::check_captions;
    use super::super::tests::{GUIDE, captions, codes};

    #[test]
    fn two_speakers_may_not_share_a_caption() {
        let mut given = captions(&[(0, 2000, "Is it?\nNo.")]);
        let Piece::Speech { span, words } = given.turns[0].pieces.remove(0) else { unreachable!() };
        let turn = |words: &[Word]| Turn {
            pieces: vec![Piece::Speech { span, words: words.to_vec() }],
            ..Turn::default()
        };
        given.turns = vec![turn(&words[..2]), turn(&words[2..])];
        assert_eq!(codes(&check_captions(&given, &GUIDE, None)), ["C008"]);
    }
}
