//! The pipeline from a recording's sound to a hearing: windows, spectrogram, encoder, decoder, word times.
//!
//! Sound is read and cut on a thread of its own while a batch of windows is decoded and the next one
//! encoded by rayon's current thread pool. What is heard in a window depends on that window alone, so
//! neither the number of threads nor the size of a batch changes it. It does not know where the sound
//! comes from, nor the text that the hearing is held against.

mod arrivals;
mod batch;
mod doubts;
mod found;
mod gaps;
mod heard;
mod questions;
mod store;

use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use readback_transcript as transcript;
use readback_transcript::{HeardWord, Hearing, Instant, Length, Probability, Stretch};
use thiserror::Error;

use crate::decode::{DecodeOptions, Draft, detect_language};
use crate::features::{HOP, LogMel, MOST_FRAMES, RATE};
use crate::model::{CrossKv, DecodeError, Model, ModelError, Precision};
use crate::times::{TimesError, WordTime};
use crate::tokenizer::{Tokenizer, TokenizerError};
use crate::windows::SampledWindow;

use arrivals::{Arrivals, cut};
use batch::{Batch, EncodedWindows, Words};
use heard::Kept;

pub use heard::Heard;

/// Windows encoded and decoded at once.
const BATCH: usize = 8;

/// Windows cut ahead of those that wait to be encoded: cutting is quick, and each takes 2 MB.
const QUEUE: usize = 2;

/// Silence that the network hears behind a window, in frames of the spectrogram, up to its whole second.
/// It was trained on windows of 30 s, but all that silence costs as much as speech. With this much of it
/// 33 clips (47 min) were heard as well as with all (word errors 9.50 and 9.53 %).
const SILENCE_BEHIND: usize = 150;
const SECOND: usize = RATE / HOP;

/// A model with all that is needed to listen with it.
pub struct Engine {
    model: Model,
    tokenizer: Tokenizer,
    mel: LogMel,
}

/// Why a model cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EngineError {
    /// Its network.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Its vocabulary.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
}

/// How to listen. Start from the default and set what is known.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// Code of the language spoken; `None` to find out.
    pub language: Option<String>,
    /// Text that the model is told came before, such as names in their spelling; may be empty.
    pub prompt: String,
    /// What is probably said, such as a transcript: makes hearing faster, and changes nothing else; may be
    /// empty.
    pub draft: String,
    /// How long the recording is, where known; only for telling progress.
    pub length: Option<Length>,
}

/// How far listening has come.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// Everything before this was heard.
    pub done: Instant,
    /// Length of the recording, where known.
    pub total: Option<Length>,
}

/// Why a recording could not be heard, or not be listened to again.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HearError {
    /// Whoever was told of the progress asked to stop.
    #[error("hearing was stopped before the end of the recording")]
    Stopped,
    /// There is no room for what was heard.
    #[error("what was heard cannot be kept in a temporary file: {0}; free some space on that disk")]
    Keep(#[from] io::Error),
    /// The model does not know the language.
    #[error("the model does not know the language {language}")]
    Language {
        /// The code asked for.
        language: String,
    },
    /// The network refused.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// Words got no times.
    #[error(transparent)]
    Times(#[from] TimesError),
    /// A question about a window that there is not.
    #[error("there is no window {window}, only {windows}")]
    NoSuchWindow {
        /// The window asked about.
        window: usize,
        /// How many there are.
        windows: usize,
    },
}

impl Engine {
    /// Loads the model in `folder`, in CTranslate2's Whisper layout.
    pub fn load(folder: &Path) -> Result<Self, EngineError> {
        Self::load_as(folder, Precision::Fast)
    }

    /// As [`Engine::load`] does, to compute with this precision.
    pub fn load_as(folder: &Path, precision: Precision) -> Result<Self, EngineError> {
        let (model, tokenizer) =
            rayon::join(|| Model::load_as(folder, precision), || Tokenizer::load(folder));
        Ok(Self::new(model?, tokenizer?))
    }

    /// An engine of parts that belong together.
    pub fn new(model: Model, tokenizer: Tokenizer) -> Self {
        let mel = LogMel::new(model.dims().mels);
        Self { model, tokenizer, mel }
    }

    /// Its network.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Its vocabulary.
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// What the network is given of a window's samples: their spectrogram `[bands][frames]` with a little
    /// silence behind.
    pub fn spectrogram(&self, samples: &[f32]) -> Vec<f32> {
        let most = (2 * self.model.dims().audio_context).min(MOST_FRAMES);
        let frames = samples.len().div_ceil(HOP) + SILENCE_BEHIND;
        self.mel.spectrogram(samples, frames.next_multiple_of(SECOND).min(most))
    }

    fn knows(&self, language: &str) -> bool {
        if self.tokenizer.is_multilingual() {
            self.tokenizer.language(language).is_some()
        } else {
            language == "en"
        }
    }
}

/// Who is told how far hearing has come, and may stop it.
pub type Tell<'a> = dyn FnMut(Progress) -> ControlFlow<()> + Send + 'a;

/// Hears a recording, given as blocks of mono samples at 16 kHz. Where nobody speaks the hearing has no
/// words, which is not an error.
///
/// `progress` is told after every batch of windows how far hearing has come; its `Break` ends hearing there
/// with [`HearError::Stopped`]. Nothing but the hearing is kept, so that hours take no more memory than
/// minutes; to ask about it afterwards, use [`hear_for_questions`].
#[doc(alias = "transcribe")]
pub fn hear(
    engine: &Engine,
    audio: impl Iterator<Item = Vec<f32>> + Send,
    options: &Options,
    progress: &mut Tell<'_>,
) -> Result<Hearing, HearError> {
    listen(engine, audio, options, progress, None)
}

/// As [`hear`] does, and keeps what it takes to be asked how well other readings fit: at most 256 MiB in
/// memory, and what does not fit there in a temporary file (1.5 MB for 30 s with the model `base`).
pub fn hear_for_questions<'a>(
    engine: &'a Engine,
    audio: impl Iterator<Item = Vec<f32>> + Send,
    options: &Options,
    progress: &mut Tell<'_>,
) -> Result<Heard<'a>, HearError> {
    let mut kept = Kept::default();
    let hearing = listen(engine, audio, options, progress, Some(&mut kept))?;
    Ok(Heard::new(engine, hearing, options.prompt.clone(), kept))
}

fn listen(
    engine: &Engine,
    audio: impl Iterator<Item = Vec<f32>> + Send,
    options: &Options,
    progress: &mut Tell<'_>,
    kept: Option<&mut Kept>,
) -> Result<Hearing, HearError> {
    if let Some(language) = options.language.as_ref().filter(|language| !engine.knows(language)) {
        return Err(HearError::Language { language: language.clone() });
    }
    let over = &AtomicBool::new(false);
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(QUEUE);
        scope.spawn(move || cut(audio, &sender, over));
        let session = Session::new(engine, options, kept, over);
        let arrivals = Arrivals::new(receiver);
        // One thread of the pool throughout: memory that it gave back is found again by whoever decodes next.
        let (heard, ()) = rayon::join(|| session.run(arrivals, progress), || ());
        over.store(true, Ordering::Relaxed);
        heard
    })
}

/// A recording being heard.
struct Session<'a> {
    engine: &'a Engine,
    options: &'a Options,
    hearing: Hearing,
    /// Where to keep what questions need, if there will be any.
    kept: Option<&'a mut Kept>,
    /// Set as soon as nobody waits for windows any more.
    over: &'a AtomicBool,
    language: Option<String>,
    draft: Arc<Draft>,
    done: Instant,
}

impl<'a> Session<'a> {
    fn new(
        engine: &'a Engine,
        options: &'a Options,
        kept: Option<&'a mut Kept>,
        over: &'a AtomicBool,
    ) -> Self {
        let words: Vec<&str> = options.draft.split_whitespace().collect();
        let draft = Draft::new(engine.tokenizer.encode(&format!(" {}", words.join(" "))));
        Self {
            engine,
            options,
            hearing: Hearing::default(),
            kept,
            over,
            language: options.language.clone(),
            draft: Arc::new(draft),
            done: Instant::START,
        }
    }

    /// Hears everything that arrives.
    fn run(
        mut self,
        mut arrivals: Arrivals,
        progress: &mut Tell<'_>,
    ) -> Result<Hearing, HearError> {
        let engine = self.engine;
        let encode = |windows: Vec<SampledWindow>| EncodedWindows::new(engine, windows);
        let mut encoded = arrivals.next().map(encode);
        while let Some(batch) = encoded {
            // Decoding waits for memory and encoding for arithmetic: together they take less time. Whoever
            // stops it is asked here, lest the next windows be waited for in vain.
            let (heard, then) = rayon::join(
                || self.hear(batch).and_then(|()| self.tell(progress)),
                || arrivals.next().map(encode),
            );
            heard?;
            encoded = then;
        }
        self.finish(arrivals.length());
        self.tell(progress)?;
        Ok(self.hearing)
    }

    /// Says how far hearing has come; an error if that is far enough.
    fn tell(&self, progress: &mut Tell<'_>) -> Result<(), HearError> {
        match progress(Progress { done: self.done, total: self.options.length }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => {
                self.over.store(true, Ordering::Relaxed);
                Err(HearError::Stopped)
            }
        }
    }

    /// Decodes the next windows.
    fn hear(&mut self, windows: EncodedWindows<'a>) -> Result<(), HearError> {
        if let Some(kept) = &mut self.kept {
            kept.make_room();
            kept.keep(&windows.encoded)?;
        }
        let batch = windows.into_batch();
        let options = self.decode_options(&batch)?;
        let heard = batch.decode_surely(&options)?;
        for (window, words) in batch.windows.iter().zip(&heard) {
            self.note(window, words);
        }
        if let Some(kept) = &mut self.kept {
            let first = self.hearing.windows.len() - batch.cross_kvs.len();
            for (index, cross_kv) in batch.cross_kvs.into_iter().enumerate() {
                kept.make_ready(first + index, cross_kv);
            }
        }
        Ok(())
    }

    fn decode_options(&mut self, batch: &Batch<'_>) -> Result<DecodeOptions, HearError> {
        if self.language.is_none() {
            let Engine { model, tokenizer, .. } = self.engine;
            let cross_kvs: Vec<&CrossKv> = batch.cross_kvs.iter().collect();
            let guesses = detect_language(model, tokenizer, &cross_kvs)?;
            self.language = guesses.into_iter().next().map(|guess| guess.language);
        }
        let language = self.language.clone().unwrap_or_else(|| "en".into());
        let prompt = self.options.prompt.clone();
        let draft = Arc::clone(&self.draft);
        let other_languages = self.options.language.is_none();
        Ok(DecodeOptions { language, other_languages, prompt, draft, ..DecodeOptions::default() })
    }

    /// Adds a window and its words to the hearing.
    fn note(&mut self, window: &SampledWindow, heard: &Words) {
        let end = window.start + window.samples.len() as u64;
        self.done = at(end);
        let hearing = &mut self.hearing;
        let stretch = samples(window.start, end);
        let index = hearing.windows.len();
        for speech in &window.speech {
            let speech = samples(speech.start, speech.end);
            match hearing.speech.last_mut() {
                Some(last) if last.end() == speech.start() => *last = last.union(speech),
                _ => hearing.speech.push(speech),
            }
        }
        hearing.windows.push(transcript::HeardWindow {
            stretch,
            no_speech: Probability::new(heard.decoded.no_speech),
            language: heard.decoded.language.clone(),
        });
        hearing.words.extend(heard.words.iter().map(|word| HeardWord {
            text: word.text.clone(),
            stretch: within(stretch, word.time),
            probability: Probability::new(word.time.probability),
            window: index,
        }));
    }

    fn finish(&mut self, length: u64) {
        self.hearing.length = at(length) - Instant::START;
        self.hearing.language = self.language.take().unwrap_or_else(|| "en".into());
        self.done = at(length);
    }
}

fn at(sample: u64) -> Instant {
    Instant::from_samples(sample, RATE as u32)
}

fn samples(start: u64, end: u64) -> Stretch {
    Stretch::new(at(start), at(end))
}

/// A time within a window as a stretch of the recording.
fn within(window: Stretch, time: WordTime) -> Stretch {
    let at = |seconds: f32| {
        (window.start() + Length::from_seconds(f64::from(seconds))).min(window.end())
    };
    Stretch::new(at(time.start), at(time.end))
}
