//! `readback rules`: every rule in one line.

use anyhow::Result;
use readback_check::RULES;

use crate::files;
use crate::outcome::Outcome;
use crate::report::severity;

/// List the rules that a text is checked by
///
/// Rules whose code starts with T read the text alone; those with A need the recording,
/// those with C captions and a guide (`readback check --preset`).
#[derive(Debug, clap::Args)]
pub struct Arguments {}

pub fn run(_arguments: &Arguments) -> Result<Outcome> {
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let lines = RULES.iter().map(|rule| {
        format!(
            "{}  {:width$}  {:7}  {}\n",
            rule.code,
            rule.name,
            severity(rule.severity),
            rule.summary
        )
    });
    files::print(&lines.collect::<String>())?;
    Ok(Outcome::Clean)
}
