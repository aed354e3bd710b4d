//! T009 `unknown-cue`: a cue that the house does not write.

use readback_transcript::Cue;

use super::{Context, finding};
use crate::house::{inside, says};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, House, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T009",
    name: "unknown-cue",
    severity: Severity::Info,
    summary: "a cue that the house does not write",
    manual: "\
## What it finds
A cue that is none of the standing cues of the house style and none of the desk's own. The house is the one
that `readback.toml` names, or the one that the text shows; a text of no known house is left alone.

## Why it matters
Cues tell programs what is no speech: captions drop them, word counts leave them out. One of a kind is not
recognised, and readers wonder what it means.

## Example
`(MUSIC PLAYS)` in a text for NPR, which writes `(SOUNDBITE OF MUSIC)`.

## What to do
Write it as the house does, or add it to the desk's cues in `readback.toml`. With a house named there the
finding is a warning.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

/// Cues of every house.
const COMMON: &[&str] =
    &["POST-BROADCAST CORRECTION…", "Editor's note…", "EDITOR'S NOTE…", "Editor’s note…"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(house) = context.house else { return Vec::new() };
    let cues = context.transcript.cues();
    cues.filter(|cue| !is_known(context, house, cue))
        .map(|cue| {
            let message = format!("{} does not write this cue", house.network);
            let asked = context.style.house.is_some();
            let severity = if asked { Severity::Warning } else { Severity::Info };
            let confidence = if asked { 0.8 } else { 0.6 };
            Finding { severity, ..finding(&RULE, confidence, cue.span, message, None) }
        })
        .collect()
}

/// Whether the house, the desk or everybody writes `cue`, or another rule tells what is wrong with it.
fn is_known(context: &Context<'_>, house: &House, cue: &Cue) -> bool {
    let shown = cue.span.of(context.text);
    let content = inside(shown).trim_end_matches('.');
    let own = || context.style.cues.iter().any(|phrase| says(content, phrase));
    let malformed = !shown.starts_with(['(', '[']) || !shown.ends_with([')', ']']);
    let is_time = !content.contains(char::is_alphabetic);
    house.writes_cue(content)
        || own()
        || malformed
        || is_time
        || COMMON.iter().any(|phrase| says(content, phrase))
        || super::malformed_cue::is_misspelt(content)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check_for, desk, finds_nothing};
    use super::*;
    use crate::Style;

    #[test]
    fn a_cue_that_the_house_does_not_write_is_found() {
        let text = "\
ANA RUIZ, HOST: It began. (MUSIC PLAYS LOUDLY)

(SOUNDBITE OF GULLS)

JON HALE: (Through interpreter) We left. (CREAKING) Then (ph) it fell. (LAUGHTER)";
        insta::assert_snapshot!(check_for(&desk("npr-2023"), &RULE, text), @r#"
        1:27 "(MUSIC PLAYS LOUDLY)": NPR does not write this cue
        5:42 "(CREAKING)": NPR does not write this cue
        "#);
        let cues = vec!["music …".to_owned(), "Creaking".to_owned()];
        let own = Style { cues, ..desk("npr-2023") };
        assert_eq!(check_for(&own, &RULE, text), "");
        finds_nothing(&RULE, &["**Ana Ruiz:** I know. [horn blows]"]);
    }
}
