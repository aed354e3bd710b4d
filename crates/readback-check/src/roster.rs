//! The roster: names whose spelling the desk has settled.

use std::collections::BTreeSet;

/// Names (people, places, organisations) with their house spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[doc(alias = "dictionary")]
#[doc(alias = "gazetteer")]
pub struct Roster {
    names: Vec<String>,
    words: BTreeSet<String>,
}

impl Roster {
    /// Reads a roster: one name a line, blank lines and lines that start with `#` aside.
    pub fn parse(text: &str) -> Self {
        text.lines().map(str::trim).filter(|line| !line.starts_with('#')).collect()
    }

    /// The names as they are to be written, in the order given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether no name is settled.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether every word of `name` stands on the roster; letter case does not matter.
    pub fn knows(&self, name: &str) -> bool {
        name.split_whitespace().all(|word| self.words.contains(&bare(word)))
    }
}

impl<'a> FromIterator<&'a str> for Roster {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let names: Vec<String> = names
            .into_iter()
            .map(str::trim)
            .filter(|name| name.contains(char::is_alphanumeric))
            .map(str::to_owned)
            .collect();
        let words = names.iter().flat_map(|name| name.split_whitespace()).map(bare);
        let words = words.filter(|word| !word.is_empty()).collect();
        Self { names, words }
    }
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roster_is_one_name_a_line() {
        let roster = Roster::parse("# staff\nInes Carvalho\n\nPoint Arden\n");
        assert!(roster.knows("Carvalho") && roster.knows("point arden"));
        assert!(!roster.knows("Ines Hale") && !roster.knows("staff"));
        assert_eq!(roster.names().collect::<Vec<_>>(), ["Ines Carvalho", "Point Arden"]);
    }
}
