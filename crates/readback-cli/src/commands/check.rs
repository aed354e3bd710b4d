//! `readback check`: read a transcript back against its recording, report, and fix.

mod inputs;
mod mend;
mod run;
mod story;

use std::path::PathBuf;

use anyhow::{Result, bail};
use readback_formats::CaptionPreset;

use crate::archive::Place;
use crate::configuration::FailOn;
use crate::failure::advised;
use crate::files::{self, HowToRead};
use crate::options::{Listening, presets};
use crate::outcome::Outcome;
use crate::report::Shape;
use inputs::Inputs;
use run::Run;

/// Read a transcript back against its recording
///
/// Hears the recording, holds every word of the text against it both ways (words nobody said, spoken
/// words that are missing, words said otherwise) and reports each difference with its place in the
/// text, its time in the recording and a fix. Names, numbers and negations are always weighed twice.
/// Without a recording only the text itself is checked, and then it may be several texts, and folders
/// of texts. With --evidence the words of another recogniser stand for the recording: Readback then
/// cannot listen itself, and is less sure. A text that is not of the recording is refused with exit
/// code 3.
///
/// A name that is no file but a story of the archive, as NAME or NAME@REVISION, is read back against its
/// recording there, and what is found is kept with the revision.
///
/// What a desk expects, and which rules it wants, stands in `readback.toml`, in the folder of the text
/// or in one above it.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("source").args(["audio", "evidence"]))]
#[command(group = clap::ArgGroup::new("mending").args(["fix", "diff"]))]
#[command(override_usage = "readback check [OPTIONS] TRANSCRIPT [AUDIO]\n       \
                            readback check [OPTIONS] TRANSCRIPT|FOLDER…")]
pub struct Arguments {
    /// The delivered text; `-` for standard input
    #[arg(value_name = "TRANSCRIPT")]
    transcript: PathBuf,

    /// Its recording: any audio or video file, or `-`; without one only the text is checked. What is a
    /// folder or ends like a text (.txt, .vtt, …) is no recording but more to check
    #[arg(id = "audio", value_name = "AUDIO")]
    others: Vec<PathBuf>,

    #[command(flatten)]
    listening: Listening,

    #[command(flatten)]
    reading: HowToRead,

    /// Names whose spelling is settled, one on each line, besides those in readback.toml
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,

    /// Configuration to use, instead of the nearest readback.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Leave out the findings that FILE says are accepted; say which of them are gone
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Accept what is found: add it to the baseline, for the reason WHY
    #[arg(long, value_name = "WHY", requires_all = ["baseline", "who"], conflicts_with = "diff")]
    accept: Option<String>,

    /// Who accepts it
    #[arg(long, value_name = "NAME", requires = "accept")]
    who: Option<String>,

    /// Hold captions to a guide, too
    #[arg(long, value_name = "NAME", value_parser = presets())]
    preset: Option<&'static CaptionPreset>,

    /// Shape of the report
    #[arg(long, value_enum, default_value_t = Shape::Text, value_name = "SHAPE")]
    format: Shape,

    /// What another recogniser heard in the recording, in place of AUDIO: the timed words of Whisper,
    /// WhisperX, whisper.cpp, Amazon, Google, CTM, or of --heard; `-` for standard input
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,

    /// Also write all that was heard and how each difference was weighed to FILE, as JSON
    #[arg(long, value_name = "FILE", requires = "source")]
    heard: Option<PathBuf>,

    /// Put the safe fixes of the report into the transcript's file, once
    #[arg(long)]
    fix: bool,

    /// Show what --fix would change, as a unified diff, instead of the report
    #[arg(long)]
    diff: bool,

    /// With --fix or --diff: the other fixes, too, which a person should look at
    #[arg(long = "unsafe", requires = "mending")]
    also_unsafe: bool,

    /// End with exit code 1 from this severity on [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,

    #[command(flatten)]
    place: Place,
}

impl Arguments {
    /// The shape of the report.
    fn shape(&self) -> Shape {
        if self.place.json { Shape::Json } else { self.format }
    }
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    if let Some(story) = story::story(arguments)? {
        return story::check(arguments, &story);
    }
    let inputs = Inputs::of(&arguments.transcript, &arguments.others);
    refuse_impossible(arguments, &inputs)?;
    let mut run = Run::new(arguments)?;
    let outcome = match (inputs, &arguments.evidence) {
        (Inputs::One(text, Some(audio)), _) => run.with_recording(&text, &audio)?,
        (Inputs::One(text, None), Some(evidence)) => run.with_evidence(&text, evidence)?,
        (Inputs::One(text, None), None) => run.one(&text)?,
        (Inputs::Several(texts), _) => run.several(texts)?,
    };
    run.close()?;
    Ok(outcome)
}

fn refuse_impossible(arguments: &Arguments, inputs: &Inputs) -> Result<()> {
    let is_standard = |path: &&PathBuf| files::is_standard(path);
    let texts = std::iter::once(&arguments.transcript).chain(&arguments.others);
    let standard = texts.chain(&arguments.evidence).filter(is_standard).count();
    let other = if arguments.evidence.is_some() { "evidence" } else { "recording" };
    match inputs {
        Inputs::One(..) if standard > 1 => {
            bail!("standard input cannot be both the transcript and the {other}")
        }
        Inputs::Several(_) if standard > 1 => bail!("standard input cannot be two transcripts"),
        Inputs::Several(_) if arguments.heard.is_some() || arguments.evidence.is_some() => {
            bail!("several texts were given, and what was heard can only be that of one recording")
        }
        _ if arguments.fix && files::is_standard(&arguments.transcript) => {
            let message = "standard input cannot be fixed in place";
            Err(advised(message, "--diff shows the fixes instead."))
        }
        _ => Ok(()),
    }
}
