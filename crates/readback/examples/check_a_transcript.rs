//! Reads a transcript back against its recording: `check_a_transcript MODEL TRANSCRIPT AUDIO`.

use std::{env, error::Error, fs, ops::ControlFlow, path::Path};

use readback::{Listener, ListenerOptions, Recording, Style, formats};

fn main() -> Result<(), Box<dyn Error>> {
    let [model, text, audio] = env::args().skip(1).collect::<Vec<_>>().try_into().expect("three");
    let transcript = formats::read(&fs::read(&text)?, Some(&text))?.transcript;
    let listener = Listener::load(Path::new(&model), &ListenerOptions::default())?;
    let mut recording = Recording::open(Path::new(&audio))?;
    let mut heard = listener.attend(&mut recording, &transcript, |_| ControlFlow::Continue(()))?;
    for finding in heard.check(&transcript, &Style::default())?.findings {
        println!("{} {}", finding.rule.code, finding.message);
    }
    Ok(())
}
