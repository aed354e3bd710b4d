//! One spelling for words that are spelt in several ways: colour and color, organise and organize.
//!
//! It knows single English words, lower-cased, and nothing of their sense: where two words share a
//! spelling, the table keeps them together (a practice, to practise).

use std::collections::HashMap;
use std::sync::LazyLock;

static TABLE: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("spelling.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).collect()
});

/// The spelling used for comparing, where `word` has another one.
pub(super) fn usual(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("'s") {
        return TABLE.get(stem).map(|usual| format!("{usual}'s"));
    }
    TABLE.get(word).map(|&usual| usual.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_form_of_every_word_is_final() {
        for usual in TABLE.values() {
            assert!(!TABLE.contains_key(usual), "{usual} leads on to another form");
        }
    }

    #[test]
    fn possessives_follow_their_word() {
        assert_eq!(usual("colour's").as_deref(), Some("color's"));
        assert_eq!(usual("dog's"), None);
    }
}
