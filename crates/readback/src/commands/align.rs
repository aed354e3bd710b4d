//! `readback align`: a time for every word of a text.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::{Listening, Written};
use crate::cli::Outcome;
use crate::files::{self, Destination};
use crate::pipeline::{self, Listener};
use crate::progress;
use crate::report::refusal;

/// Give every word of a text its time in the recording
///
/// Words that are said get the time at which they are heard; the few others are placed between their
/// neighbours. A text that is not of the recording is refused with exit code 3: no time would be true.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The text; `-` for standard input
    #[arg(value_name = "TRANSCRIPT")]
    transcript: PathBuf,

    /// Its recording: any audio or video file, or `-`
    #[arg(value_name = "AUDIO")]
    audio: PathBuf,

    #[command(flatten)]
    written: Written,

    #[command(flatten)]
    listening: Listening,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    if files::is_standard(&arguments.transcript) && files::is_standard(&arguments.audio) {
        bail!("standard input cannot be both the transcript and the recording");
    }
    let written = &arguments.written;
    let destination = Destination::new(written.output.as_deref(), written.force)?;
    let format = destination.format(written.to.as_deref(), "json")?;
    let text = files::read_transcript(&arguments.transcript)?;
    let recording = pipeline::open(&arguments.audio)?;
    let listener = Listener::new(&arguments.listening)?;
    let (checked, transcript) = listener.align(text, recording)?;
    if let Some(sentence) = refusal(&checked) {
        progress::say(&sentence);
        return Ok(Outcome::Refused);
    }
    destination.put(&transcript, &files::shown(&arguments.transcript), format)?;
    Ok(Outcome::Clean)
}
