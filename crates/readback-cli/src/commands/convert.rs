//! `readback convert`: one transcript format into another.

use std::path::PathBuf;

use anyhow::Result;
use readback_formats::{Format, Loss, Parsed};
use readback_transcript::{LineIndex, Problem, Transcript};
use serde::Serialize;

use crate::failure::advised;
use crate::files::{self, Destination, HowToRead};
use crate::options::TextOrJson;
use crate::outcome::Outcome;

/// Turn a transcript into another format
///
/// Words, times and speakers are kept as far as the new format has a place for them; what it leaves out
/// is said. Captions need times: `readback align` gives them to a text.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Transcript to read, in any known format; `-` for standard input
    #[arg(value_name = "IN")]
    input: PathBuf,

    /// File to write, its ending deciding the format; `-` for standard output
    #[arg(value_name = "OUT")]
    output: PathBuf,

    /// Format to read, whatever the file looks like (see `readback formats`)
    #[arg(long, value_name = "FORMAT")]
    from: Option<String>,

    #[command(flatten)]
    reading: HowToRead,

    /// Format to write, whatever the file's ending says (see `readback formats`)
    #[arg(long, value_name = "FORMAT")]
    to: Option<String>,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,

    /// TextOrJson of the report: nothing for people, for programs what was read, written and left out
    #[arg(long, value_enum, default_value_t = TextOrJson::Text, value_name = "SHAPE")]
    format: TextOrJson,
}

/// The report for programs.
#[derive(Serialize)]
struct Document {
    readback: &'static str,
    input: End,
    output: End,
    losses: Vec<LossFacts>,
    problems: Vec<ProblemFacts>,
}

/// One end of the conversion.
#[derive(Serialize)]
struct End {
    path: String,
    format: &'static str,
    words: usize,
}

#[derive(Serialize)]
struct LossFacts {
    what: &'static str,
    count: usize,
    message: String,
}

#[derive(Serialize)]
struct ProblemFacts {
    line: usize,
    column: usize,
    message: String,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let Arguments { input, output, .. } = arguments;
    if arguments.format == TextOrJson::Json && files::is_standard(output) {
        return Err(advised(
            "standard output cannot take both the converted text and the report on it",
            "Give a file to write, or leave --format json out.",
        ));
    }
    let destination = Destination::new(Some(output), arguments.force)?;
    let to = destination.format(arguments.to.as_deref(), "text")?;
    let (from, Parsed { transcript, problems }) =
        files::read_in(input, arguments.from.as_deref(), &arguments.reading.options()?)?;
    let losses = destination.put(&transcript, &files::shown(input), to)?;
    if arguments.format == TextOrJson::Json {
        let words = transcript.words().count();
        let end =
            |path, format: &Format| End { path: files::shown(path), format: format.id, words };
        let document = Document {
            readback: env!("CARGO_PKG_VERSION"),
            input: end(input, from),
            output: end(output, to),
            losses: losses.iter().map(loss).collect(),
            problems: placed(&transcript, problems),
        };
        files::print(&(serde_json::to_string_pretty(&document)? + "\n"))?;
    }
    Ok(Outcome::Clean)
}

fn loss(loss: &Loss) -> LossFacts {
    LossFacts { what: loss.what.id(), count: loss.count, message: loss.to_string() }
}

fn placed(transcript: &Transcript, problems: Vec<Problem>) -> Vec<ProblemFacts> {
    let lines = LineIndex::new(&transcript.text);
    let place = |problem: Problem| {
        let place = lines.position(&transcript.text, problem.span.start);
        ProblemFacts { line: place.line, column: place.column, message: problem.message }
    };
    problems.into_iter().map(place).collect()
}
