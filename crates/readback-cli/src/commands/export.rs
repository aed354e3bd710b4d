//! `readback export`: the whole archive as plain files.

use std::path::PathBuf;

use anyhow::Result;

use crate::archive::{Place, new_folder};
use crate::outcome::Outcome;
use crate::report::count;

/// Write the whole archive as plain files that anyone can read
///
/// Every revision becomes a text file, every recording a file under its own name, every history a file of
/// JSON lines. `readback import` makes the same archive of them again.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder to make
    #[arg(value_name = "FOLDER")]
    to: PathBuf,

    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let to = new_folder(&arguments.to)?;
    let done = arguments.place.open()?.export(&to)?;
    arguments.place.print(&done, || {
        let (stories, entries) = (count(done.stories, "story"), count(done.entries, "entry"));
        let files = count(done.files, "file");
        format!("{stories} with {entries} and {files} in {}\n", arguments.to.display())
    })?;
    Ok(Outcome::Clean)
}
