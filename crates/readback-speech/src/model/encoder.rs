//! The encoder: two convolutions over the log-mel spectrogram, then layers of self-attention.

use readback_kernels::{Epilogue, Linear, Precision, Rows, self_attention};

use super::file::ModelFile;
use super::layers::{FeedForward, Norm, Scratch, add, apply, bias, linear};
use super::{Dims, ModelError};

/// Width of both convolutions.
const KERNEL: usize = 3;

/// One window as the encoder sees it: `[frames][state]`, a frame being 20 ms.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoded {
    pub(super) values: Vec<f32>,
    frames: usize,
}

impl Encoded {
    /// Encoder frames of 20 ms.
    pub fn frames(&self) -> usize {
        self.frames
    }

    /// The hidden states, `[frames][state]`.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// What was kept of another one's [`values`](Encoded::values), of so many frames.
    pub(crate) fn from_values(values: Vec<f32>, frames: usize) -> Self {
        Self { values, frames }
    }
}

pub(super) struct Encoder {
    first: Linear,
    second: Linear,
    positions: Vec<f32>,
    layers: Vec<Layer>,
    norm: Norm,
}

struct Layer {
    precision: Precision,
    norm: Norm,
    query_key_value: Linear,
    output: Linear,
    feed_forward: FeedForward,
}

impl Encoder {
    pub(super) fn load(file: &ModelFile, dims: &Dims) -> Result<Self, ModelError> {
        let positions = "encoder/position_encodings/encodings";
        Ok(Self {
            first: convolution(file, "encoder/conv1", dims.mels, dims.state)?,
            second: convolution(file, "encoder/conv2", dims.state, dims.state)?,
            positions: file.floats(positions, &[dims.audio_context, dims.state])?,
            layers: (0..dims.encoder_layers)
                .map(|index| Layer::load(file, &format!("encoder/layer_{index}"), dims.state))
                .collect::<Result<_, _>>()?,
            norm: Norm::load(file, "encoder/layer_norm", dims.state)?,
        })
    }

    /// Encodes `[mels][frames]` of spectrogram, `frames` even.
    pub(super) fn encode(&self, mel: &[f32], dims: &Dims) -> Encoded {
        let frames = mel.len() / dims.mels / 2;
        let mut hidden = self.convolve(mel, dims);
        for (value, position) in hidden.iter_mut().zip(&self.positions) {
            *value += position;
        }
        let mut scratch = Scratch::default();
        for layer in &self.layers {
            layer.apply(&mut hidden, dims, &mut scratch);
        }
        self.norm.apply(&hidden, &mut scratch.normal);
        Encoded { values: scratch.normal, frames }
    }

    /// Both convolutions, as products over overlapping rows: with one row of zeros at either end,
    /// output row `t` is made from the three input rows that start at row `t * stride`.
    fn convolve(&self, mel: &[f32], dims: &Dims) -> Vec<f32> {
        let frames = mel.len() / dims.mels;
        let padded = padded_rows(mel, dims.mels);
        let mut middle = vec![0.0; (frames + 2) * dims.state];
        let inner = &mut middle[dims.state..][..frames * dims.state];
        self.first.apply(Rows::new(&padded, frames, dims.mels), inner, Epilogue::Gelu);
        let mut out = vec![0.0; frames / 2 * dims.state];
        self.second.apply(Rows::new(&middle, frames / 2, 2 * dims.state), &mut out, Epilogue::Gelu);
        out
    }
}

/// `[mels][frames]` turned to `[frames][mels]`, with a row of zeros before and after.
fn padded_rows(mel: &[f32], mels: usize) -> Vec<f32> {
    let frames = mel.len() / mels;
    let mut rows = vec![0.0; (frames + 2) * mels];
    for (band, values) in mel.chunks_exact(frames.max(1)).enumerate() {
        for (frame, value) in values.iter().enumerate() {
            rows[(frame + 1) * mels + band] = *value;
        }
    }
    rows
}

/// Reads a convolution's weights `[outputs][inputs][KERNEL]` as a linear layer over `KERNEL` rows.
fn convolution(
    file: &ModelFile,
    prefix: &str,
    inputs: usize,
    outputs: usize,
) -> Result<Linear, ModelError> {
    file.layer(prefix, [outputs, inputs * KERNEL], || {
        let weights = file.floats(&format!("{prefix}/weight"), &[outputs, inputs, KERNEL])?;
        let mut by_row = Vec::with_capacity(weights.len());
        for output in weights.chunks_exact(inputs * KERNEL) {
            by_row.extend((0..KERNEL).flat_map(|k| output.iter().skip(k).step_by(KERNEL)));
        }
        Ok((by_row, bias(file, prefix, outputs)?))
    })
}

impl Layer {
    fn load(file: &ModelFile, prefix: &str, state: usize) -> Result<Self, ModelError> {
        let attention = format!("{prefix}/self_attention");
        Ok(Self {
            precision: file.precision,
            norm: Norm::load(file, &format!("{attention}/layer_norm"), state)?,
            query_key_value: linear(file, &format!("{attention}/linear_0"), state, 3 * state)?,
            output: linear(file, &format!("{attention}/linear_1"), state, state)?,
            feed_forward: FeedForward::load(file, &format!("{prefix}/ffn"), state)?,
        })
    }

    fn apply(&self, hidden: &mut [f32], dims: &Dims, scratch: &mut Scratch) {
        self.norm.apply(hidden, &mut scratch.normal);
        apply(&self.query_key_value, &scratch.normal, &mut scratch.wide, Epilogue::Store);
        scratch.context.resize(hidden.len(), 0.0);
        let (heads, context) = (dims.encoder_heads, &mut scratch.context);
        self_attention(&scratch.wide, dims.state, heads, self.precision, context);
        add(&self.output, &scratch.context, hidden);
        self.feed_forward.apply(hidden);
    }
}
