//! `readback formats`: every transcript and caption format in one line.

use anyhow::Result;
use readback_formats::FORMATS;

use crate::cli::Outcome;
use crate::files;

/// List the transcript and caption formats that can be read and written
#[derive(Debug, clap::Args)]
pub struct Arguments {}

pub fn run(_arguments: &Arguments) -> Result<Outcome> {
    let lines = FORMATS.iter().map(|format| {
        let endings: Vec<String> = format.extensions.iter().map(|e| format!(".{e}")).collect();
        let note = if format.write.is_open() { "" } else { " (read only)" };
        format!("{:10}  {:22}  {}{note}\n", format.id, endings.join(" "), format.name)
    });
    files::print(&lines.collect::<String>())?;
    Ok(Outcome::Clean)
}
