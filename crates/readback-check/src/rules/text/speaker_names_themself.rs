//! T016 `speaker-names-themself`: a speaker who thanks or greets their own name.

use std::collections::{HashMap, HashSet};

use readback_transcript::{Piece, Span, Turn, Word};

use super::{Context, finding};
use crate::rules::{Check, Needs, Rule};
use crate::speakers::{names_a_person, surname};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T016",
    name: "speaker-names-themself",
    severity: Severity::Warning,
    summary: "a speaker who thanks or greets their own name",
    manual: "\
## What it finds
English turns that begin by thanking, greeting or calling somebody of the speaker's own name, where nobody
else in the story has it.

## Why it matters
People hardly ever call themselves by name: the label is wrong, and somebody else's words are put into this
speaker's mouth.

## Example
`KURTIS: Thank you, Bill.` where Bill Kurtis is the one who is thanked.

## What to do
Listen who speaks, and correct the label.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

/// What comes before the name of the person spoken to, at the start of a turn.
const CALLS: &[&[&str]] = &[
    &["thank", "you"],
    &["thanks"],
    &["thanks", "so", "much"],
    &["thank", "you", "so", "much"],
    &["thank", "you", "very", "much"],
    &["hi"],
    &["hello"],
    &["hey"],
    &["good", "morning"],
    &["good", "evening"],
    &["good", "afternoon"],
    &["welcome"],
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !context.english {
        return Vec::new();
    }
    let names = own_names(context);
    let turns = context.transcript.turns.iter();
    turns.filter_map(|turn| calls_itself(context, turn, &names)).collect()
}

/// By surname: the names that only this speaker has, lower case.
fn own_names(context: &Context<'_>) -> HashMap<String, HashSet<String>> {
    let mut bearers: HashMap<String, HashSet<String>> = HashMap::new();
    for label in context.labels().filter(|label| names_a_person(&label.name)) {
        let last = surname(&label.name);
        for part in label.name.split_whitespace().filter(|part| part.len() > 2) {
            bearers.entry(part.to_lowercase()).or_default().insert(last.clone());
        }
    }
    let mut names: HashMap<String, HashSet<String>> = HashMap::new();
    for (name, bearers) in bearers {
        let mut bearers = bearers.into_iter();
        if let (Some(bearer), None) = (bearers.next(), bearers.next()) {
            names.entry(bearer).or_default().insert(name);
        }
    }
    names
}

fn calls_itself(
    context: &Context<'_>,
    turn: &Turn,
    names: &HashMap<String, HashSet<String>>,
) -> Option<Finding> {
    let label = turn.label.as_ref()?;
    let own = names.get(&surname(&label.name))?;
    let Some(Piece::Speech { words, .. }) = turn.pieces.first() else { return None };
    let called = called(context.text, words)?;
    let name = called.of(context.text);
    let message = format!("{} seems to call themself by name: \"{name}\"", label.name);
    own.contains(&name.to_lowercase())
        .then(|| finding(&RULE, 0.75, called.union(label.span), message, None))
}

/// The name that a turn begins by calling: `Thank you, Bill.`
fn called(text: &str, words: &[Word]) -> Option<Span> {
    let shown = |word: &Word| word.span.of(text).to_lowercase();
    let begins = |call: &&&[&str]| {
        words.len() > call.len() && call.iter().zip(words).all(|(said, word)| shown(word) == *said)
    };
    let call = CALLS.iter().filter(begins).max_by_key(|call| call.len())?;
    let name = words[call.len()].span;
    let before = Span::new(words[call.len() - 1].span.end, name.start).of(text);
    let after = text[name.end..].chars().next();
    let alone = matches!(before, ", " | " ") && after.is_none_or(|c| ".,!?".contains(c));
    (alone && name.of(text).starts_with(char::is_uppercase)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn a_speaker_who_thanks_their_own_name_is_found() {
        insta::assert_snapshot!(check(
            &RULE,
            "BILL KURTIS: Here is the host of the show.\n\nKURTIS: Thank you, Bill.\n\nANA RUIZ: Good morning, Bill."
        ), @r#"
        3:1 "KURTIS: Thank you, Bill": KURTIS seems to call themself by name: "Bill"
        "#);
        finds_nothing(
            &RULE,
            &[
                "BILL KURTIS: It is the end of the show.\n\nANA RUIZ: Thank you, Bill.\n\nKURTIS: Thanks, Ana. I'm Bill Kurtis.",
                "BILL KURTIS: It is the end.\n\nBILL HALE: Thank you, Bill, and the rest of it.",
                "BILL KURTIS: Welcome Bill Kurtis fans of the show.",
            ],
        );
    }
}
