//! Names that the world knows: of places, of people, and other words that are written with a capital.
//!
//! Two lists, read when they are first asked for: `names.txt`, made by `xtask/names/make_names.py`, which has
//! sources and licences, and `capitalised.txt`, by hand. They know spellings, nobody in particular, and no
//! language but English's way of writing names.

use std::collections::HashMap;
use std::sync::LazyLock;

use readback_transcript::bare_word;

use crate::sound::{Sounds, sound_key};

/// Shorter names sound like too many words.
const LEAST_LETTERS: usize = 4;
/// From this likeness on a name is near enough to what was heard to be asked about. Set by hand: `Belarus` heard
/// as `Bears` has .77.
const NEAR: f64 = 0.65;

/// From here on a name is common: every country and capital, and people's names that thousands have.
const COMMON: u8 = 7;

/// A name of one word.
struct Name {
    written: &'static str,
    /// How common it is, from 1 to 9.
    common: u8,
    key: String,
    sounds: Sounds,
}

struct Names {
    of_one_word: Vec<Name>,
    /// Every word of every name as it is written, by its small letters.
    words: HashMap<String, &'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut of_one_word = Vec::new();
    let mut words = HashMap::new();
    let mut add = |word: &'static str| words.insert(word.to_lowercase(), word);
    for line in lines(include_str!("names/names.txt")) {
        let (common, name) = line.split_once(' ').expect("how common a name is, then the name");
        for word in name.split([' ', '-']) {
            add(word);
        }
        if !name.contains(' ') && name.chars().count() >= LEAST_LETTERS {
            let common = common.parse().expect("one digit");
            let (key, sounds) = (sound_key(name), Sounds::of(name));
            of_one_word.push(Name { written: name, common, key, sounds });
        }
    }
    for word in lines(include_str!("names/capitalised.txt")) {
        add(word);
    }
    Names { of_one_word, words }
});

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.starts_with('#'))
}

/// Whether `word` is on a list, or each part of it that a hyphen joins; letter case does not matter.
pub(crate) fn knows(word: &str) -> bool {
    let known = |part: &str| NAMES.words.contains_key(&bare_word(part).to_lowercase());
    known(word) || word.split('-').all(known)
}

/// How `word`, which stands in capitals, is written in a sentence: as the lists have it, or with one capital.
pub(crate) fn in_small_letters(word: &str) -> String {
    let small = word.to_lowercase();
    if let Some(written) = NAMES.words.get(&small) {
        return (*written).to_owned();
    }
    let mut letters = small.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The names that sound most like `heard`, so many of all and so many of the common ones: a rare name is often
/// nearer by its letters (`Bears`, `Byars`) than the one that was said (`Belarus`).
pub(crate) fn near(heard: &str, most: usize) -> Vec<&'static str> {
    let (key, sounds) = (sound_key(heard), Sounds::of(heard));
    let mut found: Vec<(f64, &Name)> = Vec::new();
    for name in NAMES.of_one_word.iter().filter(|name| is_near(&key, &name.key)) {
        let alike = sounds.likeness(&name.sounds);
        if alike >= NEAR {
            found.push((alike, name));
        }
    }
    found.sort_by(|(alike, name), (alike_too, other)| {
        alike_too.total_cmp(alike).then(other.common.cmp(&name.common))
    });
    let mut near: Vec<&str> = found.iter().take(most).map(|(_, name)| name.written).collect();
    let common = found.iter().skip(most).filter(|(_, name)| name.common >= COMMON);
    near.extend(common.take(most).map(|(_, name)| name.written));
    near
}

/// Whether one letter more, less or other at most makes one key of the other: likeness takes a hundred times
/// as long to tell.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let same = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    one.len().max(other.len()) - same <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_people_and_peoples_are_known_however_they_are_cased() {
        for word in
            ["Belarus", "Kyiv", "York", "Ferrante", "O'Brien", "McDonald", "Nigerian", "Mrs."]
        {
            assert!(knows(word), "{word}");
            assert!(knows(&word.to_uppercase()), "{word} in capitals");
        }
        assert!(knows("Smith-Jones") && knows("Putin's"));
        for word in ["Feronte", "Aikp", "Smith-Aikp", "Pellam"] {
            assert!(!knows(word), "{word}");
        }
    }

    #[test]
    fn a_name_in_capitals_is_written_as_the_lists_have_it() {
        for (word, written) in [
            ("MCDONALD", "McDonald"),
            ("O'BRIEN", "O'Brien"),
            ("WREN", "Wren"),
            ("ACHEBE", "Achebe"),
        ] {
            assert_eq!(in_small_letters(word), written);
        }
    }

    #[test]
    fn the_name_that_was_misspelt_is_among_the_nearest() {
        for (heard, name) in [
            ("Feronte", "Ferrante"),
            ("Pellam", "Pelham"),
            ("Bears", "Belarus"),
            ("Karvallo", "Carvalho"),
            ("Kasakstan", "Kazakhstan"),
        ] {
            let near = near(heard, 2);
            assert!(near.contains(&name), "{heard}: {near:?}");
        }
        assert_eq!(near("xylophonist", 3), [""; 0]);
    }

    #[test]
    fn of_names_about_as_near_the_more_common_comes_first() {
        assert_eq!(near("Smithh", 2)[0], "Smith");
    }

    #[test]
    fn keys_are_near_that_differ_in_one_letter() {
        for (one, other) in [("", ""), ("a", ""), ("prs", "plrs"), ("akp", "asp"), ("abc", "abd")] {
            assert!(is_near(one, other) && is_near(other, one), "{one} and {other}");
        }
        for (one, other) in [("ab", "cd"), ("ab", ""), ("prs", "srp"), ("abcd", "badc")] {
            assert!(!is_near(one, other) && !is_near(other, one), "{one} and {other}");
        }
    }

    #[test]
    fn the_lists_are_sorted_and_have_everything_once() {
        let names = lines(include_str!("names/names.txt")).map(|line| &line[2..]);
        assert!(names.is_sorted_by(|one, next| one < next));
        assert!(lines(include_str!("names/capitalised.txt")).is_sorted_by(|one, next| one < next));
    }
}
