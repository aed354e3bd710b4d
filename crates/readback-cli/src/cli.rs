//! The command line as a whole: what stands above all commands, how a run ends, and its exit code.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::commands::{self, Command};
use crate::outcome::FAILED;
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
    match commands::run(cli.command) {
        Ok(outcome) => outcome.code().into(),
        Err(error) if failure::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            failure::say(&error);
            FAILED.into()
        }
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
