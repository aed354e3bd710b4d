//! What share of the machine's peak the parts of a network reach, a section of Markdown:
//! `cargo bench -p readback-speech --bench roofline -- MODEL_FOLDER`. The peak is that of products of bytes that fit a near cache.

use std::path::Path;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use readback_kernels::bench::saturate;
use readback_kernels::{Epilogue, Linear, Precision, Rows, self_attention};
use readback_speech::model::{CrossKv, Dims, Model, Sequence};

/// Spectrogram frames of a whole window.
const FRAMES: usize = 3000;
/// Windows of a decoding step, as many as are heard at a time, and hypotheses of each.
const WINDOWS: usize = 8;
const HYPOTHESES: usize = 4;
const SEQUENCES: usize = WINDOWS * HYPOTHESES;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Cargo adds an argument of its own.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let Some(folder) = arguments.next() else {
        eprintln!("skipped; usage: roofline MODEL_FOLDER");
        return Ok(());
    };
    let model = Model::load(Path::new(&folder))?;
    let dims = *model.dims();
    let mel: Vec<f32> = (0..dims.mels * FRAMES)
        .map(|x| (x as f32 * 0.37).sin() * (x as f32 * 1e-4).cos())
        .collect();
    let encoded = model.encode(&mel);
    let cross_kvs: Vec<CrossKv> = (0..WINDOWS).map(|_| model.cross_kv(&encoded)).collect();
    let windows = cross_kvs.iter().flat_map(|cross_kv| std::iter::repeat_n(cross_kv, HYPOTHESES));
    let mut sequences: Vec<Sequence> = windows.map(|cross_kv| model.sequence(cross_kv)).collect();
    let mut sequences: Vec<&mut Sequence> = sequences.iter_mut().collect();
    let lead = [dims.vocabulary as u32 / 2; 40];
    model.step(&mut sequences, &[&lead[..]; SEQUENCES])?;

    let threads = rayon::current_num_threads();
    let peak = peak(threads);
    println!("\n## Share of the peak\n");
    println!(
        "Products of bytes that fit a near cache: {:.0} G a second with {threads} threads, best of \
         five. A window is 30 s, a step decodes {HYPOTHESES} hypotheses of each of {WINDOWS}.\n",
        peak / 1e9
    );
    println!("| part | products | time | G a second | of peak |\n|---|--:|--:|--:|--:|");
    let row = |part: &str, products: usize, time: Duration| {
        let rate = products as f64 / time.as_secs_f64();
        println!(
            "| {part} | {:.2} G | {:.1} ms | {:.0} | {:.0} % |",
            products as f64 / 1e9,
            time.as_secs_f64() * 1e3,
            rate / 1e9,
            100.0 * rate / peak
        );
    };
    let frames = FRAMES / 2;
    let products = encoder_products(&dims, frames);
    let attention = 2 * frames * frames * dims.state * dims.encoder_layers;
    row("encoder", products + attention, best(|| drop(model.encode(&mel))));
    row("encoder: products with weights", products, time_of_products(&dims, frames));
    row("encoder: attention", attention, time_of_attention(&dims, frames));
    let keys_and_values = 2 * frames * dims.state * dims.state * dims.decoder_layers;
    row("keys and values of a window", keys_and_values, best(|| drop(model.cross_kv(&encoded))));
    let state = dims.state;
    let per_layer = 14 * state * state + 2 * frames * state;
    let step = SEQUENCES * (dims.decoder_layers * per_layer + state * dims.vocabulary);
    let mut failed = None;
    let time = best(|| failed = model.step(&mut sequences, &[&lead[..1]; SEQUENCES]).err());
    row("decoding step", step, time);
    failed.map_or(Ok(()), |error| Err(error.into()))
}

/// Products a second of all threads together.
fn peak(threads: usize) -> f64 {
    const ROUNDS: usize = 400;
    let products = threads * saturate(ROUNDS);
    let time = best(|| {
        (0..threads).into_par_iter().for_each(|_| {
            std::hint::black_box(saturate(ROUNDS));
        });
    });
    products as f64 / time.as_secs_f64()
}

/// Multiplications with weights in the encoder: both convolutions, and in each layer queries, keys,
/// values, output and feed-forward.
fn encoder_products(dims: &Dims, frames: usize) -> usize {
    let convolutions =
        2 * frames * 3 * dims.mels * dims.state + frames * 3 * dims.state * dims.state;
    convolutions + frames * 12 * dims.state * dims.state * dims.encoder_layers
}

/// The same products without what lies between them.
fn time_of_products(dims: &Dims, frames: usize) -> Duration {
    let (state, mels) = (dims.state, dims.mels);
    let mut layers = vec![(2 * frames, 3 * mels, state, 1), (frames, 3 * state, state, 1)];
    for (inputs, outputs) in
        [(state, 3 * state), (state, state), (state, 4 * state), (4 * state, state)]
    {
        layers.push((frames, inputs, outputs, dims.encoder_layers));
    }
    let times = layers.into_iter().map(|(rows, inputs, outputs, count)| {
        let layer = Linear::new(&noise(inputs * outputs), None, inputs, Precision::Fast);
        let (values, mut out) = (noise(rows * inputs), vec![0.0; rows * outputs]);
        let rows = Rows::new(&values, rows, inputs);
        best(|| layer.apply(rows, &mut out, Epilogue::Store)) * count as u32
    });
    times.sum()
}

fn time_of_attention(dims: &Dims, frames: usize) -> Duration {
    let (values, mut out) = (noise(3 * frames * dims.state), vec![0.0; frames * dims.state]);
    let heads = dims.encoder_heads;
    let layer = best(|| self_attention(&values, dims.state, heads, Precision::Fast, &mut out));
    layer * dims.encoder_layers as u32
}

fn noise(count: usize) -> Vec<f32> {
    (0..count).map(|x| ((x * 7919) % 1009) as f32 / 504.5 - 1.0).collect()
}

/// The best of five times.
fn best(mut work: impl FnMut()) -> Duration {
    let mut timed = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..5).map(|_| timed()).min().unwrap_or_default()
}
