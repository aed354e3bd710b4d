//! Prints what is heard in a recording as JSON: `cargo run --release -p readback-speech --example hear -- MODEL AUDIO [LANGUAGE [DRAFT]]`,
//! `DRAFT` being a file with what is probably said.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use readback_audio::Recording;
use readback_speech::hear::{Engine, Options, hear};
use readback_transcript::Witness;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, audio, rest @ ..] = &arguments[..] else {
        return Err("give the folder of a model and a recording".into());
    };
    let engine = Engine::load(Path::new(model))?;
    let mut recording = Recording::open(Path::new(audio))?;
    let options = Options {
        language: rest.first().cloned(),
        draft: rest.get(1).map(std::fs::read_to_string).transpose()?.unwrap_or_default(),
        length: recording.stated_length(),
        ..Options::default()
    };
    let start = Instant::now();
    let heard = hear(&engine, &mut recording, &options, &mut |progress| {
        eprintln!("{} after {:.1} s", progress.done, start.elapsed().as_secs_f64());
    })?;
    eprintln!("{:.1} s", start.elapsed().as_secs_f64());
    for warning in recording.warnings() {
        eprintln!("{warning}");
    }
    println!("{}", serde_json::to_string_pretty(heard.hearing())?);
    Ok(())
}
