//! `readback demo`: the whole thing at work on a story of our own.

use std::path::PathBuf;

use anyhow::Result;

use crate::demo;
use crate::files;
use crate::options::Listening;
use crate::outcome::Outcome;

/// See Readback at work on a short radio story and a faulty transcript of it
///
/// Writes the story (recording and rush transcript) into DIR, checks it, prints the findings, and
/// writes the corrected transcript and captions beside it. Files of an earlier demo are replaced.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder to write to
    #[arg(value_name = "DIR", default_value = "readback-demo")]
    folder: PathBuf,

    #[command(flatten)]
    listening: Listening,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let told = demo::run(&arguments.folder, &arguments.listening)?;
    files::print(&told)?;
    Ok(Outcome::Clean)
}
