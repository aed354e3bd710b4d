//! Recording → hearing → report as the commands want it: with the names of files, a bar of progress, and
//! the models of this machine. The work itself is done by `readback`.

use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{Context, Result};
use readback::speech::model::Precision;
use readback::{ListenError, ListenerOptions, Recording, Report, Style};
use readback_formats::ReadOptions;
use readback_transcript::{Hearing, Transcript, measure_times};

use crate::files::{self, Text};
use crate::models::OfThisMachine;
use crate::options::Listening;
use crate::progress::{self, ListeningBar};
use crate::report::{self, Checked};

/// The speech model that listens where none is named.
const DEFAULT_MODEL: &str = "base";

/// Checks what the text alone can tell.
pub fn check_text(text: Text, style: &Style) -> Checked {
    let report = readback::check_text(&text.transcript, style);
    checked(text, None, report)
}

/// Takes what another recogniser heard for what is in the recording.
pub fn attend_evidence(evidence: &Path) -> Result<AttendedFile<'static>> {
    let words = files::read_transcript(evidence)?.transcript;
    let path = files::shown(evidence);
    let hearing = readback_formats::to_hearing(&words).with_context(|| {
        format!(
            "{path} is no evidence: it must be a recogniser's output with the time of each word"
        )
    })?;
    let format = readback_formats::format_for(&words.format).context("a format of the table")?;
    let evidence = report::Evidence { path, format: format.id, recogniser: format.name };
    Ok(AttendedFile { heard: hearing.into(), recording: None, evidence: Some(evidence) })
}

/// Reads a transcript in any known format. What is malformed in it is not said.
pub fn read_text(path: &Path) -> Result<Text> {
    files::load_transcript(path, &ReadOptions::default())
}

/// Opens a recording. This comes before a model is fetched for it.
pub fn open(audio: &Path) -> Result<Recording> {
    Ok(Recording::open(audio)?)
}

/// A loaded model, with the name it goes by.
pub struct NamedListener {
    name: String,
    listener: readback::Listener,
}

impl NamedListener {
    /// Loads the model that the options name, fetching it first if it is missing. It computes in single
    /// precision throughout if `READBACK_PRECISION` is `exact`.
    pub fn new(listening: &Listening) -> Result<Self> {
        let name = listening.model.as_deref().unwrap_or(DEFAULT_MODEL);
        let exact = std::env::var_os("READBACK_PRECISION").is_some_and(|value| value == "exact");
        let options = ListenerOptions {
            language: listening.language.clone(),
            threads: listening.threads.map(usize::from),
            precision: if exact { Precision::Exact } else { Precision::Fast },
        };
        let listener = match readback::Listener::named(name, &OfThisMachine, &options) {
            Err(error @ ListenError::Model(_)) => {
                Err(error).with_context(|| format!("the model {name} cannot be loaded"))
            }
            listener => Ok(listener?),
        };
        Ok(Self { name: name.into(), listener: listener? })
    }

    /// Hears a recording.
    pub fn hear(&self, mut recording: Recording) -> Result<Hearing> {
        listen(&mut recording, |recording, bar| self.listener.hear(recording, bar))
    }

    /// Hears a recording that `text`, and perhaps others, is to be read back against.
    pub fn attend(&self, mut recording: Recording, text: &Text) -> Result<AttendedFile<'_>> {
        let heard = listen(&mut recording, |recording, bar| {
            self.listener.attend(recording, &text.transcript, bar)
        })?;
        let recording = Some(self.facts(&recording, heard.hearing()));
        Ok(AttendedFile { heard, recording, evidence: None })
    }

    /// Reads a transcript back and gives its words their times.
    pub fn align(&self, text: Text, recording: Recording) -> Result<(Checked, Transcript)> {
        let mut attended = self.attend(recording, &text)?;
        let checked = attended.check(text, &Style::default())?;
        let mut transcript = checked.transcript.clone();
        measure_times(&mut transcript, attended.hearing());
        Ok((checked, transcript))
    }

    fn facts(&self, recording: &Recording, hearing: &Hearing) -> report::HeardIn {
        report::HeardIn {
            path: files::shown(recording.path()),
            blake3: recording.identity().blake3.clone(),
            seconds: hearing.length.seconds(),
            speech: !hearing.speech.is_empty(),
            model: self.name.clone(),
        }
    }
}

/// Hears a recording with a bar that shows how far it has come, and says what was odd about its sound.
fn listen<T>(
    recording: &mut Recording,
    hear: impl FnOnce(&mut Recording, &mut readback::speech::hear::Tell<'_>) -> Result<T, ListenError>,
) -> Result<T> {
    let name = files::shown(recording.path());
    let bar = ListeningBar::new(recording.stated_length());
    let heard = hear(recording, &mut |progress| {
        bar.reach(progress.done);
        ControlFlow::Continue(())
    });
    bar.finish();
    for warning in recording.warnings() {
        progress::say(&format!("{name}: {warning}"));
    }
    heard.with_context(|| format!("cannot hear {name}"))
}

/// What was heard in a recording, and what a report tells about it.
pub struct AttendedFile<'a> {
    heard: readback::Attended<'a>,
    recording: Option<report::HeardIn>,
    evidence: Option<report::Evidence>,
}

impl AttendedFile<'_> {
    /// Reads a transcript back against what was heard.
    pub fn check(&mut self, text: Text, style: &Style) -> Result<Checked> {
        let report = self.heard.check(&text.transcript, style)?;
        let evidence = self.evidence.clone();
        Ok(Checked { evidence, ..checked(text, self.recording.clone(), report) })
    }

    /// What was heard.
    pub fn hearing(&self) -> &Hearing {
        self.heard.hearing()
    }
}

fn checked(text: Text, recording: Option<report::HeardIn>, report: Report) -> Checked {
    let path = files::shown(&text.path);
    Checked { path, transcript: text.transcript, recording, evidence: None, report }
}
