//! Self-attention: of a whole window at once (the encoder), and of single rows over chosen stretches
//! of earlier ones (the decoder).

use rayon::prelude::*;

use crate::aligned::Aligned;
use crate::bf16::Bf16x2;
use crate::elementwise::{exponentials_body, softmax, softmax_plain};
use crate::gemm::{Activation, Panels, Rows, WIDTH};
use crate::int16::Int16x2;
use crate::isa::vectorised;
use crate::linear::Precision;
use crate::shared::SharedRows;
use crate::vector::{LANES, add_scaled, dot, inverse};

/// Query rows whose scores exist at once.
const QUERIES_PER_TASK: usize = 48;

/// Attention of every row to every row: `qkv` is `[rows][3][state]`, `out` `[rows][state]`, and
/// `state` is cut into `heads` equal parts.
///
/// A task holds the scores of one head and `QUERIES_PER_TASK` rows, never more.
///
/// # Panics
/// When the lengths do not agree.
pub fn self_attention(
    qkv: &[f32],
    state: usize,
    heads: usize,
    precision: Precision,
    out: &mut [f32],
) {
    match precision {
        Precision::Exact => attend_to_all::<f32>(qkv, state, heads, out),
        Precision::Fast if bf16_is_fast() => attend_to_all::<Bf16x2>(qkv, state, heads, out),
        Precision::Fast => attend_to_all::<Int16x2>(qkv, state, heads, out),
    }
}

/// Whether half-width floats are multiplied faster than whole numbers of as many bits.
pub(crate) fn bf16_is_fast() -> bool {
    #[cfg(target_arch = "x86_64")]
    return crate::isa::Avx512::new().is_some();
    #[cfg(not(target_arch = "x86_64"))]
    false
}

fn attend_to_all<W: Activation>(qkv: &[f32], state: usize, heads: usize, out: &mut [f32]) {
    assert!(heads > 0 && state > 0 && state.is_multiple_of(heads), "heads must divide the state");
    assert!(
        out.len().is_multiple_of(state) && qkv.len() == 3 * out.len(),
        "three rows for each out"
    );
    let (size, count) = (state / heads, out.len() / state);
    let out = SharedRows::new(out.chunks_exact_mut(state));
    // One head after the other, so that its keys and values stay in a near cache.
    (0..heads).into_par_iter().for_each(|head| {
        let place = head * size;
        let part =
            |part: usize| Rows::new(&qkv[qkv.len().min(part * state + place)..], count, 3 * state);
        let packed = PackedHead::<W>::new(part(1), part(2), size);
        let tasks = (0..count).into_par_iter().step_by(QUERIES_PER_TASK);
        tasks.for_each_init(Scratch::default, |scratch, first| {
            let queries = part(0).part(first, QUERIES_PER_TASK.min(count - first));
            packed.attend(queries, scratch, |row| {
                // SAFETY: the head's columns lie within the row, and no other task has them and the row.
                unsafe { out.stretch(first + row, place..place + size) }
            });
        });
    });
}

/// One head's place in a row.
#[derive(Clone, Copy)]
struct Head {
    index: usize,
    size: usize,
}

/// One head's keys, scaled, and values, ready to be multiplied with.
#[derive(Clone, Debug)]
pub(crate) struct PackedHead<W> {
    keys: Panels<W>,
    values: Panels<W>,
    key_unit: f32,
    value_unit: f32,
}

/// What one task computes with.
#[derive(Default)]
pub(crate) struct Scratch<W> {
    /// Queries, then weights, as they are multiplied.
    words: Aligned<W>,
    scores: Aligned<f32>,
    /// What each row of scores is to be multiplied by.
    units: Vec<f32>,
    /// What each row of `out` is to be multiplied by.
    shares: Vec<f32>,
    out: Aligned<f32>,
}

impl<W: Activation> PackedHead<W> {
    /// Of keys and values, one each for every row looked at, whose first `size` numbers count.
    pub(crate) fn new(keys: Rows, values: Rows, size: usize) -> Self {
        let factors = [W::key_factor(keys, size), W::value_factor(values, size)];
        let scale = factors[0] / (size as f32).sqrt();
        let key = |row: usize, out: &mut [f32]| {
            for (out, x) in out.iter_mut().zip(keys.row(row, size)) {
                *out = x * scale;
            }
        };
        Self {
            keys: Panels::from_columns(size, keys.count(), key),
            values: Panels::from_rows(values, size, factors[1]),
            key_unit: inverse(factors[0]),
            value_unit: inverse(factors[1]),
        }
    }

    /// How many bytes the numbers take.
    pub(crate) fn bytes(&self) -> usize {
        self.keys.bytes() + self.values.bytes()
    }

    /// Softmax weights `[queries][rows looked at]`.
    pub(crate) fn weights(&self, queries: Rows) -> Vec<f32> {
        let mut scratch = Scratch::default();
        let stride = self.scores(queries, &mut scratch);
        let rows = scratch.scores.chunks_exact_mut(stride).zip(&scratch.units);
        let rows = rows.flat_map(|(row, unit)| {
            let row = &mut row[..self.keys.columns()];
            for score in row.iter_mut() {
                *score *= unit;
            }
            softmax(row);
            row.iter().copied()
        });
        rows.collect()
    }

    /// Scores and their units into the scratch, in rows as long as is returned.
    fn scores(&self, queries: Rows, scratch: &mut Scratch<W>) -> usize {
        let Scratch { words, scores, units, .. } = scratch;
        let (count, steps) = (queries.count(), self.keys.steps());
        let row_stride = self.keys.row_stride();
        words.resize(count * row_stride);
        units.clear();
        for (row, words) in words.chunks_exact_mut(row_stride).enumerate() {
            let words = &mut words[..steps];
            units.push(W::pack_row(queries.row(row, self.keys.depth()), words) * self.key_unit);
        }
        // A line more than needed: were the rows a multiple of pages apart, tiles would wait for each other.
        let stride = self.keys.count() * WIDTH + LANES;
        scores.resize(count * stride);
        for panel in 0..self.keys.count() {
            let out = &mut scores[panel * WIDTH..];
            self.keys.multiply(Rows::new(words, count, row_stride), panel, out, stride);
        }
        stride
    }

    /// Attention of the queries, in one thread: each row's values to where `out` says.
    pub(crate) fn attend<'o>(
        &self,
        queries: Rows,
        scratch: &mut Scratch<W>,
        out: impl FnMut(usize) -> &'o mut [f32],
    ) {
        self.sum_up(queries, scratch);
        scratch.write(out);
    }

    /// Sums of values, and what share in them a value has, into the scratch.
    fn sum_up(&self, queries: Rows, scratch: &mut Scratch<W>) {
        let stride = self.scores(queries, scratch);
        let Scratch { words, scores, units, shares, out } = scratch;
        let (count, steps) = (queries.count(), self.values.steps());
        let row_stride = self.values.row_stride();
        words.resize(count * row_stride);
        shares.clear();
        let rows = scores.chunks_exact_mut(stride).zip(words.chunks_exact_mut(row_stride));
        for ((scores, words), unit) in rows.zip(units) {
            let scores = &mut scores[..self.values.depth()];
            let sum = W::pack_weights(scores, *unit, &mut words[..steps]);
            shares.push(self.value_unit / sum);
        }
        let stride = self.values.count() * WIDTH;
        out.resize(count * stride);
        for panel in 0..self.values.count() {
            let out = &mut out[panel * WIDTH..];
            self.values.multiply(Rows::new(words, count, row_stride), panel, out, stride);
        }
    }
}

impl<W> Scratch<W> {
    /// Writes each row's values, times its share, to where `out` says.
    fn write<'o>(&self, mut out: impl FnMut(usize) -> &'o mut [f32]) {
        let stride = self.out.len() / self.shares.len().max(1);
        let rows = self.out.chunks_exact(stride.max(1)).zip(&self.shares);
        for (row, (values, share)) in rows.enumerate() {
            for (out, value) in out(row).iter_mut().zip(values) {
                *out = value * share;
            }
        }
    }
}

/// What [`self_attention`] computes.
pub fn self_attention_plain(qkv: &[f32], state: usize, heads: usize, out: &mut [f32]) {
    for (query, out) in qkv.chunks(3 * state).zip(out.chunks_mut(state)) {
        let past = Past {
            keys: &qkv[state..],
            values: &qkv[2 * state..],
            stride: 3 * state,
            count: qkv.len() / (3 * state),
        };
        attend_plain(&query[..state], &[past], heads, out);
    }
}

/// A stretch of rows that may be attended to: row `i` of the keys is at `i * stride`, as long as a query.
#[doc(alias = "kv_cache")]
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
    for index in 0..heads {
        let head = Head { index, size };
        let (query, out) = (&query[index * size..][..size], &mut out[index * size..][..size]);
        attend_one_head(query, pasts, head, &mut scores, out);
    }
}

vectorised!(
    fn attend_one_head(
        query: &[f32], pasts: &[Past], head: Head, scores: &mut [f32], out: &mut [f32],
    ) = attend_one_head_body
);

#[inline(always)]
fn attend_one_head_body(
    query: &[f32],
    pasts: &[Past],
    head: Head,
    scores: &mut [f32],
    out: &mut [f32],
) {
    let scale = 1.0 / (head.size as f32).sqrt();
    let mut place = scores.iter_mut();
    for past in pasts {
        for (row, score) in (0..past.count).zip(&mut place) {
            *score = dot(query, past.key(row, head)) * scale;
        }
    }
    let sum = exponentials_body(scores);
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
