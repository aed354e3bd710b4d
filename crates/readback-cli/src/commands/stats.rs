//! `readback stats`: how much there is.

use anyhow::Result;

use crate::archive::Place;
use crate::outcome::Outcome;
use crate::report;

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
        let count = |number: u64, what| report::count(number as usize, what);
        let minutes = stats.seconds as f64 / 60.0;
        let length = if minutes < 60.0 {
            format!("{minutes:.1} minutes")
        } else {
            format!("{:.1} hours", minutes / 60.0)
        };
        format!(
            "{} ({})\n{}, {}\n{}, {}\n{}, {length}\n{:.1} MB of database\n",
            count(stats.stories, "story"),
            states.join(", "),
            count(stats.revisions, "revision"),
            count(stats.entries, "entry"),
            count(stats.words, "word"),
            count(stats.speakers, "speaker"),
            count(stats.recordings, "recording"),
            stats.database as f64 / 1e6
        )
    })?;
    Ok(Outcome::Clean)
}
