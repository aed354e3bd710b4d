//! The Whisper network: a model folder in, encoded sound and token probabilities out.
//!
//! It knows numbers and token ids only: not what a token spells, which tokens may follow which, nor
//! how the log-mel spectrogram was made. No result depends on the number of threads.

use std::io;
use std::path::{Path, PathBuf};
use std::ptr;

use rayon::prelude::*;

mod config;
mod decoder;
mod encoder;
mod file;
mod forced;
mod layers;
mod map;
mod packed;
mod sequence;

pub use config::ModelConfig;
pub use decoder::CrossKv;
pub use encoder::Encoded;
pub use forced::{Attention, Forced};
pub use readback_kernels::Precision;
pub use sequence::Sequence;

use decoder::Decoder;
use encoder::Encoder;
use file::ModelFile;
use forced::Rowwise;
use sequence::Steps;

pub(crate) use forced::{ForcedRow, trunk_rows};

/// A vocabulary entry's number.
pub type TokenId = u32;

/// More layers than any Whisper model has; a file that names more is not believed.
const MOST_LAYERS: usize = 64;

/// Why a model folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A file is missing or cannot be read.
    #[error("cannot read {path}: {source}; is its folder a complete CTranslate2 Whisper model?")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// `model.bin` ends too early.
    #[error("{path} is cut short: {what} needs {missing} more bytes; fetch the model again")]
    CutShort {
        /// The file.
        path: PathBuf,
        /// What did not fit.
        what: String,
        /// How many bytes are missing for it.
        missing: usize,
    },
    /// `model.bin` is something else.
    #[error("{path} is not a usable CTranslate2 Whisper model: {reason}")]
    NotWhisper {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A tensor of `model.bin` is missing or wrong.
    #[error("{path}: weights `{name}`: {reason}")]
    Weights {
        /// The file.
        path: PathBuf,
        /// The tensor.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// `config.json` cannot be used.
    #[error("{path}: {reason}")]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

/// Why a sequence of tokens cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// More tokens than the text context holds.
    #[error("{tokens} tokens do not fit the model's text context of {limit}; split the text")]
    TooLong {
        /// How many were to be held.
        tokens: usize,
        /// The text context.
        limit: usize,
    },
    /// A token outside the vocabulary.
    #[error("token {token} is not in the model's vocabulary of {vocabulary}")]
    UnknownToken {
        /// The token.
        token: TokenId,
        /// The vocabulary's size.
        vocabulary: usize,
    },
    /// No tokens where at least one is needed.
    #[error("no tokens to read; give at least one")]
    NoTokens,
    /// A position outside the tokens given.
    #[error("position {position} is not within 1 and the number of tokens, {tokens}")]
    NoSuchPosition {
        /// The position.
        position: usize,
        /// How many tokens there are.
        tokens: usize,
    },
}

/// The sizes of one network, all read from its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dims {
    /// Mel bands of the input spectrogram.
    pub mels: usize,
    /// Width of the hidden state.
    pub state: usize,
    /// Longest encoded window, in encoder frames of 20 ms (two spectrogram frames each).
    pub audio_context: usize,
    /// Most tokens a sequence may hold.
    pub text_context: usize,
    /// Encoder layers.
    pub encoder_layers: usize,
    /// Attention heads of each encoder layer.
    pub encoder_heads: usize,
    /// Decoder layers.
    pub decoder_layers: usize,
    /// Attention heads of each decoder layer.
    pub decoder_heads: usize,
    /// Entries of the vocabulary.
    pub vocabulary: usize,
}

impl Dims {
    fn read(file: &ModelFile) -> Result<Self, ModelError> {
        let [state, mels, _] = file.shape("encoder/conv1/weight")?;
        let [audio_context, _] = file.shape("encoder/position_encodings/encodings")?;
        let [text_context, _] = file.shape("decoder/position_encodings/encodings")?;
        let [vocabulary, _] = file.shape("decoder/embeddings/weight")?;
        Ok(Self {
            mels,
            state,
            audio_context,
            text_context,
            encoder_layers: count_layers(file, "encoder")?,
            encoder_heads: count_heads(file, "encoder/num_heads", state)?,
            decoder_layers: count_layers(file, "decoder")?,
            decoder_heads: count_heads(file, "decoder/num_heads", state)?,
            vocabulary,
        })
    }
}

fn count_layers(file: &ModelFile, part: &str) -> Result<usize, ModelError> {
    let name = |layer: usize| format!("{part}/layer_{layer}/self_attention/linear_0/weight");
    let count = (0..=MOST_LAYERS).take_while(|&layer| file.has(&name(layer))).count();
    match count {
        0 => Err(file.bad(&name(0), "is missing".to_owned())),
        1..=MOST_LAYERS => Ok(count),
        _ => Err(file.bad(&name(MOST_LAYERS), "is one layer too many".to_owned())),
    }
}

fn count_heads(file: &ModelFile, name: &str, state: usize) -> Result<usize, ModelError> {
    let heads = usize::try_from(file.integer(name)?).unwrap_or(0);
    if heads == 0 || !state.is_multiple_of(heads) {
        return Err(file.bad(name, format!("is {heads}, which does not divide {state}")));
    }
    Ok(heads)
}

/// A loaded network.
pub struct Model {
    dims: Dims,
    config: ModelConfig,
    encoder: Encoder,
    decoder: Decoder,
}

impl Model {
    /// Reads `model.bin` and `config.json` of the folder, to compute fast.
    pub fn load(folder: &Path) -> Result<Self, ModelError> {
        Self::load_as(folder, Precision::Fast)
    }

    /// Reads `model.bin` and `config.json` of the folder.
    pub fn load_as(folder: &Path, precision: Precision) -> Result<Self, ModelError> {
        let file = ModelFile::open(&folder.join("model.bin"), precision)?;
        let dims = Dims::read(&file)?;
        let model = Self {
            config: ModelConfig::load(&folder.join("config.json"), &dims)?,
            encoder: Encoder::load(&file, &dims)?,
            decoder: Decoder::load(&file, &dims)?,
            dims,
        };
        file.keep_packed();
        Ok(model)
    }

    /// The network's sizes.
    pub fn dims(&self) -> &Dims {
        &self.dims
    }

    /// What `config.json` said.
    pub fn config(&self) -> &ModelConfig {
        &self.config
    }

    /// Encodes one window: `mel` is `[mels][frames]`, `frames` even and at most
    /// `2 * dims().audio_context`. A window need not be padded to 30 s.
    ///
    /// # Panics
    /// When `mel` is empty or of any other length.
    pub fn encode(&self, mel: &[f32]) -> Encoded {
        let Dims { mels, audio_context, .. } = self.dims;
        assert!(
            !mel.is_empty()
                && mel.len().is_multiple_of(2 * mels)
                && mel.len() <= 2 * mels * audio_context,
            "{} values are no window of an even number of frames with {mels} bands",
            mel.len()
        );
        self.encoder.encode(mel, &self.dims)
    }

    /// Encodes windows in parallel.
    ///
    /// # Panics
    /// As [`Model::encode`] does.
    pub fn encode_batch(&self, mels: &[&[f32]]) -> Vec<Encoded> {
        mels.par_iter().map(|mel| self.encode(mel)).collect()
    }

    /// Cross-attention keys and values of one window.
    pub fn cross_kv(&self, encoded: &Encoded) -> CrossKv {
        self.decoder.cross_kv(encoded, &self.dims)
    }

    /// An empty sequence that attends to `cross_kv`.
    pub fn sequence<'a>(&self, cross_kv: &'a CrossKv) -> Sequence<'a> {
        Sequence::new(cross_kv, &self.dims)
    }

    /// Appends `tokens[i]` (one or more) to `sequences[i]`, all in one pass over the weights; logits
    /// `[vocabulary]` after each one's last token. On `Err` no sequence has changed.
    ///
    /// # Panics
    /// When there is not one list of tokens for each sequence.
    pub fn step(
        &self,
        sequences: &mut [&mut Sequence<'_>],
        tokens: &[&[TokenId]],
    ) -> Result<Vec<Vec<f32>>, DecodeError> {
        let hidden = self.advance(sequences, tokens)?;
        let counts: Vec<usize> = tokens.iter().map(|tokens| tokens.len()).collect();
        Ok(self.decoder.logits(&last_rows(&hidden, &counts, self.dims.state)))
    }

    /// As [`Model::step`] does, but with the logits after each of the tokens.
    ///
    /// # Panics
    /// When there is not one list of tokens for each sequence.
    pub fn step_each(
        &self,
        sequences: &mut [&mut Sequence<'_>],
        tokens: &[&[TokenId]],
    ) -> Result<Vec<Vec<Vec<f32>>>, DecodeError> {
        let hidden = self.advance(sequences, tokens)?;
        let mut logits = self.decoder.logits(&hidden).into_iter();
        Ok(tokens.iter().map(|tokens| logits.by_ref().take(tokens.len()).collect()).collect())
    }

    /// Reads the tokens; hidden states `[tokens of all sequences][state]`.
    fn advance(
        &self,
        sequences: &mut [&mut Sequence<'_>],
        tokens: &[&[TokenId]],
    ) -> Result<Vec<f32>, DecodeError> {
        assert_eq!(sequences.len(), tokens.len(), "one list of tokens for each sequence");
        for (sequence, tokens) in sequences.iter().zip(tokens) {
            self.check(tokens, sequence.length)?;
        }
        if sequences.is_empty() {
            return Ok(Vec::new());
        }
        let counts: Vec<usize> = tokens.iter().map(|tokens| tokens.len()).collect();
        let starts: Vec<usize> = sequences.iter().map(|sequence| sequence.length).collect();
        let mut groups: Vec<(usize, &CrossKv)> = Vec::new();
        for (count, sequence) in counts.iter().zip(sequences.iter()) {
            match groups.last_mut() {
                Some((rows, cross_kv)) if ptr::eq(*cross_kv, sequence.cross_kv) => *rows += count,
                _ => groups.push((*count, sequence.cross_kv)),
            }
        }
        let rows = tokens.iter().zip(&starts).flat_map(|(tokens, &start)| {
            tokens.iter().enumerate().map(move |(i, &token)| (token, start + i))
        });
        let mut steps = Steps { sequences, counts: &counts, heads: self.dims.decoder_heads };
        let hidden = self.decoder.read(rows, &groups, &mut steps, |_, _| ());
        for (sequence, count) in sequences.iter_mut().zip(&counts) {
            sequence.length += count;
        }
        Ok(hidden)
    }

    /// Teacher forcing in one parallel pass: the natural log-probability of each of
    /// `tokens[from..]`, `from` being at least 1.
    pub fn force(
        &self,
        cross_kv: &CrossKv,
        tokens: &[TokenId],
        from: usize,
    ) -> Result<Forced, DecodeError> {
        self.force_watched(cross_kv, tokens, from, |_, _| ())
    }

    /// [`Model::force`], and where the alignment heads looked.
    pub fn force_with_attention(
        &self,
        cross_kv: &CrossKv,
        tokens: &[TokenId],
        from: usize,
    ) -> Result<(Forced, Attention), DecodeError> {
        let heads = &self.config.alignment_heads;
        let size = tokens.len() * cross_kv.frames();
        let mut weights = vec![0.0; heads.len() * size];
        let forced = self.force_watched(cross_kv, tokens, from, |layer, queries| {
            let wanted = heads.iter().zip(weights.chunks_exact_mut(size));
            for ((_, head), out) in wanted.filter(|((of, _), _)| *of == layer) {
                out.copy_from_slice(&cross_kv.layers[layer].weights(queries, *head));
            }
        })?;
        let (heads, frames) = (heads.len(), cross_kv.frames());
        Ok((forced, Attention { heads, tokens: tokens.len(), frames, weights }))
    }

    fn force_watched(
        &self,
        cross_kv: &CrossKv,
        tokens: &[TokenId],
        from: usize,
        watch: impl FnMut(usize, &[f32]),
    ) -> Result<Forced, DecodeError> {
        self.check(tokens, 0)?;
        check_position(from, tokens.len())?;
        let rows: Vec<ForcedRow> = trunk_rows(tokens).collect();
        let wanted: Vec<_> = (from..tokens.len()).map(|i| (i - 1, tokens[i])).collect();
        Ok(Forced { log_probabilities: self.read_forced(cross_kv, &rows, &wanted, watch) })
    }

    /// Reads rows that look back at each other; natural log-probabilities of `wanted`
    /// `(row, next token)` pairs. Tokens and positions must have been checked.
    pub(crate) fn read_forced(
        &self,
        cross_kv: &CrossKv,
        rows: &[ForcedRow],
        wanted: &[(usize, TokenId)],
        watch: impl FnMut(usize, &[f32]),
    ) -> Vec<f32> {
        let mut look_back = Rowwise { rows, heads: self.dims.decoder_heads };
        let tokens = rows.iter().map(|row| (row.token, row.position));
        let hidden = self.decoder.read(tokens, &[(rows.len(), cross_kv)], &mut look_back, watch);
        self.decoder.log_probabilities(&hidden, wanted)
    }

    /// Checks that `tokens` are known and fit behind `before` others.
    pub(crate) fn check(&self, tokens: &[TokenId], before: usize) -> Result<(), DecodeError> {
        let Dims { vocabulary, text_context: limit, .. } = self.dims;
        if tokens.is_empty() {
            return Err(DecodeError::NoTokens);
        }
        if tokens.len() > limit.saturating_sub(before) {
            return Err(DecodeError::TooLong { tokens: before + tokens.len(), limit });
        }
        match tokens.iter().find(|&&token| token as usize >= vocabulary) {
            Some(&token) => Err(DecodeError::UnknownToken { token, vocabulary }),
            None => Ok(()),
        }
    }
}

/// Checks that something comes before `position`, and that it lies within or just behind `tokens`.
pub(crate) fn check_position(position: usize, tokens: usize) -> Result<(), DecodeError> {
    if (1..=tokens).contains(&position) {
        return Ok(());
    }
    Err(DecodeError::NoSuchPosition { position, tokens })
}

fn last_rows(hidden: &[f32], counts: &[usize], state: usize) -> Vec<f32> {
    let mut last = Vec::with_capacity(counts.len() * state);
    let mut end = 0;
    for count in counts {
        end += count;
        last.extend_from_slice(&hidden[(end - 1) * state..end * state]);
    }
    last
}
