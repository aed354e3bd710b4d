//! `readback diff`: what changed between two revisions, word by word.

use anyhow::{Result, bail};
use readback_transcript::compare;

use crate::archive::{Place, Reference};
use crate::files;
use crate::outcome::Outcome;
use crate::report::difference::{self, Side};

/// Show what changed between two revisions, word by word
///
/// Labels, cues and paragraphs that moved are told apart from changed words, and formatting from content.
/// With one story it is its last revision, or the one given, against the one before.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The older text, or the story
    #[arg(value_name = "STORY[@REV]")]
    before: Reference,

    /// The newer text
    #[arg(value_name = "STORY[@REV]")]
    after: Option<Reference>,

    /// Print a page of HTML
    #[arg(long, conflicts_with = "json")]
    html: bool,

    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let Arguments { before, after, place, html } = arguments;
    let mut archive = place.open()?;
    let mut side = |story: &Reference| -> Result<Side> {
        let revision = archive.revision(&story.slug, story.revision)?;
        let name = format!("{}@{} ({})", story.slug, revision.number, revision.state);
        Ok(Side { name, transcript: revision.transcript, parent: revision.parent })
    };
    let (before, after) = if let Some(after) = after {
        (side(before)?, side(after)?)
    } else {
        let after = side(before)?;
        let Some(parent) = after.parent else {
            bail!("{} is the first revision; there is none to compare it with", after.name)
        };
        (side(&Reference { revision: Some(parent), ..before.clone() })?, after)
    };
    let parts = compare(&before.transcript, &after.transcript);
    if *html {
        files::print(&difference::html(&before, &after, &parts))?;
    } else {
        let document = difference::json(&before, &after, &parts);
        place.print(&document, || difference::text(&before, &after, &parts))?;
    }
    Ok(Outcome::Clean)
}
