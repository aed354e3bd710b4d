//! `readback convert`: one transcript format into another.

use std::path::PathBuf;

use anyhow::{Context, Result};
use readback_formats::WriteOptions;

use crate::cli::Outcome;
use crate::files::{self, Destination, HowToRead};

/// Turn a transcript into another format
///
/// Words, times and speakers are kept as far as the new format has a place for them. Captions need
/// times: `readback align` gives them to a text.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Transcript to read, in any known format; `-` for standard input
    #[arg(value_name = "IN")]
    input: PathBuf,

    /// File to write, its ending deciding the format; `-` for standard output
    #[arg(value_name = "OUT")]
    output: PathBuf,

    #[command(flatten)]
    reading: HowToRead,

    /// Format to write, whatever the file's ending says (see `readback formats`)
    #[arg(long, value_name = "FORMAT")]
    to: Option<String>,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let destination = Destination::new(Some(&arguments.output), arguments.force)?;
    let format = destination.format(arguments.to.as_deref(), "text")?;
    let text = files::read_transcript_with(&arguments.input, &arguments.reading.options()?)?;
    let converted = readback_formats::write(&text.transcript, format, &WriteOptions::default())
        .with_context(|| {
            format!("cannot write {} as {}", files::shown(&arguments.input), format.name)
        })?;
    destination.write(&converted)?;
    Ok(Outcome::Clean)
}
