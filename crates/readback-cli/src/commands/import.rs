//! `readback import`: an archive of what was exported.

use std::path::PathBuf;

use anyhow::Result;

use crate::archive::Place;
use crate::outcome::Outcome;
use crate::report::count;

/// Take in what `readback export` wrote
///
/// Stories that are not here are taken whole, and what happened since to those that are. Everything is held
/// against its seals first; a story with another history here is refused.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the export
    #[arg(value_name = "FOLDER")]
    from: PathBuf,

    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let done = arguments.place.open()?.import(&arguments.from)?;
    arguments.place.print(&done, || {
        let (stories, entries) =
            (count(done.stories, "new story"), count(done.entries, "new entry"));
        let known = count(done.known, "entry");
        format!("{stories}, {entries}; {known} here already\n")
    })?;
    Ok(Outcome::Clean)
}
