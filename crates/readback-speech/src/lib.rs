//! Audio in, hearing out: features, voice activity, Whisper, decoding, scoring and word times.
//!
//! Load an [`Engine`](hear::Engine) from a model's folder, then [`hear`](hear::hear) a recording: its windows,
//! its words and their times. Where a text is to be held against it, [`hear_for_questions`] gives a
//! [`Witness`](readback_transcript::Witness), which can be asked how well other readings fit the sound. The
//! other modules are the steps on the way there.
//!
//! ```no_run
//! use std::ops::ControlFlow;
//! use std::path::Path;
//!
//! use readback_audio::Recording;
//! use readback_speech::hear::{Engine, Options, hear};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let engine = Engine::load(Path::new("models/base"))?;
//! let recording = Recording::open(Path::new("story.mp3"))?;
//! let hearing = hear(&engine, recording, &Options::default(), &mut |progress| {
//!     eprintln!("heard up to {}", progress.done);
//!     ControlFlow::Continue(())
//! })?;
//! for word in &hearing.words {
//!     println!("{} {}", word.stretch.start(), word.text);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! It does not know transcripts' formats, rules or findings; what it heard leaves as a
//! [`readback_transcript::Hearing`].
//!
//! [`hear_for_questions`]: hear::hear_for_questions

pub mod activity;
pub mod decode;
pub mod features;
pub mod hear;
pub mod model;
pub mod score;
pub mod times;
pub mod tokenizer;
pub mod windows;
