//! `readback decide`: what an editor thinks of a finding.

use anyhow::Result;
use readback_archive::Verdict;

use crate::archive::{Author, Place, Reference, now};
use crate::outcome::Outcome;

/// Decide about findings of a story
///
/// `readback check STORY` finds, `readback show STORY --findings` numbers. What is rejected stays rejected
/// in later revisions, as long as its words, those beside them and the recording are the same.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The story, as NAME or NAME@REVISION
    #[arg(value_name = "STORY[@REV]")]
    story: Reference,

    /// Whether the text is wrong there, right, or to be looked at later
    #[arg(value_enum, value_name = "VERDICT")]
    verdict: Choice,

    /// Numbers of the findings
    #[arg(value_name = "NUMBER", required = true)]
    numbers: Vec<usize>,

    /// Why
    #[arg(long, short = 'm', value_name = "WHY", default_value = "")]
    reason: String,

    #[command(flatten)]
    author: Author,

    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Choice {
    /// The text is wrong
    Accept,
    /// The text is right
    Reject,
    /// Later
    Defer,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let Arguments { story, place, numbers, reason, .. } = arguments;
    let mut archive = place.open()?;
    let revision = archive.revision(&story.slug, story.revision)?.number;
    let verdict = match arguments.verdict {
        Choice::Accept => Verdict::Accepted,
        Choice::Reject => Verdict::Rejected,
        Choice::Defer => Verdict::Deferred,
    };
    let mut decided = Vec::new();
    for &number in numbers {
        let (of, what) = ((revision, number), (verdict, reason.as_str()));
        decided.push(archive.decide(&story.slug, of, what, &arguments.author.name(), now())?);
    }
    let line = |it: &readback_archive::KeptFinding| {
        format!("{}: {}: {}\n", verdict.name(), it.rule, it.message)
    };
    place.print(&decided, || decided.iter().map(line).collect())?;
    Ok(Outcome::Clean)
}
