//! Hears a recording once and reads many texts back against it: `read_back MODEL AUDIO TEXT…`. Prints a
//! line of JSON for each text: the `report`, as `readback check --format json` has it, and the
//! `differences`, as `--heard` has them. `cargo xtask eval` measures and fits with it.

use std::path::Path;

use anyhow::{Result, bail};
use readback_check::Style;
use readback_cli::report::{self, Shape};
use readback_cli::{Listening, differences, pipeline};
use serde_json::{Value, json};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, audio, texts @ ..] = &arguments[..] else {
        bail!("usage: read_back MODEL AUDIO TEXT…");
    };
    let listening = Listening { model: Some(model.clone()), language: None, threads: None };
    let recording = pipeline::open(Path::new(audio))?;
    let listener = pipeline::NamedListener::new(&listening)?;
    let texts = texts.iter().map(|text| pipeline::read_text(Path::new(text)));
    let texts: Vec<_> = texts.collect::<Result<_>>()?;
    let Some(first) = texts.first() else { return Ok(()) };
    let mut attended = listener.attend(recording, first)?;
    for text in texts {
        let checked = attended.check(text, &Style::default())?;
        let report: Value = serde_json::from_str(&report::render(&checked, Shape::Json, 80))?;
        println!("{}", json!({ "report": report, "differences": differences(&checked) }));
    }
    Ok(())
}
