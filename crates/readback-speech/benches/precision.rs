//! How far the fast precision is from the exact one:
//! `cargo bench -p readback-speech --bench precision -- MODEL_FOLDER AUDIO…`. The exact network writes down
//! the first windows of each recording; both score what it wrote.

use std::error::Error;
use std::path::Path;

use readback_audio::Recording;
use readback_speech::features::{LogMel, MOST_FRAMES};
use readback_speech::model::{Model, Precision, TokenId};
use readback_speech::tokenizer::Tokenizer;
use readback_speech::windows::{Cutter, SampledWindow};

/// Windows of each recording.
const WINDOWS: usize = 4;
/// Most tokens written for a window.
const TOKENS: usize = 120;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds an argument of its own.
    let arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let arguments: Vec<String> = arguments.collect();
    let [folder, recordings @ ..] = &arguments[..] else {
        eprintln!("skipped; usage: precision MODEL_FOLDER AUDIO…");
        return Ok(());
    };
    let folder = Path::new(folder);
    let exact = Model::load_as(folder, Precision::Exact)?;
    let fast = Model::load_as(folder, Precision::Fast)?;
    let tokenizer = Tokenizer::load(folder)?;
    let log_mel = LogMel::new(exact.dims().mels);
    let (mut differences, mut of_windows) = (Vec::new(), Vec::new());
    for recording in recordings {
        for window in first_windows(Path::new(recording))? {
            let mel = log_mel.spectrogram(&window.samples, MOST_FRAMES);
            let opening = tokenizer.opening("en");
            let tokens = write(&exact, &mel, &opening)?;
            let wanted = score(&exact, &mel, &tokens, opening.len())?;
            let found = score(&fast, &mel, &tokens, opening.len())?;
            let new: Vec<f32> = found.iter().zip(wanted).map(|(x, y)| x - y).collect();
            of_windows.push(new.iter().sum());
            differences.extend(new);
        }
    }
    report("tokens", &differences);
    report("whole windows", &of_windows);
    Ok(())
}

fn first_windows(recording: &Path) -> Result<Vec<SampledWindow>, Box<dyn Error>> {
    let mut cutter = Cutter::default();
    let mut windows: Vec<SampledWindow> = Vec::new();
    for block in Recording::open(recording)? {
        windows.extend(cutter.push(&block));
    }
    windows.truncate(WINDOWS);
    Ok(windows)
}

/// The opening and the likeliest token after each token.
fn write(model: &Model, mel: &[f32], opening: &[TokenId]) -> Result<Vec<TokenId>, Box<dyn Error>> {
    let cross_kv = model.cross_kv(&model.encode(mel));
    let mut sequence = model.sequence(&cross_kv);
    let mut tokens = opening.to_vec();
    let mut logits = model.step(&mut [&mut sequence], &[opening])?;
    while tokens.len() < TOKENS {
        let all = logits[0].iter().zip(0..);
        let next = all.max_by(|x, y| x.0.total_cmp(y.0)).map_or(0, |(_, token)| token);
        tokens.push(next);
        if next >= opening[0] - 1 {
            break;
        }
        logits = model.step(&mut [&mut sequence], &[&[next]])?;
    }
    Ok(tokens)
}

fn score(
    model: &Model,
    mel: &[f32],
    tokens: &[TokenId],
    from: usize,
) -> Result<Vec<f32>, Box<dyn Error>> {
    let cross_kv = model.cross_kv(&model.encode(mel));
    Ok(model.force(&cross_kv, tokens, from)?.log_probabilities)
}

fn report(what: &str, differences: &[f32]) {
    let mut sizes: Vec<f32> = differences.iter().map(|x| x.abs()).collect();
    sizes.sort_by(f32::total_cmp);
    let count = sizes.len();
    let mean = sizes.iter().sum::<f32>() / count as f32;
    let drift = differences.iter().sum::<f32>() / count as f32;
    println!(
        "{count} {what}: mean difference {mean:.4} nats, 99th percentile {:.3}, largest {:.3}; drift {drift:.4}",
        sizes[count * 99 / 100],
        sizes[count - 1],
    );
}
