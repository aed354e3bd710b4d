//! The roster: names whose spelling the desk has settled.

use std::collections::BTreeSet;

/// Names (people, places, organisations) with their house spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    words: BTreeSet<String>,
}

impl Roster {
    /// Reads a roster: one name a line, blank lines and lines that start with `#` aside.
    pub fn parse(text: &str) -> Self {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect()
    }

    /// Whether every word of `name` stands on the roster; letter case does not matter.
    pub fn knows(&self, name: &str) -> bool {
        name.split_whitespace().all(|word| self.words.contains(&bare(word)))
    }
}

impl<'a> FromIterator<&'a str> for Roster {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let words = names.into_iter().flat_map(str::split_whitespace).map(bare);
        Self { words: words.filter(|word| !word.is_empty()).collect() }
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
    }
}
