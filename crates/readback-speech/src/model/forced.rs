//! Teacher forcing: tokens that are given are read in one parallel pass.
//!
//! A pass may hold a trunk of tokens and branches that leave it; each row sees a stretch of the trunk
//! and its own branch, nothing else.

use rayon::prelude::*;
use readback_kernels::{Past, attend};

use super::TokenId;
use super::decoder::LookBack;

/// What teacher forcing found.
#[derive(Clone, Debug, PartialEq)]
pub struct Forced {
    /// Natural log-probability of each forced token, given all tokens before it.
    pub log_probabilities: Vec<f32>,
}

/// Where the alignment heads looked: softmax weights `[heads][tokens][frames]`, each row summing to one.
#[derive(Clone, Debug, PartialEq)]
pub struct Attention {
    /// Alignment heads, in the order of [`ModelConfig::alignment_heads`](super::ModelConfig).
    pub heads: usize,
    /// All tokens given, the prompt included; row `t` is where the network looked on reading token
    /// `t`, which is to predict token `t + 1`.
    pub tokens: usize,
    /// Encoder frames of 20 ms.
    pub frames: usize,
    /// The weights.
    pub weights: Vec<f32>,
}

/// One token of a pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ForcedRow {
    /// The token.
    pub(crate) token: TokenId,
    /// Its position in its text.
    pub(crate) position: usize,
    /// It sees this many rows from the pass's first on …
    pub(crate) trunk: usize,
    /// … and those from here to itself.
    pub(crate) own: usize,
}

/// The rows of a text on its own.
pub(crate) fn trunk_rows(tokens: &[TokenId]) -> impl Iterator<Item = ForcedRow> {
    let row = |(position, &token)| ForcedRow { token, position, trunk: 0, own: 0 };
    tokens.iter().enumerate().map(row)
}

/// Looks back at rows of the same pass.
pub(super) struct Rowwise<'a> {
    pub(super) rows: &'a [ForcedRow],
    pub(super) heads: usize,
}

impl LookBack for Rowwise<'_> {
    fn attend(&mut self, _layer: usize, query_key_value: &[f32], out: &mut [f32]) {
        let state = out.len() / self.rows.len();
        let past = |first: usize, count: usize| {
            let rows = &query_key_value[first * 3 * state..];
            Past { keys: &rows[state..], values: &rows[2 * state..], stride: 3 * state, count }
        };
        out.par_chunks_exact_mut(state).enumerate().for_each(|(index, out)| {
            let row = self.rows[index];
            let query = &query_key_value[index * 3 * state..][..state];
            let pasts = [past(0, row.trunk), past(row.own, index + 1 - row.own)];
            attend(query, &pasts, self.heads, out);
        });
    }
}
