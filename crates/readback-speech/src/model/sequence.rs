//! Step-by-step decoding: sequences of tokens that keep their self-attention keys and values.
//!
//! A search keeps many sequences of one window that begin alike, so keys and values lie in blocks of a few
//! tokens, and a copy of a sequence shares all blocks that neither of both writes to.

use std::sync::Arc;

use rayon::prelude::*;
use readback_kernels::{Past, attend};

use super::Dims;
use super::decoder::{CrossKv, LookBack};

/// Tokens of a block.
const BLOCK: usize = 16;

/// Tokens read so far against a [`CrossKv`], with their self-attention keys and values.
#[derive(Clone)]
pub struct Sequence<'a> {
    pub(super) cross_kv: &'a CrossKv,
    layers: Vec<Cache>,
    pub(super) length: usize,
    limit: usize,
}

impl<'a> Sequence<'a> {
    pub(super) fn new(cross_kv: &'a CrossKv, dims: &Dims) -> Self {
        let layers = vec![Cache::new(dims.state); dims.decoder_layers];
        Self { cross_kv, layers, length: 0, limit: dims.text_context }
    }

    /// How many tokens were read.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether none was read yet.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Forgets all tokens but the first `length`.
    pub fn cut(&mut self, length: usize) {
        if length >= self.length {
            return;
        }
        for cache in &mut self.layers {
            cache.cut(length);
        }
        self.length = length;
    }

    /// How many more tokens fit.
    pub fn room(&self) -> usize {
        self.limit - self.length
    }
}

/// Looks back at each sequence's own cache, which grows by the rows of the pass.
pub(super) struct Steps<'s, 'a, 'm> {
    /// The sequences.
    pub(super) sequences: &'s mut [&'a mut Sequence<'m>],
    /// How many rows of the pass belong to each.
    pub(super) counts: &'s [usize],
    /// Attention heads.
    pub(super) heads: usize,
}

impl LookBack for Steps<'_, '_, '_> {
    fn attend(&mut self, layer: usize, query_key_value: &[f32], out: &mut [f32]) {
        let state = query_key_value.len() / 3 / self.counts.iter().sum::<usize>();
        let mut rows = query_key_value.chunks_exact(3 * state);
        let mut seen: Vec<(&Cache, usize)> = Vec::new();
        for (sequence, &count) in self.sequences.iter_mut().zip(self.counts) {
            let cache = &mut sequence.layers[layer];
            for row in rows.by_ref().take(count) {
                cache.append(&row[state..]);
            }
            let cache = &sequence.layers[layer];
            seen.extend((1..=count).map(|own| (cache, sequence.length + own)));
        }
        let work = query_key_value.par_chunks_exact(3 * state).zip(out.par_chunks_exact_mut(state));
        work.zip(seen).for_each(|((row, out), (cache, count))| {
            attend(&row[..state], &cache.first(count), self.heads, out);
        });
    }
}

/// One layer's keys and values, every block full but the last.
#[derive(Clone)]
struct Cache {
    state: usize,
    blocks: Vec<Arc<Block>>,
}

impl Cache {
    fn new(state: usize) -> Self {
        Self { state, blocks: Vec::new() }
    }

    /// Adds a token's key and value, one after the other.
    fn append(&mut self, key_value: &[f32]) {
        let full = BLOCK * 2 * self.state;
        match self.blocks.last_mut() {
            Some(last) if last.0.len() < full => Arc::make_mut(last).0.extend(key_value),
            _ => {
                let mut block = Vec::with_capacity(full);
                block.extend(key_value);
                self.blocks.push(Arc::new(Block(block)));
            }
        }
    }

    /// Forgets all tokens but the first `count`.
    fn cut(&mut self, count: usize) {
        self.blocks.truncate(count.div_ceil(BLOCK));
        let before = self.blocks.len().saturating_sub(1) * BLOCK;
        let kept = (count - before) * 2 * self.state;
        if let Some(last) = self.blocks.last_mut().filter(|last| last.0.len() > kept) {
            Arc::make_mut(last).0.truncate(kept);
        }
    }

    /// The keys and values of the first `count` tokens.
    fn first(&self, count: usize) -> Vec<Past<'_>> {
        let mut pasts = Vec::with_capacity(self.blocks.len());
        for (index, block) in self.blocks.iter().enumerate() {
            let count = count.saturating_sub(index * BLOCK).min(BLOCK);
            let (keys, values) = (&block.0[..], &block.0[self.state..]);
            pasts.push(Past { keys, values, stride: 2 * self.state, count });
        }
        pasts
    }
}

/// `[tokens][2][state]`: keys and values of at most [`BLOCK`] tokens.
struct Block(Vec<f32>);

impl Clone for Block {
    /// With room for as many tokens as the other has.
    fn clone(&self) -> Self {
        let mut copy = Vec::with_capacity(self.0.capacity());
        copy.extend(&self.0);
        Self(copy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cache of keys 1, 2, … and their negatives as values.
    fn cache(numbers: std::ops::RangeInclusive<usize>) -> Cache {
        let mut cache = Cache::new(1);
        append(&mut cache, numbers);
        cache
    }

    fn append(cache: &mut Cache, numbers: std::ops::RangeInclusive<usize>) {
        for number in numbers {
            cache.append(&[number as f32, -(number as f32)]);
        }
    }

    /// The keys of the first tokens, each with its value beside it.
    fn keys(cache: &Cache, count: usize) -> Vec<usize> {
        let mut keys = Vec::new();
        for past in cache.first(count) {
            for row in 0..past.count {
                let (key, value) = (past.keys[row * past.stride], past.values[row * past.stride]);
                assert_eq!(key, -value);
                keys.push(key as usize);
            }
        }
        keys
    }

    #[test]
    fn all_tokens_are_found_in_order_over_the_borders_of_blocks() {
        let cache = cache(1..=2 * BLOCK + 3);
        for count in [1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 3] {
            assert_eq!(keys(&cache, count), (1..=count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_was_cut_can_be_written_anew() {
        for kept in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK] {
            let mut cache = cache(1..=2 * BLOCK + 3);
            cache.cut(kept);
            append(&mut cache, 101..=102);
            let expected: Vec<usize> = (1..=kept).chain([101, 102]).collect();
            assert_eq!(keys(&cache, kept + 2), expected, "{kept}");
        }
    }

    #[test]
    fn copies_go_on_without_each_other_and_share_what_neither_writes() {
        let mut one = cache(1..=BLOCK + 3);
        let mut other = one.clone();
        append(&mut one, 101..=101);
        other.cut(BLOCK + 1);
        append(&mut other, 201..=202);
        assert_eq!(keys(&one, BLOCK + 4)[BLOCK..], [BLOCK + 1, BLOCK + 2, BLOCK + 3, 101]);
        assert_eq!(keys(&other, BLOCK + 3)[BLOCK..], [BLOCK + 1, 201, 202]);
        assert!(Arc::ptr_eq(&one.blocks[0], &other.blocks[0]));
    }
}
