//! Cross-attention keys and values of one window, kept in half precision, and attention to them.
//!
//! Half precision halves what every decoding step must read. Keys lie in panels of `PANEL` frames,
//! `[heads][panels][size][PANEL]`, values by frame, `[heads][frames][padded size]`, so that both are
//! read once from end to end and expanded panel by panel.

use rayon::prelude::*;

use crate::elementwise::{exponentials, softmax};
use crate::half::{narrow, widen_body};
use crate::lanes::vectorised;

/// Frames expanded to single precision at once.
const PANEL: usize = 32;
/// Query rows that share one expansion.
const TOGETHER: usize = 4;
/// Query rows handled by one task.
const ROWS_PER_TASK: usize = 64;

/// One layer's keys and values for one window.
#[derive(Clone, Debug)]
pub struct KeysAndValues {
    keys: Vec<u16>,
    values: Vec<u16>,
    frames: usize,
    heads: usize,
    size: usize,
    padded: usize,
}

impl KeysAndValues {
    /// `both` is `[frames][2][heads][size]`: keys, then values.
    ///
    /// # Panics
    /// When `both` is empty or not whole frames.
    pub fn new(both: &[f32], heads: usize, size: usize) -> Self {
        let width = 2 * heads * size;
        assert!(width > 0 && !both.is_empty() && both.len().is_multiple_of(width), "whole frames");
        let (frames, padded) = (both.len() / width, size.next_multiple_of(PANEL));
        let mut made = Self {
            keys: vec![0; heads * frames.next_multiple_of(PANEL) * size],
            values: vec![0; heads * frames * padded],
            frames,
            heads,
            size,
            padded,
        };
        made.fill(both);
        made
    }

    fn fill(&mut self, both: &[f32]) {
        let (size, padded, state) = (self.size, self.padded, self.heads * self.size);
        let keys = self.keys.par_chunks_mut(self.frames.next_multiple_of(PANEL) * size);
        let values = self.values.par_chunks_mut(self.frames * padded);
        keys.zip(values).enumerate().for_each(|(head, (keys, values))| {
            let mut narrowed = vec![0; size];
            for (frame, both) in both.chunks_exact(2 * state).enumerate() {
                narrow(&both[head * size..][..size], &mut narrowed);
                let panel = &mut keys[frame / PANEL * size * PANEL..];
                for (i, key) in narrowed.iter().enumerate() {
                    panel[i * PANEL + frame % PANEL] = *key;
                }
                narrow(&both[state + head * size..][..size], &mut values[frame * padded..][..size]);
            }
        });
    }

    /// Encoder frames held.
    pub fn frames(&self) -> usize {
        self.frames
    }

    /// How many numbers are held, two bytes each.
    pub fn numbers(&self) -> usize {
        self.keys.len() + self.values.len()
    }

    /// Where one head looks: softmax weights `[rows][frames]` of queries `[rows][heads][size]`.
    pub fn weights(&self, queries: &[f32], head: usize) -> Vec<f32> {
        let mut scores = self.scores(queries, head);
        scores.chunks_exact_mut(self.frames).for_each(softmax);
        scores
    }

    /// Attention of `queries` `[rows][heads][size]` in one head; `[rows][size]`.
    fn attend(&self, queries: &[f32], head: usize) -> Vec<f32> {
        let mut weights = self.scores(queries, head);
        let rows = weights.len() / self.frames;
        let sums = weights.chunks_exact_mut(self.frames).map(exponentials).collect::<Vec<_>>();
        let mut sum_rows = vec![0.0; rows * self.padded];
        gather(self, &weights, head, &mut sum_rows);
        let rows = sum_rows.chunks_exact(self.padded).zip(sums);
        rows.flat_map(|(row, sum)| row[..self.size].iter().map(move |x| x / sum)).collect()
    }

    /// Scaled scores `[rows][frames]`.
    fn scores(&self, queries: &[f32], head: usize) -> Vec<f32> {
        let state = self.heads * self.size;
        let scale = 1.0 / (self.size as f32).sqrt();
        let scaled: Vec<f32> = queries
            .chunks_exact(state)
            .flat_map(|row| row[head * self.size..][..self.size].iter().map(|x| x * scale))
            .collect();
        let mut scores = vec![0.0; queries.len() / state * self.frames];
        fill_scores(self, &scaled, head, &mut scores);
        scores
    }

    #[inline(always)]
    fn fill_scores_body<const ROOMY: bool>(
        &self,
        queries: &[f32],
        head: usize,
        scores: &mut [f32],
    ) {
        let per_head = self.frames.next_multiple_of(PANEL) * self.size;
        let panels = self.keys[head * per_head..][..per_head].chunks_exact(PANEL * self.size);
        let mut expanded = vec![0.0; PANEL * self.size];
        for (index, panel) in panels.enumerate() {
            widen_body::<ROOMY>(panel, &mut expanded);
            let first = index * PANEL;
            let count = PANEL.min(self.frames - first);
            let queries = queries.chunks(TOGETHER * self.size);
            for (queries, scores) in queries.zip(scores.chunks_mut(TOGETHER * self.frames)) {
                let mut sums = [[0.0; PANEL]; TOGETHER];
                accumulate(queries, self.size, 0..self.size, &expanded, PANEL, &mut sums);
                for (row, sums) in scores.chunks_exact_mut(self.frames).zip(&sums) {
                    row[first..first + count].copy_from_slice(&sums[..count]);
                }
            }
        }
    }

    /// `out[rows][padded] = weights[rows][frames] · values`.
    #[inline(always)]
    fn gather_body<const ROOMY: bool>(&self, weights: &[f32], head: usize, out: &mut [f32]) {
        let per_head = self.frames * self.padded;
        let blocks = self.values[head * per_head..][..per_head].chunks(PANEL * self.padded);
        let mut expanded = vec![0.0; PANEL * self.padded];
        for (index, block) in blocks.enumerate() {
            widen_body::<ROOMY>(block, &mut expanded);
            let frames = index * PANEL..index * PANEL + block.len() / self.padded;
            let weights = weights.chunks(TOGETHER * self.frames);
            for (weights, out) in weights.zip(out.chunks_mut(TOGETHER * self.padded)) {
                for column in (0..self.padded).step_by(PANEL) {
                    let mut sums = [[0.0; PANEL]; TOGETHER];
                    let (values, frames) = (&expanded[column..], frames.clone());
                    accumulate(weights, self.frames, frames, values, self.padded, &mut sums);
                    for (row, sums) in out.chunks_exact_mut(self.padded).zip(&sums) {
                        for (out, sum) in row[column..][..PANEL].iter_mut().zip(sums) {
                            *out += sum;
                        }
                    }
                }
            }
        }
    }
}

vectorised!(
    fn fill_scores(memory: &KeysAndValues, queries: &[f32], head: usize, scores: &mut [f32])
        = KeysAndValues::fill_scores_body::<false>, roomy KeysAndValues::fill_scores_body::<true>
);

vectorised!(
    fn gather(memory: &KeysAndValues, weights: &[f32], head: usize, out: &mut [f32])
        = KeysAndValues::gather_body::<false>, roomy KeysAndValues::gather_body::<true>
);

/// `sums[r] += Σ left[r][k] * right[k]` over the `steps` of `k`; a row of `left` is `width` long, one
/// of `right` (the first being the first step's) `stride`. Rows that `left` lacks are left alone.
#[inline(always)]
fn accumulate(
    left: &[f32],
    width: usize,
    steps: std::ops::Range<usize>,
    right: &[f32],
    stride: usize,
    sums: &mut [[f32; PANEL]; TOGETHER],
) {
    if left.len() == width {
        sum_rows([&left[steps]], right, stride, sums.first_chunk_mut().expect("at least one row"));
    } else {
        let last = left.len() / width - 1;
        let mut rows = [&left[..0]; TOGETHER];
        for (row, part) in rows.iter_mut().enumerate() {
            *part = &left[row.min(last) * width..][steps.clone()];
        }
        sum_rows(rows, right, stride, sums);
    }
}

#[inline(always)]
fn sum_rows<const N: usize>(
    left: [&[f32]; N],
    right: &[f32],
    stride: usize,
    sums: &mut [[f32; PANEL]; N],
) {
    let mut local = [[0.0; PANEL]; N];
    for (k, right) in (0..left[0].len()).zip(right.chunks(stride)) {
        let right: &[f32; PANEL] = right.first_chunk().expect("a row holds a panel");
        for row in 0..N {
            let factor = left[row][k];
            for lane in 0..PANEL {
                local[row][lane] = right[lane].mul_add(factor, local[row][lane]);
            }
        }
    }
    *sums = local;
}

/// Attention of each group's rows to its own window, all at once: `queries` and `out` are
/// `[rows][heads][size]`, the groups' rows following each other.
///
/// # Panics
/// When the groups' rows are not those of `queries`.
pub fn cross_attention(groups: &[(usize, &KeysAndValues)], queries: &[f32], out: &mut [f32]) {
    let mut first = 0;
    let mut tasks = Vec::new();
    for &(rows, memory) in groups {
        for start in (0..rows).step_by(ROWS_PER_TASK) {
            let range = first + start..first + rows.min(start + ROWS_PER_TASK);
            tasks.extend((0..memory.heads).map(|head| (memory, head, range.clone())));
        }
        first += rows;
    }
    let results: Vec<Vec<f32>> = tasks
        .par_iter()
        .map(|(memory, head, rows)| {
            let state = memory.heads * memory.size;
            memory.attend(&queries[rows.start * state..rows.end * state], *head)
        })
        .collect();
    for ((memory, head, rows), result) in tasks.into_iter().zip(results) {
        let state = memory.heads * memory.size;
        let out = out[rows.start * state..rows.end * state].chunks_exact_mut(state);
        for (out, result) in out.zip(result.chunks_exact(memory.size)) {
            out[head * memory.size..][..memory.size].copy_from_slice(result);
        }
    }
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
    let past = crate::Past {
        keys: both,
        values: &both[state..],
        stride: 2 * state,
        count: both.len() / (2 * state),
    };
    for (query, out) in queries.chunks(state).zip(out.chunks_mut(state)) {
        crate::attend_plain(query, &[past], heads, out);
    }
}
