//! What the contenders listen to.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::options::{Extent, Options};
use super::rivals::Rivals;
use crate::cargo::must;
use crate::corpus;

/// One recording and what is known of it.
#[derive(Clone, Debug)]
pub struct Recording {
    /// As the tables name it.
    pub name: String,
    /// The sound.
    pub audio: PathBuf,
    /// What was said, where that is known.
    pub reference: Option<PathBuf>,
    /// The text that `check` reads back, where it takes part.
    pub transcript: Option<PathBuf>,
    /// Length in seconds.
    pub seconds: f64,
}

/// Clips of different kinds: news, an address, a reader, a meeting.
const CLIPS: &[&str] = &[
    "synth_courts_water.flac",
    "weekly_address.mp3",
    "libri_1998-15444.flac",
    "daisy_navigation_tests.mp3",
];

/// The demo story, then clips, then joined clips, as far as they are asked for and there.
pub fn all(options: &Options, rivals: &Rivals, scratch: &Path) -> Result<Vec<Recording>> {
    let mut recordings = vec![demo(rivals)?];
    if options.extent == Extent::Demo {
        return Ok(recordings);
    }
    let Some(corpus) = corpus::clips() else {
        eprintln!("no evaluation corpus: only the demo story is measured");
        return Ok(recordings);
    };
    let clips: Vec<PathBuf> =
        CLIPS.iter().map(|name| corpus.join(name)).filter(|path| path.exists()).collect();
    for clip in &clips {
        recordings.push(with_reference(clip.clone(), clip.with_extension("txt"), rivals)?);
    }
    if options.extent >= Extent::Hour {
        recordings.push(joined("10 minutes", 600, &clips, rivals, scratch)?);
        recordings.push(joined("60 minutes", 3600, &clips, rivals, scratch)?);
    }
    if options.extent == Extent::TenHours {
        recordings.push(joined("10 hours", 36_000, &clips, rivals, scratch)?);
    }
    Ok(recordings)
}

/// The story that comes with Readback: `check` reads the damaged text back.
fn demo(rivals: &Rivals) -> Result<Recording> {
    let folder = Path::new("crates/readback-cli/demo");
    let rush = folder.join("rush.txt");
    let demo = with_reference(folder.join("story.mp3"), folder.join("truth.txt"), rivals)?;
    Ok(Recording { name: "demo story".into(), transcript: Some(rush), ..demo })
}

/// A recording whose reference text `check` reads back, too.
fn with_reference(audio: PathBuf, reference: PathBuf, rivals: &Rivals) -> Result<Recording> {
    let name = audio.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let seconds = seconds(&audio, rivals)?;
    let transcript = Some(reference.clone());
    Ok(Recording { name, audio, reference: Some(reference), transcript, seconds })
}

/// Clips joined over and over to about `length` seconds, kept from one benchmark to the next.
fn joined(
    name: &str,
    length: u32,
    clips: &[PathBuf],
    rivals: &Rivals,
    scratch: &Path,
) -> Result<Recording> {
    let audio = scratch.join(format!("joined-{length}.wav"));
    let reference = audio.with_extension("txt");
    if !reference.exists() {
        let mut join = rivals.script("join.py");
        join.arg(length.to_string()).arg(&audio).arg(&reference).args(clips);
        must(join)?;
    }
    Ok(Recording { name: name.into(), ..with_reference(audio, reference, rivals)? })
}

/// The length of a recording, by the rivals' own reader.
fn seconds(audio: &Path, rivals: &Rivals) -> Result<f64> {
    let mut length = rivals.script("length.py");
    length.arg(audio);
    let printed = crate::cargo::output(length)?;
    printed.trim().parse().with_context(|| format!("{}: no length", audio.display()))
}
