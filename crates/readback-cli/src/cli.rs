//! The table of commands, how a run ends, and its exit code.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::commands::{
    add, align, backup, caption, check, convert, correct, decide, demo, diff, explain, export,
    formats, import, init, list, log, models, revise, roster, rules, score, search, show, stats,
    transcribe, verify, watch,
};
use crate::outcome::{FAILED, Outcome};
use crate::{failure, interrupt};

const ABOUT: &str = "Reads a transcript back against its recording and says where they differ.";

const AFTER: &str = "\
Exit codes:
  0  nothing to report (at or above --fail-on)
  1  there are findings
  2  something could not be read, written or understood
  3  the text is not a transcript of this recording

Results go to standard output, everything else to standard error; `-` stands for
standard input or output. Audio and text stay on this machine; only fetching a
speech model uses the network. NO_COLOR turns colours off.

First steps:
  readback demo                          see it work on a story of our own
  readback check story.txt story.mp3     read your own text back
  readback explain A003                  what a finding means";

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "readback", version, about = ABOUT, after_help = AFTER, max_term_width = 90)]
#[command(
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Transcribe(transcribe::Arguments),
    Align(align::Arguments),
    Caption(caption::Arguments),
    Convert(convert::Arguments),
    Score(score::Arguments),
    Init(init::Arguments),
    Add(add::Arguments),
    List(list::Arguments),
    Show(show::Arguments),
    Revise(revise::Arguments),
    Decide(decide::Arguments),
    Log(log::Arguments),
    Diff(diff::Arguments),
    Correct(correct::Arguments),
    Search(search::Arguments),
    Export(export::Arguments),
    Import(import::Arguments),
    Verify(verify::Arguments),
    Backup(backup::Arguments),
    Stats(stats::Arguments),
    Roster(roster::Arguments),
    Watch(watch::Arguments),
    Demo(demo::Arguments),
    Models(models::Arguments),
    Rules(rules::Arguments),
    Explain(explain::Arguments),
    Formats(formats::Arguments),
}

/// Runs the command line `arguments`, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    interrupt::install();
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(usage) => {
            // Nobody is left to tell when even this cannot be printed.
            let _ = usage.print();
            return ExitCode::from(if usage.use_stderr() { FAILED } else { 0 });
        }
    };
    match dispatch(cli.command) {
        Ok(outcome) => outcome.code().into(),
        Err(error) if failure::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            failure::say(&error);
            FAILED.into()
        }
    }
}

fn dispatch(command: Command) -> Result<Outcome> {
    match command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Transcribe(arguments) => transcribe::run(&arguments),
        Command::Align(arguments) => align::run(&arguments),
        Command::Caption(arguments) => caption::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Score(arguments) => score::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Add(arguments) => add::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Revise(arguments) => revise::run(&arguments),
        Command::Decide(arguments) => decide::run(&arguments),
        Command::Log(arguments) => log::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Correct(arguments) => correct::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Backup(arguments) => backup::run(&arguments),
        Command::Stats(arguments) => stats::run(&arguments),
        Command::Roster(arguments) => roster::run(&arguments),
        Command::Watch(arguments) => watch::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Models(arguments) => models::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Formats(arguments) => formats::run(&arguments),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_table_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_every_argument_explains_itself() {
        for command in Cli::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments() {
                assert!(
                    argument.get_help().is_some(),
                    "{} {}",
                    command.get_name(),
                    argument.get_id()
                );
            }
        }
    }
}
