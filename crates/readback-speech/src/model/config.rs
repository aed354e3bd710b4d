//! `config.json`: which tokens and heads have a special part.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::Deserialize;

use super::{Dims, ModelError, TokenId};

/// More than any real `config.json` holds.
const LARGEST: u64 = 1 << 20;

/// What `config.json` says about tokens and heads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ModelConfig {
    /// `(layer, head)` of the decoder heads whose cross-attention follows the sound.
    pub alignment_heads: Vec<(usize, usize)>,
    /// Language tokens; empty or meaningless in an English-only model.
    pub lang_ids: Vec<TokenId>,
    /// Tokens never to be written.
    pub suppress_ids: Vec<TokenId>,
    /// Tokens not to be written first.
    pub suppress_ids_begin: Vec<TokenId>,
}

impl ModelConfig {
    /// Reads the file and checks it against the network's sizes.
    pub(super) fn load(path: &Path, dims: &Dims) -> Result<Self, ModelError> {
        let unreadable = |source| ModelError::Unreadable { path: path.to_owned(), source };
        let mut text = Vec::new();
        let file = File::open(path).map_err(unreadable)?;
        file.take(LARGEST).read_to_end(&mut text).map_err(unreadable)?;
        let bad = |reason: String| ModelError::Config { path: path.to_owned(), reason };
        let mut config: Self = serde_json::from_slice(&text).map_err(|x| bad(x.to_string()))?;
        if config.alignment_heads.is_empty() {
            config.alignment_heads = later_heads(dims);
        }
        config.check(dims).map_err(bad)?;
        Ok(config)
    }

    fn check(&self, dims: &Dims) -> Result<(), String> {
        let outside = |&&(layer, head): &&(usize, usize)| {
            layer >= dims.decoder_layers || head >= dims.decoder_heads
        };
        if let Some((layer, head)) = self.alignment_heads.iter().find(outside) {
            return Err(format!("alignment head [{layer}, {head}] is outside the network"));
        }
        let tokens = [&self.lang_ids, &self.suppress_ids, &self.suppress_ids_begin];
        let unknown = |&&token: &&TokenId| token as usize >= dims.vocabulary;
        match tokens.into_iter().flatten().find(unknown) {
            Some(token) => Err(format!("token {token} is outside the vocabulary")),
            None => Ok(()),
        }
    }
}

/// What CTranslate2 takes when no alignment heads are given: all heads of the later half of the layers.
fn later_heads(dims: &Dims) -> Vec<(usize, usize)> {
    let layers = dims.decoder_layers / 2..dims.decoder_layers;
    layers.flat_map(|layer| (0..dims.decoder_heads).map(move |head| (layer, head))).collect()
}
