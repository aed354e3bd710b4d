//! The network against CTranslate2 in float32: recorded values for a made-up spectrogram.
//!
//! Needs the real models, in `$READBACK_MODELS/NAME` or the user's cache; without them each test says
//! that it skips. `tools/make_golden.py` made the values.

use std::path::{Path, PathBuf};

use readback_speech::model::{Model, Precision, TokenId};
use readback_speech::score::{Branch, score};
use serde::Deserialize;

/// Largest difference allowed, as a part of the largest value.
const TOLERANCE: f32 = 1e-3;

#[derive(Deserialize)]
struct Golden {
    tokens: Vec<TokenId>,
    from: usize,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    frames: usize,
    encoded: Thinned,
    log_probabilities: Vec<f32>,
    logits: Thinned,
}

/// Every `stride`-th of `length` values.
#[derive(Deserialize)]
struct Thinned {
    length: usize,
    stride: usize,
    largest: f32,
    values: Vec<f32>,
}

#[test]
fn base_agrees_with_ctranslate2() {
    check_model("base", include_str!("../data/golden-base.json"));
}

#[test]
fn english_only_tiny_agrees_with_ctranslate2() {
    check_model("tiny.en", include_str!("../data/golden-tiny.en.json"));
}

fn check_model(name: &str, golden: &str) {
    let Some(folder) = folder_of(name) else {
        eprintln!("skipped: no model {name:?} in $READBACK_MODELS or the cache");
        return;
    };
    let golden: Golden = serde_json::from_str(golden).unwrap();
    let model = Model::load_as(&folder, Precision::Exact).unwrap();
    for case in &golden.cases {
        check_case(&model, &golden, case);
    }
}

fn check_case(model: &Model, golden: &Golden, case: &Case) {
    let encoded = model.encode(&spectrogram(model.dims().mels, case.frames));
    check_thinned("encoder states", encoded.values(), &case.encoded);

    let cross_kv = model.cross_kv(&encoded);
    let forced = model.force(&cross_kv, &golden.tokens, golden.from).unwrap().log_probabilities;
    check_close("forced log-probabilities", &forced, &case.log_probabilities);

    let branch = Branch { at: golden.from, tokens: golden.tokens[golden.from..].to_vec() };
    let trunk = &golden.tokens[..golden.from];
    let scores = score(model, &cross_kv, trunk, trunk.len(), &[branch]).unwrap();
    check_close("a branch's log-probabilities", &scores.branches[0], &case.log_probabilities);

    let mut sequence = model.sequence(&cross_kv);
    let (prompt, rest) = golden.tokens.split_at(golden.from);
    let mut logits = model.step(&mut [&mut sequence], &[prompt]).unwrap();
    for token in rest {
        logits = model.step(&mut [&mut sequence], &[&[*token]]).unwrap();
    }
    check_thinned("logits after the last step", &logits[0], &case.logits);
}

fn check_thinned(what: &str, found: &[f32], wanted: &Thinned) {
    assert_eq!(found.len(), wanted.length, "{what}");
    let kept: Vec<f32> = found.iter().copied().step_by(wanted.stride).collect();
    compare(what, &kept, &wanted.values, wanted.largest);
}

fn check_close(what: &str, found: &[f32], wanted: &[f32]) {
    compare(what, found, wanted, wanted.iter().fold(0.0, |largest, x| x.abs().max(largest)));
}

fn compare(what: &str, found: &[f32], wanted: &[f32], largest: f32) {
    assert_eq!(found.len(), wanted.len(), "{what}");
    let differences = found.iter().zip(wanted).map(|(x, y)| (x - y).abs());
    let worst = differences.clone().fold(0.0, f32::max);
    let relative = differences.zip(wanted).map(|(d, y)| d / y.abs().max(1e-2)).fold(0.0, f32::max);
    println!("{what}: {:.2e} of the largest, {relative:.2e} value by value", worst / largest);
    assert!(worst <= TOLERANCE * largest, "{what} differ by {worst}, the largest being {largest}");
}

/// The formula of `tools/make_golden.py`.
fn spectrogram(mels: usize, frames: usize) -> Vec<f32> {
    let value = |band: f64, frame: f64| {
        let voice = (0.11 * frame + 0.9 * band).sin() * (0.013 * frame).sin();
        let tilt = (0.05 * band + 0.0031 * frame).cos();
        (0.25 + 0.75 * voice + 0.5 * tilt) as f32
    };
    let row = |band| (0..frames).map(move |frame| value(band as f64, frame as f64));
    (0..mels).flat_map(row).collect()
}

fn folder_of(name: &str) -> Option<PathBuf> {
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache"));
    let cache = || std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home);
    let models = std::env::var_os("READBACK_MODELS").map(PathBuf::from);
    let folder = models.or_else(|| Some(cache()?.join("readback/models")))?.join(name);
    folder.join("model.bin").is_file().then_some(folder)
}
