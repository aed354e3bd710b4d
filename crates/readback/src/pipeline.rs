//! Recording → hearing → audit → report: the one place where the engine, the audit and the models meet.

use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::ThreadPool;
use readback_audio::Recording;
use readback_check::{Report, Style};
use readback_formats::ReadOptions;
use readback_speech::hear::{
    Engine, EngineError, HearError, Options, Progress, hear, hear_for_questions,
};
use readback_speech::model::Precision;
use readback_transcript::{Hearing, Transcript, Witness, measure_times};

use crate::commands::Listening;
use crate::commands::models::models_advice;
use crate::files::{self, Text};
use crate::models::{self, Located, ModelError};
use crate::progress::{self, Listening as Bar};
use crate::report::{self, Checked};

/// The speech model that listens where none is named.
const DEFAULT_MODEL: &str = "base";

/// Checks what the text alone can tell.
pub fn check_text(text: Text, style: &Style) -> Checked {
    let mut report = readback_check::check_text(&text.transcript, style);
    add_captions(&mut report, &text.transcript, style, None);
    checked(text, None, report)
}

/// Takes what another recogniser heard for what is in the recording.
pub fn attend_evidence(evidence: &Path) -> Result<Attended<'static>> {
    let words = files::read_transcript(evidence)?.transcript;
    let path = files::shown(evidence);
    let hearing = readback_formats::to_hearing(&words).with_context(|| {
        format!(
            "{path} is no evidence: it must be a recogniser's output with the time of each word"
        )
    })?;
    let format = readback_formats::format_for(&words.format).context("a format of the table")?;
    let evidence = report::Evidence { path, format: format.id, recogniser: format.name };
    Ok(Attended {
        witness: Box::new(hearing),
        pool: None,
        recording: None,
        evidence: Some(evidence),
    })
}

/// Reads a transcript in any known format. What is malformed in it is not said.
pub fn read_text(path: &Path) -> Result<Text> {
    files::load_transcript(path, &ReadOptions::default())
}

/// Opens a recording. This comes before a model is fetched for it.
pub fn open(audio: &Path) -> Result<Recording> {
    Ok(Recording::open(audio)?)
}

/// Loads an engine, to compute in single precision throughout if `READBACK_PRECISION` is `exact`.
fn load(folder: &Path) -> Result<Engine, EngineError> {
    let exact = std::env::var_os("READBACK_PRECISION").is_some_and(|value| value == "exact");
    let precision = if exact { Precision::Exact } else { Precision::Fast };
    Engine::load_as(folder, precision)
}

/// Who is told how far hearing has come.
type Tell<'a> = &'a mut (dyn FnMut(Progress) -> ControlFlow<()> + Send);

/// A loaded model and the threads it may use.
pub struct Listener {
    name: String,
    engine: Engine,
    language: Option<String>,
    pool: ThreadPool,
}

impl Listener {
    /// Loads the model that the options name, fetching it first if it is missing.
    pub fn new(listening: &Listening) -> Result<Self> {
        let model = listening.model.as_deref().unwrap_or(DEFAULT_MODEL);
        let Located { name, folder } = locate(model)?;
        let threads = listening.threads.map_or(0, usize::from);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let engine = pool
            .install(|| load(&folder))
            .with_context(|| format!("the model {name} cannot be loaded"))?;
        Ok(Self { name, engine, language: listening.language.clone(), pool })
    }

    /// Hears a recording.
    pub fn hear(&self, mut recording: Recording) -> Result<Hearing> {
        self.listen(&mut recording, String::new(), |audio, options, progress| {
            hear(&self.engine, audio, options, progress)
        })
    }

    /// Hears a recording that `text`, and perhaps others, is to be read back against.
    pub fn attend(&self, mut recording: Recording, text: &Text) -> Result<Attended<'_>> {
        let transcript = &text.transcript;
        let draft: Vec<&str> =
            transcript.speech().map(|(run, _)| run.of(&transcript.text)).collect();
        let heard = self.listen(&mut recording, draft.join(" "), |audio, options, progress| {
            hear_for_questions(&self.engine, audio, options, progress)
        })?;
        let recording = Some(self.facts(&recording, heard.hearing()));
        Ok(Attended { witness: Box::new(heard), pool: Some(&self.pool), recording, evidence: None })
    }

    /// Reads a transcript back and gives its words their times.
    pub fn align(&self, text: Text, recording: Recording) -> Result<(Checked, Transcript)> {
        let mut attended = self.attend(recording, &text)?;
        let checked = attended.check(text, &Style::default())?;
        let mut transcript = checked.transcript.clone();
        measure_times(&mut transcript, attended.hearing());
        Ok((checked, transcript))
    }

    /// Lets `hear` listen, and says how far it has come.
    fn listen<T: Send>(
        &self,
        recording: &mut Recording,
        draft: String,
        hear: impl FnOnce(&mut Recording, &Options, Tell<'_>) -> Result<T, HearError> + Send,
    ) -> Result<T> {
        let name = files::shown(recording.path());
        let mut options = Options::default();
        options.language.clone_from(&self.language);
        options.draft = draft;
        options.length = recording.stated_length();
        let bar = Bar::new(options.length);
        let heard = self.pool.install(|| {
            let mut reached = |progress: Progress| {
                bar.reach(progress.done);
                ControlFlow::Continue(())
            };
            hear(recording, &options, &mut reached)
        });
        bar.finish();
        for warning in recording.warnings() {
            progress::say(&format!("{name}: {warning}"));
        }
        heard.with_context(|| format!("cannot hear {name}"))
    }

    fn facts(&self, recording: &Recording, hearing: &Hearing) -> report::Heard {
        report::Heard {
            path: files::shown(recording.path()),
            blake3: recording.identity().blake3.clone(),
            seconds: hearing.length.seconds(),
            speech: !hearing.speech.is_empty(),
            model: self.name.clone(),
        }
    }
}

/// What was heard in a recording, and whoever heard it to be asked again.
pub struct Attended<'a> {
    witness: Box<dyn Witness + Send + 'a>,
    /// Where the witness thinks, if that is hard work.
    pool: Option<&'a ThreadPool>,
    recording: Option<report::Heard>,
    evidence: Option<report::Evidence>,
}

impl Attended<'_> {
    /// Reads a transcript back against what was heard.
    pub fn check(&mut self, text: Text, style: &Style) -> Result<Checked> {
        let witness = self.witness.as_mut();
        let mut read = || readback_check::check_against(&text.transcript, witness, style);
        let report = match self.pool {
            Some(pool) => pool.install(read),
            None => read(),
        };
        let mut report = report?;
        if report.summary.as_ref().is_some_and(|summary| summary.certified) {
            add_captions(&mut report, &text.transcript, style, Some(self.hearing()));
        }
        let evidence = self.evidence.clone();
        Ok(Checked { evidence, ..checked(text, self.recording.clone(), report) })
    }

    /// What was heard.
    pub fn hearing(&self) -> &Hearing {
        self.witness.hearing()
    }
}

/// Adds what is wrong with captions, if they are to be checked.
fn add_captions(
    report: &mut Report,
    transcript: &Transcript,
    style: &Style,
    hearing: Option<&Hearing>,
) {
    let Some(rules) = &style.captions else { return };
    let heard = hearing.map(|hearing| {
        let mut timed = transcript.clone();
        measure_times(&mut timed, hearing);
        timed.words().map(|word| word.timing).collect::<Vec<_>>()
    });
    report.findings.extend(readback_check::check_captions(transcript, rules, heard.as_deref()));
    report.findings.sort_by_key(|finding| (finding.span, finding.rule.code));
}

fn locate(name: &str) -> Result<Located> {
    models::locate(name).map_err(|error| match error {
        ModelError::Unknown(_) => {
            models_advice(format!("{error}: neither a known name nor a folder"))
        }
        other => other.into(),
    })
}

fn checked(text: Text, recording: Option<report::Heard>, report: Report) -> Checked {
    let path = files::shown(&text.path);
    Checked { path, transcript: text.transcript, recording, evidence: None, report }
}
