//! Self-attention: of a whole window at once (the encoder), and of single rows over chosen stretches
//! of earlier ones (the decoder).

use rayon::prelude::*;

use crate::elementwise::{exponentials, exponentials_of_rows, softmax_plain};
use crate::lanes::{add_scaled, dot, vectorised};
use crate::product::{View, product};

/// Query rows whose scores exist at once.
const QUERIES_PER_TASK: usize = 96;

/// Attention of every row to every row: `qkv` is `[rows][3][state]`, `out` `[rows][state]`, and
/// `state` is cut into `heads` equal parts.
///
/// A task holds the scores of one head and `QUERIES_PER_TASK` rows, never more.
///
/// # Panics
/// When the lengths do not agree.
pub fn self_attention(qkv: &[f32], state: usize, heads: usize, out: &mut [f32]) {
    check_lengths(qkv, state, heads, out);
    let tasks = out.par_chunks_mut(QUERIES_PER_TASK * state).enumerate();
    tasks.for_each_init(Vec::new, |scores, (task, out)| {
        let queries = &qkv[task * QUERIES_PER_TASK * 3 * state..];
        for head in 0..heads {
            attend_head(queries, qkv, state, Head { index: head, size: state / heads }, scores, out);
        }
    });
}

fn check_lengths(qkv: &[f32], state: usize, heads: usize, out: &[f32]) {
    assert!(heads > 0 && state > 0 && state.is_multiple_of(heads), "heads must divide the state");
    assert!(out.len().is_multiple_of(state) && qkv.len() == 3 * out.len(), "three rows for each out");
}

/// One head's place in a row.
#[derive(Clone, Copy)]
struct Head {
    index: usize,
    size: usize,
}

/// One head of the first `out.len() / state` rows of `queries` against all rows of `qkv`.
fn attend_head(
    queries: &[f32],
    qkv: &[f32],
    state: usize,
    head: Head,
    scores: &mut Vec<f32>,
    out: &mut [f32],
) {
    let (rows, count) = (qkv.len() / (3 * state), out.len() / state);
    let start = head.index * head.size;
    let part = |values, first, rows| View::new(values_from(values, first), rows, head.size, 3 * state);
    let (query, key) = (part(queries, start, count), part(qkv, state + start, rows));
    scores.resize(count * rows, 0.0);
    product(scores, rows, query, key.transposed(), 1.0 / (head.size as f32).sqrt(), false);
    let sums = exponentials_of_rows(scores, rows);
    let weights = View::new(scores, count, rows, rows);
    let value = part(qkv, 2 * state + start, rows);
    product(&mut out[start..], state, weights, value, 1.0, false);
    for (row, sum) in out.chunks_exact_mut(state).zip(sums) {
        for value in &mut row[start..start + head.size] {
            *value /= sum;
        }
    }
}

fn values_from(values: &[f32], first: usize) -> &[f32] {
    &values[first..]
}

/// What [`self_attention`] computes.
pub fn self_attention_plain(qkv: &[f32], state: usize, heads: usize, out: &mut [f32]) {
    for (query, out) in qkv.chunks(3 * state).zip(out.chunks_mut(state)) {
        let past = Past { keys: &qkv[state..], values: &qkv[2 * state..], stride: 3 * state, count: qkv.len() / (3 * state) };
        attend_plain(&query[..state], &[past], heads, out);
    }
}

/// A stretch of rows that may be attended to: row `i` of the keys is at `i * stride`, as long as a query.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    /// The keys.
    pub keys: &'a [f32],
    /// The values, laid out alike.
    pub values: &'a [f32],
    /// Distance between rows.
    pub stride: usize,
    /// How many rows.
    pub count: usize,
}

impl Past<'_> {
    fn key(&self, row: usize, head: Head) -> &[f32] {
        &self.keys[row * self.stride + head.index * head.size..][..head.size]
    }

    fn value(&self, row: usize, head: Head) -> &[f32] {
        &self.values[row * self.stride + head.index * head.size..][..head.size]
    }
}

/// Attention of one row to the rows of `pasts`, taken one after the other; in one thread.
///
/// # Panics
/// When `heads` does not divide the query or a past is shorter than it says.
pub fn attend(query: &[f32], pasts: &[Past], heads: usize, out: &mut [f32]) {
    let size = query.len() / heads;
    let mut scores = vec![0.0; pasts.iter().map(|past| past.count).sum()];
    vectorised!(for index in 0..heads {
        let head = Head { index, size };
        let (query, out) = (&query[index * size..][..size], &mut out[index * size..][..size]);
        attend_one_head(query, pasts, head, &mut scores, out);
    });
}

#[inline(always)]
fn attend_one_head(query: &[f32], pasts: &[Past], head: Head, scores: &mut [f32], out: &mut [f32]) {
    let scale = 1.0 / (head.size as f32).sqrt();
    let mut place = scores.iter_mut();
    for past in pasts {
        for (row, score) in (0..past.count).zip(&mut place) {
            *score = dot(query, past.key(row, head)) * scale;
        }
    }
    let sum = exponentials(scores);
    out.fill(0.0);
    let mut weights = scores.iter();
    for past in pasts {
        for (row, weight) in (0..past.count).zip(&mut weights) {
            add_scaled(out, weight / sum, past.value(row, head));
        }
    }
}

/// What [`attend`] computes.
pub fn attend_plain(query: &[f32], pasts: &[Past], heads: usize, out: &mut [f32]) {
    let size = query.len() / heads;
    for index in 0..heads {
        let head = Head { index, size };
        let query = &query[index * size..][..size];
        let rows = || pasts.iter().flat_map(|past| (0..past.count).map(move |row| (past, row)));
        let score = |(past, row): (&Past, usize)| {
            let sum: f32 = query.iter().zip(past.key(row, head)).map(|(q, k)| q * k).sum();
            sum / (size as f32).sqrt()
        };
        let mut weights: Vec<f32> = rows().map(score).collect();
        softmax_plain(&mut weights);
        for (i, out) in out[index * size..][..size].iter_mut().enumerate() {
            *out = rows().zip(&weights).map(|((past, row), w)| w * past.value(row, head)[i]).sum();
        }
    }
}
