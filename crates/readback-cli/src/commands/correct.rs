//! `readback correct`: what readers are told about a correction.

use anyhow::{Result, bail};
use readback_archive::{Correction, Notice, corrections, draft};
use serde::Serialize;

use crate::archive::{Author, Place, Reference, now};
use crate::files;
use crate::outcome::Outcome;

/// Draft the notice about a correction, and keep it with the revision
///
/// The draft names the most important things that the revision changed, and counts the others; `readback
/// diff` and --json have all of them. It is classed as style, typo or substantive, and kept with --save, as it
/// is or in words of your own.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The story, as NAME or NAME@REVISION
    #[arg(value_name = "STORY[@REV]")]
    story: Reference,

    /// The revision it corrects [default: the one it was made of]
    #[arg(long, value_name = "REV")]
    since: Option<u32>,

    /// Keep the notice with the revision
    #[arg(long)]
    save: bool,

    /// The notice in your own words
    #[arg(long, value_name = "NOTICE", requires = "save")]
    text: Option<String>,

    #[command(flatten)]
    author: Author,

    #[command(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Drafted {
    notice: Option<Notice>,
    corrections: Vec<Correction>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let Arguments { story, place, .. } = arguments;
    let mut archive = place.open()?;
    let after = archive.revision(&story.slug, story.revision)?;
    let Some(since) = arguments.since.or(after.parent) else {
        bail!("{}@{} is the first revision; it corrects none", story.slug, after.number)
    };
    let before = archive.revision(&story.slug, Some(since))?;
    let settled = archive.roster()?;
    let roster = settled.iter().map(String::as_str).collect();
    let corrections = corrections(&before.transcript, &after.transcript, &roster);
    let today = jiff::tz::Offset::UTC.to_datetime(now()).date();
    let notice = draft(&corrections, today).map(|(class, drafted)| {
        let text = arguments.text.clone().unwrap_or(drafted);
        Notice { revision: after.number, class, text }
    });
    if let Some(notice) = notice.clone().filter(|_| arguments.save) {
        archive.notify(&story.slug, notice, &arguments.author.name(), now())?;
    }
    let drafted = Drafted { notice, corrections };
    place.print(&drafted, || match &drafted.notice {
        Some(notice) => format!("({}) {}\n", notice.class.name(), notice.text),
        None => "nothing was corrected\n".into(),
    })?;
    if drafted.notice.is_some() && !arguments.save && !place.json {
        files::print("\n--save keeps it with the revision; --text NOTICE in your own words.\n")?;
    }
    Ok(Outcome::Clean)
}
