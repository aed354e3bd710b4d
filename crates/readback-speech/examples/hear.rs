//! Prints what is heard in a recording as JSON:
//! `cargo run --release -p readback-speech --example hear -- MODEL_FOLDER AUDIO [LANGUAGE [DRAFT]]`, `DRAFT`
//! being a file with what is probably said.

use std::error::Error;
use std::ops::ControlFlow;
use std::path::Path;

use readback_audio::Recording;
use readback_speech::hear::{Engine, Options, hear};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, audio, rest @ ..] = &arguments[..] else {
        return Err("usage: hear MODEL_FOLDER AUDIO [LANGUAGE [DRAFT]]".into());
    };
    let engine = Engine::load(Path::new(model))?;
    let mut recording = Recording::open(Path::new(audio))?;

    // All of these may be left out; a draft only makes it faster.
    let mut options = Options::default();
    options.language = rest.first().cloned();
    options.draft = rest.get(1).map(std::fs::read_to_string).transpose()?.unwrap_or_default();
    options.length = recording.stated_length();

    let hearing = hear(&engine, &mut recording, &options, &mut |progress| {
        eprintln!("heard up to {}", progress.done);
        ControlFlow::Continue(())
    })?;

    // What is damaged in a recording is no error, but known once all of it was read.
    for warning in recording.warnings() {
        eprintln!("{warning}");
    }
    println!("{}", serde_json::to_string_pretty(&hearing)?);
    Ok(())
}
