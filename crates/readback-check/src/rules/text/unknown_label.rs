//! T014 `unknown-label`: a label used once that is a slip for another.

use std::collections::HashMap;

use readback_transcript::Label;

use super::name_spelt_two_ways::is_near;
use super::{Context, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::speakers::{names_a_person, surname};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T014",
    name: "unknown-label",
    severity: Severity::Warning,
    summary: "a label used once that is a letter from another",
    manual: "\
## What it finds
A label that occurs once, and whose name is one letter, or two letters swapped, from a name that labels
several turns.

## Why it matters
Its turn belongs to nobody, and a reader meets a person who does not exist.

## Example
`MAYENS:` among labels that say `MAYNES:`

## What to do
Correct the name. The fix writes the other one.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let labels: Vec<&Label> =
        context.labels().filter(|label| names_a_person(&label.name)).collect();
    let mut uses: HashMap<String, usize> = HashMap::new();
    for label in &labels {
        *uses.entry(surname(&label.name)).or_default() += 1;
    }
    let mut often: Vec<&String> =
        uses.iter().filter(|(_, n)| **n > 1).map(|(name, _)| name).collect();
    often.sort();
    often.truncate(MOST_COMPARED);
    let once = labels.iter().filter(|label| uses[&surname(&label.name)] == 1).take(MOST_COMPARED);
    once.filter_map(|label| slip(label, &often)).collect()
}

/// No story has so many speakers; it bounds the work.
const MOST_COMPARED: usize = 500;
/// Shorter names are near too many others.
const LEAST_LETTERS: usize = 5;

fn slip(label: &Label, often: &[&String]) -> Option<Finding> {
    let name = surname(&label.name);
    let letters: Vec<char> = name.chars().collect();
    if letters.len() < LEAST_LETTERS {
        return None;
    }
    let meant = often.iter().find(|other| is_near(&letters, &other.chars().collect::<Vec<_>>()))?;
    let written = if label.name.contains(char::is_lowercase) {
        let first: String = meant.chars().take(1).flat_map(char::to_uppercase).collect();
        first + &meant.chars().skip(1).collect::<String>()
    } else {
        meant.to_uppercase()
    };
    let last = label.name.rfind(' ').map_or(0, |blank| blank + 1);
    let start = label.span.start;
    let fix = edit(start + last, start + label.name.len(), written.as_str());
    let message =
        format!("nobody else is called \"{}\"; other labels say \"{written}\"", label.name);
    Some(finding(&RULE, 0.85, label.span, message, Some(fix)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn a_label_a_letter_from_another_is_found() {
        insta::assert_snapshot!(check(
            &RULE,
            "CHARLES MAYNES: One.\n\nJON HALE: Two.\n\nMAYENS: Three.\n\nHALE: Four.\n\nMAYNES: Five."
        ), @r#"
        5:1 "MAYENS:": nobody else is called "MAYENS"; other labels say "MAYNES"
        --- fixed
        CHARLES MAYNES: One.

        JON HALE: Two.

        MAYNES: Three.

        HALE: Four.

        MAYNES: Five.
        "#);
        finds_nothing(
            &RULE,
            &[
                "MEE071: One.\n\nMEE073: Two.\n\nMEE071: Three.",
                "ANA MARTIN: One.\n\nJON MARVIN: Two.\n\nMARTIN: Three.\n\nMARVIN: Four.",
            ],
        );
    }
}
