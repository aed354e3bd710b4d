//! Faults of names: one person or place for another, and names spelt wrong.

use fastrand::Rng;

use super::Edit;
use super::lexicon::{GIVEN_NAMES, NOT_NAMES, PLACES, SURNAMES, holds};
use super::said::pick;
use crate::eval::transcript::{Span, Transcript};

/// One person's given name or surname for another's, of this story or from nowhere.
pub fn name_swap(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let people: Vec<&Span> = names(transcript).filter(|name| is_person(transcript, name)).collect();
    let is_surname = |name: &Span| {
        let capitals = transcript.text(name).to_uppercase();
        transcript.labels.iter().any(|label| label.name.to_uppercase().ends_with(&capitals))
    };
    let (surnames, given): (Vec<&Span>, Vec<&Span>) =
        people.into_iter().partition(|name| is_surname(name));
    let mut edits = Vec::new();
    for (names, strangers) in [(surnames, SURNAMES), (given, GIVEN_NAMES)] {
        let here: Vec<&str> = names.iter().map(|name| transcript.text(name)).collect();
        let strangers: Vec<&str> = strangers.split_whitespace().collect();
        edits.extend(swapped(transcript, rng, &names, &here, &strangers));
    }
    edits
}

/// One place for another, of this story or of the wide world.
pub fn place_swap(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let world: Vec<&str> = PLACES.split_whitespace().collect();
    let places: Vec<&Span> = names(transcript).filter(|name| is_place(transcript, name)).collect();
    let here: Vec<&str> = places.iter().map(|name| transcript.text(name)).collect();
    swapped(transcript, rng, &places, &here, &world)
}

/// A name spelt wrong, as one would who heard it right.
pub fn name_misspell(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let long = names(transcript).filter(|name| name.len() > 4);
    let spelt = long.map(|name| {
        let word = transcript.text(name);
        let start = rng.usize(..RESPELLINGS.len());
        let respelt = (0..RESPELLINGS.len()).find_map(|step| {
            let (from, to) = RESPELLINGS[(start + step) % RESPELLINGS.len()];
            let first = word.chars().next().map_or(0, char::len_utf8);
            let at = word[first..].find(from)? + first;
            Some(format!("{}{to}{}", &word[..at], &word[at + from.len()..]))
        });
        Edit::seen(name.clone(), respelt.unwrap_or_else(|| format!("{word}e")))
    });
    spelt.collect()
}

/// Letters that stand for the same sound, more or less.
const RESPELLINGS: &[(&str, &str)] = &[
    ("ll", "l"),
    ("ss", "s"),
    ("tt", "t"),
    ("nn", "n"),
    ("rr", "r"),
    ("ck", "k"),
    ("ph", "f"),
    ("ei", "ie"),
    ("ie", "ei"),
    ("ey", "y"),
    ("ay", "ey"),
    ("ea", "ee"),
    ("er", "or"),
    ("or", "er"),
    ("en", "an"),
    ("an", "en"),
    ("on", "en"),
    ("in", "yn"),
    ("le", "el"),
    ("sh", "sch"),
    ("z", "s"),
    ("k", "c"),
    ("c", "k"),
    ("y", "i"),
    ("i", "y"),
    ("l", "ll"),
    ("t", "tt"),
    ("n", "nn"),
    ("s", "ss"),
];

/// Capitalised words inside sentences that are nobody's title, month or language.
fn names<'t>(transcript: &'t Transcript) -> impl Iterator<Item = &'t Span> {
    transcript.words.iter().filter(|span| {
        let word = transcript.text(span);
        word.len() > 3
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(char::is_lowercase)
            && !holds(NOT_NAMES, word)
            && !transcript.opens_sentence(span)
    })
}

/// Whether the name is that of one who speaks here.
fn is_person(transcript: &Transcript, name: &Span) -> bool {
    let capitals = transcript.text(name).to_uppercase();
    let mut speakers = transcript.labels.iter().flat_map(|label| label.name.split(' '));
    speakers.any(|part| part.to_uppercase() == capitals)
}

/// Whether the name stands where places do, and belongs to no longer name and no speaker.
fn is_place(transcript: &Transcript, name: &Span) -> bool {
    let before = transcript.source[..name.start].trim_end();
    let after = &transcript.source[name.end..];
    let joined = after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let located = ["in", "from", "near", "to", "at", "outside", "toward", "through"];
    let preposition = before.rsplit([' ', '\n']).next().is_some_and(|word| located.contains(&word));
    let known = holds(PLACES, transcript.text(name));
    (known || preposition && !joined) && !is_person(transcript, name)
}

/// Every name with another one that begins differently.
fn swapped(
    transcript: &Transcript,
    rng: &mut Rng,
    names: &[&Span],
    here: &[&str],
    elsewhere: &[&str],
) -> Vec<Edit> {
    let mut edits = Vec::new();
    for name in names {
        let list = if rng.bool() { here } else { elsewhere };
        let other = pick(rng, list);
        if other.get(..2) != transcript.text(name).get(..2) {
            edits.push(Edit::heard((*name).clone(), other));
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "ANN HALE, HOST: Good evening. Voters in Lisbon and Pendle Landing met Tom Reed \
                         on Friday near Dover.\n\nTOM REED, BYLINE: Thanks, Hale.\n";

    fn originals(edits: fn(&Transcript, &mut Rng) -> Vec<Edit>) -> Vec<&'static str> {
        let transcript = Transcript::read(STORY);
        // Several seeds, because a draw of the same name again is no swap.
        let all = (0..20).flat_map(|seed| edits(&transcript, &mut Rng::with_seed(seed)));
        let mut originals: Vec<_> = all.map(|edit| transcript.text(&edit.span)).collect();
        originals.sort_unstable();
        originals.dedup();
        originals
    }

    #[test]
    fn people_are_those_who_have_a_label() {
        assert_eq!(originals(name_swap), ["Hale", "Reed"]);
    }

    #[test]
    fn places_stand_after_prepositions_and_are_no_part_of_longer_names() {
        assert_eq!(originals(place_swap), ["Dover", "Lisbon"]);
    }

    #[test]
    fn a_name_spelt_wrong_is_another_name_that_only_a_reader_sees() {
        let transcript = Transcript::read(STORY);
        for edit in name_misspell(&transcript, &mut Rng::with_seed(4)) {
            assert_ne!(transcript.text(&edit.span), edit.replacement);
            assert!(!edit.audible);
        }
        assert_eq!(originals(name_misspell), ["Dover", "Landing", "Lisbon", "Pendle"]);
    }
}
