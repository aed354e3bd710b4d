//! `readback watch`: takes in what is dropped into a folder.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, bail};
use readback_archive::{Archive, Arrival, Slug};
use serde::Serialize;

use crate::archive::intake::{Delivery, Details, attachment, delivered, deliveries, parted};
use crate::archive::read_back::StoryReader;
use crate::archive::{Author, Place, Reference, now};
use crate::configuration::Configurations;
use crate::folders::is_audio;
use crate::options::Listening;
use crate::outcome::Outcome;
use crate::report::count;
use crate::{failure, files};

/// Take in what is dropped into a folder, and check it
///
/// A file is taken once it has not changed for a while; a recording that comes later than its transcript is
/// put to it. Files stay where they are: what is in the archive is known by its hash, so that after a restart
/// nothing is lost or taken twice. Ends with Ctrl-C.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder to watch, with those below it
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    /// Seconds for which a file must not have changed
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    settle: u64,

    /// Take what is there and complete, then end
    #[arg(long)]
    once: bool,

    /// Do not listen to recordings; check only texts
    #[arg(long)]
    text_only: bool,

    #[command(flatten)]
    known: Details,

    #[command(flatten)]
    listening: Listening,

    #[command(flatten)]
    author: Author,

    #[command(flatten)]
    place: Place,
}

/// Something that the watch did, as one line of JSON.
#[derive(Serialize)]
struct Done<'a> {
    path: String,
    story: &'a Slug,
    revision: u32,
    what: &'static str,
    findings: Option<usize>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    if !arguments.folder.is_dir() {
        bail!("there is no folder {}", arguments.folder.display());
    }
    let archive = arguments.place.open()?;
    let configurations = Configurations::new(None, None)?;
    let reader =
        StoryReader::new(arguments.listening.clone(), configurations, !arguments.text_only);
    let mut watch =
        Watch { arguments, archive, reader, taken: HashMap::new(), outcome: Outcome::Clean };
    loop {
        watch.look()?;
        if arguments.once {
            return Ok(watch.outcome);
        }
        std::thread::sleep(Duration::from_secs(arguments.settle.clamp(1, 10)));
    }
}

/// By what it is seen that a file has changed.
type Mark = (u64, SystemTime);

struct Watch<'a> {
    arguments: &'a Arguments,
    archive: Archive,
    reader: StoryReader,
    /// What was taken, as it was then. Only saves work: the archive knows itself what it has.
    taken: HashMap<PathBuf, Mark>,
    outcome: Outcome,
}

impl Watch<'_> {
    /// Takes what is complete and was not taken yet. One file's trouble does not stop the others.
    fn look(&mut self) -> Result<()> {
        let mut complete = parted(delivered(&self.arguments.folder)?).0;
        complete.retain(|path| self.is_new(path));
        let (audio, texts): (Vec<_>, Vec<_>) =
            complete.into_iter().partition(|path| is_audio(path));
        for path in texts {
            self.try_with(&path, Self::take_text);
        }
        for path in audio {
            self.try_with(&path, Self::take_audio);
        }
        Ok(())
    }

    /// Whether a file is complete, as far as one can tell, and not as it was when it was taken.
    fn is_new(&self, path: &Path) -> bool {
        let Some(mark) = mark(path) else { return false };
        // A clock that was set back must not keep a file waiting for ever.
        let age = mark.1.elapsed().unwrap_or(Duration::MAX);
        age >= Duration::from_secs(self.arguments.settle) && self.taken.get(path) != Some(&mark)
    }

    fn try_with(&mut self, path: &Path, take: fn(&mut Self, &Path) -> Result<bool>) {
        let before = mark(path);
        match take(self, path) {
            Ok(true) => {
                self.taken.extend(before.map(|mark| (path.to_path_buf(), mark)));
            }
            Ok(false) => {}
            Err(error) => {
                // It is tried again when the file changes, or at the next start.
                self.taken.extend(before.map(|mark| (path.to_path_buf(), mark)));
                failure::say(&error.context(format!("{} was not taken", path.display())));
                self.outcome = Outcome::Incomplete;
            }
        }
    }

    fn take_text(&mut self, path: &Path) -> Result<bool> {
        let found = deliveries(&[path.to_path_buf()], &self.arguments.known)?;
        let delivery = found.deliveries.into_iter().next().context("a delivery")?;
        // A recording that is still being written comes later.
        let audio =
            delivery.audio.filter(|audio| self.is_new(audio) || self.taken.contains_key(audio));
        let delivery = Delivery { audio, ..delivery };
        let author = self.arguments.author.name();
        let (adding, problems) = delivery.read()?;
        delivery.say_problems(&adding, &problems);
        let added = self.archive.add(vec![adding], &author, now())?.remove(0);
        let what = match added.known {
            Arrival::New => "new story",
            Arrival::Again => "new revision",
            Arrival::Already => "there already",
        };
        if let Some(audio) = delivery.audio {
            self.taken.extend(mark(&audio).map(|mark| (audio, mark)));
        }
        self.check(path, &added.slug, added.revision, what)?;
        Ok(true)
    }

    /// A recording whose transcript is in the archive; one without waits for it.
    fn take_audio(&mut self, path: &Path) -> Result<bool> {
        let delivery = Delivery { text: path.with_extension(""), ..Delivery::default() };
        let slug =
            Slug::from_name(&delivery.text.file_name().unwrap_or_default().to_string_lossy())?;
        if !self.archive.has(&slug)? {
            return Ok(false);
        }
        let attachment = attachment(path, &self.arguments.known);
        if self.archive.attach(&slug, attachment, &self.arguments.author.name(), now())? {
            let revision = self.archive.revision(&slug, None)?.number;
            self.check(path, &slug, revision, "new recording")?;
        }
        Ok(true)
    }

    /// Checks a revision that has not been checked against its recording, and says what was done.
    fn check(&mut self, path: &Path, slug: &Slug, revision: u32, what: &'static str) -> Result<()> {
        let story = Reference { slug: slug.clone(), revision: Some(revision) };
        let is_checked = what == "there already" && self.is_checked(slug, revision)?;
        let findings = if is_checked {
            None
        } else {
            let read = self.reader.read(&mut self.archive, &story, "watch")?;
            if let Some(sentence) = read.refused {
                failure::say(&anyhow::anyhow!("{slug}@{revision}: {sentence}"));
                self.outcome = self.outcome.max(Outcome::Refused);
            }
            Some(read.checked.report.findings.len())
        };
        let done = Done { path: files::shown(path), story: slug, revision, what, findings };
        if self.arguments.place.json {
            return files::print(&(serde_json::to_string(&done)? + "\n"));
        }
        let found = findings.map(|it| format!(", {}", count(it, "finding"))).unwrap_or_default();
        files::print(&format!("{}: {what} {slug}@{revision}{found}\n", done.path))
    }

    fn is_checked(&mut self, slug: &Slug, revision: u32) -> Result<bool> {
        use readback_archive::Act;
        let history = self.archive.history(slug)?;
        Ok(history.iter().any(
            |entry| matches!(&entry.act, Act::Findings { revision: of, .. } if *of == revision),
        ))
    }
}

fn mark(path: &Path) -> Option<Mark> {
    let found = fs::metadata(path).ok()?;
    Some((found.len(), found.modified().ok()?))
}
