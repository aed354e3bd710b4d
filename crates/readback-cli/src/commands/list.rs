//! `readback list`: the stories of the archive.

use anyhow::Result;
use readback_archive::{Filter, Listed, State};

use crate::archive::Place;
use crate::outcome::Outcome;
use crate::report;

/// List the stories of the archive, the latest broadcast first
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only those of this programme
    #[arg(long, value_name = "NAME")]
    programme: Option<String>,

    /// Only those in this state: rush, checked, corrected or final
    #[arg(long, value_name = "STATE")]
    state: Option<State>,

    /// Only those whose date begins so: 2026, 2026-11 or 2026-11-26
    #[arg(long, value_name = "DATE")]
    date: Option<String>,

    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let Arguments { programme, state, date, place } = arguments;
    let filter = Filter { programme: programme.clone(), state: *state, date: date.clone() };
    let stories = place.open()?.list(&filter)?;
    place.print(&stories, || stories.iter().map(line).collect())?;
    Ok(Outcome::Clean)
}

fn line(story: &Listed) -> String {
    let date = story.about.date.map_or_else(|| "-".into(), |date| date.to_string());
    let revisions = report::count(story.revisions as usize, "revision");
    let state = story.state.name();
    let sound = if story.recordings == 0 { ", no recording" } else { "" };
    format!("{date:10}  {state:9}  {}  {} ({revisions}{sound})\n", story.slug, story.about.title)
}
