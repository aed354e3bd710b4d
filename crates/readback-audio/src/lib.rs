//! Recordings in, 16 kHz mono out: decoding, down-mixing, resampling and the hash that names a recording.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use readback_audio::{RATE, Recording};
//!
//! # fn main() -> Result<(), readback_audio::AudioError> {
//! let mut recording = Recording::open(Path::new("story.mp3"))?;
//! println!("{}", recording.identity().blake3);
//! let samples: usize = recording.by_ref().map(|block| block.len()).sum();
//! println!("{:.1} s", samples as f64 / f64::from(RATE));
//! for warning in recording.warnings() {
//!     eprintln!("{warning}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Everything streams: a recording of ten hours needs no more memory than one of ten seconds. It does
//! not know what is said in a recording, nor whether anybody speaks.

#![forbid(unsafe_code)]

mod decode;
mod error;
mod ffmpeg;
mod guard;
mod priming;
mod recording;
mod resample;

pub use error::{AudioError, Warning};
pub use recording::{Identity, Recording};

/// Samples a second of everything this crate hands out.
pub const RATE: u32 = 16_000;

/// Endings of the files that recordings come in.
pub const ENDINGS: &[&str] = &[
    "wav", "mp3", "m4a", "mp4", "flac", "ogg", "oga", "opus", "aac", "aif", "aiff", "caf", "mka",
    "mkv", "webm", "wma", "mov",
];
