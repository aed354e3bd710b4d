//! The network and its plain twin agree on tiny made-up weights, whatever way the tokens are read.

use readback_speech::model::{DecodeError, Model, Precision};
use readback_speech::score::{Branch, score};

use super::plain;
use super::tiny::{MELS, STATE, Shape, Storage, TEXT, Tiny, VOCABULARY};

const TOLERANCE: f64 = 1e-3;
/// Nats that the fast precision may be off on weights as random as these.
const FAST_TOLERANCE: f64 = 5e-2;
const TOKENS: [u32; 9] = [7, 0, 22, 3, 3, 19, 11, 4, 15];

struct Twins {
    tiny: Tiny,
    model: Model,
    mel: Vec<f32>,
}

fn twins(frames: usize) -> Twins {
    twins_as(Precision::Exact, frames)
}

fn twins_as(precision: Precision, frames: usize) -> Twins {
    twins_of(Tiny::new(), precision, frames)
}

fn twins_of(tiny: Tiny, precision: Precision, frames: usize) -> Twins {
    let folder = tiny.folder(Storage::Float32);
    let model = Model::load_as(folder.path(), precision).unwrap();
    let mel = (0..tiny.shape.mels * frames).map(|x| (x as f32 * 0.7).sin()).collect();
    Twins { tiny, model, mel }
}

#[track_caller]
fn assert_close<'a>(
    found: impl IntoIterator<Item = &'a f32>,
    wanted: impl IntoIterator<Item = &'a f64>,
    tolerance: f64,
) {
    let (found, wanted): (Vec<_>, Vec<_>) =
        (found.into_iter().collect(), wanted.into_iter().collect());
    assert_eq!(found.len(), wanted.len());
    for (place, (x, y)) in found.into_iter().zip(wanted).enumerate() {
        assert!((f64::from(*x) - y).abs() <= tolerance, "at {place}: {x} found, {y} wanted");
    }
}

/// The plain twin's log-probabilities of `tokens[from..]`.
fn wanted(twins: &Twins, tokens: &[u32], from: usize) -> Vec<f64> {
    let encoded = plain::encode(&twins.tiny, &twins.mel);
    let rows = plain::read(&twins.tiny, &encoded, tokens).log_probabilities;
    (from..tokens.len()).map(|i| rows[i - 1][tokens[i] as usize]).collect()
}

#[test]
fn sizes_come_from_the_files() {
    let dims = *twins(2).model.dims();
    assert_eq!((dims.mels, dims.state, dims.audio_context), (MELS, STATE, 40));
    assert_eq!((dims.encoder_layers, dims.encoder_heads), (2, 2));
    assert_eq!((dims.decoder_layers, dims.decoder_heads), (2, 2));
    assert_eq!((dims.text_context, dims.vocabulary), (TEXT, VOCABULARY));
}

/// Mel bands, heads and layers of encoder and decoder of the published sizes; their heads are narrower here.
const ARCHITECTURES: [(&str, usize, usize, usize, usize); 8] = [
    ("tiny", 80, 6, 4, 4),
    ("base", 80, 8, 6, 6),
    ("small", 80, 12, 12, 12),
    ("medium", 80, 16, 24, 24),
    ("large-v3", 128, 20, 32, 32),
    ("large-v3-turbo", 128, 20, 32, 4),
    ("distil-small", 80, 12, 12, 4),
    ("distil-large-v3", 128, 20, 32, 2),
];

#[test]
fn every_published_architecture_is_read_from_its_folder_and_agrees() {
    for (name, mels, heads, encoder_layers, decoder_layers) in ARCHITECTURES {
        let shape = Shape { mels, state: 4 * heads, heads, encoder_layers, decoder_layers };
        let twins = twins_of(Tiny::shaped(shape), Precision::Exact, 24);
        let dims = twins.model.dims();
        assert_eq!((dims.mels, dims.state, dims.encoder_heads), (mels, 4 * heads, heads), "{name}");
        assert_eq!(
            (dims.encoder_layers, dims.decoder_layers),
            (encoder_layers, decoder_layers),
            "{name}"
        );
        let encoded = twins.model.encode(&twins.mel);
        let wanted_states = plain::encode(&twins.tiny, &twins.mel);
        assert_close(encoded.values(), wanted_states.iter().flatten(), TOLERANCE);
        let cross_kv = twins.model.cross_kv(&encoded);
        let found = twins.model.force(&cross_kv, &TOKENS, 1).unwrap();
        assert_close(&found.log_probabilities, &wanted(&twins, &TOKENS, 1), TOLERANCE);
    }
}

#[test]
fn encoder_states_agree_for_short_and_full_windows() {
    for frames in [2, 6, 62, 64, 66, 80] {
        let twins = twins(frames);
        let found = twins.model.encode(&twins.mel);
        assert_eq!(found.frames(), frames / 2);
        let wanted = plain::encode(&twins.tiny, &twins.mel);
        assert_close(found.values(), wanted.iter().flatten(), 1e-4);
    }
}

#[test]
fn windows_encoded_together_are_as_if_encoded_alone() {
    for precision in [Precision::Exact, Precision::Fast] {
        let twins = twins_as(precision, 20);
        let windows = [&twins.mel[..], &twins.mel[..MELS * 8]];
        let together = twins.model.encode_batch(&windows);
        assert_eq!(together, windows.map(|mel| twins.model.encode(mel)));
    }
}

#[test]
fn every_storage_gives_the_same_network() {
    let twins = twins(30);
    let wanted = twins.model.encode(&twins.mel);
    for storage in [Storage::Int8, Storage::Int16, Storage::Float16, Storage::BFloat16] {
        let folder = twins.tiny.folder(storage);
        let model = Model::load_as(folder.path(), Precision::Exact).unwrap();
        assert_eq!(model.encode(&twins.mel), wanted, "{storage:?}");
        let cross_kv = model.cross_kv(&wanted);
        let forced = model.force(&cross_kv, &TOKENS, 1).unwrap();
        let cross_kv = twins.model.cross_kv(&wanted);
        assert_eq!(forced, twins.model.force(&cross_kv, &TOKENS, 1).unwrap(), "{storage:?}");
    }
}

#[test]
fn a_projection_of_its_own_is_used() {
    let mut tiny = Tiny::new();
    tiny.aliases.clear();
    tiny.add("decoder/projection/weight", &[VOCABULARY, STATE]);
    let model = Model::load_as(tiny.folder(Storage::Float32).path(), Precision::Exact).unwrap();
    let twins = twins(30);
    let cross_kv = model.cross_kv(&model.encode(&twins.mel));
    let own = model.force(&cross_kv, &TOKENS, 1).unwrap();
    assert_ne!(own, twins.model.force(&cross_kv, &TOKENS, 1).unwrap());
}

#[test]
fn the_fast_precision_stays_close() {
    let twins = twins_as(Precision::Fast, 70);
    let cross_kv = twins.model.cross_kv(&twins.model.encode(&twins.mel));
    let found = twins.model.force(&cross_kv, &TOKENS, 1).unwrap().log_probabilities;
    assert_close(&found, &wanted(&twins, &TOKENS, 1), FAST_TOLERANCE);
}

#[test]
fn forced_log_probabilities_agree() {
    let twins = twins(70);
    let cross_kv = twins.model.cross_kv(&twins.model.encode(&twins.mel));
    for from in [1, 4, TOKENS.len()] {
        let found = twins.model.force(&cross_kv, &TOKENS, from).unwrap().log_probabilities;
        assert_close(&found, &wanted(&twins, &TOKENS, from), TOLERANCE);
    }
}

#[test]
fn alignment_heads_look_where_the_plain_ones_do() {
    let twins = twins(70);
    let cross_kv = twins.model.cross_kv(&twins.model.encode(&twins.mel));
    let (_, found) = twins.model.force_with_attention(&cross_kv, &TOKENS, 1).unwrap();
    assert_eq!((found.heads, found.tokens, found.frames), (2, TOKENS.len(), 35));
    let encoded = plain::encode(&twins.tiny, &twins.mel);
    let all = plain::read(&twins.tiny, &encoded, &TOKENS).attention;
    assert_close(
        &found.weights,
        [&all[1][0], &all[0][1]].into_iter().flatten().flatten(),
        TOLERANCE,
    );
}

#[test]
fn a_sequence_that_was_cut_goes_on_as_if_it_had_read_no_further() {
    let twins = twins(70);
    let model = &twins.model;
    let cross_kv = model.cross_kv(&model.encode(&twins.mel));
    let (mut straight, mut cut) = (model.sequence(&cross_kv), model.sequence(&cross_kv));
    let each = model.step_each(&mut [&mut straight], &[&TOKENS[..6]]).unwrap().remove(0);
    assert_eq!(each.len(), 6);
    model.step(&mut [&mut cut], &[&[TOKENS[0], TOKENS[1], 7, 7, 7]]).unwrap();
    cut.cut(2);
    assert_eq!(cut.len(), 2);
    let mut both = [&mut cut.clone(), &mut cut];
    let steps: [&[u32]; 2] = [&[TOKENS[2], 9], &TOKENS[2..6]];
    let found = model.step_each(&mut both, &steps).unwrap();
    assert_eq!(found[0][0], each[2]);
    assert_eq!(found[1], each[2..]);
    assert_eq!(cut.len(), 6);
    cut.cut(9);
    assert_eq!(cut.len(), 6, "there is nothing more to forget");
}

#[test]
fn sequences_stepped_together_agree_with_reading_each_alone() {
    let twins = twins(70);
    let model = &twins.model;
    let other = model.cross_kv(&model.encode(&twins.mel[..MELS * 12]));
    let cross_kv = model.cross_kv(&model.encode(&twins.mel));
    let (mut first, mut second) = (model.sequence(&cross_kv), model.sequence(&other));
    model.step(&mut [&mut first], &[&TOKENS[..4]]).unwrap();
    let mut copy = first.clone();
    let steps: [&[u32]; 3] = [&TOKENS[4..5], &TOKENS[..3], &[1, 2]];
    let logits = model.step(&mut [&mut first, &mut second, &mut copy], &steps).unwrap();
    assert_eq!([first.len(), second.len(), copy.len()], [5, 3, 6]);
    assert_eq!(second.room(), TEXT - 3);

    let encoded = plain::encode(&twins.tiny, &twins.mel);
    let texts = [TOKENS[..5].to_vec(), [&TOKENS[..4], &[1, 2]].concat()];
    for (logits, text) in [&logits[0], &logits[2]].into_iter().zip(texts) {
        let mut found = logits.clone();
        readback_kernels::log_softmax(&mut found);
        let rows = plain::read(&twins.tiny, &encoded, &text).log_probabilities;
        assert_close(&found, rows.last().unwrap(), TOLERANCE);
    }
}

#[test]
fn branches_score_as_if_they_had_followed_the_trunk() {
    let twins = twins(70);
    let cross_kv = twins.model.cross_kv(&twins.model.encode(&twins.mel));
    let branch = |at, tokens: &[u32]| Branch { at, tokens: tokens.to_vec() };
    let branches = [
        branch(1, &[5, 6, 7]),
        branch(4, &[9]),
        branch(4, &TOKENS[4..]),
        branch(9, &[2, 2, 2, 2, 2]),
    ];
    let found = score(&twins.model, &cross_kv, &TOKENS, 3, &branches).unwrap();
    assert_close(&found.trunk, &wanted(&twins, &TOKENS, 3), TOLERANCE);
    for (branch, found) in branches.iter().zip(&found.branches) {
        let text = [&TOKENS[..branch.at], &branch.tokens].concat();
        assert_close(found, &wanted(&twins, &text, branch.at), TOLERANCE);
    }
}

#[test]
fn a_result_is_the_same_on_any_number_of_threads() {
    for precision in [Precision::Exact, Precision::Fast] {
        let twins = twins_as(precision, 80);
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let encoded = twins.model.encode(&twins.mel);
                let cross_kv = twins.model.cross_kv(&encoded);
                (encoded, twins.model.force(&cross_kv, &TOKENS, 1).unwrap())
            })
        };
        let one = run(1);
        assert!([2, 3, 4].into_iter().all(|threads| run(threads) == one));
    }
}

#[test]
fn what_cannot_be_read_is_refused_and_changes_nothing() {
    let twins = twins(10);
    let model = &twins.model;
    let cross_kv = model.cross_kv(&model.encode(&twins.mel));
    let mut sequence = model.sequence(&cross_kv);
    let mut step = |tokens: &[u32]| model.step(&mut [&mut sequence], &[tokens]).unwrap_err();
    assert_eq!(step(&[0; 15]), DecodeError::TooLong { tokens: 15, limit: TEXT });
    assert_eq!(step(&[23]), DecodeError::UnknownToken { token: 23, vocabulary: VOCABULARY });
    assert_eq!(step(&[]), DecodeError::NoTokens);
    assert!(sequence.is_empty());

    let outside = DecodeError::NoSuchPosition { position: 0, tokens: 9 };
    assert_eq!(model.force(&cross_kv, &TOKENS, 0).unwrap_err(), outside);
    let branch = |at, tokens: usize| Branch { at, tokens: vec![1; tokens] };
    let refused = |branch| score(model, &cross_kv, &TOKENS, 1, &[branch]).unwrap_err();
    assert_eq!(refused(branch(0, 1)), outside);
    assert_eq!(refused(branch(9, 6)), DecodeError::TooLong { tokens: 15, limit: TEXT });
}
