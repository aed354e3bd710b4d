//! `readback caption`: captions of a text by a guide's rules.

use std::path::PathBuf;

use anyhow::{Result, bail};
use readback_check::{READ_TOO_FAST, check_captions};
use readback_formats::{CaptionPreset, Format, Parsed, ReadOptions, WriteOptions};

use super::align::aligned;
use crate::files::{self, Destination, HowToRead};
use crate::options::{Listening, WrittenTo, presets};
use crate::outcome::Outcome;
use crate::progress;

/// Make captions of a text by the rules of a guide
///
/// Lines and captions break where speech does, never inside a name or a number where anything else
/// fits; every word and every cue of the text is in them, in its order. A text that has times already,
/// such as captions or a recogniser's output, needs no recording. Captions that have to be read faster
/// than the guide allows, because speech is, are counted on standard error.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The text; `-` for standard input
    #[arg(value_name = "TRANSCRIPT")]
    transcript: PathBuf,

    /// Its recording: any audio or video file, or `-`; not needed where the text has times
    #[arg(value_name = "AUDIO")]
    audio: Option<PathBuf>,

    /// Guide to follow
    #[arg(long, value_name = "NAME", default_value = "web", value_parser = presets())]
    preset: &'static CaptionPreset,

    #[command(flatten)]
    reading: HowToRead,

    #[command(flatten)]
    written: WrittenTo,

    #[command(flatten)]
    listening: Listening,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let audio = arguments.audio.as_deref();
    if files::is_standard(&arguments.transcript) && audio.is_some_and(files::is_standard) {
        bail!("standard input cannot be both the transcript and the recording");
    }
    let written = &arguments.written;
    let destination = Destination::new(written.output.as_deref(), written.force)?;
    let format = destination.format(written.to.as_deref(), "vtt")?;
    let reading = arguments.reading.options()?;
    let text = files::read_transcript_with(&arguments.transcript, &reading)?;
    let transcript = match audio {
        Some(audio) => aligned(text, audio, &arguments.listening)?,
        None => Some(text.transcript),
    };
    let Some(transcript) = transcript else { return Ok(Outcome::Refused) };
    let options = WriteOptions::default().with_captions(arguments.preset);
    let source = files::shown(&arguments.transcript);
    let (result, _) = destination.put_as(&transcript, &source, format, &options)?;
    say_too_fast(&result, format, arguments.preset);
    Ok(Outcome::Clean)
}

/// Says how many captions have to be read faster than the guide allows. They are read back as they were
/// written, so that nothing is said of them but what `readback check` says.
fn say_too_fast(written: &[u8], format: &Format, preset: &CaptionPreset) {
    let Ok(Parsed { transcript: read, .. }) =
        readback_formats::read_as(written, format, &ReadOptions::default())
    else {
        return;
    };
    let findings = check_captions(&read, &preset.rules(), None);
    let fast = findings.iter().filter(|finding| finding.rule == &READ_TOO_FAST).count();
    if fast > 0 {
        let (all, name) = (read.captions.len(), &preset.name);
        progress::say(&format!(
            "{fast} of {all} captions have to be read faster than {name} allows, as fast as they are spoken"
        ));
    }
}
