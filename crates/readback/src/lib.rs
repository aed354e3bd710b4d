//! Reads a transcript back against its recording: what was not said, what is missing, what was said
//! otherwise, each with its place, its second, how sure it is and a fix.
//!
//! ```no_run
//! use std::{fs, ops::ControlFlow, path::Path};
//!
//! use readback::{Listener, ListenerOptions, Recording, Style, formats};
//!
//! let transcript = formats::read(&fs::read("story.txt")?, Some("story.txt"))?.transcript;
//! let listener = Listener::load(Path::new("models/base"), &ListenerOptions::default())?;
//! let mut recording = Recording::open(Path::new("story.mp3"))?;
//! let mut heard = listener.attend(&mut recording, &transcript, |_| ControlFlow::Continue(()))?;
//! for finding in heard.check(&transcript, &Style::default())?.findings {
//!     println!("{} {}: {}", finding.span.start, finding.rule.code, finding.message);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`Listener`] is a loaded speech model; hearing a recording with it gives what was heard, a
//! [`Hearing`](transcript::Hearing), or, where a text is to be read back against it, [`Attended`], which
//! can be asked again. Another recogniser's words will do instead: `Attended::from(hearing)`. What the text
//! alone can tell needs neither: [`check_text`].
//!
//! Nothing here prints, reads the environment or fetches anything: models come from whoever implements
//! [`Models`]. Progress is told to a callback that can stop the work. The crates underneath are at hand by
//! their subjects: [`audio`], [`audit`], [`formats`], [`speech`], [`transcript`].

mod attended;
mod listener;
mod models;

pub use attended::Attended;
pub use listener::{ListenError, Listener, ListenerOptions};
pub use models::{ModelUnavailable, Models};

pub use readback_audio as audio;
pub use readback_audio::Recording;
pub use readback_check as audit;
pub use readback_check::{Finding, Report, Severity, Style, check_text};
pub use readback_formats as formats;
pub use readback_speech as speech;
pub use readback_speech::hear::Progress;
pub use readback_transcript as transcript;
