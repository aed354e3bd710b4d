//! `readback revise`: a new state of a story.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use readback_archive::{Archive, Hash, Revising, Revision, Slug, State, Verdict};
use readback_formats::{Parsed, ReadOptions};
use readback_transcript::{Transcript, apply, measure_times, retain_times};

use crate::archive::{Author, Place, now};
use crate::files;
use crate::options::Listening;
use crate::outcome::Outcome;
use crate::pipeline::{self, NamedListener};

/// Make a new revision of a story
///
/// The words come from a file, from the accepted fixes, or stay as they are where only the state changes.
/// Words that did not change keep their times; the others are placed between them, or with --align heard
/// again in the recording. No revision is ever changed or removed.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The story
    #[arg(value_name = "STORY")]
    story: Slug,

    /// The new text; `-` for standard input
    #[arg(value_name = "FILE", conflicts_with = "fixes")]
    file: Option<PathBuf>,

    /// Put in the fixes of the findings that were accepted
    #[arg(long)]
    fixes: bool,

    /// Why
    #[arg(long, short = 'm', value_name = "WHY", default_value = "")]
    reason: String,

    /// How far it has come: rush, checked, corrected or final
    #[arg(long, value_name = "STATE")]
    state: Option<State>,

    /// The revision that was edited; refused if it is not the last any more [default: the last]
    #[arg(long, value_name = "REV")]
    parent: Option<u32>,

    /// Hear the recording for the times of words that changed
    #[arg(long)]
    align: bool,

    #[command(flatten)]
    listening: Listening,

    #[command(flatten)]
    author: Author,

    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let Arguments { story, place, .. } = arguments;
    let mut archive = place.open()?;
    let parent = archive.revision(story, arguments.parent)?;
    let (mut transcript, original) = words(arguments, &mut archive, &parent)?;
    let mut against = None;
    if arguments.align {
        against = Some(align(arguments, &mut archive, &parent, &mut transcript)?);
    }
    let revising = Revising {
        parent: parent.number,
        transcript,
        state: arguments.state,
        reason: arguments.reason.clone(),
        against,
        original,
    };
    let revision = archive.revise(story, revising, &arguments.author.name(), now())?;
    place.print(&revision, || format!("{story}@{}, {}\n", revision.number, revision.state))?;
    Ok(Outcome::Clean)
}

type Words = (Transcript, Option<(Vec<u8>, String)>);

fn words(arguments: &Arguments, archive: &mut Archive, parent: &Revision) -> Result<Words> {
    match &arguments.file {
        Some(path) => {
            let bytes = files::read(path)?;
            let Parsed { transcript, problems } =
                files::interpret(&bytes, path, &ReadOptions::default()).with_context(|| {
                    format!("cannot read the transcript {}", files::shown(path))
                })?;
            files::say_problems(&files::shown(path), &transcript.text, &problems);
            Ok((transcript, Some((bytes, name(path)))))
        }
        None if arguments.fixes => Ok((fixed(archive, &arguments.story, parent)?, None)),
        None if arguments.state.is_some() || arguments.align => {
            Ok((parent.transcript.clone(), None))
        }
        None => bail!("there is nothing to revise: give a file, --fixes, --state or --align"),
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The parent's text with the fixes that were accepted.
fn fixed(archive: &mut Archive, story: &Slug, parent: &Revision) -> Result<Transcript> {
    let review = archive.review(story, parent.number)?;
    let accepted = review.findings.into_iter().filter(|(_, settled)| {
        settled.as_ref().is_some_and(|it| it.decision.verdict == Verdict::Accepted)
    });
    let fixes: Vec<_> = accepted.filter_map(|(finding, _)| finding.fix).collect();
    if fixes.is_empty() {
        bail!("no finding of {story}@{} with a fix was accepted", parent.number);
    }
    let text = apply(&parent.transcript.text, &fixes)?;
    let format = readback_formats::format_for(&parent.transcript.format);
    let format = format.context("the format of the revision is not known any more")?;
    let read = readback_formats::read_as(text.as_bytes(), format, &ReadOptions::default());
    Ok(read.with_context(|| format!("cannot put fixes into {}", format.name))?.transcript)
}

/// Words that did not change keep their times; the others get those that are heard.
fn align(
    arguments: &Arguments,
    archive: &mut Archive,
    parent: &Revision,
    transcript: &mut Transcript,
) -> Result<Hash> {
    let story = &arguments.story;
    let last = archive.recordings(story)?.last().map(|it| it.hash);
    let hash = parent.against.or(last).with_context(|| format!("{story} has no recording"))?;
    let recording = pipeline::open(&archive.file(hash)?)?;
    let hearing = NamedListener::new(&arguments.listening)?.hear(recording)?;
    let mut heard = transcript.clone();
    measure_times(&mut heard, &hearing);
    for word in transcript.words_mut() {
        word.timing = None;
    }
    retain_times(&parent.transcript, transcript);
    for (word, heard) in transcript.words_mut().zip(heard.words()) {
        word.timing = word.timing.or(heard.timing);
    }
    Ok(hash)
}
