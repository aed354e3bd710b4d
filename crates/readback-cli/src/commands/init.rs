//! `readback init`: a new archive.

use anyhow::Result;
use readback_archive::Archive;

use crate::archive::Place;
use crate::outcome::Outcome;

/// Make a new archive
///
/// One folder holds all of it: a database and, beside it, recordings and originals by their hash. It is
/// the folder of --archive, of $READBACK_ARCHIVE, or `.readback` in the current one; every other command
/// of the archive looks there, too.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let archive = Archive::init(&arguments.place.folder())?;
    let folder = archive.folder().display().to_string();
    arguments.place.print(&folder, || format!("a new archive in {folder}\n"))?;
    Ok(Outcome::Clean)
}
