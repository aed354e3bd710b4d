//! `readback transcribe`: what was heard, as a text or captions.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use readback::Recording;

use crate::failure::advised;
use crate::files::{self, Destination};
use crate::options::{Listening, WrittenTo};
use crate::outcome::Outcome;
use crate::pipeline::{self, NamedListener};

/// Write down what is said in a recording
///
/// The text is what the speech model heard, unchecked; captions (-o story.vtt) carry its times.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Recordings: any audio or video files; `-` for standard input
    #[arg(value_name = "AUDIO", required = true)]
    audio: Vec<PathBuf>,

    #[command(flatten)]
    written: WrittenTo,

    #[command(flatten)]
    listening: Listening,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let jobs = jobs(arguments)?;
    // A first recording that cannot be read is told before a model is fetched for it.
    let mut opened = Some(pipeline::open(jobs[0].0)?);
    let listener = NamedListener::new(&arguments.listening)?;
    for (audio, destination) in jobs {
        let recording = opened.take().map_or_else(|| pipeline::open(audio), Ok)?;
        transcribe(arguments, &listener, recording, &destination)?;
    }
    Ok(Outcome::Clean)
}

/// Which recording goes where: one to a file or standard output, several into a folder.
fn jobs(arguments: &Arguments) -> Result<Vec<(&Path, Destination)>> {
    let WrittenTo { output, to, force } = &arguments.written;
    if let [only] = arguments.audio.as_slice() {
        return Ok(vec![(only, Destination::new(output.as_deref(), *force)?)]);
    }
    let folder = output.as_deref().filter(|output| output.is_dir()).ok_or_else(|| {
        advised("several recordings need a folder to write to", "Give an existing folder with -o.")
    })?;
    let format = Destination::new(None, false)?.format(to.as_deref(), "text")?;
    let beside = |audio: &PathBuf| folder.join(audio.file_name().unwrap_or_default());
    let named = |audio: &PathBuf| beside(audio).with_extension(format.extensions[0]);
    let jobs = arguments.audio.iter().map(|audio| {
        Destination::new(Some(&named(audio)), *force)
            .map(|destination| (audio.as_path(), destination))
    });
    jobs.collect()
}

fn transcribe(
    arguments: &Arguments,
    listener: &NamedListener,
    recording: Recording,
    destination: &Destination,
) -> Result<()> {
    let format = destination.format(arguments.written.to.as_deref(), "text")?;
    let name = files::shown(recording.path());
    let hearing = listener.hear(recording)?;
    if hearing.words.is_empty() {
        bail!("nobody speaks in {name}");
    }
    let language = Some(hearing.language.as_str()).filter(|language| !language.is_empty());
    let transcript = readback_formats::from_words(&hearing.words, language);
    destination.put(&transcript, &name, format)?;
    Ok(())
}
