//! A text that is probably being said. What follows in it is read ahead of the search, several tokens in
//! one pass, so that where it agrees with what is heard the decoder need not be asked token by token.
//! It can make a search faster, but not end elsewhere: the logits it saves asking for are the same ones.
//!
//! After "Accelerating Large Language Model Decoding with Speculative Sampling" (Chen et al. 2023), with
//! a known text in the place of a small model.

use std::collections::HashMap;

use crate::model::TokenId;

// None of these changes what is heard, only how often the network is asked; they were set by hand.

/// Tokens by which a place in the draft is known.
const KEY: usize = 3;
/// Tokens written since the last known place at most …
const ASTRAY: usize = 3;
/// … and tokens of the draft passed over for them at most.
const PASSED: usize = 5;
/// Places compared at most, of a phrase that comes again and again.
const PLACES: usize = 16;

/// The tokens of a text, and where to find them.
#[doc(alias = "speculative decoding")]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    tokens: Vec<TokenId>,
    /// Where in the tokens to go on after each key.
    places: HashMap<[TokenId; KEY], Vec<usize>>,
}

impl Draft {
    /// A draft of these tokens, all of them text.
    pub fn new(tokens: Vec<TokenId>) -> Self {
        let mut places: HashMap<[TokenId; KEY], Vec<usize>> = HashMap::new();
        for place in KEY..=tokens.len() {
            let Some(key) = tokens[..place].last_chunk() else { continue };
            let known = places.entry(*key).or_default();
            if known.len() < PLACES {
                known.push(place);
            }
        }
        Self { tokens, places }
    }

    /// The rest of the draft after what is `written`; nothing if it does not know that.
    pub fn after(&self, written: &[TokenId]) -> &[TokenId] {
        let place = (0..=ASTRAY).find_map(|astray| self.place(written, astray));
        place.map_or(&[], |place| &self.tokens[place..])
    }

    /// Where the draft goes on after `written`, of which the last `astray` tokens differ from it but for
    /// the very last one.
    fn place(&self, written: &[TokenId], astray: usize) -> Option<usize> {
        let known = &written[..written.len().checked_sub(astray)?];
        let places = self.places.get(known.last_chunk::<KEY>()?)?;
        let alike = |place: &usize| {
            let before = self.tokens[..*place].iter().rev().zip(known.iter().rev());
            before.take_while(|(a, b)| a == b).count()
        };
        let place = places.iter().copied().rev().max_by_key(alike)?;
        if astray == 0 {
            return Some(place);
        }
        let last = written.last()?;
        let passed = self.tokens[place..].iter().take(PASSED).position(|token| token == last)?;
        Some(place + passed + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft::new((1..=20).chain([5, 6, 7, 30, 31]).collect())
    }

    #[test]
    fn what_follows_is_found_by_what_came_before() {
        assert_eq!(draft().after(&[99, 3, 4, 5])[..4], [6, 7, 8, 9]);
        assert_eq!(draft().after(&[17, 18, 19]), [20, 5, 6, 7, 30, 31]);
    }

    #[test]
    fn of_several_places_the_one_with_more_before_it_in_common_is_meant() {
        assert_eq!(draft().after(&[20, 5, 6, 7]), [30, 31]);
        assert_eq!(draft().after(&[4, 5, 6, 7])[..2], [8, 9]);
        assert_eq!(draft().after(&[5, 6, 7])[..2], [8, 9], "the first of equals");
    }

    #[test]
    fn a_word_more_less_or_other_does_not_lose_the_place() {
        assert_eq!(draft().after(&[3, 4, 5, 7])[0], 8);
        assert_eq!(draft().after(&[3, 4, 5, 99, 6])[0], 7);
        assert_eq!(draft().after(&[3, 4, 5, 99, 98, 8])[0], 9);
        assert!(draft().after(&[3, 4, 5, 99]).is_empty());
    }

    #[test]
    fn what_the_draft_does_not_know_has_nothing_after_it() {
        assert!(draft().after(&[]).is_empty());
        assert!(draft().after(&[3, 4]).is_empty());
        assert!(draft().after(&[7, 30, 31]).is_empty());
        assert!(Draft::default().after(&[1, 2, 3]).is_empty());
    }
}
