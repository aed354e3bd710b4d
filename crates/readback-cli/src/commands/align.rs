//! `readback align`: a time for every word of a text.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use readback_transcript::Transcript;

use crate::files::{self, Destination, HowToRead, Text};
use crate::options::{Listening, WrittenTo};
use crate::outcome::Outcome;
use crate::pipeline::{self, NamedListener};
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
    reading: HowToRead,

    #[command(flatten)]
    written: WrittenTo,

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
    let reading = arguments.reading.options()?;
    let text = files::read_transcript_with(&arguments.transcript, &reading)?;
    let Some(transcript) = aligned(text, &arguments.audio, &arguments.listening)? else {
        return Ok(Outcome::Refused);
    };
    destination.put(&transcript, &files::shown(&arguments.transcript), format)?;
    Ok(Outcome::Clean)
}

/// A text with the times of its words in a recording; `None`, said aloud, if it is not of that recording.
pub(super) fn aligned(
    text: Text,
    audio: &Path,
    listening: &Listening,
) -> Result<Option<Transcript>> {
    let recording = pipeline::open(audio)?;
    let (checked, transcript) = NamedListener::new(listening)?.align(text, recording)?;
    match refusal(&checked) {
        Some(sentence) => {
            progress::say(&sentence);
            Ok(None)
        }
        None => Ok(Some(transcript)),
    }
}
