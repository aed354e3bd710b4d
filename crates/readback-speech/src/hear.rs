//! The pipeline from a recording's sound to a hearing: windows, spectrogram, encoder, decoder, word times.
//!
//! Sound is read and cut on a thread of its own while windows are encoded and decoded, a batch at a
//! time, by rayon's current thread pool. What is heard in a window depends on that window alone, so
//! neither the number of threads nor the size of a batch changes it. It does not know where the sound
//! comes from, nor the text that the hearing is held against.

mod gaps;
mod questions;
mod store;

use std::collections::VecDeque;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rayon::prelude::*;
use readback_transcript::{HeardWord, Hearing, Instant, Length, Probability, Stretch};
use readback_transcript as transcript;
use thiserror::Error;

use crate::decode::{DecodeOptions, DecodedWindow, decode_windows, detect_language, prompt_tokens};
use crate::features::{LogMel, MOST_FRAMES, RATE};
use crate::model::{DecodeError, Encoded, Memory, Model, ModelError};
use crate::times::{TimedWord, TimesError, WindowSound, WordTime, decoded_words, word_times};
use crate::tokenizer::{Tokenizer, TokenizerError};
use crate::windows::{Cutter, Window};

use questions::Asking;
use store::Store;

pub use questions::{Answer, Question};

/// So much speech without words, in seconds, is a sign that the decoder skipped some.
const SKIPPED: f32 = 3.0;
/// Windows encoded and decoded at once.
const BATCH: usize = 8;
/// Bytes of windows kept ready for questions; making one ready costs a tenth of encoding it.
const READY: usize = 192 << 20;

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

/// What was heard, and what it takes to listen again.
pub struct Heard<'a> {
    engine: &'a Engine,
    hearing: Hearing,
    prompt: String,
    /// Encoder output and spectrogram of each window, one after the other.
    encoded: Store,
    spectrograms: Store,
    ready: VecDeque<(usize, Memory)>,
}

/// A word that was given a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimedStretch {
    /// When it was said, or would have been.
    pub stretch: Stretch,
    /// How probable it is that it was said there.
    pub probability: Probability,
}

enum Message {
    Window(Window),
    /// Number of samples in all.
    End(u64),
}

impl Engine {
    /// Loads the model in `folder`, in CTranslate2's Whisper layout.
    pub fn load(folder: &Path) -> Result<Self, EngineError> {
        let model = Model::load(folder)?;
        let tokenizer = Tokenizer::load(folder)?;
        Ok(Self::new(model, tokenizer))
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
        let mut session = Session::new(engine, options);
        while session.take_batch(&receiver)? {
            progress(Progress { done: session.done, total: options.length });
        }
        Ok(session.heard)
    })
}

/// Sends the windows of `audio`, and its length; stops when nobody listens any more.
fn cut(audio: impl Iterator<Item = Vec<f32>>, sender: &SyncSender<Message>) {
    let mut cutter = Cutter::default();
    let mut length = 0;
    let send = |windows: Vec<Window>| windows.into_iter().all(|w| sender.send(Message::Window(w)).is_ok());
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

/// A recording being heard.
struct Session<'a, 'o> {
    heard: Heard<'a>,
    options: &'o Options,
    language: Option<String>,
    done: Instant,
}

impl<'a, 'o> Session<'a, 'o> {
    fn new(engine: &'a Engine, options: &'o Options) -> Self {
        let heard = Heard {
            engine,
            hearing: Hearing::default(),
            prompt: options.prompt.clone(),
            encoded: Store::default(),
            spectrograms: Store::default(),
            ready: VecDeque::new(),
        };
        Self { heard, options, language: options.language.clone(), done: Instant::START }
    }

    /// Hears the next windows; false when the recording has ended.
    fn take_batch(&mut self, receiver: &Receiver<Message>) -> Result<bool, HearError> {
        let mut windows = Vec::with_capacity(BATCH);
        let mut ended = None;
        while windows.len() < BATCH && ended.is_none() {
            match receiver.recv() {
                Ok(Message::Window(window)) => windows.push(window),
                Ok(Message::End(length)) => ended = Some(length),
                Err(_) => ended = Some(0),
            }
        }
        if let Some(last) = windows.last() {
            self.done = at(last.start + last.samples.len() as u64);
            self.hear(&windows)?;
        }
        if let Some(length) = ended {
            self.finish(length);
        }
        Ok(ended.is_none())
    }

    fn hear(&mut self, windows: &[Window]) -> Result<(), HearError> {
        let batch = Batch::new(self.heard.engine, windows);
        let options = self.decode_options(&batch)?;
        let heard = batch.decode_surely(&options)?;
        for (index, window) in windows.iter().enumerate() {
            self.heard.encoded.push(batch.encoded[index].values())?;
            self.heard.spectrograms.push(&batch.mels[index])?;
            self.note(window, &heard[index]);
        }
        let first = self.heard.hearing.windows.len() - windows.len();
        for (index, memory) in batch.memories.into_iter().enumerate() {
            self.heard.make_ready(first + index, memory);
        }
        Ok(())
    }

    fn decode_options(&mut self, batch: &Batch<'_>) -> Result<DecodeOptions, HearError> {
        if self.language.is_none() {
            let Engine { model, tokenizer, .. } = self.heard.engine;
            let memories: Vec<&Memory> = batch.memories.iter().collect();
            let guesses = detect_language(model, tokenizer, &memories)?;
            self.language = guesses.into_iter().next().map(|guess| guess.language);
        }
        let language = self.language.clone().unwrap_or_else(|| "en".into());
        let prompt = self.options.prompt.clone();
        Ok(DecodeOptions { language, prompt, ..DecodeOptions::default() })
    }

    /// Adds a window and its words to the hearing.
    fn note(&mut self, window: &Window, (decoded, words): &(DecodedWindow, Vec<TimedWord>)) {
        let hearing = &mut self.heard.hearing;
        let stretch = samples(window.start, window.start + window.samples.len() as u64);
        let index = hearing.windows.len();
        for speech in &window.speech {
            let speech = samples(speech.start, speech.end);
            match hearing.speech.last_mut() {
                Some(last) if last.end() == speech.start() => *last = last.union(speech),
                _ => hearing.speech.push(speech),
            }
        }
        hearing.windows.push(transcript::Window {
            stretch,
            no_speech: Probability::new(decoded.no_speech),
            language: decoded.language.clone(),
        });
        hearing.words.extend(words.iter().map(|word| HeardWord {
            text: word.text.clone(),
            stretch: within(stretch, word.time),
            probability: Probability::new(word.time.probability),
            window: index,
        }));
    }

    fn finish(&mut self, length: u64) {
        self.heard.hearing.length = at(length) - Instant::START;
        self.heard.hearing.language = self.language.take().unwrap_or_else(|| "en".into());
        self.done = at(length);
    }
}

/// Windows that are heard together.
struct Batch<'a> {
    engine: &'a Engine,
    windows: &'a [Window],
    mels: Vec<Vec<f32>>,
    encoded: Vec<Encoded>,
    memories: Vec<Memory>,
}

impl<'a> Batch<'a> {
    fn new(engine: &'a Engine, windows: &'a [Window]) -> Self {
        let frames = (2 * engine.model.dims().audio_context).min(MOST_FRAMES);
        let mel = |window: &Window| engine.mel.spectrogram(&window.samples, frames);
        let mels: Vec<Vec<f32>> = windows.par_iter().map(mel).collect();
        let inputs: Vec<&[f32]> = mels.iter().map(Vec::as_slice).collect();
        let encoded = engine.model.encode_batch(&inputs);
        let memories = encoded.par_iter().map(|encoded| engine.model.remember(encoded)).collect();
        Self { engine, windows, mels, encoded, memories }
    }

    /// Decodes all windows; those where the decoder seems to have skipped speech once more with
    /// timestamps, which make it go through the window step by step.
    fn decode_surely(
        &self,
        options: &DecodeOptions,
    ) -> Result<Vec<(DecodedWindow, Vec<TimedWord>)>, HearError> {
        let all: Vec<usize> = (0..self.windows.len()).collect();
        let mut heard = self.decode(&all, options)?;
        let gap = |index: usize, words: &[TimedWord]| self.gap(index, words);
        let skipped: Vec<usize> =
            all.into_iter().filter(|&index| gap(index, &heard[index].1) > SKIPPED).collect();
        let careful = DecodeOptions { timestamps: true, ..options.clone() };
        for (&index, again) in skipped.iter().zip(self.decode(&skipped, &careful)?) {
            if gap(index, &again.1) < gap(index, &heard[index].1) {
                heard[index] = again;
            }
        }
        Ok(heard)
    }

    fn decode(
        &self,
        which: &[usize],
        options: &DecodeOptions,
    ) -> Result<Vec<(DecodedWindow, Vec<TimedWord>)>, HearError> {
        let Engine { model, tokenizer, .. } = self.engine;
        let memories: Vec<&Memory> = which.iter().map(|&index| &self.memories[index]).collect();
        let decoded = decode_windows(model, tokenizer, &memories, options)?;
        let time = |(&index, decoded): (&usize, DecodedWindow)| {
            let seconds = self.windows[index].samples.len() as f64 / RATE as f64;
            let sound = sound(model, &self.mels[index], seconds);
            let words = decoded_words(model, tokenizer, &self.memories[index], sound, &decoded)?;
            Ok((decoded, words))
        };
        which.par_iter().zip(decoded).map(time).collect()
    }

    /// The longest speech without words in a window, in seconds.
    fn gap(&self, index: usize, words: &[TimedWord]) -> f32 {
        let window = &self.windows[index];
        let seconds = |sample: u64| (sample - window.start) as f32 / RATE as f32;
        let speech: Vec<Range<f32>> =
            window.speech.iter().map(|part| seconds(part.start)..seconds(part.end)).collect();
        let times: Vec<WordTime> = words.iter().map(|word| word.time).collect();
        gaps::longest(&speech, &times)
    }
}

impl Heard<'_> {
    /// What was heard.
    pub fn hearing(&self) -> &Hearing {
        &self.hearing
    }

    /// How well each reading of each question fits: one list for each question, in the same order. The
    /// model is told that `prompt` came before, such as the roster's names; empty for what it was told
    /// when it heard.
    pub fn score(&mut self, questions: &[Question], prompt: &str) -> Result<Vec<Vec<Answer>>, HearError> {
        let mut order: Vec<usize> = (0..questions.len()).collect();
        order.sort_by_key(|&index| questions[index].window);
        let mut answers = vec![Vec::new(); questions.len()];
        for same in order.chunk_by(|&a, &b| questions[a].window == questions[b].window) {
            let asked: Vec<&Question> = same.iter().map(|&index| &questions[index]).collect();
            for (&index, answer) in same.iter().zip(self.score_window(&asked, prompt)?) {
                answers[index] = answer;
            }
        }
        Ok(answers)
    }

    /// When each of `words` was said in the window, in order: for a text that is known.
    pub fn time_words(&mut self, window: usize, words: &[&str]) -> Result<Vec<TimedStretch>, HearError> {
        let Engine { model, tokenizer, .. } = self.engine;
        self.prepare(window)?;
        let mel = self.spectrograms.get(window)?;
        let place = &self.hearing.windows[window];
        let sound = sound(model, &mel, place.stretch.length().seconds());
        let memory = &self.ready[0].1;
        let times = word_times(model, tokenizer, memory, sound, &place.language, words)?;
        let timed = |time: WordTime| TimedStretch {
            stretch: within(place.stretch, time),
            probability: Probability::new(time.probability),
        };
        Ok(times.into_iter().map(timed).collect())
    }

    fn score_window(&mut self, questions: &[&Question], prompt: &str) -> Result<Vec<Vec<Answer>>, HearError> {
        let Engine { model, tokenizer, .. } = self.engine;
        let Some(first) = questions.first() else { return Ok(Vec::new()) };
        self.prepare(first.window)?;
        let language = &self.hearing.windows[first.window].language;
        let prompt = if prompt.is_empty() { &self.prompt } else { prompt };
        let mut opening = prompt_tokens(tokenizer, prompt);
        opening.extend(tokenizer.opening(language, false));
        let asking = Asking { model, tokenizer, opening, spaced: Tokenizer::is_spaced(language) };
        Ok(asking.answer(&self.ready[0].1, questions)?)
    }

    /// Makes `window` the first of those that are ready.
    fn prepare(&mut self, window: usize) -> Result<(), HearError> {
        let windows = self.hearing.windows.len();
        if window >= windows {
            return Err(HearError::NoSuchWindow { window, windows });
        }
        let known = self.ready.iter().position(|(ready, _)| *ready == window);
        let memory = match known.and_then(|position| self.ready.remove(position)) {
            Some((_, memory)) => memory,
            None => {
                let values = self.encoded.get(window)?;
                let frames = values.len() / self.engine.model.dims().state;
                self.engine.model.remember(&Encoded::from_values(values, frames))
            }
        };
        self.make_ready(window, memory);
        Ok(())
    }

    /// Puts a window first among those that are ready; the ones not asked about for longest make room.
    fn make_ready(&mut self, window: usize, memory: Memory) {
        let most = (READY / memory.bytes().max(1)).max(1);
        self.ready.push_front((window, memory));
        self.ready.truncate(most);
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
    let at = |seconds: f32| (window.start() + Length::from_seconds(f64::from(seconds))).min(window.end());
    Stretch::new(at(time.start), at(time.end))
}
