//! The table of commands. One file for each: its arguments, its help and what it does.

mod add;
mod align;
mod backup;
mod caption;
mod check;
mod convert;
mod correct;
mod decide;
mod demo;
mod diff;
mod explain;
mod export;
mod formats;
mod import;
mod init;
mod list;
mod log;
mod models;
mod revise;
mod roster;
mod rules;
mod score;
mod search;
mod show;
mod stats;
mod transcribe;
mod verify;
mod watch;

use anyhow::Result;
use clap::Subcommand;

use crate::outcome::Outcome;

/// Makes the command line's subcommands of a table: what each is called, and its module.
macro_rules! commands {
    ($($name:ident => $module:ident,)*) => {
        /// What the program can be told to do.
        #[derive(Debug, Subcommand)]
        pub enum Command {
            $($name($module::Arguments),)*
        }

        /// Does it.
        pub fn run(command: Command) -> Result<Outcome> {
            match command {
                $(Command::$name(arguments) => $module::run(&arguments),)*
            }
        }
    };
}

// In the order of help.
commands! {
    Check => check,
    Transcribe => transcribe,
    Align => align,
    Caption => caption,
    Convert => convert,
    Score => score,
    Init => init,
    Add => add,
    List => list,
    Show => show,
    Revise => revise,
    Decide => decide,
    Log => log,
    Diff => diff,
    Correct => correct,
    Search => search,
    Export => export,
    Import => import,
    Verify => verify,
    Backup => backup,
    Stats => stats,
    Roster => roster,
    Watch => watch,
    Demo => demo,
    Models => models,
    Rules => rules,
    Explain => explain,
    Formats => formats,
}
