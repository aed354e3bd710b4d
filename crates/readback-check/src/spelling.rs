//! How the names that were heard are spelt: as the desk or the rest of the text spells them.
//!
//! A recogniser writes a name it does not know as it sounds. Which name it was is often known all the
//! same: a story names its people and places more than once.

use std::collections::BTreeSet;

use readback_transcript::{bare_word, is_capitalised, is_date};

use crate::Roster;
use crate::sides::TextSide;
use crate::sound::likeness;

/// From this likeness on a heard word is taken for a known name.
const ALIKE: f64 = 0.72;
/// Shorter names sound like too many words.
const LEAST_LETTERS: usize = 4;

/// Names and their spelling.
pub(crate) struct Spelling<'a> {
    names: BTreeSet<&'a str>,
    /// Words of the text in small letters, which are no names.
    small: BTreeSet<&'a str>,
}

impl<'a> Spelling<'a> {
    /// The names of a roster, and those that a text's labels and sentences have.
    pub fn new(text: &TextSide<'a>, roster: &'a Roster) -> Self {
        let source = &text.transcript.text;
        let labels = text.transcript.turns.iter().filter_map(|turn| turn.label.as_ref());
        let listed = roster.names().chain(labels.map(|label| label.name.as_str()));
        let written = text.words.iter().map(|word| word.span.of(source));
        let inside = (0..text.words.len()).filter(|&index| !text.starts_sentence(index));
        let inside = inside.map(|index| text.words[index].span.of(source));
        let names = listed.flat_map(str::split_whitespace).chain(inside).map(bare_word);
        Self {
            names: names.filter(|name| may_be_name(name)).collect(),
            small: written.filter(|word| word.starts_with(char::is_lowercase)).collect(),
        }
    }

    /// The other names, if `word` is one.
    pub fn others<'s>(&'s self, word: &'s str) -> impl Iterator<Item = &'a str> + 's {
        let word = bare_word(word);
        let known = self.names.contains(word);
        self.names.iter().copied().filter(move |name| known && *name != word)
    }

    /// The spelling of the name that `heard` sounds like, if it is one and stands nowhere in `instead_of`.
    pub fn of(&self, heard: &str, instead_of: &[&str]) -> Option<&'a str> {
        let heard = bare_word(heard);
        if is_date(heard) || self.names.contains(heard) || self.small.contains(heard) {
            return None;
        }
        let alike = |name: &&&str| {
            !instead_of.iter().any(|word| bare_word(word).eq_ignore_ascii_case(name))
                && likeness(heard, name) >= ALIKE
        };
        let names = self.names.iter().filter(alike);
        names.copied().max_by(|a, b| likeness(heard, a).total_cmp(&likeness(heard, b)))
    }
}

/// Not in capitals throughout, as labels are: how those are written in a sentence is not known.
fn may_be_name(word: &str) -> bool {
    word.chars().count() >= LEAST_LETTERS
        && is_capitalised(word)
        && word.contains(char::is_lowercase)
}
