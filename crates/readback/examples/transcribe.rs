//! Writes down what is said in a recording, as WebVTT: `transcribe MODEL AUDIO`. It stops, to show how, when
//! an hour has been heard.

use std::{env, error::Error, io, io::Write, ops::ControlFlow, path::Path};

use readback::transcript::{Instant, Length};
use readback::{Listener, ListenerOptions, Progress, Recording, formats};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [model, audio] = &arguments[..] else {
        return Err("usage: transcribe MODEL AUDIO".into());
    };
    let listener = Listener::load(Path::new(model), &ListenerOptions::default())?;
    let mut recording = Recording::open(Path::new(audio))?;
    let hearing = listener.hear(&mut recording, |progress| up_to_an_hour(&progress))?;
    let transcript = formats::from_words(&hearing.words, Some(&hearing.language));
    let vtt = formats::format_for("vtt").ok_or("WebVTT is in the table of formats")?;
    let captions = formats::write(&transcript, vtt, &formats::WriteOptions::default())?;
    Ok(io::stdout().write_all(&captions)?)
}

fn up_to_an_hour(progress: &Progress) -> ControlFlow<()> {
    eprintln!("{}", progress.done);
    if progress.done < Instant::START + Length::from_seconds(3600.0) {
        ControlFlow::Continue(())
    } else {
        ControlFlow::Break(())
    }
}
