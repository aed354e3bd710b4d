//! Recording → hearing → audit → report: the one place where the engine, the audit and the models meet.

use std::path::Path;

use anyhow::{Context, Result};
use rayon::ThreadPool;
use readback_audio::Recording;
use readback_check::{Report, Style, Witness};
use readback_speech::hear::{Engine, EngineError, Heard, Options, Progress, hear};
use readback_speech::model::{Model, Precision};
use readback_speech::tokenizer::Tokenizer;
use readback_transcript::{Hearing, Transcript};

use crate::commands::Listening;
use crate::commands::models::models_advice;
use crate::files::{self, Text};
use crate::models::{self, Located, ModelError};
use crate::progress::{self, Listening as Bar};
use crate::report::{self, Checked};
use crate::timing;
use crate::witness::EngineWitness;

/// The speech model that listens where none is named.
const DEFAULT_MODEL: &str = "base";

/// Checks what the text alone can tell.
pub fn check_text(text: Text, style: &Style) -> Checked {
    let report = readback_check::check_text(&text.transcript, style);
    checked(text, None, report)
}

/// Opens a recording. This comes before a model is fetched for it.
pub fn open(audio: &Path) -> Result<Recording> {
    Ok(Recording::open(audio)?)
}

/// Loads an engine, to compute in single precision throughout if `READBACK_PRECISION` is `exact`.
fn load(folder: &Path) -> Result<Engine, EngineError> {
    let exact = std::env::var_os("READBACK_PRECISION").is_some_and(|value| value == "exact");
    let precision = if exact { Precision::Exact } else { Precision::Fast };
    Ok(Engine::new(Model::load_as(folder, precision)?, Tokenizer::load(folder)?))
}

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
        Ok(self.listen(&mut recording)?.hearing().clone())
    }

    /// Hears a recording that transcripts are to be read back against.
    pub fn attend(&self, mut recording: Recording) -> Result<Attended<'_>> {
        let heard = self.listen(&mut recording)?;
        let facts = self.facts(&recording, heard.hearing());
        Ok(Attended { witness: EngineWitness::new(heard), pool: &self.pool, facts })
    }

    /// Reads a transcript back and gives its words their times.
    pub fn align(&self, text: Text, recording: Recording) -> Result<(Checked, Transcript)> {
        let mut attended = self.attend(recording)?;
        let checked = attended.check(text, &Style::default())?;
        let mut transcript = checked.transcript.clone();
        timing::time(&mut transcript, attended.hearing());
        Ok((checked, transcript))
    }

    fn listen(&self, recording: &mut Recording) -> Result<Heard<'_>> {
        let name = files::shown(recording.path());
        let length = recording.stated_length();
        let options = Options { language: self.language.clone(), length, ..Options::default() };
        let bar = Bar::new(length);
        let heard = self.pool.install(|| {
            let mut reached = |progress: Progress| bar.reach(progress.done);
            hear(&self.engine, recording.by_ref(), &options, &mut reached)
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

/// A recording that was heard, and whoever heard it to be asked again.
pub struct Attended<'a> {
    witness: EngineWitness<'a>,
    pool: &'a ThreadPool,
    facts: report::Heard,
}

impl Attended<'_> {
    /// Reads a transcript back against the recording.
    pub fn check(&mut self, text: Text, style: &Style) -> Result<Checked> {
        let witness = &mut self.witness;
        let report = self
            .pool
            .install(|| readback_check::check_against(&text.transcript, witness, style))?;
        Ok(checked(text, Some(self.facts.clone()), report))
    }

    /// What was heard.
    pub fn hearing(&self) -> &Hearing {
        self.witness.hearing()
    }
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
    Checked { path: files::shown(&text.path), transcript: text.transcript, recording, report }
}
