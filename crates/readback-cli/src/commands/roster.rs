//! `readback roster`: names whose spelling the archive has settled.

use anyhow::Result;

use crate::archive::{Author, Place, now};
use crate::outcome::Outcome;

/// Settle the spelling of names, for every story of the archive
///
/// Without a name it lists them.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Names as they are to be written
    #[arg(value_name = "NAME")]
    names: Vec<String>,

    /// Take the names off the roster
    #[arg(long, requires = "names")]
    remove: bool,

    #[command(flatten)]
    author: Author,

    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut archive = arguments.place.open()?;
    let author = arguments.author.name();
    for name in &arguments.names {
        if arguments.remove {
            archive.unname(name, &author, now())?;
        } else {
            archive.name(name, &author, now())?;
        }
    }
    let roster = archive.roster()?;
    arguments.place.print(&roster, || roster.iter().map(|name| format!("{name}\n")).collect())?;
    Ok(Outcome::Clean)
}
