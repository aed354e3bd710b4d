//! The command line's contract, held against the built program: help, every error sentence word for
//! word, exit codes, and the shape of what goes to standard output.
//!
//! No test here reaches the network or the models of the person who runs it; those in `hearing` use a
//! speech model where one is installed and say when they skip.

mod archive;
mod bad_audio;
mod bad_text;
mod baseline;
mod captions;
mod configuration;
mod ends;
mod evidence;
mod harness;
mod hearing;
mod help;
mod library;
mod limits;
mod mapping;
mod models;
mod rule_pages;
mod sarif;
mod several;
mod texts;
