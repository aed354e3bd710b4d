//! How a finding is known again after the text was edited elsewhere: by its words and those beside them.

use crate::Finding;

/// Words to either side that belong to a place.
const BESIDE: usize = 3;
/// More words than twice this are shown by their first and last ones.
const SHOWN: usize = 6;
/// Bytes that are looked at for those words: a text may be one endless word.
const REACH: usize = 400;

impl Finding {
    /// The finding's place in `text`, in words: those it is about in brackets, and a few to either side.
    /// Letter case, blanks and punctuation beside words do not count. Of something left out it has what
    /// was heard.
    ///
    /// Two findings of one rule in one text may share a place, where the text says a thing twice.
    pub fn place(&self, text: &str) -> String {
        let before = text.get(..self.span.start).unwrap_or_default();
        let after = text.get(self.span.end..).unwrap_or_default();
        let marked = match &self.heard {
            Some(heard) if self.span.is_empty() => format!("[+{}]", outline(heard)),
            _ => format!("[{}]", outline(self.span.of(text))),
        };
        let words = last(before, BESIDE).into_iter().chain([marked]).chain(first(after, BESIDE));
        words.collect::<Vec<_>>().join(" ")
    }
}

/// The words of `text`, only the outer ones if there are many; its signs if it has no words.
fn outline(text: &str) -> String {
    let head = first(text, 2 * SHOWN + 1);
    if head.is_empty() {
        return text.chars().filter(|c| !c.is_whitespace()).take(SHOWN).collect();
    }
    if head.len() <= 2 * SHOWN && text.len() <= REACH {
        return head.join(" ");
    }
    format!("{} … {}", head[..SHOWN.min(head.len())].join(" "), last(text, SHOWN).join(" "))
}

fn first(text: &str, count: usize) -> Vec<String> {
    let end = (0..=REACH.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    words(&text[..end.unwrap_or_default()]).take(count).collect()
}

fn last(text: &str, count: usize) -> Vec<String> {
    let start =
        (text.len().saturating_sub(REACH)..=text.len()).find(|&at| text.is_char_boundary(at));
    let mut found: Vec<String> =
        words(&text[start.unwrap_or_default()..]).rev().take(count).collect();
    found.reverse();
    found
}

/// The words of `text` without what is neither letter nor figure around them.
fn words(text: &str) -> impl DoubleEndedIterator<Item = String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split_whitespace().map(bare).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RULES;
    use readback_transcript::{Probability, Span};

    fn place(text: &str, words: &str, heard: Option<&str>) -> String {
        let start = text.find(words).expect("words of the text");
        let end = if heard.is_some() { start } else { start + words.len() };
        let (span, confidence) = (Span::new(start, end), Probability::new(0.9));
        let finding = Finding {
            heard: heard.map(str::to_owned),
            ..Finding::new(RULES[0], confidence, span, String::new())
        };
        finding.place(text)
    }

    #[test]
    fn a_place_is_its_words_and_those_beside_them() {
        let text = "HALE: It was cold, he said; “very cold.” Then it broke.";
        assert_eq!(place(text, "he said", None), "it was cold [he said] very cold then");
        assert_eq!(place(text, "HALE:", None), "[hale] it was cold");
        assert_eq!(place(text, "broke.", None), "cold then it [broke]");
    }

    #[test]
    fn edits_elsewhere_new_lines_and_punctuation_do_not_move_it() {
        let before = place("One. That it was cold, he said once. Two.", "cold", None);
        let after = place("Less.\n\nNow that it\nwas cold (he said) ONCE more.", "cold", None);
        assert_eq!(before, after);
    }

    #[test]
    fn signs_without_a_word_are_taken_as_they_are() {
        assert_eq!(place("It was cold (( he said.", "(( ", None), "it was cold [((] he said");
    }

    #[test]
    fn what_was_left_out_is_part_of_its_place() {
        let text = "It is proof, she says.";
        assert_eq!(place(text, "proof", Some("not")), "it is [+not] proof she says");
    }

    #[test]
    fn a_long_passage_is_known_by_its_ends() {
        let long = (0..100).map(|i| i.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(place(&long, &long, None), "[0 1 2 3 4 5 … 94 95 96 97 98 99]");
    }

    #[test]
    fn an_endless_word_is_looked_at_no_further_than_its_ends() {
        let endless = "é".repeat(10_000);
        assert!(place(&endless, &endless, None).len() < 3 * REACH);
    }
}
