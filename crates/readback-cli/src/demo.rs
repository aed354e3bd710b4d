//! The demo: a story of our own, its rush transcript with planted errors, and what comes of checking it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use readback_check::{Applicability, Style, fixed};
use readback_formats::WriteOptions;
use readback_transcript::measure_times;

use crate::files;
use crate::options::Listening;
use crate::pipeline::{self, NamedListener};
use crate::report::{self, Shape};

const RECORDING: &[u8] = include_bytes!("../demo/story.mp3");
const RUSH: &str = include_str!("../demo/rush.txt");

/// Runs the demo in `folder` and tells what came of it.
pub fn run(folder: &Path, listening: &Listening) -> Result<String> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = |name: &str| folder.join(name);
    let (audio, rush) = (path("story.mp3"), path("rush.txt"));
    files::replace(&audio, RECORDING)?;
    files::replace(&rush, RUSH.as_bytes())?;
    let listener = NamedListener::new(listening)?;
    let text = files::read_transcript(&rush)?;
    let mut attended = listener.attend(pipeline::open(&audio)?, &text)?;
    let checked = attended.check(text, &Style::default())?;
    let fixed = fixed(&checked.transcript.text, &checked.report, Applicability::Safe);
    let corrected = path("corrected.txt");
    files::replace(&corrected, fixed.text.as_bytes())?;
    let mut timed = files::read_transcript(&corrected)?.transcript;
    measure_times(&mut timed, attended.hearing());
    let vtt =
        readback_formats::format_for("vtt").context("WebVTT is not in the table of formats")?;
    files::replace(
        &path("captions.vtt"),
        &readback_formats::write(&timed, vtt, &WriteOptions::default())?,
    )?;
    let findings = report::render(&checked, Shape::Text, files::width());
    Ok(format!("{findings}\n{}", what_next(folder, fixed.applied.len(), fixed.left)))
}

fn what_next(folder: &Path, fixed: usize, left: usize) -> String {
    let folder = folder.display();
    let unsure = match left {
        0 => String::new(),
        1 => "\n                 one fix was left for you to decide on".into(),
        left => format!("\n                 {left} fixes were left for you to decide on"),
    };
    format!(
        "\
That was a short radio story and a hasty transcript of it with errors put in on
purpose. Each finding shows the sentence, marks the words, and says at which
second to listen. In {folder} there are now

  story.mp3      the recording: listen at the times above
  rush.txt       the transcript as it was delivered
  corrected.txt  the same with {fixed} sure fixes in place{unsure}
  captions.vtt   captions of the corrected text; most players show them

Compare the two texts:   diff {folder}/rush.txt {folder}/corrected.txt
Check it once more:      readback check {folder}/corrected.txt {folder}/story.mp3
What a finding means:    readback explain A003
Then your own story:     readback check story.txt story.mp3
"
    )
}
