//! How long the network's parts take, best of five runs each:
//! `cargo bench -p readback-speech --bench speed -- MODEL_FOLDER [SECONDS [exact]]`.

use std::path::Path;
use std::time::{Duration, Instant};

use readback_speech::model::{Model, Precision, Sequence};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Cargo adds an argument of its own.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let Some(folder) = arguments.next() else {
        eprintln!("skipped; usage: speed MODEL_FOLDER [SECONDS [exact]]");
        return Ok(());
    };
    let seconds: usize = arguments.next().map_or(Ok(30), |text| text.parse())?;
    let exact = arguments.next().is_some_and(|word| word == "exact");
    let precision = if exact { Precision::Exact } else { Precision::Fast };
    let start = Instant::now();
    let model = Model::load_as(Path::new(&folder), precision)?;
    println!("load                       {:7.1} ms", milliseconds(start.elapsed()));
    let mel: Vec<f32> = (0..model.dims().mels * seconds * 100)
        .map(|x| (x as f32 * 0.37).sin() * (x as f32 * 1e-4).cos())
        .collect();
    let encoded = model.encode(&mel);
    report("encode one window", || drop(model.encode(&mel)));
    report("keys and values", || drop(model.cross_kv(&encoded)));
    let cross_kv = model.cross_kv(&encoded);
    println!("  size                    {:7.1} MB", cross_kv.bytes() as f64 / 1e6);
    let tokens: Vec<u32> = (0..150).map(|x| 1000 + x * 13).collect();
    report("force 150 tokens", || drop(model.force(&cross_kv, &tokens, 4)));
    for batch in [1, 4, 8, 16] {
        let mut sequences: Vec<Sequence> = (0..batch).map(|_| model.sequence(&cross_kv)).collect();
        let mut sequences: Vec<&mut Sequence> = sequences.iter_mut().collect();
        model.step(&mut sequences, &vec![&tokens[..60]; batch])?;
        report(&format!("step of {batch} sequences"), || {
            drop(model.step(&mut sequences, &vec![&tokens[..1]; batch]));
        });
    }
    Ok(())
}

fn report(what: &str, mut work: impl FnMut()) {
    let mut timed = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let best = (0..5).map(|_| timed()).min().unwrap_or_default();
    println!("{what:26} {:7.1} ms", milliseconds(best));
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
