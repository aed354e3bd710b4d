//! Where a gap in an alignment may stand as well. It does not know what stands on either side, nor which place
//! is the best one.

use std::ops::Range;

/// The shifts by which `gap`, items of one side that the other lacks, leaves the same items out of the side
/// it stands in: none, then those to the left, then those to the right, the nearest first.
///
/// Of *they left. Now they left. Now*, either *Now they left.* or *they left. Now* may be what is too much. A
/// gap slides past the item beside it if that is the `same` as the one at its other end, and past no more than
/// `reach` items to the left and to the right, which must be there.
pub fn shifts(
    gap: &Range<usize>,
    reach: (usize, usize),
    same: impl Fn(usize, usize) -> bool,
) -> impl Iterator<Item = isize> {
    let (start, end) = (gap.start, gap.end);
    let left = (1..=reach.0).take_while(|by| same(start - by, end - by)).count();
    let right = (0..reach.1).take_while(|by| same(start + by, end + by)).count();
    let to_left = (1..=left).map(|by| -by.cast_signed());
    let to_right = (1..=right).map(usize::cast_signed);
    std::iter::once(0).chain(to_left).chain(to_right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str, gap: Range<usize>, reach: (usize, usize)) -> Vec<isize> {
        let words: Vec<&str> = words.split(' ').collect();
        shifts(&gap, reach, |a, b| words[a] == words[b]).collect()
    }

    #[test]
    fn a_gap_slides_while_what_it_leaves_behind_reads_the_same() {
        assert_eq!(found("a b c b c d", 1..3, (1, 3)), [0, 1, 2]);
        assert_eq!(found("a b c b c d", 3..5, (3, 1)), [0, -1, -2]);
        assert_eq!(found("a b c d", 1..2, (1, 2)), [0]);
    }

    #[test]
    fn it_slides_no_farther_than_it_may() {
        assert_eq!(found("x x x x x", 2..3, (1, 2)), [0, -1, 1, 2]);
        assert_eq!(found("x x x", 0..3, (0, 0)), [0]);
    }
}
