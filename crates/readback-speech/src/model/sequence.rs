//! Step-by-step decoding: sequences of tokens that keep their self-attention keys and values.

use rayon::prelude::*;
use readback_kernels::{Past, attend};

use super::Dims;
use super::decoder::{CrossKv, LookBack};

/// Tokens read so far against a [`CrossKv`], with their self-attention keys and values.
#[derive(Clone)]
pub struct Sequence<'a> {
    pub(super) cross_kv: &'a CrossKv,
    layers: Vec<Cache>,
    pub(super) length: usize,
    limit: usize,
}

/// One layer's keys and values, `[tokens][state]` each.
#[derive(Clone, Default)]
struct Cache {
    keys: Vec<f32>,
    values: Vec<f32>,
}

impl<'a> Sequence<'a> {
    pub(super) fn new(cross_kv: &'a CrossKv, dims: &Dims) -> Self {
        let layers = vec![Cache::default(); dims.decoder_layers];
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
        let length = length.min(self.length);
        for cache in &mut self.layers {
            let state = cache.keys.len() / self.length.max(1);
            cache.keys.truncate(length * state);
            cache.values.truncate(length * state);
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
        let mut pasts = Vec::new();
        for (sequence, &count) in self.sequences.iter_mut().zip(self.counts) {
            let cache = &mut sequence.layers[layer];
            for row in rows.by_ref().take(count) {
                cache.keys.extend_from_slice(&row[state..2 * state]);
                cache.values.extend_from_slice(&row[2 * state..]);
            }
            let cache = &sequence.layers[layer];
            pasts.extend((1..=count).map(|i| cache.past(sequence.length + i, state)));
        }
        let work = query_key_value.par_chunks_exact(3 * state).zip(out.par_chunks_exact_mut(state));
        work.zip(pasts).for_each(|((row, out), past)| {
            attend(&row[..state], &[past], self.heads, out);
        });
    }
}

impl Cache {
    fn past(&self, count: usize, stride: usize) -> Past<'_> {
        Past { keys: &self.keys, values: &self.values, stride, count }
    }
}
