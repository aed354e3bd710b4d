//! T013 `label-drift`: one speaker under labels of different make.

use std::collections::HashMap;

use readback_transcript::Label;

use super::{Context, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::speakers::{names_a_person, surname};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T013",
    name: "label-drift",
    severity: Severity::Warning,
    summary: "a label written unlike the others of its speaker",
    manual: "\
## What it finds
A label in small letters among labels in capitals, or the other way round; a speaker who goes by the first
name here and by the surname there.

## Why it matters
Indexes, captions and search take the two for two people.

## Example
`KONSTANTIN ASMOLOV:` and later `Asmolov:`

## What to do
Write the label as the others. The fix sets capitals or small letters; which name to use is for
you to say.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = other_case(context);
    findings.extend(other_name(context));
    findings
}

/// Whether a name is in capitals; `None` where it has too few letters to tell.
fn in_capitals(label: &Label) -> Option<bool> {
    let letters = label.name.chars().filter(|c| c.is_alphabetic()).count();
    (letters > 2).then(|| !label.name.contains(char::is_lowercase))
}

/// The few labels in small letters among many in capitals, or the few in capitals.
fn other_case(context: &Context<'_>) -> Vec<Finding> {
    let capitals = context.labels().filter(|label| in_capitals(label) == Some(true)).count();
    let small = context.labels().filter(|label| in_capitals(label) == Some(false)).count();
    if capitals.min(small) == 0 || capitals.max(small) < 3 * capitals.min(small) {
        return Vec::new();
    }
    let usual = capitals > small;
    let speakers: HashMap<String, &str> = context
        .labels()
        .filter(|label| in_capitals(label) == Some(usual))
        .map(|label| (surname(&label.name), label.name.as_str()))
        .collect();
    let drifted = context.labels().filter(|label| in_capitals(label) == Some(!usual));
    let named = drifted.filter(|label| speakers.contains_key(&surname(&label.name)));
    named
        .map(|label| {
            let written = if usual { label.name.to_uppercase() } else { titled(&label.name) };
            let span = label.span;
            let fix = edit(span.start, span.start + label.name.len(), written.as_str());
            let message =
                format!("the label \"{}\" is written \"{written}\" elsewhere", label.name);
            finding(&RULE, 0.9, span, message, Some(fix))
        })
        .collect()
}

fn titled(name: &str) -> String {
    let words = name.split(' ').map(|word| {
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().collect();
        first + &letters.as_str().to_lowercase()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// How the labels of a full name are shortened, by how often.
#[derive(Default)]
struct Shortened {
    first: usize,
    last: usize,
}

/// Labels that shorten a full name to its other end than the labels of that speaker mostly do.
fn other_name(context: &Context<'_>) -> Vec<Finding> {
    let names = full_names(context);
    let mut uses: HashMap<&str, Shortened> = HashMap::new();
    for label in context.labels() {
        if let Some((full, is_last)) = names.get(&label.name.to_lowercase()) {
            let shortened = uses.entry(full).or_default();
            *(if *is_last { &mut shortened.last } else { &mut shortened.first }) += 1;
        }
    }
    let drifted = context.labels().filter_map(|label| {
        let (full, is_last) = names.get(&label.name.to_lowercase())?;
        let counts = &uses[full.as_str()];
        let (here, there) =
            if *is_last { (counts.last, counts.first) } else { (counts.first, counts.last) };
        (there > 0 && here * 2 <= there).then_some((label, full))
    });
    drifted
        .map(|(label, full)| {
            let message = format!("{full} goes by another part of the name elsewhere");
            Finding { severity: Severity::Info, ..finding(&RULE, 0.7, label.span, message, None) }
        })
        .collect()
}

/// First names and surnames of the labels that name people in full, lower case, with the full name and
/// whether it is its last part. What two people share is left out.
fn full_names(context: &Context<'_>) -> HashMap<String, (String, bool)> {
    let mut names: HashMap<String, Option<(String, bool)>> = HashMap::new();
    for label in context.labels().filter(|label| names_a_person(&label.name)) {
        let parts: Vec<&str> = label.name.split_whitespace().collect();
        let [first, .., last] = parts.as_slice() else { continue };
        for (part, is_last) in [(first, false), (last, true)] {
            let known = Some((label.name.clone(), is_last));
            let entry = names.entry(part.to_lowercase()).or_insert_with(|| known.clone());
            if entry.as_ref().is_some_and(|(full, _)| !full.eq_ignore_ascii_case(&label.name)) {
                *entry = None;
            }
        }
    }
    names.into_iter().filter_map(|(part, known)| Some((part, known?))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn labels_of_one_speaker_are_written_alike() {
        insta::assert_snapshot!(check(
            &RULE,
            "\
ANA RUIZ: One.\n\nJON HALE: Two.\n\nRUIZ: Three.\n\nHale: Four.\n\nHALE: Five.\n\nANA: Six.\n\nRUIZ: Seven."
        ), @r#"
        7:1 "Hale:": the label "Hale" is written "HALE" elsewhere
        11:1 "ANA:": ANA RUIZ goes by another part of the name elsewhere
        --- fixed
        ANA RUIZ: One.

        JON HALE: Two.

        RUIZ: Three.

        HALE: Four.

        HALE: Five.

        ANA: Six.

        RUIZ: Seven.
        "#);
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ, HOST: One.\n\nJON HALE: Two.\n\nRUIZ: Three.\n\nHALE: Four.",
                "**Ana Ruiz:** One.\n\n**JON:** Two.\n\n**Ana Ruiz:** Three.",
            ],
        );
    }
}
