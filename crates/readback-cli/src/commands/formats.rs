//! `readback formats`: every transcript and caption format, as a table for people, for programs, or for
//! the documentation.

use anyhow::Result;
use readback_formats::{FORMATS, Format, Way};
use serde::Serialize;

use crate::files;
use crate::outcome::Outcome;

/// List the transcript and caption formats that can be read and written
///
/// What a format has no place for is left out in writing, and that is said.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Shape of the list
    #[arg(long, value_enum, default_value_t = Shape::Text, value_name = "SHAPE")]
    format: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    /// For people
    Text,
    /// For programs
    Json,
    /// A table for a document, with what each format is compared with in Readback's tests
    Markdown,
}

#[derive(Serialize)]
struct Document {
    readback: &'static str,
    formats: Vec<Facts>,
}

/// What there is to say about a format.
#[derive(Serialize)]
struct Facts {
    id: &'static str,
    name: &'static str,
    endings: &'static [&'static str],
    media_type: &'static str,
    reads: bool,
    writes: bool,
    /// Why it is not read, or not written.
    why_not: Option<&'static str>,
    carries: Vec<&'static str>,
    oracle: &'static str,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let formats: Vec<Facts> = FORMATS.iter().map(|format| facts(format)).collect();
    files::print(&match arguments.format {
        Shape::Text => table(&formats),
        Shape::Json => {
            let document = Document { readback: env!("CARGO_PKG_VERSION"), formats };
            serde_json::to_string_pretty(&document)? + "\n"
        }
        Shape::Markdown => markdown(&formats),
    })?;
    Ok(Outcome::Clean)
}

fn facts(format: &Format) -> Facts {
    let why_not = match (format.read, format.write) {
        (Way::Closed(reason), _) | (_, Way::Closed(reason)) => Some(reason),
        _ => None,
    };
    Facts {
        id: format.id,
        name: format.name,
        endings: format.extensions,
        media_type: format.media_type,
        reads: format.read.is_open(),
        writes: format.write.is_open(),
        why_not,
        carries: format.carries.held(),
        oracle: format.oracle,
    }
}

impl Facts {
    fn endings(&self) -> String {
        self.endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(" ")
    }
}

/// A line for each format, in columns as wide as their widest cell.
fn table(formats: &[Facts]) -> String {
    let head = ["id", "endings", "reads", "writes", "carries", "name"].map(str::to_owned);
    let yes = |way| if way { "yes" } else { "-" }.to_owned();
    let row = |facts: &Facts| {
        let (id, name, carries) = (facts.id.into(), facts.name.into(), facts.carries.join(", "));
        [id, facts.endings(), yes(facts.reads), yes(facts.writes), carries, name]
    };
    let rows: Vec<[String; 6]> = std::iter::once(head).chain(formats.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(width).collect();
    let line = |row: &[String; 6]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

fn markdown(formats: &[Facts]) -> String {
    let mut out = String::from(
        "| id | name | endings | media type | read | write | carries | compared with |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for facts in formats {
        let why_not = facts.why_not.unwrap_or_default();
        let way = |open| if open { "yes".to_owned() } else { format!("no: {why_not}") };
        out += &format!(
            "| `{}` | {} | `{}` | `{}` | {} | {} | {} | {} |\n",
            facts.id,
            facts.name,
            facts.endings(),
            facts.media_type,
            way(facts.reads),
            way(facts.writes),
            facts.carries.join(", "),
            facts.oracle
        );
    }
    out
}
