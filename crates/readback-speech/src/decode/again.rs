//! Listening once more to a part of a window, where the first listening left speech out. It knows the
//! part by its times and nothing of what was heard around it.

use std::ops::Range;

use crate::model::{DecodeError, Memory, Model, TokenId};
use crate::tokenizer::Tokenizer;

use super::{DecodeOptions, DecodedWindow, Decoder, FRAME, Network};

/// Decodes the part of a window between two times, in seconds, from the window as it was encoded: the
/// transcript is told to begin with the timestamp of the start and is cut at the first timestamp
/// beyond the end. Empty where no acceptable text is found or the text reaches well beyond the part.
pub fn decode_stretch(
    model: &Model,
    tokenizer: &Tokenizer,
    memory: &Memory,
    options: &DecodeOptions,
    stretch: Range<f32>,
) -> Result<DecodedWindow, DecodeError> {
    decode(model, tokenizer, memory, options, &stretch)
}

/// Seconds by which a text may reach beyond its part.
const SLACK: f32 = 1.0;

pub(super) fn decode<N: Network>(
    network: &N,
    tokenizer: &Tokenizer,
    memory: &N::Memory,
    options: &DecodeOptions,
    stretch: &Range<f32>,
) -> Result<DecodedWindow, DecodeError> {
    let options = DecodeOptions { timestamps: true, temperatures: vec![0.0], ..options.clone() };
    let first = tokenizer.special().first_timestamp;
    let token = |seconds: f32| first + (seconds.max(0.0) / FRAME) as TokenId;
    let mut decoder = Decoder::new(network, tokenizer, &options);
    decoder.given = vec![token(stretch.start)];
    decoder.until = token(stretch.end);
    let attempt = decoder.write_all(&[memory], vec![decoder.attempt(0, 0.0, 0)])?.remove(0);
    let believed = decoder.accepts(&attempt);
    let mut window = decoder.conclude(Some(attempt), N::seconds(memory));
    let reach = window.segments.last().map_or(0.0, |segment| segment.end);
    if !believed || reach > stretch.end + SLACK {
        window.tokens.clear();
        window.segments.clear();
        window.text.clear();
    }
    Ok(window)
}
