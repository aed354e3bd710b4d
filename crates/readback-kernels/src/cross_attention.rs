//! Cross-attention keys and values of one window, packed once to be multiplied with at every decoding
//! step, and attention to them.

use rayon::prelude::*;

use crate::attention::{PackedHead, Past, Scratch, attend_plain, bf16_is_fast};
use crate::bf16::Bf16x2;
use crate::gemm::Rows;
use crate::int16::Int16x2;
use crate::linear::Precision;
use crate::shared::SharedRows;

/// Query rows handled by one task.
const ROWS_PER_TASK: usize = 48;

/// One layer's keys and values for one window.
#[doc(alias = "cross_kv")]
#[doc(alias = "kv_cache")]
#[derive(Clone, Debug)]
pub struct KeysAndValues {
    heads: Heads,
    frames: usize,
    size: usize,
}

#[derive(Clone, Debug)]
enum Heads {
    Exact(Vec<PackedHead<f32>>),
    Bf16(Vec<PackedHead<Bf16x2>>),
    Int16(Vec<PackedHead<Int16x2>>),
}

/// What a task computes with, whichever words the heads have.
#[derive(Default)]
struct Room {
    exact: Scratch<f32>,
    bf16: Scratch<Bf16x2>,
    int16: Scratch<Int16x2>,
}

impl KeysAndValues {
    /// `both` is `[frames][2][heads][size]`: keys, then values.
    ///
    /// # Panics
    /// When `both` is empty or not whole frames.
    pub fn new(both: &[f32], heads: usize, size: usize, precision: Precision) -> Self {
        let width = 2 * heads * size;
        assert!(width > 0 && !both.is_empty() && both.len().is_multiple_of(width), "whole frames");
        let frames = both.len() / width;
        let places = (0..heads).into_par_iter().map(|head| {
            let place = head * size;
            let part = |start: usize| Rows::new(&both[start..], frames, width);
            (part(place), part(width / 2 + place))
        });
        let heads = match precision {
            Precision::Exact => Heads::Exact(
                places.map(|(keys, values)| PackedHead::new(keys, values, size)).collect(),
            ),
            Precision::Fast if bf16_is_fast() => Heads::Bf16(
                places.map(|(keys, values)| PackedHead::new(keys, values, size)).collect(),
            ),
            Precision::Fast => Heads::Int16(
                places.map(|(keys, values)| PackedHead::new(keys, values, size)).collect(),
            ),
        };
        Self { heads, frames, size }
    }

    /// Encoder frames held.
    pub fn frames(&self) -> usize {
        self.frames
    }

    /// How many bytes the numbers take.
    pub fn bytes(&self) -> usize {
        match &self.heads {
            Heads::Exact(heads) => heads.iter().map(PackedHead::bytes).sum(),
            Heads::Bf16(heads) => heads.iter().map(PackedHead::bytes).sum(),
            Heads::Int16(heads) => heads.iter().map(PackedHead::bytes).sum(),
        }
    }

    /// Where one head looks: softmax weights `[rows][frames]` of queries `[rows][heads][size]`.
    pub fn weights(&self, queries: &[f32], head: usize) -> Vec<f32> {
        let queries = self.queries(queries, head);
        match &self.heads {
            Heads::Exact(heads) => heads[head].weights(queries),
            Heads::Bf16(heads) => heads[head].weights(queries),
            Heads::Int16(heads) => heads[head].weights(queries),
        }
    }

    /// Attention of queries `[rows][heads][size]` in one head: each row's `size` values to where `out` says.
    fn attend<'o>(
        &self,
        queries: &[f32],
        head: usize,
        room: &mut Room,
        out: impl FnMut(usize) -> &'o mut [f32],
    ) {
        let queries = self.queries(queries, head);
        match &self.heads {
            Heads::Exact(heads) => heads[head].attend(queries, &mut room.exact, out),
            Heads::Bf16(heads) => heads[head].attend(queries, &mut room.bf16, out),
            Heads::Int16(heads) => heads[head].attend(queries, &mut room.int16, out),
        }
    }

    /// One head's part of the queries.
    fn queries<'a>(&self, queries: &'a [f32], head: usize) -> Rows<'a> {
        let state = self.heads() * self.size;
        Rows::new(&queries[head * self.size..], queries.len() / state, state)
    }

    fn heads(&self) -> usize {
        match &self.heads {
            Heads::Exact(heads) => heads.len(),
            Heads::Bf16(heads) => heads.len(),
            Heads::Int16(heads) => heads.len(),
        }
    }
}

/// Attention of each group's rows to its own window, all at once: `queries` and `out` are
/// `[rows][heads][size]`, the groups' rows following each other.
///
/// # Panics
/// When the groups' rows are not those of `queries`.
pub fn cross_attention(groups: &[(usize, &KeysAndValues)], queries: &[f32], out: &mut [f32]) {
    let Some((_, window)) = groups.first() else { return };
    let state = window.heads() * window.size;
    let mut first = 0;
    let mut tasks = Vec::new();
    for &(rows, window) in groups {
        assert_eq!(window.heads() * window.size, state, "windows of one model");
        for start in (0..rows).step_by(ROWS_PER_TASK) {
            let range = first + start..first + rows.min(start + ROWS_PER_TASK);
            tasks.extend((0..window.heads()).map(|head| (window, head, range.clone())));
        }
        first += rows;
    }
    assert_eq!(out.len(), first * state, "a row for each query");
    let out = SharedRows::new(out.chunks_exact_mut(state));
    tasks.par_iter().for_each_init(Room::default, |room, (window, head, rows)| {
        let columns = head * window.size..(head + 1) * window.size;
        window.attend(&queries[rows.start * state..rows.end * state], *head, room, |row| {
            // SAFETY: the head's columns lie within the row, and no other task has them and the row.
            unsafe { out.stretch(rows.start + row, columns.clone()) }
        });
    });
}

/// What [`cross_attention`] computes for one group, from keys and values `[frames][2][heads][size]` in
/// single precision.
pub fn cross_attention_plain(
    both: &[f32],
    heads: usize,
    queries: &[f32],
    state: usize,
    out: &mut [f32],
) {
    let past = Past {
        keys: both,
        values: &both[state..],
        stride: 2 * state,
        count: both.len() / (2 * state),
    };
    for (query, out) in queries.chunks(state).zip(out.chunks_mut(state)) {
        attend_plain(query, &[past], heads, out);
    }
}
