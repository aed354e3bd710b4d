//! T007 `name-spelt-two-ways`: a name that differs by a slip from one used throughout.

use std::collections::{HashMap, HashSet};

use readback_transcript::{Span, Transcript};

use super::{Context, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T007",
    name: "name-spelt-two-ways",
    severity: Severity::Warning,
    summary: "a name that differs by a slip from one used throughout",
    manual: "\
## What it finds
A capitalised word that occurs once and differs from a speaker's name, or from a name that occurs several
times, by a typing slip: two letters swapped, one doubled or dropped, another vowel, a consonant
that sounds the same. Plurals, possessives and derived words (`Korea`, `Korean`) are left alone.

## Why it matters
A misspelt name sounds right, so no recording gives it away; search does not find it.

## Example
`Brendna` beside `Brenda`.

## What to do
Find out which is right. The fix takes the speaker's or the more frequent spelling. A spelling on the
roster is right.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

/// Shorter words are near too many others.
const LEAST_LETTERS: usize = 5;
/// How often the other spelling must occur where it is no speaker's.
const LEAST_USES: usize = 2;

/// A capitalised word.
struct Name<'a> {
    span: Span,
    text: &'a str,
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let transcript = context.transcript;
    let (names, small) = words(transcript);
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for name in &names {
        *uses.entry(name.text).or_default() += 1;
    }
    let speakers = speakers(transcript);
    let lone = |name: &&Name<'_>| {
        let once = uses[name.text] == 1 && !context.style.roster.knows(name.text);
        let lower = || name.text.to_lowercase();
        once && !speakers.contains_key(&lower()) && !small.contains(lower().as_str())
    };
    let rivals = Rivals::of(&uses, &speakers, &small);
    names.iter().filter(lone).filter_map(|name| name_finding(name, &rivals)).collect()
}

/// The spellings to compare with, by first letter, lower case; the most used first.
struct Rivals(HashMap<char, Vec<(Vec<char>, String)>>);

/// More names with one first letter are not compared: it bounds the work, no story has so many.
const MOST_RIVALS: usize = 500;

impl Rivals {
    /// Those that are used often or by a speaker, and are not also common words.
    fn of(
        uses: &HashMap<&str, usize>,
        speakers: &HashMap<String, String>,
        small: &HashSet<&str>,
    ) -> Self {
        let mut often: HashMap<&str, usize> = HashMap::new();
        for (name, &count) in uses {
            if count >= LEAST_USES && !small.contains(name.to_lowercase().as_str()) {
                often.insert(name, count);
            }
        }
        for name in speakers.values() {
            *often.entry(name).or_default() += LEAST_USES;
        }
        let mut often: Vec<(&str, usize)> = often.into_iter().collect();
        often.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let mut rivals: HashMap<char, Vec<(Vec<char>, String)>> = HashMap::new();
        for (name, _) in often {
            let letters = letters(name);
            let alike = rivals.entry(letters[0]).or_default();
            if alike.len() < MOST_RIVALS {
                alike.push((letters, name.to_owned()));
            }
        }
        Self(rivals)
    }

    /// The spelling of which `name` is a slip.
    fn meant(&self, name: &str) -> Option<&str> {
        let name = letters(name);
        let alike = self.0.get(name.first()?)?;
        alike.iter().find(|(other, _)| is_slip(&name, other)).map(|(_, other)| other.as_str())
    }
}

fn letters(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).collect()
}

fn name_finding(name: &Name<'_>, rivals: &Rivals) -> Option<Finding> {
    let other = rivals.meant(name.text)?;
    let message = format!("\"{}\" is spelt \"{other}\" elsewhere", name.text);
    let fix = edit(name.span.start, name.span.end, other);
    Some(finding(&RULE, 0.8, name.span, message, Some(fix)))
}

/// The capitalised words, without possessive endings; and the words that occur in small letters, as far as
/// they are long enough to matter.
fn words(transcript: &Transcript) -> (Vec<Name<'_>>, HashSet<&str>) {
    let text = &transcript.text;
    let mut names = Vec::new();
    let mut small = HashSet::new();
    for word in transcript.words().filter(|word| word.span.len() >= LEAST_LETTERS) {
        let shown = word.span.of(text);
        let bare = shown.strip_suffix("'s").or_else(|| shown.strip_suffix("’s")).unwrap_or(shown);
        if bare.starts_with(char::is_lowercase) {
            small.insert(bare);
        } else if is_name(bare) {
            let span = Span::new(word.span.start, word.span.start + bare.len());
            names.push(Name { span, text: bare });
        }
    }
    (names, small)
}

/// A capital, then small letters only.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().count() >= LEAST_LETTERS
        && letters.all(char::is_lowercase)
}

/// The parts of the speakers' names, lower case and as they are to be written.
fn speakers(transcript: &Transcript) -> HashMap<String, String> {
    let labels = transcript.turns.iter().filter_map(|turn| turn.label.as_ref());
    let parts = labels
        .flat_map(|label| label.name.split(' '))
        .filter(|part| part.chars().count() >= LEAST_LETTERS);
    let plain = parts.filter(|part| part.chars().all(char::is_alphabetic));
    plain.map(|part| (part.to_lowercase(), capitalised(part))).collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}

/// Whether `name` is `other` with one slip of the hand or the ear.
fn is_slip(name: &[char], other: &[char]) -> bool {
    let start = name.iter().zip(other).take_while(|(a, b)| a == b).count();
    let rest = name[start..].iter().rev().zip(other[start..].iter().rev());
    let end = rest.take_while(|(a, b)| a == b).count();
    let (wrong, right) = (&name[start..name.len() - end], &other[start..other.len() - end]);
    // Endings make plurals, adjectives and other people's names.
    let swapped = wrong.len() == 2 && right.len() == 2;
    start > 0 && (end > 0 || swapped) && same_but_for(wrong, right, name.get(start.wrapping_sub(1)))
}

/// Whether the two differ by one letter more, less or other, or by two swapped.
pub(super) fn is_near(name: &[char], other: &[char]) -> bool {
    let start = name.iter().zip(other).take_while(|(a, b)| a == b).count();
    let rest = name[start..].iter().rev().zip(other[start..].iter().rev());
    let end = rest.take_while(|(a, b)| a == b).count();
    match (&name[start..name.len() - end], &other[start..other.len() - end]) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// Whether `wrong`, after the letter `before`, is a slip for `right`.
fn same_but_for(wrong: &[char], right: &[char], before: Option<&char>) -> bool {
    match (wrong, right) {
        ([a, b], [c, d]) if a == d && b == c => true,
        ([a], [b]) => sounds_alike(*a, *b),
        ([], [letter]) | ([letter], []) => {
            Some(letter) == before || *letter == 'h' || is_vowel(*letter)
        }
        (['p', 'h'], ['f']) | (['f'], ['p', 'h']) => true,
        _ => false,
    }
}

fn is_vowel(letter: char) -> bool {
    "aeiouy".contains(letter)
}

fn sounds_alike(a: char, b: char) -> bool {
    const ALIKE: &[(char, char)] = &[('c', 'k'), ('s', 'z'), ('v', 'w'), ('q', 'k'), ('g', 'j')];
    (is_vowel(a) && is_vowel(b)) || ALIKE.contains(&(a, b)) || ALIKE.contains(&(b, a))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_for, finds_nothing};
    use super::*;
    use crate::Roster;
    use crate::Style;

    #[test]
    fn a_slip_in_a_name_is_found_and_other_names_are_not() {
        insta::assert_snapshot!(check(
            &RULE,
            "\
BRENDAN CORVANE: We met Minister Lebedev. Later Lebedev wrote to Anselm.

ANA RUIZ: So Corvanne trusts Lebedev, says Brendna. But Lebedev left Ansellm."
        ), @r#"
        3:14 "Corvanne": "Corvanne" is spelt "Corvane" elsewhere
        3:44 "Brendna": "Brendna" is spelt "Brendan" elsewhere
        --- fixed
        BRENDAN CORVANE: We met Minister Lebedev. Later Lebedev wrote to Anselm.

        ANA RUIZ: So Corvane trusts Lebedev, says Brendan. But Lebedev left Ansellm.
        "#);
        finds_nothing(
            &RULE,
            &[
                "ANA MARSH: In March we went. Korea is near; Korea, Korea, and Korean ships. The Marshes stay.",
                "JON HARRIS: Harrison met Austria, Austria, Austria and Australia. The Americas, America, America, America's.",
                "JON HARRIS: We saw Martin, Martin, Martin and Marvin.",
            ],
        );
    }

    #[test]
    fn a_spelling_that_the_roster_settles_is_no_slip_of_another() {
        let roster = Roster::parse("Corvanne");
        let style = Style { roster, ..Style::default() };
        let text = "IAN CORVANE: We met.\n\nANA RUIZ: So Corvanne says.";
        assert_ne!(check(&RULE, text), "");
        assert_eq!(check_for(&style, &RULE, text), "");
    }
}
