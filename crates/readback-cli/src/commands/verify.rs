//! `readback verify`: is everything as it was?

use anyhow::Result;

use crate::archive::Place;
use crate::outcome::Outcome;
use crate::report::count;

/// Check every seal, chain and file of the archive
///
/// Reads all of it back: the database, the hash of every entry and of the one before it, and every recording
/// and original. Exit code 1 if anything is not as it was.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let seen = arguments.place.open()?.verify()?;
    arguments.place.print(&seen, || {
        let damage = seen.damage.iter().map(|it| format!("{}: {}\n", it.place, it.what));
        let mut told: String = damage.collect();
        let strays = match seen.strays.len() {
            0 => String::new(),
            number => format!("; {} that no story knows, which do no harm", count(number, "file")),
        };
        let verdict = match seen.damage.len() {
            0 => "all is as it was".to_owned(),
            1 => "1 thing is not as it was".to_owned(),
            number => format!("{number} things are not as they were"),
        };
        told += &format!(
            "{verdict}: {} in {}, {} ({} bytes){strays}\n",
            count(seen.entries, "entry"),
            count(seen.chains, "history"),
            count(seen.files, "file"),
            seen.bytes
        );
        told
    })?;
    Ok(if seen.damage.is_empty() { Outcome::Clean } else { Outcome::Findings })
}
