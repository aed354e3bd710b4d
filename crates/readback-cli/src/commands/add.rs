//! `readback add`: transcripts and recordings into the archive.

use std::path::PathBuf;

use anyhow::{Result, bail};
use rayon::prelude::*;
use readback_archive::{Added, Adding, Arrival};
use serde::Serialize;

use crate::archive::intake::{Delivery, Details, Found, deliveries, manifest};
use crate::archive::{Author, Place, now};
use crate::outcome::Outcome;
use crate::{failure, files, progress, report};

/// Stories that become durable together.
const BATCH: usize = 500;

/// Put transcripts and their recordings into the archive
///
/// A recording belongs to the transcript of the same name beside it, or to the one that a manifest says. Other
/// files of that name (captions, tables of words or speakers) are left alone.
/// What is there already, by its hash, is not added again; another text for a story that is there becomes
/// its next revision. What is said to be added is durable.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").args(["files", "manifest"]).required(true).multiple(true))]
pub struct Arguments {
    /// Transcripts, recordings, folders of them, or patterns such as 'in/*.txt'
    #[arg(value_name = "FILE|FOLDER|PATTERN")]
    files: Vec<PathBuf>,

    /// Table with tabs that says what belongs together: transcript, audio, story, title, programme,
    /// date, contractor, feed, url; its first line names its columns
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,

    /// Short name of the story, where one transcript is added [default: the file's name]
    #[arg(long, value_name = "NAME")]
    story: Option<String>,

    #[command(flatten)]
    known: Details,

    #[command(flatten)]
    author: Author,

    #[command(flatten)]
    place: Place,
}

/// What became of a file.
#[derive(Serialize)]
struct Told {
    path: String,
    #[serde(flatten)]
    added: Added,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut archive = arguments.place.open()?;
    let Found { deliveries: mut found, companions } =
        deliveries(&arguments.files, &arguments.known)?;
    if let [first, ..] = companions.as_slice() {
        let (count, first) = (report::count(companions.len(), "file"), files::shown(first));
        progress::say(&format!(
            "{count} beside a transcript or recording of the same name left alone ({first} …)"
        ));
    }
    if let Some(path) = &arguments.manifest {
        found.extend(manifest(path, &arguments.known)?);
    }
    match (&arguments.story, found.as_mut_slice()) {
        (_, []) => bail!("there are no transcripts in what was given"),
        (Some(story), [one]) => one.slug = Some(story.clone()),
        (Some(_), _) => bail!("--story names one story, but there are {} transcripts", found.len()),
        (None, _) => {}
    }
    let mut told = Vec::new();
    let mut outcome = Outcome::Clean;
    for batch in found.chunks(BATCH) {
        let (paths, read) = read(batch, &mut outcome);
        let added = archive.add(read, &arguments.author.name(), now())?;
        told.extend(paths.into_iter().zip(added).map(|(path, added)| Told { path, added }));
        if !arguments.place.json {
            files::print(&told.drain(..).map(|it| line(&it)).collect::<String>())?;
        }
    }
    if arguments.place.json {
        arguments.place.print(&told, String::new)?;
    }
    Ok(outcome)
}

/// Reads deliveries, and how their files are shown; one that cannot be read does not stop the others.
fn read(batch: &[Delivery], outcome: &mut Outcome) -> (Vec<String>, Vec<Adding>) {
    let read: Vec<_> = batch.par_iter().map(Delivery::read).collect();
    let mut done = (Vec::new(), Vec::new());
    for (delivery, read) in batch.iter().zip(read) {
        match read {
            Ok((adding, problems)) => {
                delivery.say_problems(&adding, &problems);
                done.0.push(files::shown(&delivery.text));
                done.1.push(adding);
            }
            Err(error) => {
                failure::say(&error);
                *outcome = Outcome::Incomplete;
            }
        }
    }
    done
}

fn line(Told { path, added }: &Told) -> String {
    let slug = &added.slug;
    let what = match added.known {
        Arrival::New => format!("new story {slug}"),
        Arrival::Again => format!("revision {} of {slug}", added.revision),
        Arrival::Already => format!("there already: {slug}@{}", added.revision),
    };
    let with = match added.recordings {
        0 => String::new(),
        count => format!(", with {}", report::count(count, "recording")),
    };
    format!("{path}: {what}{with}\n")
}
