//! Readback's command line: commands, configuration, the archive's desk work, fetched models, reports.
//!
//! This crate talks to people. It holds no rule, format or speech code, and nothing that another program
//! would want: that is in `readback`.

mod archive;
mod baseline;
pub mod cli;
mod commands;
mod configuration;
mod demo;
mod failure;
mod files;
mod fixes;
mod folders;
mod heard;
mod interrupt;
pub mod models;
mod options;
mod outcome;
pub mod pipeline;
mod progress;
pub mod report;

pub use heard::differences;
pub use options::Listening;
