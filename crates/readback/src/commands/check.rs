//! `readback check`: read a transcript back against its recording, report, and fix.

mod desk;
mod inputs;
mod mend;

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::Listening;
use crate::cli::Outcome;
use crate::configuration::FailOn;
use crate::failure::advised;
use crate::files;
use crate::report::Shape;
use desk::Desk;
use inputs::Inputs;

/// Read a transcript back against its recording
///
/// Hears the recording, holds every word of the text against it both ways (words nobody said, spoken
/// words that are missing, words said otherwise) and reports each difference with its place in the
/// text, its time in the recording and a fix. Names, numbers and negations are always weighed twice.
/// Without a recording only the text itself is checked, and then it may be several texts, and folders
/// of texts. A text that is not of the recording is refused with exit code 3.
///
/// What a desk expects, and which rules it wants, stands in `readback.toml`, in the folder of the text
/// or in one above it.
#[derive(Debug, clap::Args)]
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

    /// Shape of the report
    #[arg(long, value_enum, default_value_t = Shape::Text, value_name = "SHAPE")]
    format: Shape,

    /// Also write all that was heard and how each difference was weighed to FILE, as JSON
    #[arg(long, value_name = "FILE", requires = "audio")]
    evidence: Option<PathBuf>,

    /// Put the sure fixes into the transcript's file (those with a confidence of at least 80 %)
    #[arg(long, conflicts_with = "diff")]
    fix: bool,

    /// Show what --fix would change, as a unified diff, instead of the report
    #[arg(long)]
    diff: bool,

    /// End with exit code 1 from this severity on [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let inputs = Inputs::of(&arguments.transcript, &arguments.others);
    refuse_impossible(arguments, &inputs)?;
    let mut desk = Desk::new(arguments)?;
    let outcome = match inputs {
        Inputs::One(text, None) => desk.one(&text)?,
        Inputs::One(text, Some(audio)) => desk.with_recording(&text, &audio)?,
        Inputs::Several(texts) => desk.several(texts)?,
    };
    desk.close()?;
    Ok(outcome)
}

fn refuse_impossible(arguments: &Arguments, inputs: &Inputs) -> Result<()> {
    let others = arguments.others.iter().map(PathBuf::as_path);
    let standard = std::iter::once(arguments.transcript.as_path()).chain(others);
    match (inputs, standard.filter(|path| files::is_standard(path)).count()) {
        (Inputs::One(..), 2) => {
            bail!("standard input cannot be both the transcript and the recording")
        }
        (Inputs::Several(_), 2..) => bail!("standard input cannot be two transcripts"),
        (_, 1) if arguments.fix && files::is_standard(&arguments.transcript) => {
            let message = "standard input cannot be fixed in place";
            return Err(advised(message, "--diff shows the fixes instead."));
        }
        (Inputs::Several(_), _) if arguments.evidence.is_some() => {
            bail!("--evidence writes what was heard in one recording, but several texts were given")
        }
        _ => Ok(()),
    }
}
