//! How fast the kernels are, on the shapes of the *base* model: `cargo bench -p readback-kernels`, with
//! `READBACK_CPU` for another instruction set.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use readback_kernels::bench::saturate;
use readback_kernels::{
    Epilogue, KeysAndValues, Linear, Precision, Rows, cross_attention, gelu, layer_norm,
    log_softmax, self_attention,
};

const STATE: usize = 512;
const HEADS: usize = 8;
const FRAMES: usize = 1500;
const VOCABULARY: usize = 51_865;

fn noise(count: usize) -> Vec<f32> {
    (0..count).map(|x| ((x * 7919) % 1009) as f32 / 504.5 - 1.0).collect()
}

/// Products of bytes that fit a near cache, in one thread: as many as there can be.
fn peak(criterion: &mut Criterion) {
    const ROUNDS: usize = 400;
    let mut group = criterion.benchmark_group("peak");
    group.throughput(Throughput::Elements(saturate(ROUNDS) as u64));
    group.bench_function("products of bytes in one thread", |bench| {
        bench.iter(|| saturate(black_box(ROUNDS)));
    });
}

/// Products with weights: all frames of a window, one token, the tokens of a batch.
fn products(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("product");
    for (rows, inputs, outputs) in [
        (FRAMES, STATE, 3 * STATE),
        (FRAMES, 4 * STATE, STATE),
        (1, STATE, VOCABULARY),
        (16, STATE, VOCABULARY),
    ] {
        let values = noise(rows * inputs);
        let mut out = vec![0.0; rows * outputs];
        for precision in [Precision::Fast, Precision::Exact] {
            let layer = Linear::new(&noise(inputs * outputs), None, inputs, precision);
            group.throughput(Throughput::Elements((rows * inputs * outputs) as u64));
            group.bench_function(format!("{rows}x{inputs}x{outputs} {precision:?}"), |bench| {
                bench.iter(|| {
                    let rows = Rows::new(black_box(&values), rows, inputs);
                    layer.apply(rows, &mut out, Epilogue::Store);
                });
            });
        }
    }
}

fn attention(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("attention");
    let qkv = noise(FRAMES * 3 * STATE);
    let mut out = vec![0.0; FRAMES * STATE];
    group.throughput(Throughput::Elements((2 * FRAMES * FRAMES * STATE) as u64));
    group.bench_function("of a window to itself", |bench| {
        bench.iter(|| {
            self_attention(black_box(&qkv), STATE, HEADS, Precision::Fast, &mut out);
        });
    });
    let both = noise(FRAMES * 2 * STATE);
    group.bench_function("keys and values of a window packed", |bench| {
        bench.iter(|| KeysAndValues::new(black_box(&both), HEADS, STATE / HEADS, Precision::Fast));
    });
    let window = KeysAndValues::new(&both, HEADS, STATE / HEADS, Precision::Fast);
    for rows in [1, 16] {
        let queries = noise(rows * STATE);
        let mut out = vec![0.0; rows * STATE];
        group.throughput(Throughput::Elements((2 * rows * FRAMES * STATE) as u64));
        group.bench_function(format!("of {rows} tokens to a window"), |bench| {
            bench.iter(|| cross_attention(&[(rows, &window)], black_box(&queries), &mut out));
        });
    }
}

fn elementwise(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("elementwise");
    let values = noise(FRAMES * STATE);
    let mut out = values.clone();
    group.throughput(Throughput::Elements(values.len() as u64));
    let (gain, bias) = (noise(STATE), noise(STATE));
    group.bench_function("layer norm", |bench| {
        bench.iter(|| layer_norm(black_box(&values), &gain, &bias, &mut out));
    });
    group.bench_function("gelu", |bench| bench.iter(|| gelu(black_box(&mut out))));
    let mut logits = noise(VOCABULARY);
    group.throughput(Throughput::Elements(VOCABULARY as u64));
    group.bench_function("log softmax of the vocabulary", |bench| {
        bench.iter(|| log_softmax(black_box(&mut logits)));
    });
}

criterion_group!(kernels, peak, products, attention, elementwise);
criterion_main!(kernels);
