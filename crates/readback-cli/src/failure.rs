//! Errors as people see them: one line on what went wrong, one on what to do about it.

use std::io;

use thiserror::Error;

/// An error with a piece of advice.
#[derive(Debug, Error)]
#[error("{message}")]
pub struct Advised {
    message: String,
    advice: String,
}

impl Advised {
    /// What went wrong, and what to do.
    pub fn new(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { message: message.into(), advice: advice.into() }
    }
}

/// An error that says what went wrong and what to do.
pub fn advised(message: impl Into<String>, advice: impl Into<String>) -> anyhow::Error {
    Advised::new(message, advice).into()
}

/// Says an error on standard error.
pub fn say(error: &anyhow::Error) {
    let style = anstyle::Style::new().bold().fg_color(Some(anstyle::AnsiColor::Red.into()));
    anstream::eprintln!("{style}error:{style:#} {}", chain(error));
    for advised in error.chain().filter_map(|cause| cause.downcast_ref::<Advised>()) {
        anstream::eprintln!("  {}", advised.advice);
    }
}

/// The error and its causes in one sentence; a cause that is already told is not told again.
fn chain(error: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if told.is_empty() {
            told = cause;
        } else if !told.contains(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    told
}

/// Whether the error is that nobody reads the output any more (`readback … | head`).
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn a_cause_that_is_already_told_is_not_told_again() {
        let cause = || io::Error::other("no space left");
        let twice = anyhow::Error::new(cause()).context("cannot write x: no space left");
        assert_eq!(chain(&twice), "cannot write x: no space left");
        let once = Err::<(), _>(cause()).context("cannot write x");
        assert_eq!(chain(&once.unwrap_err()), "cannot write x: no space left");
    }
}
