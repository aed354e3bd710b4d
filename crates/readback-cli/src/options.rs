//! Options that several commands have: how to listen, where a result goes and in which shape. They do not
//! know what any command does with them.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use readback_formats::{CAPTION_PRESETS, CaptionPreset};

/// The options of every command that listens.
#[derive(Clone, Debug, clap::Args)]
pub struct Listening {
    /// Speech model: a known name (see `readback models list`) or a folder [default: base]
    #[arg(long, value_name = "MODEL")]
    pub model: Option<String>,

    /// Language that is spoken, as a two-letter code; heard from the recording if not given
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub language: Option<String>,

    /// How many processor cores to use [default: all]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// Where a written result goes.
#[derive(Debug, clap::Args)]
pub struct WrittenTo {
    /// File to write; its ending decides the format [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Format to write, whatever the file's ending says (see `readback formats`)
    #[arg(long, value_name = "FORMAT")]
    pub to: Option<String>,

    /// Replace the file if it exists
    #[arg(long)]
    pub force: bool,
}

/// The shape of a result that people read and programs do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum TextOrJson {
    /// For people
    Text,
    /// For programs
    Json,
}

/// A language's code as it is meant, or the advice to give one.
pub fn language(given: &str) -> Result<String, String> {
    let code = given.to_ascii_lowercase();
    let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
    if is_code { Ok(code) } else { Err("give a code such as en, fr or de".into()) }
}

/// Takes the name of a caption preset; help lists them.
pub fn presets() -> impl TypedValueParser<Value = &'static CaptionPreset> {
    let names = PossibleValuesParser::new(CAPTION_PRESETS.iter().map(|preset| preset.id));
    names.map(|name| CaptionPreset::named(&name).expect("the parser lets only their names through"))
}
