//! The Whisper network: against CTranslate2's recorded values, against a slow obvious twin with tiny
//! random weights, and with model folders that are damaged.

#![expect(clippy::unwrap_used, reason = "a test may fail anywhere")]

mod damaged;
mod golden;
mod packed;
mod plain;
mod tiny;
mod twins;
