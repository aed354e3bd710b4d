//! T024 `untranslated`: speech in another language that nothing after it gives in English.

use readback_transcript::{CueKind, Piece, Span, Turn};

use super::context::place;
use super::{Context, finding};
use crate::rules::{Check, Needs, Rule};
use crate::speakers::{names_a_person, surname};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T024",
    name: "untranslated",
    severity: Severity::Info,
    summary: "foreign speech without a translation after it",
    manual: "\
## What it finds
A cue for speech in another language by somebody with a name, after which neither quotation marks, nor the
speaker's name, nor `says` or `through interpreter` tell what was said.

## Why it matters
The translation under the voice may have been dropped, or stands under the wrong label.

## Example
`KONSTANTIN ASMOLOV: (Non-English language spoken).` and then a turn about something else

## What to do
Listen whether somebody translates.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !context.english {
        return Vec::new();
    }
    let turns = &context.transcript.turns;
    let foreign =
        turns.iter().enumerate().filter_map(|(index, turn)| Some((index, spoken(turn)?, turn)));
    foreign
        .filter(|(index, _, turn)| !is_given(context, turn, &turns[index + 1..]))
        .map(|(_, cue, _)| {
            let message = "nothing after it tells what was said".to_owned();
            finding(&RULE, 0.5, cue, message, None)
        })
        .collect()
}

/// The cue of a turn by a person that has foreign speech and nothing else.
fn spoken(turn: &Turn) -> Option<Span> {
    let label = turn.label.as_ref()?;
    let [Piece::Cue(cue)] = turn.pieces.as_slice() else { return None };
    (cue.kind == CueKind::ForeignSpeech && names_a_person(&label.name)).then_some(cue.span)
}

/// Whether one of the next turns tells what was said in `turn`.
fn is_given(context: &Context<'_>, turn: &Turn, after: &[Turn]) -> bool {
    const TURNS: usize = 2;
    let name = turn.label.as_ref().map(|label| surname(&label.name)).unwrap_or_default();
    let told = [
        "say",
        "said",
        "interpret",
        "translat",
        "told",
        "add",
        "explain",
        "ask",
        "call",
        "\"",
        "“",
    ];
    after.iter().take(TURNS).flat_map(|turn| &turn.pieces).any(|piece| {
        let shown: String =
            place(piece).of(context.text).chars().take(600).flat_map(char::to_lowercase).collect();
        shown.contains(&name) || told.iter().any(|word| shown.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn foreign_speech_that_nobody_gives_in_english_is_pointed_out() {
        insta::assert_snapshot!(check(
            &RULE,
            "ANA RUIZ: It is the first of the month.\n\nJON HALE: (Speaking Russian).\n\nRUIZ: The weather in the mountains is fine, and the road is open to the public."
        ), @r#"
        3:11 "(Speaking Russian)": nothing after it tells what was said
        "#);
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ: It is the first.\n\nJON HALE: (Speaking Russian).\n\nRUIZ: \"We left,\" of the road.",
                "ANA RUIZ: It is the first.\n\nJON HALE: (Speaking Russian).\n\nRUIZ: The road, said the mayor, is open.",
                "ANA RUIZ: It is the first.\n\nUNIDENTIFIED PERSON: (Speaking Russian).\n\nRUIZ: The road is the one.",
            ],
        );
    }
}
