//! Turns a transcript or captions into another format: `convert IN OUT`. What was malformed in the one, and
//! what the other has no place for, is said.

use std::{env, error::Error, fs, path::Path};

use readback::formats;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, output] = &arguments[..] else { return Err("usage: convert IN OUT".into()) };
    let formats::Parsed { transcript, problems, .. } =
        formats::read(&fs::read(input)?, Some(input))?;
    for problem in problems {
        eprintln!("{input}, byte {}: {}", problem.span.start, problem.message);
    }
    let ending = Path::new(output).extension().and_then(|ending| ending.to_str());
    let format = ending.and_then(formats::format_for).ok_or("no format has this ending")?;
    fs::write(output, formats::write(&transcript, format, &formats::WriteOptions::default())?)?;
    for loss in formats::losses(&transcript, format.carries) {
        eprintln!("{output} leaves out {loss}");
    }
    Ok(())
}
