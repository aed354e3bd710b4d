//! `readback log`: what happened to a story.

use anyhow::Result;
use readback_archive::{Act, Entry, Revision, Slug};
use readback_transcript::{Altered, Part, compare};

use crate::archive::Place;
use crate::outcome::Outcome;
use crate::report;

/// Show what happened to a story, the last first
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The story
    #[arg(value_name = "STORY")]
    story: Slug,

    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let Arguments { story, place } = arguments;
    let history = place.open()?.history(story)?;
    place.print(&history, || told(&history))?;
    Ok(Outcome::Clean)
}

fn told(history: &[Entry]) -> String {
    let mut parent: Option<&Revision> = None;
    let mut blocks = Vec::new();
    for entry in history {
        blocks.push(block(entry, parent));
        if let Act::Revision(revision) = &entry.act {
            parent = Some(revision);
        }
    }
    blocks.reverse();
    blocks.join("\n")
}

fn block(entry: &Entry, parent: Option<&Revision>) -> String {
    let (heading, body) = match &entry.act {
        Act::About(about) => ("story".to_owned(), about.title.clone()),
        Act::Recording(it) => ("recording".to_owned(), format!("{} ({})", it.name, it.hash)),
        Act::Revision(it) => {
            let changes = parent.map_or_else(
                || report::count(it.transcript.words().count(), "word"),
                |parent| changes(&compare(&parent.transcript, &it.transcript), it),
            );
            let why =
                if it.reason.is_empty() { String::new() } else { format!("{}\n    ", it.reason) };
            (format!("revision {} ({})", it.number, it.state), format!("{why}{changes}"))
        }
        Act::Findings { revision, findings, against } => {
            let how = if against.is_some() { "read back" } else { "checked" };
            let found = report::count(findings.len(), "finding");
            (format!("revision {revision} {how}"), found)
        }
        Act::Decision(it) => {
            let why = if it.reason.is_empty() { String::new() } else { format!(": {}", it.reason) };
            (format!("finding {}", it.verdict.name()), format!("{} {}{why}", it.rule, it.place))
        }
        Act::Notice(it) => {
            (format!("notice on revision {} ({})", it.revision, it.class.name()), it.text.clone())
        }
        Act::Name { name } => ("name settled".to_owned(), name.clone()),
        Act::Unname { name } => ("name unsettled".to_owned(), name.clone()),
    };
    let time = entry.time.strftime("%a %b %-d %H:%M:%S %Y UTC");
    format!("{heading}\nAuthor: {}\nDate:   {time}\n\n    {body}\n", entry.author)
}

/// How much a revision changed, in one line.
fn changes(parts: &[Part], revision: &Revision) -> String {
    let count =
        |is_it: fn(Altered) -> bool| parts.iter().filter(|part| is_it(part.altered)).count();
    let kinds = [
        (count(|it| it == Altered::Words), "change"),
        (count(|it| it == Altered::Label), "changed label"),
        (count(|it| it == Altered::Cue), "changed cue"),
        (count(|it| matches!(it, Altered::Moved(_))) / 2, "moved paragraph"),
        (count(|it| it == Altered::Formatting), "change of formatting"),
    ];
    let told = kinds.iter().filter(|it| it.0 > 0);
    let told: Vec<String> = told
        .map(|&(number, what)| match what {
            "change of formatting" if number > 1 => format!("{number} changes of formatting"),
            _ => report::count(number, what),
        })
        .collect();
    if told.is_empty() {
        format!("the words are the same; now {}", revision.state)
    } else {
        told.join(", ")
    }
}
