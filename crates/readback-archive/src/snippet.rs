//! The words that a search found, with some to either side.

use std::borrow::Cow;

use readback_transcript::Span;
use serde::Serialize;

use crate::query::{Term, fold, words};

/// Found words and their surroundings, as they stand in the text: the three follow each other without a gap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// What stands before.
    pub before: String,
    /// The words.
    pub hit: String,
    /// What stands after.
    pub after: String,
}

/// Words to either side.
const BESIDE: usize = 10;

/// Where one of `terms` first stands in `text`, and the snippet around it. Without a hit, which happens
/// where there was nothing to look for, it is the beginning.
pub(crate) fn snippet(text: &str, terms: &[Term]) -> (Span, Snippet) {
    let words: Vec<_> = words(text)
        .map(|(start, word)| (fold(word), Span::new(start, start + word.len())))
        .collect();
    let found = terms.iter().filter_map(|term| position(&words, term)).min();
    let (first, count) = found.unwrap_or((0, 0));
    let at = |index: usize| words.get(index).map_or(text.len(), |word| word.1.start);
    let end = |index: usize| match index.checked_sub(1) {
        Some(last) => words.get(last).map_or(text.len(), |word| word.1.end),
        None => 0,
    };
    let hit = Span::new(at(first), if count == 0 { at(first) } else { end(first + count) });
    let from = at(first.saturating_sub(BESIDE));
    let to = if first + count + BESIDE >= words.len() {
        text.len()
    } else {
        end(first + count + BESIDE)
    };
    let before = Span::new(from, hit.start);
    let after = Span::new(hit.end, to);
    (
        hit,
        Snippet {
            before: on_one_line(before.of(text)).trim_start().to_owned(),
            hit: on_one_line(hit.of(text)),
            after: on_one_line(after.of(text)).trim_end().to_owned(),
        },
    )
}

/// The text with each run of blanks as one.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }) {
        if c != ' ' || !line.ends_with(' ') {
            line.push(c);
        }
    }
    line
}

fn position(words: &[(Cow<'_, str>, Span)], term: &Term) -> Option<(usize, usize)> {
    let count = term.words.len();
    let is_it = |window: &[(Cow<'_, str>, Span)]| {
        window.iter().zip(&term.words).enumerate().all(|(index, (word, asked))| {
            let may_go_on = term.is_prefix && index + 1 == count;
            if may_go_on { word.0.starts_with(asked) } else { word.0 == *asked }
        })
    };
    words.windows(count.max(1)).position(is_it).map(|at| (at, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(words: &[&str], is_prefix: bool) -> Term {
        Term { words: words.iter().map(ToString::to_string).collect(), is_prefix }
    }

    #[test]
    fn a_phrase_is_found_across_punctuation_capitals_and_accents() {
        let text = "They say “the Collective, Wést” is to blame.";
        let (span, snippet) = snippet(text, &[term(&["collective", "west"], false)]);
        assert_eq!(snippet.hit, "Collective, Wést");
        assert_eq!(
            (snippet.before.as_str(), snippet.after.as_str()),
            ("They say “the ", "” is to blame.")
        );
        assert_eq!(span.of(text), "Collective, Wést");
    }

    #[test]
    fn a_prefix_finds_longer_words_and_nothing_shows_the_beginning() {
        assert_eq!(snippet("All waters rise.", &[term(&["wat"], true)]).1.hit, "waters");
        assert_eq!(snippet("All waters rise.", &[]).1.after, "All waters rise.");
        assert_eq!(snippet("", &[term(&["a"], false)]).1, Snippet::default());
    }
}
