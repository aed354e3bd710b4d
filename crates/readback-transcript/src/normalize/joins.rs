//! Whether two runs of tokens have a reading in common, and which runs of two texts have.
//!
//! What a token may be read as says [`super::readings`], how readings are compared [`super::lattice`].

use std::collections::HashMap;

use super::lattice::{Lattice, Search};
use super::{Token, readings};

/// Tokens that a reading in common takes at most on either side.
const REACH: usize = 16;

/// Whether both sides have a reading in common, however they are cut into tokens.
/// Two empty sides have not: there is nothing to read.
pub fn joined_equal(left: &[Token], right: &[Token]) -> bool {
    if left.is_empty() || right.is_empty() {
        return false;
    }
    if left.iter().chain(right).all(readings::is_plain) {
        return letters(left).eq(letters(right));
    }
    if left.len() > 2 * REACH || right.len() > 2 * REACH {
        return false;
    }
    let (ours, theirs) = (lattice(left), lattice(right));
    let ends = Search::new(&ours, &theirs, 2 * REACH).ends(0, 0);
    ends.contains(&(left.len(), right.len()))
}

fn letters(tokens: &[Token]) -> impl Iterator<Item = u8> {
    tokens.iter().flat_map(|token| token.text.bytes())
}

/// All pairs of runs within two stretches of tokens that have a reading in common.
#[derive(Debug, Default)]
pub struct Joins {
    ending_at: HashMap<(usize, usize), Vec<(usize, usize)>>,
}

impl Joins {
    /// Those of `left` and `right`, but for single tokens of one text, which any comparison sees.
    pub fn between(left: &[Token], right: &[Token]) -> Self {
        let (ours, theirs) = (lattice(left), lattice(right));
        let mut search = Search::new(&ours, &theirs, REACH);
        let (first_of_ours, first_of_theirs) = (ours.first_letters(), theirs.first_letters());
        let mut joins = Self::default();
        for (i, ours) in first_of_ours.iter().enumerate() {
            for (j, theirs) in first_of_theirs.iter().enumerate() {
                if ours & theirs == 0 {
                    continue;
                }
                for (a, b) in search.ends(i, j) {
                    if (a - i, b - j) != (1, 1) || left[i].text != right[j].text {
                        joins.ending_at.entry((a, b)).or_default().push((a - i, b - j));
                    }
                }
            }
        }
        joins
    }

    /// The lengths of the runs that end before token `i` of the left and `j` of the right.
    pub fn ending_at(&self, i: usize, j: usize) -> &[(usize, usize)] {
        self.ending_at.get(&(i, j)).map_or(&[], Vec::as_slice)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ending_at.is_empty()
    }
}

/// All readings of a run of tokens.
fn lattice(tokens: &[Token]) -> Lattice<'_> {
    let mut lattice = Lattice::over(tokens.len());
    for at in 0..tokens.len() {
        readings::read(&mut lattice, tokens, at);
    }
    lattice
}
