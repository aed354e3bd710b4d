//! `readback show`: a story as it stands, or as it stood.

use std::path::PathBuf;

use anyhow::Result;
use readback_archive::{About, Finding, Recording, Review, Revision, Settled};
use serde::Serialize;

use crate::archive::{Place, Reference};
use crate::cli::Outcome;
use crate::files::Destination;

/// Show a story: its words, or what was found in them
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The story, as NAME or NAME@REVISION
    #[arg(value_name = "STORY[@REV]")]
    story: Reference,

    /// Show the findings of its last check, numbered, with what was decided
    #[arg(long)]
    findings: bool,

    /// File to write the transcript to; its ending decides the format
    #[arg(long, short, value_name = "FILE", conflicts_with = "findings")]
    output: Option<PathBuf>,

    /// Format of the transcript (see `readback formats`)
    #[arg(long, value_name = "FORMAT", conflicts_with = "findings")]
    to: Option<String>,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Shown<'a> {
    story: &'a str,
    about: &'a About,
    recordings: &'a [Recording],
    findings: Vec<Numbered<'a>>,
    revision: &'a Revision,
}

#[derive(Serialize)]
struct Numbered<'a> {
    number: usize,
    #[serde(flatten)]
    finding: &'a Finding,
    decision: &'a Option<Settled>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let Arguments { story, place, .. } = arguments;
    let mut archive = place.open()?;
    let revision = archive.revision(&story.slug, story.revision)?;
    if arguments.output.is_some() || arguments.to.is_some() {
        return write(arguments, &revision);
    }
    let review = archive.review(&story.slug, revision.number)?;
    let (about, recordings) = (archive.about(&story.slug)?, archive.recordings(&story.slug)?);
    let shown = Shown {
        story: story.slug.as_str(),
        about: &about,
        recordings: &recordings,
        findings: numbered(&review),
        revision: &revision,
    };
    place.print(&shown, || if arguments.findings { findings(&shown) } else { words(&shown) })?;
    Ok(Outcome::Clean)
}

fn write(arguments: &Arguments, revision: &Revision) -> Result<Outcome> {
    let destination = Destination::new(arguments.output.as_deref(), arguments.force)?;
    let format = destination.format(arguments.to.as_deref(), "text")?;
    destination.put(&revision.transcript, arguments.story.slug.as_str(), format)?;
    Ok(Outcome::Clean)
}

fn numbered(review: &Review) -> Vec<Numbered<'_>> {
    let all = (1..).zip(&review.findings);
    all.map(|(number, (finding, decision))| Numbered { number, finding, decision }).collect()
}

fn words(shown: &Shown) -> String {
    let Shown { story, about, revision, .. } = shown;
    let date = about.date.map(|date| format!(", {date}")).unwrap_or_default();
    let programme = about.programme.as_ref().map(|it| format!(", {it}")).unwrap_or_default();
    let head = format!(
        "{} ({story}@{}, {}{programme}{date})",
        about.title, revision.number, revision.state
    );
    format!("{head}\n\n{}\n", revision.transcript.text.trim_end())
}

fn findings(shown: &Shown) -> String {
    let mut out = String::new();
    for Numbered { number, finding, decision } in &shown.findings {
        let at = finding.time.map(|time| format!(" at {}", time.start())).unwrap_or_default();
        let severity = finding.severity;
        out += &format!("{number:3}  {severity} {}{at}: {}\n", finding.rule, finding.message);
        if let Some(Settled { decision, author, .. }) = decision {
            let why = if decision.reason.is_empty() { "" } else { ": " };
            out +=
                &format!("     {} by {author}{why}{}\n", decision.verdict.name(), decision.reason);
        }
    }
    if out.is_empty() { "no findings\n".into() } else { out }
}
