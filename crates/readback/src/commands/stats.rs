//! `readback stats`: how much there is.

use anyhow::Result;

use crate::archive::Place;
use crate::cli::Outcome;

/// Say how much the archive holds
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let stats = arguments.place.open()?.stats()?;
    arguments.place.print(&stats, || {
        let states: Vec<String> =
            stats.states.iter().map(|(state, count)| format!("{count} {state}")).collect();
        format!(
            "{} stories ({})\n{} revisions, {} entries\n{} words, {} speakers\n{} recordings, {:.1} hours\n\
             {:.1} MB of database\n",
            stats.stories,
            states.join(", "),
            stats.revisions,
            stats.entries,
            stats.words,
            stats.speakers,
            stats.recordings,
            stats.seconds as f64 / 3600.0,
            stats.database as f64 / 1e6
        )
    })?;
    Ok(Outcome::Clean)
}
