//! The page of numbers: what is said, and how else each sentence may be written, rightly and wrongly.

use std::fs;

use anyhow::{Context, Result, bail};

/// Pairs of sentences that may be the same when spoken, and pairs that cannot: `one | other`.
const LISTS: &str = "crates/readback-transcript/tests/numbers";

/// The pairs of the page.
pub struct Page {
    equal: Vec<(String, String)>,
    unequal: Vec<(String, String)>,
}

/// A sentence as it is said, and its other writings.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    pub said: String,
    pub right: Vec<String>,
    pub wrong: Vec<String>,
}

impl Page {
    /// Reads both lists.
    pub fn read() -> Result<Self> {
        let list = |name: &str| -> Result<_> {
            let path = format!("{LISTS}/{name}");
            Ok(pairs(&fs::read_to_string(&path).context(path)?))
        };
        Ok(Self { equal: list("equal.txt")?, unequal: list("unequal.txt")? })
    }

    /// The sentences of a recording, a paragraph each, with what the page has of them.
    pub fn sentences(&self, said: &str) -> Result<Vec<Sentence>> {
        said.lines().filter(|line| !line.is_empty()).map(|line| self.sentence(line)).collect()
    }

    fn sentence(&self, said: &str) -> Result<Sentence> {
        let (right, wrong) = (writings(&self.equal, said), writings(&self.unequal, said));
        if right.is_empty() && wrong.is_empty() {
            bail!(
                "{said:?} is said and is not in {LISTS}: let stories/numbers/speak.py speak the page anew"
            );
        }
        Ok(Sentence { said: said.to_owned(), right, wrong })
    }
}

/// The pairs of a list.
fn pairs(list: &str) -> Vec<(String, String)> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once(" | "));
    pairs.map(|(one, other)| (one.to_owned(), other.to_owned())).collect()
}

/// What stands beside a sentence in the pairs.
fn writings(pairs: &[(String, String)], said: &str) -> Vec<String> {
    let mut writings = Vec::new();
    for (one, other) in pairs {
        if one == said {
            writings.push(other.clone());
        } else if other == said {
            writings.push(one.clone());
        }
    }
    writings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cargo;

    #[test]
    fn a_sentence_has_the_writings_that_stand_beside_it_on_either_side() {
        let page = Page {
            equal: pairs(
                "# Pairs: `one | other`.\nTen cows. | 10 cows.\nA tenner of cows. | Ten cows.",
            ),
            unequal: pairs("Ten cows. | 11 cows.\nTwo cows. | 3 cows."),
        };
        let sentences = page.sentences("Ten cows.\n\nTwo cows.\n").expect("on the page");
        assert_eq!(sentences[0].right, ["10 cows.", "A tenner of cows."]);
        assert_eq!(sentences[0].wrong, ["11 cows."]);
        assert_eq!((sentences[1].right.len(), &*sentences[1].wrong[0]), (0, "3 cows."));
        assert!(page.sentences("Nine cows.").is_err());
    }

    #[test]
    fn everything_that_is_said_is_on_the_page_and_is_said_once() {
        let root = cargo::root();
        let list =
            |name: &str| pairs(&fs::read_to_string(root.join(LISTS).join(name)).expect("a list"));
        let page = Page { equal: list("equal.txt"), unequal: list("unequal.txt") };
        let mut said = Vec::new();
        for entry in fs::read_dir(root.join(super::super::RECORDINGS)).expect("recordings") {
            let path = entry.expect("a file").path();
            if path.extension().is_some_and(|it| it == "mp3") {
                let text = fs::read_to_string(path.with_extension("txt")).expect("its text");
                said.extend(page.sentences(&text).expect("on the page"));
            }
        }
        assert!(said.len() >= 300, "{} sentences", said.len());
        assert!(said.iter().all(|it| !it.said.contains(|c: char| c.is_ascii_digit())));
        let count = said.len();
        said.sort_by(|one, other| one.said.cmp(&other.said));
        said.dedup();
        assert_eq!(said.len(), count);
    }
}
