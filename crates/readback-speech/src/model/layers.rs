//! The parts that encoder and decoder layers share, read from a [`ModelFile`].

use rayon::prelude::*;
use readback_kernels::{Epilogue, Linear, Rows, layer_norm};

use super::ModelError;
use super::file::ModelFile;

/// Rows that go through a feed-forward network together.
const ROWS_AT_ONCE: usize = 96;

/// Layer normalisation.
pub(super) struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    pub(super) fn load(file: &ModelFile, prefix: &str, state: usize) -> Result<Self, ModelError> {
        Ok(Self {
            gain: file.floats(&format!("{prefix}/gamma"), &[state])?,
            bias: file.floats(&format!("{prefix}/beta"), &[state])?,
        })
    }

    /// Normalises `[rows][state]` into `out`.
    pub(super) fn apply(&self, rows: &[f32], out: &mut Vec<f32>) {
        out.resize(rows.len(), 0.0);
        layer_norm(rows, &self.gain, &self.bias, out);
    }
}

/// Reads a linear layer of the given sizes.
pub(super) fn linear(
    file: &ModelFile,
    prefix: &str,
    inputs: usize,
    outputs: usize,
) -> Result<Linear, ModelError> {
    file.layer(prefix, [outputs, inputs], || {
        let weights = file.floats(&format!("{prefix}/weight"), &[outputs, inputs])?;
        Ok((weights, bias(file, prefix, outputs)?))
    })
}

/// The bias of a layer, if it has one.
pub(super) fn bias(
    file: &ModelFile,
    prefix: &str,
    outputs: usize,
) -> Result<Option<Vec<f32>>, ModelError> {
    let name = format!("{prefix}/bias");
    file.has(&name).then(|| file.floats(&name, &[outputs])).transpose()
}

/// Room for what layers pass on within themselves, kept from one to the next.
#[derive(Default)]
pub(super) struct Scratch {
    /// Normalised rows.
    pub(super) normal: Vec<f32>,
    /// Rows wider than the state.
    pub(super) wide: Vec<f32>,
    /// What attention gathered.
    pub(super) context: Vec<f32>,
}

/// Applies a linear layer to `[rows][inputs]`, into `out`.
pub(super) fn apply(linear: &Linear, rows: &[f32], out: &mut Vec<f32>, epilogue: Epilogue) {
    let count = rows.len() / linear.inputs();
    out.resize(count * linear.outputs(), 0.0);
    linear.apply(Rows::new(rows, count, linear.inputs()), out, epilogue);
}

/// Adds a linear layer of `[rows][inputs]` to `out`.
pub(super) fn add(linear: &Linear, rows: &[f32], out: &mut [f32]) {
    let (count, inputs) = (rows.len() / linear.inputs(), linear.inputs());
    linear.apply(Rows::new(rows, count, inputs), out, Epilogue::Add);
}

/// The feed-forward half of a layer.
pub(super) struct FeedForward {
    norm: Norm,
    widen: Linear,
    narrow: Linear,
}

impl FeedForward {
    pub(super) fn load(file: &ModelFile, prefix: &str, state: usize) -> Result<Self, ModelError> {
        let [inner, _] = file.shape(&format!("{prefix}/linear_0/weight"))?;
        Ok(Self {
            norm: Norm::load(file, &format!("{prefix}/layer_norm"), state)?,
            widen: linear(file, &format!("{prefix}/linear_0"), state, inner)?,
            narrow: linear(file, &format!("{prefix}/linear_1"), inner, state)?,
        })
    }

    /// Adds its output to the hidden rows, a few at a time, so that what lies between stays in a near
    /// cache.
    pub(super) fn apply(&self, hidden: &mut [f32]) {
        let blocks = hidden.par_chunks_mut(ROWS_AT_ONCE * self.widen.inputs());
        blocks.for_each_init(Scratch::default, |scratch, hidden| {
            self.norm.apply(hidden, &mut scratch.normal);
            apply(&self.widen, &scratch.normal, &mut scratch.wide, Epilogue::Gelu);
            add(&self.narrow, &scratch.wide, hidden);
        });
    }
}
