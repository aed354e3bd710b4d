//! The pipeline from a recording's sound to a hearing: windows, spectrogram, encoder, decoder, word times.
//!
//! Sound is read and cut on a thread of its own while a batch of windows is decoded and the next one
//! encoded by rayon's current thread pool. What is heard in a window depends on that window alone, so
//! neither the number of threads nor the size of a batch changes it. It does not know where the sound
//! comes from, nor the text that the hearing is held against.

mod batch;
mod gaps;
mod heard;
mod questions;
mod store;

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use readback_transcript as transcript;
use readback_transcript::{HeardWord, Instant, Length, Probability, Stretch};
use thiserror::Error;

use crate::decode::{DecodeOptions, Draft, detect_language};
use crate::features::{HOP, LogMel, MOST_FRAMES, RATE};
use crate::model::{DecodeError, Memory, Model, ModelError, Precision};
use crate::times::{TimesError, WindowSound, WordTime};
use crate::tokenizer::{Tokenizer, TokenizerError};
use crate::windows::{Cutter, Window};

use batch::{Batch, EncodedWindows, Words};

pub use heard::{Heard, TimedStretch};
pub use questions::{Answer, Question};

/// Windows encoded and decoded at once.
const BATCH: usize = 8;

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
pub enum EngineError {
    /// Its network.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Its vocabulary.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
}

/// How to listen.
#[derive(Clone, Debug, Default, PartialEq)]
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
pub struct Progress {
    /// Everything before this was heard.
    pub done: Instant,
    /// Length of the recording, where known.
    pub total: Option<Length>,
}

/// Why a recording could not be heard, or not be listened to again.
#[derive(Debug, Error)]
pub enum HearError {
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

enum Message {
    Window(Window),
    /// Number of samples in all.
    End(u64),
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

/// Hears a recording, given as blocks of mono samples at 16 kHz. Where nobody speaks the hearing has no
/// words, which is not an error. `progress` is called after every batch of windows.
pub fn hear<'a>(
    engine: &'a Engine,
    audio: impl Iterator<Item = Vec<f32>> + Send,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Heard<'a>, HearError> {
    if let Some(language) = options.language.as_ref().filter(|language| !engine.knows(language)) {
        return Err(HearError::Language { language: language.clone() });
    }
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(BATCH);
        scope.spawn(move || cut(audio, &sender));
        let mut arrivals = Arrivals { receiver, length: None };
        let mut session = Session::new(engine, options);
        let encode = |windows: Vec<Window>| EncodedWindows::new(engine, windows);
        let mut encoded = arrivals.next().map(encode);
        while let Some(batch) = encoded {
            let next = arrivals.next();
            // Decoding waits for memory and encoding for arithmetic: together they take less time.
            let (heard, then) = rayon::join(|| session.hear(batch), || next.map(encode));
            heard?;
            progress(Progress { done: session.done, total: options.length });
            encoded = then;
        }
        session.finish(arrivals.length.unwrap_or(0));
        progress(Progress { done: session.done, total: options.length });
        Ok(session.heard)
    })
}

/// Sends the windows of `audio`, and its length; stops when nobody listens any more.
fn cut(audio: impl Iterator<Item = Vec<f32>>, sender: &SyncSender<Message>) {
    let mut cutter = Cutter::default();
    let mut length = 0;
    let heard = |window: Window| sender.send(Message::Window(window)).is_ok();
    let send = |windows: Vec<Window>| windows.into_iter().all(heard);
    for block in audio {
        length += block.len() as u64;
        if !send(cutter.push(&block)) {
            return;
        }
    }
    if send(cutter.finish()) {
        // Nobody listening any more is their own decision.
        let _ = sender.send(Message::End(length));
    }
}

/// Windows as they come, a batch at a time.
struct Arrivals {
    receiver: Receiver<Message>,
    /// Number of samples of the recording, once its end has come.
    length: Option<u64>,
}

impl Iterator for Arrivals {
    type Item = Vec<Window>;

    fn next(&mut self) -> Option<Vec<Window>> {
        let mut windows = Vec::with_capacity(BATCH);
        while windows.len() < BATCH && self.length.is_none() {
            match self.receiver.recv() {
                Ok(Message::Window(window)) => windows.push(window),
                Ok(Message::End(length)) => self.length = Some(length),
                Err(_) => self.length = Some(0),
            }
        }
        (!windows.is_empty()).then_some(windows)
    }
}

/// A recording being heard.
struct Session<'a, 'o> {
    engine: &'a Engine,
    heard: Heard<'a>,
    options: &'o Options,
    language: Option<String>,
    draft: Arc<Draft>,
    done: Instant,
}

impl<'a, 'o> Session<'a, 'o> {
    fn new(engine: &'a Engine, options: &'o Options) -> Self {
        let heard = Heard::new(engine, options.prompt.clone());
        let words: Vec<&str> = options.draft.split_whitespace().collect();
        let draft = Arc::new(Draft::new(engine.tokenizer.encode(&format!(" {}", words.join(" ")))));
        let language = options.language.clone();
        Self { engine, heard, options, language, draft, done: Instant::START }
    }

    /// Decodes the next windows.
    fn hear(&mut self, windows: EncodedWindows<'a>) -> Result<(), HearError> {
        self.heard.make_room();
        let batch = windows.remember();
        let options = self.decode_options(&batch)?;
        let heard = batch.decode_surely(&options)?;
        let Batch { of: EncodedWindows { windows, encoded, mels, .. }, memories } = batch;
        for (window, words) in windows.iter().zip(&heard) {
            self.note(window, words);
        }
        for ((encoded, mel), memory) in encoded.iter().zip(&mels).zip(memories) {
            self.heard.keep(encoded, mel, memory)?;
        }
        Ok(())
    }

    fn decode_options(&mut self, batch: &Batch<'_>) -> Result<DecodeOptions, HearError> {
        if self.language.is_none() {
            let Engine { model, tokenizer, .. } = self.engine;
            let memories: Vec<&Memory> = batch.memories.iter().collect();
            let guesses = detect_language(model, tokenizer, &memories)?;
            self.language = guesses.into_iter().next().map(|guess| guess.language);
        }
        let language = self.language.clone().unwrap_or_else(|| "en".into());
        let prompt = self.options.prompt.clone();
        let draft = Arc::clone(&self.draft);
        Ok(DecodeOptions { language, prompt, draft, ..DecodeOptions::default() })
    }

    /// Adds a window and its words to the hearing.
    fn note(&mut self, window: &Window, heard: &Words) {
        let end = window.start + window.samples.len() as u64;
        self.done = at(end);
        let hearing = self.heard.hearing_mut();
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
        let hearing = self.heard.hearing_mut();
        hearing.length = at(length) - Instant::START;
        hearing.language = self.language.take().unwrap_or_else(|| "en".into());
        self.done = at(length);
    }
}

fn sound<'m>(model: &Model, mel: &'m [f32], seconds: f64) -> WindowSound<'m> {
    WindowSound { mel, bands: model.dims().mels, seconds: seconds as f32 }
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
