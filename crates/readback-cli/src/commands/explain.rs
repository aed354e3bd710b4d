//! `readback explain`: the manual page of one rule.

use anyhow::Result;
use readback_check::Rule;

use crate::failure::advised;
use crate::files;
use crate::outcome::Outcome;

/// Explain what a finding means and what to do about it
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Code or name of the rule, as a finding shows it: A003 or said-otherwise
    #[arg(value_name = "CODE")]
    code: String,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let rule = Rule::named(&arguments.code).ok_or_else(|| {
        let message = format!("there is no rule {}", arguments.code);
        advised(message, "`readback rules` lists them all.")
    })?;
    let (code, name, severity) = (rule.code, rule.name, rule.severity);
    files::print(&format!("{code} {name} ({severity})\n\n{}\n", rule.manual.trim()))?;
    Ok(Outcome::Clean)
}
