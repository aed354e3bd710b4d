//! Every fast kernel does what its plain twin does, on random shapes and at the edges of blocks, and
//! does the same to the last bit on any number of threads.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::process::Command;

use proptest::prelude::*;
use readback_kernels::{
    Epilogue, KeysAndValues, Linear, Past, Precision, Rows, attend, attend_plain, cross_attention,
    cross_attention_plain, gelu, gelu_plain, layer_norm, layer_norm_plain, log_softmax,
    log_softmax_plain, self_attention, self_attention_plain, softmax, softmax_plain,
};

/// Numbers between -1 and 1 without a pattern.
fn noise(seed: u64, count: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2).wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / 8_388_608.0 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

#[track_caller]
fn assert_close(found: &[f32], wanted: &[f32], tolerance: f32) {
    assert_eq!(found.len(), wanted.len());
    for (place, (x, y)) in found.iter().zip(wanted).enumerate() {
        assert!((x - y).abs() <= tolerance, "at {place}: {x} found, {y} wanted");
    }
}

/// Runs `fast` on one to five threads; the one result.
#[track_caller]
fn on_any_threads<T: PartialEq + std::fmt::Debug + Send>(fast: impl Fn() -> T + Sync) -> T {
    let run = |threads| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(&fast)
    };
    let one = run(1);
    for threads in [2, 3, 5] {
        assert!(run(threads) == one, "{threads} threads give another result than one");
    }
    one
}

/// Each precision with the difference it may make to sums of up to a hundred products of `noise`.
const PRECISIONS: [(Precision, f32); 2] = [(Precision::Exact, 2e-4), (Precision::Fast, 5e-2)];

#[track_caller]
fn check_linear(rows: usize, inputs: usize, outputs: usize, epilogue: Epilogue) {
    for (precision, tolerance) in PRECISIONS {
        let (weights, bias) = (noise(1, inputs * outputs), noise(2, outputs));
        let layer = Linear::new(&weights, Some(bias), inputs, precision);
        check_layer(&layer, rows, epilogue, tolerance);
    }
}

#[track_caller]
fn check_layer(layer: &Linear, rows: usize, epilogue: Epilogue, tolerance: f32) {
    let (inputs, outputs) = (layer.inputs(), layer.outputs());
    let (input, before) = (noise(3, rows * inputs), noise(4, rows * outputs));
    let input = Rows::new(&input, rows, inputs);
    let found = on_any_threads(|| {
        let mut out = before.clone();
        layer.apply(input, &mut out, epilogue);
        out
    });
    let mut wanted = before.clone();
    layer.apply_plain(input, &mut wanted, epilogue);
    assert_close(&found, &wanted, tolerance);
    if epilogue == Epilogue::Store {
        assert_eq!(layer.apply_apart(input).concat(), found);
    }
}

#[test]
fn a_linear_layer_of_few_rows_agrees() {
    for rows in [0, 1, 2, 3, 5, 8, 9, 17, 32] {
        check_linear(rows, 70, 130, Epilogue::Store);
    }
}

#[test]
fn a_linear_layer_of_many_rows_agrees() {
    for rows in [33, 64, 255, 256, 257, 300, 513] {
        check_linear(rows, 40, 530, Epilogue::Store);
    }
}

#[test]
fn a_linear_layer_has_its_epilogue_however_many_rows() {
    for rows in [1, 7, 40, 270] {
        check_linear(rows, 33, 65, Epilogue::Gelu);
        check_linear(rows, 33, 65, Epilogue::Add);
    }
}

#[test]
fn a_linear_layer_over_overlapping_rows_is_a_convolution() {
    let input = noise(2, 4 * 103);
    for ((precision, tolerance), (count, stride)) in PRECISIONS.into_iter().zip([(101, 4), (50, 8)])
    {
        let layer = Linear::new(&noise(1, 12 * 5), None, 12, precision);
        let rows = Rows::new(&input, count, stride);
        let mut found = vec![0.0; count * 5];
        let mut wanted = found.clone();
        layer.apply(rows, &mut found, Epilogue::Store);
        layer.apply_plain(rows, &mut wanted, Epilogue::Store);
        assert_close(&found, &wanted, tolerance);
    }
}

#[test]
fn log_probabilities_agree_across_blocks_of_outputs_and_rows() {
    let input = noise(2, 270 * 24);
    let rows = Rows::new(&input, 270, 24);
    let pairs: Vec<_> = (0..400).map(|i| (i * 7 % 270, i * 131 % 1100)).collect();
    for (precision, tolerance) in PRECISIONS {
        let layer = Linear::new(&noise(1, 1100 * 24), None, 24, precision);
        let found = on_any_threads(|| layer.log_probabilities(rows, &pairs));
        assert_close(&found, &layer.log_probabilities_plain(rows, &pairs), tolerance);
    }
}

#[test]
fn a_row_of_a_linear_layer_does_not_depend_on_its_company() {
    let layer = Linear::new(&noise(1, 70 * 130), None, 70, Precision::Fast);
    let input = noise(2, 300 * 70);
    let mut together = vec![0.0; 300 * 130];
    layer.apply(Rows::new(&input, 300, 70), &mut together, Epilogue::Store);
    for (row, together) in input.chunks(70).zip(together.chunks(130)) {
        let mut alone = [0.0; 130];
        layer.apply(Rows::new(row, 1, 70), &mut alone, Epilogue::Store);
        assert_eq!(alone, together);
    }
}

#[test]
fn a_linear_layer_of_extreme_numbers_stays_finite() {
    let mut weights = noise(1, 8 * 9);
    weights[..9].fill(0.0);
    weights[9..18].fill(1e-42);
    let layer = Linear::new(&weights, None, 9, Precision::Fast);
    for extreme in [[0.0; 9], [1e38; 9], [-1e38; 9], [1e-42; 9], [-0.0; 9]] {
        let mut out = [f32::NAN; 8];
        layer.apply(Rows::new(&extreme, 1, 9), &mut out, Epilogue::Store);
        assert!(out.iter().all(|x| x.is_finite()), "{extreme:?} gives {out:?}");
        assert_eq!(out[0], 0.0);
    }
}

#[test]
fn a_packed_layer_is_the_layer_to_the_last_bit() {
    for (inputs, outputs) in [(1, 1), (5, 64), (70, 131)] {
        let bias = (outputs > 1).then(|| noise(3, outputs));
        let layer = Linear::new(&noise(1, inputs * outputs), bias, inputs, Precision::Fast);
        let mut bytes = Vec::new();
        assert!(layer.write_packed(&mut bytes));
        let again = Linear::from_packed(&bytes).unwrap();
        let (rows, mut found) = (noise(2, 3 * inputs), vec![vec![0.0; 3 * outputs]; 2]);
        layer.apply(Rows::new(&rows, 3, inputs), &mut found[0], Epilogue::Store);
        again.apply(Rows::new(&rows, 3, inputs), &mut found[1], Epilogue::Store);
        assert_eq!(found[0], found[1]);
        for end in 0..bytes.len() {
            assert!(Linear::from_packed(&bytes[..end]).is_none(), "cut at {end}");
        }
        bytes[..8].fill(0xff);
        assert!(Linear::from_packed(&bytes).is_none());
    }
    let exact = Linear::new(&[1.0], None, 1, Precision::Exact);
    assert!(!exact.write_packed(&mut Vec::new()));
}

#[test]
fn self_attention_agrees_across_blocks_of_rows() {
    for rows in [1, 2, 95, 96, 97, 200] {
        let (heads, state) = (3, 24);
        let qkv = noise(rows as u64, rows * 3 * state);
        let mut wanted = vec![0.0; rows * state];
        self_attention_plain(&qkv, state, heads, &mut wanted);
        for (precision, tolerance) in ATTENTION {
            let found = on_any_threads(|| {
                let mut out = vec![0.0; rows * state];
                self_attention(&qkv, state, heads, precision, &mut out);
                out
            });
            assert_close(&found, &wanted, tolerance);
        }
    }
}

#[test]
fn all_tests_pass_on_lesser_processors() {
    if std::env::var_os("READBACK_CPU").is_some() {
        return;
    }
    for level in ["portable", "avx2", "avx512", "vnni"] {
        let tests = std::env::current_exe().unwrap();
        let status = Command::new(tests).env("READBACK_CPU", level).status().unwrap();
        assert!(status.success(), "not with {level}");
    }
}

#[test]
fn attention_to_two_stretches_agrees() {
    let (rows, query) = (noise(1, 50 * 60), noise(2, 20));
    let past = |first: usize, count| {
        let rows = &rows[first * 60..];
        Past { keys: &rows[20..], values: &rows[40..], stride: 60, count }
    };
    for (first, second) in [(0, 1), (17, 3), (30, 20), (1, 0)] {
        let pasts = [past(0, first), past(30, second)];
        let (mut found, mut wanted) = ([0.0; 20], [0.0; 20]);
        attend(&query, &pasts, 2, &mut found);
        attend_plain(&query, &pasts, 2, &mut wanted);
        assert_close(&found, &wanted, 1e-5);
    }
}

/// Each precision with the difference it may make to attention to `noise`.
const ATTENTION: [(Precision, f32); 2] = [(Precision::Exact, 1e-5), (Precision::Fast, 1e-2)];

#[test]
fn cross_attention_of_groups_agrees() {
    for (size, frames) in [(8, 1), (8, 33), (40, 64), (64, 70)] {
        for (precision, tolerance) in ATTENTION {
            check_cross_attention(size, frames, precision, tolerance);
        }
    }
}

#[track_caller]
fn check_cross_attention(size: usize, frames: usize, precision: Precision, tolerance: f32) {
    let (heads, state) = (2, 2 * size);
    let windows = [noise(1, frames * 2 * state), noise(2, (frames + 5) * 2 * state)];
    let packed: Vec<_> =
        windows.iter().map(|both| KeysAndValues::new(both, heads, size, precision)).collect();
    let counts = [66, 3];
    let queries = noise(3, 69 * state);
    let found = on_any_threads(|| {
        let mut out = vec![0.0; queries.len()];
        let groups = [(counts[0], &packed[0]), (counts[1], &packed[1])];
        cross_attention(&groups, &queries, &mut out);
        out
    });
    let mut wanted = vec![0.0; queries.len()];
    let (first, second) = wanted.split_at_mut(66 * state);
    cross_attention_plain(&windows[0], heads, &queries[..66 * state], state, first);
    cross_attention_plain(&windows[1], heads, &queries[66 * state..], state, second);
    assert_close(&found, &wanted, tolerance);
}

#[test]
fn cross_attention_weights_are_the_softmax_of_scaled_scores() {
    let (heads, size, frames) = (2, 8, 37);
    let both = noise(1, frames * 32);
    let queries = noise(2, 3 * 16);
    for (precision, tolerance) in ATTENTION {
        let window = KeysAndValues::new(&both, heads, size, precision);
        let found = window.weights(&queries, 1);
        assert_eq!(found.len(), 3 * frames);
        for (query, found) in queries.chunks(16).zip(found.chunks(frames)) {
            let score = |frame: &[f32]| {
                let products = query[8..].iter().zip(&frame[8..16]).map(|(q, k)| q * k);
                products.sum::<f32>() / 8f32.sqrt()
            };
            let mut wanted: Vec<f32> = both.chunks(32).map(score).collect();
            softmax_plain(&mut wanted);
            assert_close(found, &wanted, tolerance * 0.1);
        }
    }
}

#[test]
#[expect(clippy::float_cmp, reason = "these weights are exact")]
fn softmax_of_huge_scores_stays_finite() {
    let mut row = [3e38, -3e38, 3e38];
    softmax(&mut row);
    assert_eq!(row, [0.5, 0.0, 0.5]);
}

#[test]
fn gelu_agrees_far_out_and_near_zero() {
    let mut found: Vec<f32> = (-12_000..=12_000).map(|x| x as f32 * 1e-3).collect();
    let mut wanted = found.clone();
    gelu(&mut found);
    gelu_plain(&mut wanted);
    assert_close(&found, &wanted, 2e-6);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn rows_of_any_width_agree(width in 1..200usize, rows in 0..70usize, seed: u64) {
        let input: Vec<f32> = noise(seed, rows * width).iter().map(|x| x * 20.0).collect();
        let (gain, bias) = (noise(!seed, width), noise(seed ^ 7, width));
        let mut found = vec![0.0; input.len()];
        let mut wanted = found.clone();
        layer_norm(&input, &gain, &bias, &mut found);
        layer_norm_plain(&input, &gain, &bias, &mut wanted);
        assert_close(&found, &wanted, 1e-3);
        for row in input.chunks(width) {
            check_in_place(row, softmax, softmax_plain, 1e-6);
            check_in_place(row, log_softmax, log_softmax_plain, 1e-5);
        }
    }
}

fn check_in_place(row: &[f32], fast: fn(&mut [f32]), plain: fn(&mut [f32]), tolerance: f32) {
    let (mut found, mut wanted) = (row.to_vec(), row.to_vec());
    fast(&mut found);
    plain(&mut wanted);
    assert_close(&found, &wanted, tolerance);
}
