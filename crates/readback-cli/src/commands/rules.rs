//! `readback rules`: every rule in one line, or all as JSON.

use anyhow::Result;
use readback_check::{RULES, Rule};
use serde::Serialize;

use crate::files;
use crate::outcome::Outcome;

/// List the rules that a text is checked by
///
/// Rules whose code starts with T read the text alone; those with A need the recording,
/// those with C captions and a guide (`readback check --preset`).
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Print them as JSON, for programs
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    files::print(&if arguments.json { as_json() } else { in_lines() })?;
    Ok(Outcome::Clean)
}

fn in_lines() -> String {
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let lines = RULES.iter().map(|rule| {
        format!("{}  {:width$}  {:7}  {}\n", rule.code, rule.name, rule.severity, rule.summary)
    });
    lines.collect()
}

/// What programs are told of a rule.
#[derive(Serialize)]
struct RuleFacts {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    summary: &'static str,
    needs: &'static str,
}

fn as_json() -> String {
    let facts = |rule: &&Rule| RuleFacts {
        code: rule.code,
        name: rule.name,
        severity: rule.severity.name(),
        summary: rule.summary,
        needs: rule.needs.name(),
    };
    let rules: Vec<RuleFacts> = RULES.iter().map(facts).collect();
    serde_json::to_string_pretty(&rules).expect("strings always serialise") + "\n"
}
