//! The decoder: tokens in, hidden states out, and from those the logits of every next token.
//!
//! How a row may look back at others is left to a [`LookBack`]: at a cache of keys and values when
//! decoding step by step, at rows of the same pass when tokens are forced.

use readback_kernels::{Epilogue, KeysAndValues, Linear, Precision, Rows, cross_attention};

use super::file::ModelFile;
use super::layers::{FeedForward, Norm, Scratch, add, apply, linear};
use super::{Dims, Encoded, ModelError, TokenId};

/// One window's cross-attention keys and values for every decoder layer (18 MB for 30 s with `base`,
/// double that if exact), computed once from the encoder's output.
#[derive(Clone, Debug)]
pub struct CrossKv {
    pub(super) layers: Vec<KeysAndValues>,
    frames: usize,
}

impl CrossKv {
    /// Encoder frames of 20 ms.
    pub fn frames(&self) -> usize {
        self.frames
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.layers.iter().map(KeysAndValues::bytes).sum()
    }
}

/// Self-attention of the rows of one pass.
pub(super) trait LookBack {
    /// Attention in one layer: `query_key_value` is `[rows][3][state]`, `out` `[rows][state]`.
    fn attend(&mut self, layer: usize, query_key_value: &[f32], out: &mut [f32]);
}

pub(super) struct Decoder {
    embeddings: Linear,
    projection: Option<Linear>,
    positions: Vec<f32>,
    layers: Vec<Layer>,
    norm: Norm,
    state: usize,
    precision: Precision,
}

struct Layer {
    norm: Norm,
    query_key_value: Linear,
    output: Linear,
    cross_norm: Norm,
    query: Linear,
    key_value: Linear,
    cross_output: Linear,
    feed_forward: FeedForward,
}

impl Decoder {
    pub(super) fn load(file: &ModelFile, dims: &Dims) -> Result<Self, ModelError> {
        let state = dims.state;
        let positions = "decoder/position_encodings/encodings";
        let (embedding, projection) = ("decoder/embeddings", "decoder/projection");
        let tied = file.same("decoder/projection/weight", "decoder/embeddings/weight");
        let load = |prefix: &str| linear(file, prefix, state, dims.vocabulary);
        Ok(Self {
            embeddings: load(embedding)?,
            projection: (!tied).then(|| load(projection)).transpose()?,
            positions: file.floats(positions, &[dims.text_context, state])?,
            layers: (0..dims.decoder_layers)
                .map(|index| Layer::load(file, &format!("decoder/layer_{index}"), state))
                .collect::<Result<_, _>>()?,
            norm: Norm::load(file, "decoder/layer_norm", state)?,
            state,
            precision: file.precision,
        })
    }

    pub(super) fn cross_kv(&self, encoded: &Encoded, dims: &Dims) -> CrossKv {
        let heads = dims.decoder_heads;
        let mut both = Vec::new();
        let layer = |layer: &Layer| {
            apply(&layer.key_value, encoded.values(), &mut both, Epilogue::Store);
            KeysAndValues::new(&both, heads, self.state / heads, self.precision)
        };
        CrossKv { layers: self.layers.iter().map(layer).collect(), frames: encoded.frames() }
    }

    /// Reads tokens at positions in one pass, each group of rows against its own window; hidden
    /// states `[rows][state]`. `watch` sees each layer's cross-attention queries `[rows][state]`.
    pub(super) fn read(
        &self,
        tokens: impl Iterator<Item = (TokenId, usize)>,
        groups: &[(usize, &CrossKv)],
        look_back: &mut dyn LookBack,
        mut watch: impl FnMut(usize, &[f32]),
    ) -> Vec<f32> {
        let mut hidden = self.embed(tokens);
        let mut scratch = Scratch::default();
        for (index, layer) in self.layers.iter().enumerate() {
            layer.look_back(index, &mut hidden, look_back, &mut scratch);
            let cross_kvs: Vec<_> =
                groups.iter().map(|(rows, cross_kv)| (*rows, &cross_kv.layers[index])).collect();
            layer.listen(&cross_kvs, &mut hidden, &mut scratch);
            watch(index, &scratch.wide);
            layer.feed_forward.apply(&mut hidden);
        }
        hidden
    }

    /// Logits `[vocabulary]` of each of the hidden states `[rows][state]`.
    pub(super) fn logits(&self, hidden: &[f32]) -> Vec<Vec<f32>> {
        let mut normal = Vec::new();
        self.norm.apply(hidden, &mut normal);
        let rows = Rows::new(&normal, normal.len() / self.state, self.state);
        self.projection().apply_apart(rows)
    }

    /// Natural log-probabilities of `(row, token)` pairs; only the rows named are looked at.
    pub(super) fn log_probabilities(&self, hidden: &[f32], pairs: &[(usize, TokenId)]) -> Vec<f32> {
        let mut used: Vec<usize> = pairs.iter().map(|(row, _)| *row).collect();
        used.sort_unstable();
        used.dedup();
        let row = |row: usize| &hidden[row * self.state..][..self.state];
        let rows: Vec<f32> = used.iter().flat_map(|&index| row(index)).copied().collect();
        let mut normal = Vec::new();
        self.norm.apply(&rows, &mut normal);
        let place =
            |row: &usize| used.binary_search(row).expect("every pair's row is among the used");
        let pairs: Vec<_> =
            pairs.iter().map(|(row, token)| (place(row), *token as usize)).collect();
        self.projection().log_probabilities(Rows::new(&normal, used.len(), self.state), &pairs)
    }

    fn projection(&self) -> &Linear {
        self.projection.as_ref().unwrap_or(&self.embeddings)
    }

    fn embed(&self, tokens: impl Iterator<Item = (TokenId, usize)>) -> Vec<f32> {
        let mut hidden = Vec::new();
        for (token, position) in tokens {
            let embedding = self.embeddings.weights_of(token as usize);
            let place = &self.positions[position * self.state..][..self.state];
            hidden.extend(embedding.iter().zip(place).map(|(x, y)| x + y));
        }
        hidden
    }
}

impl Layer {
    fn load(file: &ModelFile, prefix: &str, state: usize) -> Result<Self, ModelError> {
        let (own, cross) = (format!("{prefix}/self_attention"), format!("{prefix}/attention"));
        Ok(Self {
            norm: Norm::load(file, &format!("{own}/layer_norm"), state)?,
            query_key_value: linear(file, &format!("{own}/linear_0"), state, 3 * state)?,
            output: linear(file, &format!("{own}/linear_1"), state, state)?,
            cross_norm: Norm::load(file, &format!("{cross}/layer_norm"), state)?,
            query: linear(file, &format!("{cross}/linear_0"), state, state)?,
            key_value: linear(file, &format!("{cross}/linear_1"), state, 2 * state)?,
            cross_output: linear(file, &format!("{cross}/linear_2"), state, state)?,
            feed_forward: FeedForward::load(file, &format!("{prefix}/ffn"), state)?,
        })
    }

    /// Self-attention, added to the hidden rows.
    fn look_back(
        &self,
        index: usize,
        hidden: &mut [f32],
        look_back: &mut dyn LookBack,
        scratch: &mut Scratch,
    ) {
        self.norm.apply(hidden, &mut scratch.normal);
        apply(&self.query_key_value, &scratch.normal, &mut scratch.wide, Epilogue::Store);
        scratch.context.resize(hidden.len(), 0.0);
        look_back.attend(index, &scratch.wide, &mut scratch.context);
        add(&self.output, &scratch.context, hidden);
    }

    /// Attention to the sound, added to the hidden rows; leaves the queries in `scratch.wide`.
    fn listen(
        &self,
        cross_kvs: &[(usize, &KeysAndValues)],
        hidden: &mut [f32],
        scratch: &mut Scratch,
    ) {
        self.cross_norm.apply(hidden, &mut scratch.normal);
        apply(&self.query, &scratch.normal, &mut scratch.wide, Epilogue::Store);
        scratch.context.resize(hidden.len(), 0.0);
        cross_attention(cross_kvs, &scratch.wide, &mut scratch.context);
        add(&self.cross_output, &scratch.context, hidden);
    }
}
