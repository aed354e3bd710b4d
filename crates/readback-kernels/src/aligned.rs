//! Words that begin where a line of the cache does: tiles are loaded a line at a time, and three times as
//! slowly from words that lie across two.

use std::ops::{Deref, DerefMut};

use crate::vector::LANES;

/// A line of the cache.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(64))]
struct Line<W>([W; LANES]);

/// A list of words of four bytes.
#[derive(Clone, Debug)]
pub(crate) struct Aligned<W> {
    lines: Vec<Line<W>>,
    length: usize,
}

impl<W> Default for Aligned<W> {
    fn default() -> Self {
        Self { lines: Vec::new(), length: 0 }
    }
}

impl<W: Copy + Default> Aligned<W> {
    /// So many words of zero.
    pub(crate) fn new(length: usize) -> Self {
        Self { lines: vec![Line::default(); length.div_ceil(LANES)], length }
    }

    /// Makes it so many words, of which those that were there before may stay.
    pub(crate) fn resize(&mut self, length: usize) {
        self.lines.resize(length.div_ceil(LANES), Line::default());
        self.length = length;
    }
}

impl<W: Copy + Default> From<&[W]> for Aligned<W> {
    fn from(words: &[W]) -> Self {
        let mut aligned = Self::new(words.len());
        aligned.copy_from_slice(words);
        aligned
    }
}

impl<W> Deref for Aligned<W> {
    type Target = [W];

    fn deref(&self) -> &[W] {
        const { assert!(size_of::<Line<W>>() == size_of::<[W; LANES]>(), "words of four bytes") };
        // SAFETY: lines are words without anything between them, `length` of them at least.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.length) }
    }
}

impl<W> DerefMut for Aligned<W> {
    fn deref_mut(&mut self) -> &mut [W] {
        const { assert!(size_of::<Line<W>>() == size_of::<[W; LANES]>(), "words of four bytes") };
        // SAFETY: as above, and borrowed by nobody else.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.length) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_with_a_line_whatever_their_number() {
        for length in [0, 1, 15, 16, 17, 1000] {
            let words: Vec<[u16; 2]> = (0..length).map(|x| [x, 7]).collect();
            let mut aligned = Aligned::from(words.as_slice());
            assert_eq!(&*aligned, words);
            assert!(aligned.as_ptr().addr().is_multiple_of(64));
            aligned.resize(usize::from(length) + 20);
            assert_eq!(&aligned[..words.len()], words);
            assert!(aligned[words.len()..].iter().all(|word| *word == [0; 2]));
        }
    }
}
