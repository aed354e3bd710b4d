//! Byte-pair merging within one piece of text. It knows tokens only by a function from bytes to rank.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::TokenId;

/// Two neighbouring parts that may become one, lowest rank and then leftmost first.
type Pair = Reverse<(TokenId, usize, usize, usize)>;

/// The parts a piece is cut into; a part is known by the byte it starts at.
struct Parts {
    /// End of the part starting at each byte; 0 where none starts.
    ends: Vec<usize>,
    /// Start of the part before the one starting at each byte.
    before: Vec<usize>,
}

/// The tokens of `bytes`: the pair of neighbours with the lowest rank merges first, until none has one.
/// Takes time in proportion to n log n, so a hostile text without blanks does no harm. Every single
/// byte must have a rank.
pub fn merge(bytes: &[u8], rank: impl Fn(&[u8]) -> Option<TokenId>) -> Vec<TokenId> {
    let mut parts = Parts {
        ends: (1..=bytes.len()).collect(),
        before: (0..=bytes.len()).map(|start| start.saturating_sub(1)).collect(),
    };
    let pair = |start: usize, middle: usize, end: usize| -> Option<Pair> {
        rank(&bytes[start..end]).map(|rank| Reverse((rank, start, middle, end)))
    };
    let mut pairs: BinaryHeap<Pair> =
        (2..=bytes.len()).filter_map(|end| pair(end - 2, end - 1, end)).collect();
    while let Some(Reverse((_, start, middle, end))) = pairs.pop() {
        if !parts.join(start, middle, end) {
            continue;
        }
        if start > 0 {
            pairs.extend(pair(parts.before[start], start, end));
        }
        if end < bytes.len() {
            pairs.extend(pair(start, end, parts.ends[end]));
        }
    }
    parts.stretches().filter_map(|(start, end)| rank(&bytes[start..end])).collect()
}

impl Parts {
    /// Makes one part of two; false when they are no longer the parts the pair was made of.
    fn join(&mut self, start: usize, middle: usize, end: usize) -> bool {
        if self.ends[start] != middle || self.ends[middle] != end {
            return false;
        }
        self.ends[start] = end;
        self.ends[middle] = 0;
        self.before[end] = start;
        true
    }

    fn stretches(&self) -> impl Iterator<Item = (usize, usize)> {
        self.ends.iter().copied().enumerate().filter(|(_, end)| *end > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ranks: a b c = 0 1 2, "bc" before "ab", then "abc" and "aa".
    fn rank(bytes: &[u8]) -> Option<TokenId> {
        let known: [&[u8]; 7] = [b"a", b"b", b"c", b"bc", b"ab", b"abc", b"aa"];
        known.iter().position(|piece| *piece == bytes).map(|rank| rank as TokenId)
    }

    #[test]
    fn the_lowest_rank_merges_first_wherever_it_stands() {
        assert_eq!(merge(b"abc", rank), [5]);
        assert_eq!(merge(b"abbc", rank), [4, 3]);
    }

    #[test]
    fn equal_pairs_merge_from_the_left() {
        assert_eq!(merge(b"aaaaa", rank), [6, 6, 0]);
    }

    #[test]
    fn nothing_gives_nothing_and_a_megabyte_ends() {
        assert!(merge(b"", rank).is_empty());
        assert_eq!(merge(&vec![b'a'; 1 << 20], rank).len(), 1 << 19);
    }
}
