//! Readback's command line, and the pipeline under it: recording → hearing → audit → report.
//!
//! This crate wires the others together and talks to people; it holds no rule, format or speech code.

mod archive;
mod baseline;
pub mod cli;
mod commands;
mod configuration;
mod demo;
mod failure;
mod files;
mod fixes;
mod heard;
mod interrupt;
pub mod models;
pub mod pipeline;
mod progress;
pub mod report;

pub use commands::Listening;
pub use heard::differences;
