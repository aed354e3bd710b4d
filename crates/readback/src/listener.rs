//! A loaded speech model, and hearing recordings with it. It does not know what is read back against them.

use std::ops::ControlFlow;
use std::path::Path;

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use readback_audio::Recording;
use readback_speech::hear::{self, Engine, EngineError, HearError, Progress};
use readback_speech::model::Precision;
use readback_transcript::{Hearing, Transcript};
use thiserror::Error;

use crate::{Attended, ModelUnavailable, Models};

/// How to listen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListenerOptions {
    /// Code of the language spoken; `None` to find out.
    pub language: Option<String>,
    /// How many processor cores to use; `None` for all.
    pub threads: Option<usize>,
    /// How exactly to compute.
    pub precision: Precision,
}

/// Why nothing could be heard.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ListenError {
    /// There is no such model.
    #[error(transparent)]
    Unavailable(#[from] ModelUnavailable),
    /// The model cannot be used.
    #[error(transparent)]
    Model(#[from] EngineError),
    /// No threads to listen on.
    #[error("no threads can be started: {0}")]
    Threads(#[from] ThreadPoolBuildError),
    /// The recording could not be heard.
    #[error(transparent)]
    Hear(#[from] HearError),
}

/// A loaded speech model and the threads it may use. It hears any number of recordings.
pub struct Listener {
    engine: Engine,
    language: Option<String>,
    pool: ThreadPool,
}

impl Listener {
    /// Loads the model in `folder`, in CTranslate2's Whisper layout.
    pub fn load(folder: &Path, options: &ListenerOptions) -> Result<Self, ListenError> {
        let pool = ThreadPoolBuilder::new().num_threads(options.threads.unwrap_or(0)).build()?;
        let engine = pool.install(|| Engine::load_as(folder, options.precision))?;
        Ok(Self { engine, language: options.language.clone(), pool })
    }

    /// Loads the model that `models` has by this name.
    pub fn named(
        name: &str,
        models: &dyn Models,
        options: &ListenerOptions,
    ) -> Result<Self, ListenError> {
        Self::load(&models.locate(name)?, options)
    }

    /// Hears a recording: every word with its time. `progress` can stop it, which is an error.
    pub fn hear(
        &self,
        recording: &mut Recording,
        mut progress: impl FnMut(Progress) -> ControlFlow<()> + Send,
    ) -> Result<Hearing, ListenError> {
        let options = self.options(recording, String::new());
        let hear = || hear::hear(&self.engine, recording, &options, &mut progress);
        Ok(self.pool.install(hear)?)
    }

    /// Hears a recording that `transcript`, and perhaps others, is to be read back against. What the text
    /// says makes hearing faster and changes nothing that is heard.
    pub fn attend(
        &self,
        recording: &mut Recording,
        transcript: &Transcript,
        mut progress: impl FnMut(Progress) -> ControlFlow<()> + Send,
    ) -> Result<Attended<'_>, ListenError> {
        let said: Vec<&str> = transcript.speech().map(|it| it.0.of(&transcript.text)).collect();
        let options = self.options(recording, said.join(" "));
        let hear = || hear::hear_for_questions(&self.engine, recording, &options, &mut progress);
        Ok(Attended::new(self.pool.install(hear)?, &self.pool))
    }

    fn options(&self, recording: &Recording, draft: String) -> hear::Options {
        let mut options = hear::Options::default();
        options.language.clone_from(&self.language);
        options.draft = draft;
        options.length = recording.stated_length();
        options
    }
}
