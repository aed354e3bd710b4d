//! How the names that were heard are spelt: as the desk or the rest of the text spells them.
//!
//! A recogniser writes a name it does not know as it sounds. Which name it was is often known all the
//! same: a story names its people and places more than once.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use readback_transcript::{bare_word, is_capitalised, is_date};

use crate::difference::Difference;
use crate::sides::{HeardSide, TextSide};
use crate::sound::{likeness, same_sound};
use crate::speakers::names_a_person;
use crate::{Roster, names};

/// From this likeness on a heard word is taken for a known name.
pub(crate) const ALIKE: f64 = 0.72;
/// So alike are two names by chance.
const BY_CHANCE: f64 = 0.35;
/// Words into which a recogniser cuts a name at most.
const MOST_PIECES: usize = 3;
/// Shorter names sound like too many words.
const LEAST_LETTERS: usize = 4;

/// A known name in the place of heard words, of which nobody knows the spelling.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Respelling {
    /// The heard words whose place it takes.
    pub heard: Range<usize>,
    pub name: String,
    /// Whether the text or the roster has it; else it is of the names that the world knows.
    pub is_of_story: bool,
    /// Natural log-likelihood ratio of what was heard with this name over what was heard as it is.
    pub ratio: f64,
}

/// The words of `range` as heard, but some of them spelt as a known name.
pub(crate) fn respelt<'a>(
    heard: &HeardSide<'a>,
    range: &Range<usize>,
    respellings: &[&Respelling],
) -> Vec<Cow<'a, str>> {
    let mut out: Vec<Cow<str>> = Vec::with_capacity(range.len());
    for (index, word) in range.clone().zip(heard.display(range)) {
        match respellings.iter().find(|it| it.heard.contains(&index)) {
            Some(it) if index + 1 == it.heard.end => {
                out.push(word.replacen(bare_word(word), &it.name, 1).into());
            }
            Some(_) => {}
            None => out.push(word.into()),
        }
    }
    out
}

/// Names and their spelling.
pub(crate) struct Spelling<'a> {
    names: BTreeSet<Cow<'a, str>>,
    /// Words that only begin sentences: some of them are names.
    firsts: BTreeSet<&'a str>,
    /// Words of the text in small letters, which are no names.
    small: BTreeSet<&'a str>,
    /// Every word of the text, its labels and the roster, in small letters.
    words: BTreeSet<String>,
}

impl<'a> Spelling<'a> {
    /// The names of a roster, and those that a text's labels and sentences have.
    pub fn new(text: &TextSide<'a>, roster: &'a Roster) -> Self {
        let labels = text.transcript.turns.iter().filter_map(|turn| turn.label.as_ref());
        let labels: Vec<&str> = labels.map(|label| label.name.as_str()).collect();
        let listed = roster.names().chain(labels.iter().copied()).flat_map(str::split_whitespace);
        let listed: Vec<&str> = listed.collect();
        let written = text.display(&(0..text.words.len()));
        let inside = written.iter().enumerate();
        let inside =
            inside.filter(|(index, _)| !text.starts_sentence(*index)).map(|(_, word)| *word);
        let firsts = written.clone().into_iter().map(bare_word);
        let names = listed.iter().copied().chain(inside).map(bare_word);
        let mut names: BTreeSet<Cow<str>> =
            names.filter(|name| may_be_name(name)).map(Cow::Borrowed).collect();
        let words = listed.iter().chain(&written);
        let words = words.map(|word| bare_word(word).to_lowercase()).collect();
        let small: BTreeSet<&str> =
            written.into_iter().filter(|word| word.starts_with(char::is_lowercase)).collect();
        if !small.is_empty() {
            names.extend(labels.into_iter().flat_map(of_label_in_capitals).map(Cow::Owned));
        }
        let is_first = |word: &&str| may_be_name(word) && !names.contains(*word);
        let firsts = firsts.filter(is_first).filter(|word| !small.contains(&*word.to_lowercase()));
        let firsts = firsts.collect();
        Self { names, firsts, small, words }
    }

    /// The other names, if `word` is one.
    pub fn others<'s>(&'s self, word: &'s str) -> impl Iterator<Item = &'s str> {
        let word = bare_word(word);
        let known = self.names.contains(word);
        self.names.iter().map(|name| &**name).filter(move |name| known && *name != word)
    }

    /// The names that sound more like `heard` than so much, the likest first.
    pub fn near(&self, heard: &str, least: f64, most: usize) -> Vec<&str> {
        let mut found: Vec<(f64, &str)> = Vec::new();
        for name in &self.names {
            let alike = likeness(heard, name);
            if alike > least.max(BY_CHANCE) {
                found.push((alike, name));
            }
        }
        for name in &self.firsts {
            let alike = likeness(heard, name);
            if alike > least.max(ALIKE) {
                found.push((alike, name));
            }
        }
        found.sort_by(|(alike, _), (alike_too, _)| alike_too.total_cmp(alike));
        found.into_iter().take(most).map(|(_, name)| name).collect()
    }

    /// Where names were heard in English of which nobody knows the spelling: not the text, nor the roster, nor the
    /// lists of names. All that was heard is one place if it stands against a single word.
    pub fn unknown(
        &self,
        text: &TextSide,
        heard: &HeardSide,
        difference: &Difference,
    ) -> Vec<Range<usize>> {
        if heard.hearing.language != "en" {
            return Vec::new();
        }
        let ours = text.display(&difference.text);
        let name_for_name = ours
            .iter()
            .any(|word| is_capitalised(word) && (self.is_name(word) || names::knows(word)));
        let is_unknown = |index: &usize| {
            let word = &heard.hearing.words[*index].text;
            let is_name =
                is_capitalised(word) && (name_for_name || !heard.may_start_sentence(*index));
            is_name && !self.knows(word)
        };
        let unknown: Vec<usize> = difference.heard.clone().filter(is_unknown).collect();
        let pieces = heard.display(&difference.heard);
        let is_one_name = ours.len() == 1
            && pieces.len() <= MOST_PIECES
            && pieces.iter().all(|piece| is_capitalised(piece));
        if is_one_name && name_for_name && !unknown.is_empty() {
            return vec![difference.heard.clone()];
        }
        unknown.into_iter().map(|index| index..index + 1).collect()
    }

    fn is_name(&self, word: &str) -> bool {
        self.names.contains(bare_word(word))
    }

    /// Whether the spelling of `word` is known.
    fn knows(&self, word: &str) -> bool {
        let word = bare_word(word);
        is_plain_sign(word) || self.words.contains(&word.to_lowercase()) || names::knows(word)
    }

    /// The spelling of the name that `heard` sounds like, if it is one and no other of `instead_of`: what stands
    /// against several words of the text may be one of them. A name that the world knows must sound the same.
    pub fn of(&self, heard: &str, instead_of: &[&str]) -> Option<&str> {
        let heard = bare_word(heard);
        if is_date(heard) || self.names.contains(heard) || self.small.contains(heard) {
            return None;
        }
        let is_known = names::knows(heard);
        let is_other = |name: &str| match instead_of {
            [word] => bare_word(word).eq_ignore_ascii_case(name),
            words => is_among(name, words) && !same_sound(name, heard),
        };
        let alike = |name: &&str| {
            let alike =
                if is_known { same_sound(heard, name) } else { likeness(heard, name) >= ALIKE };
            alike && !is_other(name)
        };
        let names = self.names.iter().map(|name| &**name).filter(alike);
        names.max_by(|a, b| likeness(heard, a).total_cmp(&likeness(heard, b)))
    }
}

/// Whether a name is one of these words.
pub(crate) fn is_among(name: &str, words: &[&str]) -> bool {
    words.iter().any(|word| bare_word(word).eq_ignore_ascii_case(name))
}

/// Whether a word is written in a way that says how it is spelt: with digits, or in capitals throughout.
fn is_plain_sign(word: &str) -> bool {
    !word.contains(char::is_lowercase) || word.contains(|c: char| c.is_ascii_digit())
}

/// The names of a label that stands in capitals, as they are written in a sentence.
fn of_label_in_capitals(label: &str) -> Vec<String> {
    if label.contains(char::is_lowercase) || !names_a_person(label) {
        return Vec::new();
    }
    let words = label.split_whitespace().map(bare_word);
    words.map(names::in_small_letters).filter(|name| may_be_name(name)).collect()
}

/// Not in capitals throughout, as labels are: how those are written in a sentence is not known.
fn may_be_name(word: &str) -> bool {
    word.chars().count() >= LEAST_LETTERS
        && is_capitalised(word)
        && word.contains(char::is_lowercase)
}
