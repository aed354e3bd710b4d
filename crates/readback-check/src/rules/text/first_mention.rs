//! T017 `first-mention`: a label that does not introduce its speaker.

use std::collections::HashSet;

use readback_transcript::Label;

use super::{Context, finding};
use crate::rules::{Check, Needs, Rule};
use crate::speakers::{names_a_person, surname};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T017",
    name: "first-mention",
    severity: Severity::Info,
    summary: "a first label without the full name or the role",
    manual: "\
## What it finds
In a text whose other speakers are introduced by their full name: a first label that has only one name. In a
house that states roles: a story in which nobody is labelled with one.

## Why it matters
Indexes and readers learn from the first label who speaks. `PUTIN:` may be clear; most surnames are not.

## Example
`PUTIN: (Speaking Russian).` after `KONSTANTIN ASMOLOV:` and `CHARLES MAYNES, BYLINE:`

## What to do
Write the full name, and the role where house style asks for it, in the first label.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

/// So many speakers must be introduced in full before one that is not stands out.
const LEAST_INTRODUCED: usize = 2;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let people: Vec<&Label> =
        context.labels().filter(|label| names_a_person(&label.name)).collect();
    let mut findings = short_names(&people);
    findings.extend(no_role(context, &people));
    findings
}

fn short_names(people: &[&Label]) -> Vec<Finding> {
    let mut met: HashSet<String> = HashSet::new();
    let mut introduced = 0;
    let mut short: Vec<&Label> = Vec::new();
    for label in people {
        let full = label.name.trim().contains(' ');
        let known = label.name.split_whitespace().any(|part| met.contains(&part.to_lowercase()));
        if !known {
            introduced += usize::from(full);
            short.extend((!full).then_some(*label));
        }
        met.extend(label.name.split_whitespace().map(str::to_lowercase));
        met.insert(surname(&label.name));
    }
    if introduced < LEAST_INTRODUCED || short.len() > introduced {
        return Vec::new();
    }
    short
        .into_iter()
        .map(|label| {
            let message = format!("\"{}\" is not introduced by the full name", label.name);
            finding(&RULE, 0.6, label.span, message, None)
        })
        .collect()
}

/// The first label of a text for a house that states roles, where no label has one.
fn no_role(context: &Context<'_>, people: &[&Label]) -> Option<Finding> {
    let house = context.style.house.filter(|house| house.labels.role_at_first)?;
    let first = people.first()?;
    let stated = context.labels().any(|label| label.role.is_some());
    let message = format!("no label states a role, as {} does", house.network);
    (!stated).then(|| Finding {
        severity: Severity::Warning,
        ..finding(&RULE, 0.8, first.span, message, None)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check_for, desk, finds_nothing};
    use super::*;

    #[test]
    fn a_first_label_that_does_not_introduce_its_speaker_is_found() {
        let text = "ANA RUIZ: One.\n\nJON HALE: Two.\n\nPUTIN: (Speaking Russian).\n\nRUIZ: Four.";
        insta::assert_snapshot!(check_for(&desk("npr"), &RULE, text), @r#"
        5:1 "PUTIN:": "PUTIN" is not introduced by the full name
        1:1 "ANA RUIZ:": no label states a role, as NPR does
        "#);
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ: One.\n\nJON HALE: Two.\n\nCROWD: Three.\n\nRUIZ: Four.",
                "MEE071: One.\n\nRUIZ: Two.\n\nHALE: Three.",
            ],
        );
    }
}
