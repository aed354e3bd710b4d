//! Which words nobody can tell apart by listening: *two*, *to* and *too*, *its* and *it's*.
//!
//! A table of sets, not phonetics: it knows only words that are in it, and of accents only what the table says
//! of itself. Whether it matters which of the words is written is the caller's business.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::{Token, tokens};

/// A member of a set: the texts of its tokens.
struct Member {
    set: usize,
    texts: Vec<String>,
}

/// The table, by the first token of each member.
struct Table {
    by_first: HashMap<String, Vec<Member>>,
    members_of: Vec<Vec<Vec<String>>>,
    /// The sets whose members are alike only in a weak place.
    weak: HashSet<usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table =
        Table { by_first: HashMap::new(), members_of: Vec::new(), weak: HashSet::new() };
    let lines = include_str!("homophones.txt").lines().filter(|line| !line.starts_with('#'));
    for (set, line) in lines.enumerate() {
        if line.starts_with('~') {
            table.weak.insert(set);
        }
        let members: Vec<Vec<String>> =
            line.trim_start_matches('~').split(',').map(texts_of).collect();
        for texts in &members {
            let member = Member { set, texts: texts.clone() };
            table.by_first.entry(texts[0].clone()).or_default().push(member);
        }
        table.members_of.push(members);
    }
    table
});

fn texts_of(words: &str) -> Vec<String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    tokens(&words, "en").into_iter().map(|token| token.text).collect()
}

/// Whether two runs of English tokens sound alike, so that no recording tells which of them is right. Equal
/// runs do, and empty ones.
///
/// What is alike only in a weak place (*then* and *than*) counts only with another token after it, so give
/// the words after a difference, too.
pub fn sound_alike(left: &[Token], right: &[Token]) -> bool {
    Comparison { left, right, failed: HashSet::new() }.from(0, 0)
}

struct Comparison<'a> {
    left: &'a [Token],
    right: &'a [Token],
    /// The places from which the rest was found unlike.
    failed: HashSet<(usize, usize)>,
}

impl Comparison<'_> {
    /// Whether what begins at token `i` of the left and `j` of the right sounds alike.
    fn from(&mut self, i: usize, j: usize) -> bool {
        if i == self.left.len() && j == self.right.len() {
            return true;
        }
        if i == self.left.len() || j == self.right.len() || self.failed.contains(&(i, j)) {
            return false;
        }
        let alike = spoken(&self.left[i].text).eq(spoken(&self.right[j].text));
        if alike && self.from(i + 1, j + 1) {
            return true;
        }
        for (ours, theirs) in self.pairs(i, j) {
            if self.from(i + ours, j + theirs) {
                return true;
            }
        }
        self.failed.insert((i, j));
        false
    }

    /// The lengths of members of one set that stand at these places.
    fn pairs(&self, i: usize, j: usize) -> Vec<(usize, usize)> {
        let (left, right) = (&self.left[i..], &self.right[j..]);
        let members = TABLE.by_first.get(&left[0].text).map_or(&[][..], Vec::as_slice);
        let mut pairs = Vec::new();
        for own in members.iter().filter(|own| begins(left, &own.texts)) {
            let others = TABLE.members_of[own.set].iter();
            for other in others.filter(|other| begins(right, other)) {
                let last = own.texts.len() == left.len() && other.len() == right.len();
                if !(last && TABLE.weak.contains(&own.set)) {
                    pairs.push((own.texts.len(), other.len()));
                }
            }
        }
        pairs
    }
}

fn begins(tokens: &[Token], texts: &[String]) -> bool {
    tokens.len() >= texts.len() && tokens.iter().zip(texts).all(|(token, text)| token.text == *text)
}

/// The letters, without apostrophes: *boys*, *boy's* and *boys'* are one sound.
fn spoken(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| *c != '\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(left: &str, right: &str) -> bool {
        let of = |text: &str| tokens(&text.split(' ').collect::<Vec<_>>(), "en");
        let (ours, theirs) = (of(left), of(right));
        let forth = sound_alike(&ours, &theirs);
        assert_eq!(forth, sound_alike(&theirs, &ours), "{left} and {right}, turned round");
        forth
    }

    #[test]
    fn words_that_sound_alike_are_told_from_words_that_do_not() {
        for (left, right) in [
            ("failed two inspections", "failed to inspections"),
            ("me too", "me 2"),
            ("waiting for years", "waiting four years"),
            ("they won it", "they 1 it"),
            ("he ate it", "he 8 it"),
            ("came fourth", "came forth"),
            ("it's late", "its late"),
            ("Who's dog", "whose dog"),
            ("they're house", "their house"),
            ("there house", "they're house"),
            ("you're turn", "your turn"),
            ("I write it", "I right it"),
            ("an hour later", "an our later"),
            ("I know that", "I no that"),
            ("the boys' coats", "the boy's coats"),
            ("read it", "red it"),
            ("read it", "reed it"),
            ("already here", "all ready hear"),
            ("bigger then that", "bigger than that"),
            ("", ""),
        ] {
            assert!(alike(left, right), "{left:?} and {right:?}");
        }
        for (left, right) in [
            ("red it", "reed it"),
            ("two inspections", "ten inspections"),
            ("their house", "this house"),
            ("now", "then"),
            ("what happened then", "what happened than"),
            ("for", "five"),
            ("not", "now"),
            ("it is", "it was"),
            ("to", ""),
            ("World War I", "World War II"),
        ] {
            assert!(!alike(left, right), "{left:?} and {right:?}");
        }
    }

    #[test]
    fn the_table_has_sets_of_several_members_each_once() {
        assert!(TABLE.members_of.len() >= 150);
        for members in &TABLE.members_of {
            assert!(members.len() > 1, "{members:?}");
            assert!(members.iter().all(|texts| !texts.is_empty()), "{members:?}");
        }
        let mut sets: Vec<_> = TABLE.members_of.clone();
        for members in &mut sets {
            members.sort();
        }
        sets.sort();
        for pair in sets.windows(2) {
            assert_ne!(pair[0], pair[1], "a set stands twice");
        }
    }

    #[test]
    fn every_member_sounds_like_every_other_of_its_set() {
        let strong = (0..TABLE.members_of.len()).filter(|set| !TABLE.weak.contains(set));
        for set in strong {
            for one in &TABLE.members_of[set] {
                for other in &TABLE.members_of[set] {
                    assert!(alike(&one.join(" "), &other.join(" ")), "{one:?} and {other:?}");
                }
            }
        }
    }
}
