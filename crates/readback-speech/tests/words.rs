//! Word times of a real model on synthesised stories whose words' times are known exactly. Needs the
//! folder of models that `READBACK_MODELS` names (`base` in it) and the corpus that `READBACK_CORPUS` names, or
//! `../shared/corpus` beside the workspace; says that it skips without them.

#![expect(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::path::{Path, PathBuf};

use readback_audio::Recording;
use readback_speech::decode::{DecodeOptions, DecodedWindow, decode_windows};
use readback_speech::features::{LogMel, MOST_FRAMES};
use readback_speech::model::{CrossKv, Model};
use readback_speech::times::{WindowSound, decoded_words, word_times};
use readback_speech::tokenizer::Tokenizer;
use readback_speech::windows::{Cutter, SampledWindow};
use serde_json::Value;

const STORY: &str = "public/audio/synth_science_kelp";
const RATE: f64 = 16_000.0;

struct Bench {
    model: Model,
    tokenizer: Tokenizer,
    windows: Vec<SampledWindow>,
    mels: Vec<Vec<f32>>,
    cross_kvs: Vec<CrossKv>,
    /// Each word with its start in seconds.
    truth: Vec<(String, f64)>,
}

fn folder(variable: &str, part: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let base = std::env::var_os(variable).map(PathBuf::from);
    let base = base.or_else(|| (variable == "READBACK_CORPUS").then(beside))?;
    base.is_dir().then(|| base.join(part))
}

/// The first windows of the story, encoded; `None`, saying so, where something is missing.
fn bench() -> Option<Bench> {
    let (models, story) = (folder("READBACK_MODELS", "base"), folder("READBACK_CORPUS", STORY));
    let (Some(models), Some(story)) = (models, story) else {
        eprintln!("skipped: needs READBACK_MODELS and the corpus");
        return None;
    };
    let model = Model::load(&models).unwrap();
    let mut cutter = Cutter::default();
    let mut windows: Vec<SampledWindow> = Vec::new();
    for block in Recording::open(&story.with_extension("flac")).unwrap() {
        windows.extend(cutter.push(&block));
    }
    windows.truncate(3);
    let mel = LogMel::new(model.dims().mels);
    let mels: Vec<_> = windows.iter().map(|w| mel.spectrogram(&w.samples, MOST_FRAMES)).collect();
    let encoded = model.encode_batch(&mels.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let cross_kvs = encoded.iter().map(|encoded| model.cross_kv(encoded)).collect();
    let words = std::fs::read_to_string(story.with_extension("words.json")).unwrap();
    let words: Vec<Value> = serde_json::from_str(&words).unwrap();
    let word = |w: &Value| (w["w"].as_str().unwrap().to_owned(), w["start"].as_f64().unwrap());
    let truth = words.iter().map(word).collect();
    Some(Bench {
        tokenizer: Tokenizer::load(&models).unwrap(),
        model,
        windows,
        mels,
        cross_kvs,
        truth,
    })
}

impl Bench {
    fn sound(&self, index: usize) -> WindowSound<'_> {
        let seconds = self.windows[index].samples.len() as f32 / RATE as f32;
        WindowSound { mel: &self.mels[index], bands: self.model.dims().mels, seconds }
    }

    fn start(&self, index: usize) -> f64 {
        self.windows[index].start as f64 / RATE
    }

    /// Distance in seconds of each true word's onset when the true words are given.
    fn onset_errors(&self, index: usize) -> Vec<f64> {
        let start = self.start(index);
        let end = start + self.windows[index].samples.len() as f64 / RATE;
        let truth: Vec<_> = self.truth.iter().filter(|(_, at)| (start..end).contains(at)).collect();
        let words: Vec<&str> = truth.iter().map(|(word, _)| word.as_str()).collect();
        let cross_kv = &self.cross_kvs[index];
        let times =
            word_times(&self.model, &self.tokenizer, cross_kv, self.sound(index), "en", &words);
        let error = |(time, word): (f32, &&(String, f64))| (start + f64::from(time) - word.1).abs();
        times.unwrap().iter().map(|time| time.start).zip(&truth).map(error).collect()
    }

    fn decode(&self, cross_kvs: &[&CrossKv]) -> Vec<DecodedWindow> {
        decode_windows(&self.model, &self.tokenizer, cross_kvs, &DecodeOptions::default()).unwrap()
    }
}

#[test]
fn given_words_begin_within_60_milliseconds_of_the_truth_on_the_median() {
    let Some(bench) = bench() else { return };
    let mut errors: Vec<f64> =
        (0..bench.windows.len()).flat_map(|index| bench.onset_errors(index)).collect();
    errors.sort_by(f64::total_cmp);
    let median = errors[errors.len() / 2];
    println!("{} words, median onset error {:.0} ms", errors.len(), median * 1000.0);
    assert!(median <= 0.06, "{median} s over {} words", errors.len());
}

#[test]
fn a_window_is_heard_the_same_alone_and_in_a_batch_and_its_words_have_times() {
    let Some(bench) = bench() else { return };
    let together = bench.decode(&bench.cross_kvs.iter().collect::<Vec<_>>());
    for (index, decoded) in together.iter().enumerate() {
        let cross_kv = &bench.cross_kvs[index];
        assert_eq!(bench.decode(&[cross_kv]), std::slice::from_ref(decoded));
        let sound = bench.sound(index);
        let words =
            decoded_words(&bench.model, &bench.tokenizer, cross_kv, sound, decoded).unwrap();
        let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(text, decoded.text.split_whitespace().collect::<Vec<_>>());
        assert!(words.windows(2).all(|pair| pair[0].time.end <= pair[1].time.start + 1e-4));
        assert!(words.iter().all(|word| word.time.end <= sound.seconds + 1e-4));
    }
}
