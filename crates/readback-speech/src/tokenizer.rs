//! Text to Whisper's tokens and back: byte-level pair encoding, read from a model's folder.
//!
//! Pairs merge by token number, as in the encoding the models were trained with. The list of merges in
//! `tokenizer.json` is not used: conversions of the multilingual models in circulation lack its first
//! line and so write " the" as two tokens the model never saw together. It does not know audio, models
//! or what a sequence of tokens is good for.

mod merge;
mod pieces;
mod words;

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use crate::model::TokenId;

pub use words::TokenWord;

/// The largest vocabulary file that is read; real ones have about 2 MB.
const LARGEST_FILE: u64 = 64 << 20;
/// No real vocabulary has more entries; a larger number is a broken file.
const MOST_TOKENS: usize = 1 << 17;
/// English-only models keep GPT-2's vocabulary, in which the end of text has this number.
const ENGLISH_ONLY_END: TokenId = 50_256;

/// Why a model's vocabulary cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TokenizerError {
    /// A file could not be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is longer than any real vocabulary.
    #[error(
        "{path} is larger than {LARGEST_FILE} bytes, so it is no vocabulary; pull the model again"
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// A file is not the JSON it should be.
    #[error("{path} is not a vocabulary: {source}; pull the model again")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The folder has neither a tokenizer nor a vocabulary.
    #[error("{folder} has no tokenizer.json and no vocabulary.txt or .json; pull the model again")]
    NoVocabulary {
        /// The model's folder.
        folder: PathBuf,
    },
    /// A token that decoding needs is absent.
    #[error("the vocabulary in {folder} lacks {token}; it is not a Whisper model's")]
    Lacks {
        /// The model's folder.
        folder: PathBuf,
        /// The token, as written in the vocabulary.
        token: String,
    },
    /// The numbers of tokens make no sense.
    #[error("the vocabulary in {folder} numbers a token {number}, beyond {MOST_TOKENS}")]
    NumberTooLarge {
        /// The model's folder.
        folder: PathBuf,
        /// The number.
        number: usize,
    },
    /// Two files of one model contradict each other.
    #[error(
        "tokenizer.json and the vocabulary file in {folder} disagree on token {number}; they belong to different models"
    )]
    Disagree {
        /// The model's folder.
        folder: PathBuf,
        /// The first token they disagree on.
        number: usize,
    },
}

/// The tokens that steer the decoder. Their numbers differ between models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Special {
    /// `<|endoftext|>`; every text token is below it.
    pub end: TokenId,
    /// `<|startoftranscript|>`.
    pub start: TokenId,
    /// `<|translate|>`.
    pub translate: TokenId,
    /// `<|transcribe|>`.
    pub transcribe: TokenId,
    /// `<|startoflm|>`.
    pub language_model: TokenId,
    /// `<|startofprev|>`, before a prompt.
    pub previous: TokenId,
    /// `<|nospeech|>`.
    pub no_speech: TokenId,
    /// `<|notimestamps|>`.
    pub no_timestamps: TokenId,
}

/// A model's vocabulary, both ways.
#[derive(Clone, Debug)]
pub struct Tokenizer {
    /// Bytes of every text token; empty for the others.
    pieces: Vec<Box<[u8]>>,
    ranks: HashMap<Box<[u8]>, TokenId>,
    longest_piece: usize,
    special: Special,
    /// Codes as the model writes them (`en`, `yue`), in order of their tokens.
    languages: Vec<(String, TokenId)>,
}

#[derive(Deserialize)]
struct TokenizerFile {
    model: ModelPart,
    #[serde(default)]
    added_tokens: Vec<AddedToken>,
}

#[derive(Deserialize)]
struct ModelPart {
    vocab: HashMap<String, usize>,
}

#[derive(Deserialize)]
struct AddedToken {
    id: usize,
    content: String,
}

impl Tokenizer {
    /// Reads the vocabulary of the model in `folder`: `tokenizer.json`, or else `vocabulary.txt` or
    /// `.json`. Where both are there they must agree on the text tokens.
    pub fn load(folder: &Path) -> Result<Self, TokenizerError> {
        let main = read_tokenizer(folder)?;
        let list = read_vocabulary(folder)?;
        match (main, list) {
            (Some(main), Some(list)) => {
                let tokenizer = Self::from_names(folder, &main)?;
                tokenizer.agrees_with(folder, &list)?;
                Ok(tokenizer)
            }
            (Some(names), None) | (None, Some(names)) => Self::from_names(folder, &names),
            (None, None) => Err(TokenizerError::NoVocabulary { folder: folder.into() }),
        }
    }

    /// Builds the tables from the written form of every token, by number.
    fn from_names(folder: &Path, names: &[String]) -> Result<Self, TokenizerError> {
        let number = |name: &str| names.iter().position(|each| each == name);
        let special = find_special(number)
            .map_err(|token| TokenizerError::Lacks { folder: folder.into(), token })?;
        let text = &names[..special.end as usize];
        let pieces: Vec<Box<[u8]>> = text.iter().map(|name| pieces::bytes_of(name)).collect();
        let ranks: HashMap<_, _> = pieces.iter().cloned().zip(0..).collect();
        if let Some(byte) = (0..=u8::MAX).find(|byte| !ranks.contains_key([*byte].as_slice())) {
            let token = format!("the byte {byte:#04x}");
            return Err(TokenizerError::Lacks { folder: folder.into(), token });
        }
        let longest_piece = pieces.iter().map(|piece| piece.len()).max().unwrap_or(1);
        let languages = find_languages(names, special);
        Ok(Self { pieces, ranks, longest_piece, special, languages })
    }

    fn agrees_with(&self, folder: &Path, list: &[String]) -> Result<(), TokenizerError> {
        let differs = |number: &usize| {
            list.get(*number).is_none_or(|name| pieces::bytes_of(name) != self.pieces[*number])
        };
        match (0..self.pieces.len()).find(differs) {
            Some(number) => Err(TokenizerError::Disagree { folder: folder.into(), number }),
            None => Ok(()),
        }
    }

    /// The tokens that steer the decoder.
    pub const fn special(&self) -> Special {
        self.special
    }

    /// Whether the model knows languages other than English.
    pub const fn is_multilingual(&self) -> bool {
        self.special.end != ENGLISH_ONLY_END
    }

    /// The languages the model knows, with their tokens; only English for English-only models.
    pub fn languages(&self) -> impl Iterator<Item = (&str, TokenId)> {
        self.languages.iter().map(|(code, token)| (code.as_str(), *token))
    }

    /// The token of a language, by its code.
    pub fn language(&self, code: &str) -> Option<TokenId> {
        self.languages().find(|(known, _)| *known == code).map(|(_, token)| token)
    }

    /// What stands before a window's transcript: start, language and task for multilingual models,
    /// the start alone for English-only ones. A language the model does not know counts as its first.
    pub fn opening(&self, language: &str) -> Vec<TokenId> {
        let mut opening = vec![self.special.start];
        if self.is_multilingual() {
            opening.push(self.language(language).unwrap_or(self.special.start + 1));
            opening.push(self.special.transcribe);
        }
        opening.push(self.special.no_timestamps);
        opening
    }

    /// The tokens of `text`. Names of special tokens in it are plain text.
    pub fn encode(&self, text: &str) -> Vec<TokenId> {
        let rank = |bytes: &[u8]| {
            if bytes.len() <= self.longest_piece { self.ranks.get(bytes).copied() } else { None }
        };
        pieces::split(text).flat_map(|piece| merge::merge(piece.as_bytes(), rank)).collect()
    }

    /// The text of `tokens`; special and timestamp tokens say nothing, broken UTF-8 becomes U+FFFD.
    pub fn decode(&self, tokens: &[TokenId]) -> String {
        String::from_utf8_lossy(&self.bytes(tokens)).into_owned()
    }

    /// The bytes of `tokens`, which need not be whole characters.
    fn bytes(&self, tokens: &[TokenId]) -> Vec<u8> {
        tokens.iter().flat_map(|token| self.piece(*token)).copied().collect()
    }

    fn piece(&self, token: TokenId) -> &[u8] {
        self.pieces.get(token as usize).map_or(&[], |piece| piece)
    }

    /// Tokens that only write what nobody says: brackets, notes, dashes for speakers.
    /// OpenAI Whisper, `tokenizer.py`, `non_speech_tokens`.
    pub fn unspoken(&self) -> Vec<TokenId> {
        const SYMBOLS: &str = "\" # ( ) * + / : ; < = > @ [ \\ ] ^ _ ` { | } ~ 「 」 『 』 \
            << >> <<< >>> -- --- -( -[ (' (\" (( )) ((( ))) [[ ]] {{ }} ♪♪ ♪♪♪";
        const NOTES: &str = "♩ ♪ ♫ ♬ ♭ ♮ ♯";
        let both = |symbol: &str| [self.encode(symbol), self.encode(&format!(" {symbol}"))];
        let alone = SYMBOLS.split_whitespace().flat_map(both).filter(|tokens| tokens.len() == 1);
        // The notes share their first bytes with nothing but other symbols, so their first token goes.
        let notes = NOTES.split_whitespace().flat_map(both);
        let dashes = [" -", " '"].map(|dash| self.encode(dash));
        let mut unspoken: Vec<TokenId> =
            alone.chain(notes).chain(dashes).map(|tokens| tokens[0]).collect();
        unspoken.sort_unstable();
        unspoken.dedup();
        unspoken
    }

    /// Tokens with letters of other scripts than Latin, or with the beginning of one.
    pub fn not_latin(&self) -> Vec<TokenId> {
        let tokens = (0..).zip(&self.pieces);
        let found = tokens.filter(|(_, piece)| piece.iter().any(|byte| begins_other_script(*byte)));
        found.map(|(token, _)| token).collect()
    }

    /// Whether a language is written in a script other than Latin, or in more than one.
    pub fn has_own_script(language: &str) -> bool {
        const LANGUAGES: &str = "am ar as az ba be bg bn bo el fa gu he hi hy ja ka kk km kn ko lo mk ml \
            mn mr my ne pa ps ru sa sd si sr ta te tg th tk tt uk ur uz yi yue zh";
        LANGUAGES.split_whitespace().any(|known| known == language)
    }
}

/// Whether a byte of UTF-8 begins a letter of another script than Latin: from Greek on, but for the block
/// that Vietnamese shares with Georgian, and for signs.
const fn begins_other_script(byte: u8) -> bool {
    matches!(byte, 0xCE..=0xE0 | 0xE3..=0xEE | 0xF0..)
}

fn find_special(number: impl Fn(&str) -> Option<usize>) -> Result<Special, String> {
    let find = |name: &str| number(name).map(|id| id as TokenId).ok_or_else(|| name.to_owned());
    let no_timestamps = find("<|notimestamps|>")?;
    Ok(Special {
        end: find("<|endoftext|>")?,
        start: find("<|startoftranscript|>")?,
        translate: find("<|translate|>")?,
        transcribe: find("<|transcribe|>")?,
        language_model: find("<|startoflm|>")?,
        previous: find("<|startofprev|>")?,
        no_speech: find("<|nospeech|>").or_else(|_| find("<|nocaptions|>"))?,
        no_timestamps,
    })
}

/// The language tokens stand between the start token and the task tokens.
fn find_languages(names: &[String], special: Special) -> Vec<(String, TokenId)> {
    let last = special.translate.min(special.transcribe);
    let codes = (special.start + 1..last).filter_map(|token| {
        let code = names[token as usize].strip_prefix("<|")?.strip_suffix("|>")?;
        Some((code.to_owned(), token))
    });
    if special.end == ENGLISH_ONLY_END {
        codes.filter(|(code, _)| code == "en").collect()
    } else {
        codes.collect()
    }
}

/// The written form of every token in `tokenizer.json`, by number; `None` without that file.
fn read_tokenizer(folder: &Path) -> Result<Option<Vec<String>>, TokenizerError> {
    let path = folder.join("tokenizer.json");
    let Some(bytes) = read(&path)? else { return Ok(None) };
    let file: TokenizerFile = parse(&path, &bytes)?;
    let added = file.added_tokens.into_iter().map(|token| (token.content, token.id));
    let mut names = Vec::new();
    for (name, number) in file.model.vocab.into_iter().chain(added) {
        if number >= MOST_TOKENS {
            return Err(TokenizerError::NumberTooLarge { folder: folder.into(), number });
        }
        if names.len() <= number {
            names.resize(number + 1, String::new());
        }
        names[number] = name;
    }
    Ok(Some(names))
}

/// The written form of every token in the vocabulary file; `None` without one.
fn read_vocabulary(folder: &Path) -> Result<Option<Vec<String>>, TokenizerError> {
    let (json, text) = (folder.join("vocabulary.json"), folder.join("vocabulary.txt"));
    let names: Vec<String> = if let Some(bytes) = read(&json)? {
        parse(&json, &bytes)?
    } else if let Some(bytes) = read(&text)? {
        String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
    } else {
        return Ok(None);
    };
    if names.len() > MOST_TOKENS {
        return Err(TokenizerError::NumberTooLarge { folder: folder.into(), number: names.len() });
    }
    Ok(Some(names))
}

/// The bytes of a file; `None` where there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>, TokenizerError> {
    let failed = |source| TokenizerError::Read { path: path.into(), source };
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(TokenizerError::TooLarge { path: path.into() });
    }
    Ok(Some(bytes))
}

fn parse<T: for<'a> Deserialize<'a>>(path: &Path, bytes: &[u8]) -> Result<T, TokenizerError> {
    serde_json::from_slice(bytes)
        .map_err(|source| TokenizerError::Malformed { path: path.into(), source })
}

#[cfg(test)]
pub(crate) mod tests;
