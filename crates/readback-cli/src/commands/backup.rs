//! `readback backup`: a copy of the whole archive.

use std::path::PathBuf;

use anyhow::Result;
use serde::Serialize;

use crate::archive::{Place, new_folder};
use crate::outcome::Outcome;
use crate::report::count;

/// Copy the whole archive, while it is in use
///
/// The folder is there only once the copy is complete and durable. It is an archive itself: --archive opens
/// it.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder to make
    #[arg(value_name = "FOLDER")]
    to: PathBuf,

    #[command(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Backed {
    files: usize,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let to = new_folder(&arguments.to)?;
    let files = arguments.place.open()?.backup(&to)?;
    let shown = arguments.to.display();
    let told = || format!("the database and {} in {shown}\n", count(files, "file"));
    arguments.place.print(&Backed { files }, told)?;
    Ok(Outcome::Clean)
}
