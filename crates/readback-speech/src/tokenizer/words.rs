//! Cutting decoded tokens into words. It does not know times or probabilities.
//!
//! Unlike OpenAI Whisper's `tokenizer.py` (`split_to_word_tokens`), a sign inside a word does not cut
//! it: `43,000` and `U.S.` are one word each.

use std::ops::Range;

use super::Tokenizer;
use crate::model::TokenId;

/// Languages written without blanks between words; theirs are cut after every whole character.
const UNSPACED: [&str; 7] = ["zh", "ja", "th", "lo", "my", "yue", "km"];
/// Signs that belong to the word after them when they stand alone; any other belongs to the one before.
const LEADING: &str = "\"'“‘¿¡([{«-–—$£€#";

/// A word of decoded text and the tokens it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenWord {
    /// As written, punctuation included, without surrounding blanks.
    pub text: String,
    /// Which of the given tokens.
    pub tokens: Range<usize>,
}

impl Tokenizer {
    /// Whether words of `language` are written with blanks between them.
    pub fn is_spaced(language: &str) -> bool {
        !UNSPACED.contains(&language)
    }

    /// The words of `tokens`, text tokens only, in order. Every token belongs to exactly one word,
    /// signs standing alone to a neighbour; no words where the tokens write only blanks and signs.
    pub fn words(&self, tokens: &[TokenId], language: &str) -> Vec<TokenWord> {
        let mut words: Vec<TokenWord> = Vec::new();
        for unit in self.whole_characters(tokens) {
            let text = self.decode(&tokens[unit.clone()]);
            let begins = text.starts_with(char::is_whitespace) || !Self::is_spaced(language);
            match words.last_mut() {
                Some(word) if !begins => {
                    word.text.push_str(&text);
                    word.tokens.end = unit.end;
                }
                _ => words.push(TokenWord { text, tokens: unit }),
            }
        }
        attach_signs(words)
    }

    /// Runs of tokens that decode to whole characters; bytes that can never become one count as whole.
    fn whole_characters(&self, tokens: &[TokenId]) -> Vec<Range<usize>> {
        let mut units = Vec::new();
        let mut start = 0;
        for end in 1..=tokens.len() {
            let bytes = self.bytes(&tokens[start..end]);
            let incomplete = std::str::from_utf8(&bytes).is_err_and(|e| e.error_len().is_none());
            if !incomplete || end == tokens.len() {
                units.push(start..end);
                start = end;
            }
        }
        units
    }
}

/// Gives words without a letter or digit to a neighbour and strips blanks.
fn attach_signs(words: Vec<TokenWord>) -> Vec<TokenWord> {
    let mut attached: Vec<TokenWord> = Vec::new();
    let mut opening: Option<TokenWord> = None;
    for word in words {
        let word = match opening.take() {
            Some(before) => join(&before, &word),
            None => word,
        };
        let signs = word.text.trim();
        if signs.chars().any(char::is_alphanumeric) {
            attached.push(word);
        } else if signs.chars().all(|sign| LEADING.contains(sign)) || attached.is_empty() {
            opening = Some(word);
        } else if let Some(last) = attached.pop() {
            attached.push(join(&last, &word));
        }
    }
    if let (Some(signs), Some(last)) = (opening, attached.last_mut()) {
        *last = join(last, &signs);
    }
    for word in &mut attached {
        word.text = word.text.trim().to_owned();
    }
    attached
}

fn join(first: &TokenWord, second: &TokenWord) -> TokenWord {
    let text = format!("{}{}", first.text, second.text.trim());
    TokenWord { text, tokens: first.tokens.start..second.tokens.end }
}
