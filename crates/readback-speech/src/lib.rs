//! Audio in, hearing out: features, voice activity, Whisper, decoding, scoring and word times.
//!
//! It does not know transcripts' formats, rules or findings; what it heard leaves as a
//! [`readback_transcript::Hearing`].

pub mod activity;
pub mod decode;
pub mod features;
pub mod hear;
pub mod model;
pub mod score;
pub mod times;
pub mod tokenizer;
pub mod windows;
