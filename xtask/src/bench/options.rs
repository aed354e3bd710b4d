//! What can be asked of the benchmark.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// Printed by `--help`.
pub const HELP: &str = "\
cargo xtask bench [OPTIONS]

  --model NAME     which weights, for every contender (base)
  --runs N         counted runs of each contender on each recording (5)
  --threads N      threads for each contender (2)
  --quick          the demo story only, three runs
  --long           also 10 and 60 minutes of joined clips, one run each of the hour
  --ten-hours      as --long, and 10 hours of joined clips, which `check` alone reads back, once
  --binary FILE    this build of Readback instead of a fresh release build
  --write FILE     also write the tables there, as docs/performance.md

Clips come from the evaluation corpus, where $READBACK_CORPUS or ../shared/corpus holds one.";

/// What is listened to, each with all before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// The demo story.
    Demo,
    /// Single clips.
    Clips,
    /// Clips joined to 10 and 60 minutes.
    Hour,
    /// Clips joined to 10 hours.
    TenHours,
}

/// The options as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Name of the model.
    pub model: String,
    /// Counted runs.
    pub runs: usize,
    /// Threads for each contender.
    pub threads: usize,
    /// How much of all there is to listen to.
    pub extent: Extent,
    /// A build to measure.
    pub binary: Option<PathBuf>,
    /// Where to write the report.
    pub write: Option<PathBuf>,
    /// Only say what there is to ask.
    pub help: bool,
}

impl Options {
    /// Reads the arguments after `bench`.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self::default();
        let mut runs = None;
        let mut rest = arguments.iter();
        while let Some(option) = rest.next() {
            let mut value = || rest.next().with_context(|| format!("{option} needs a value"));
            match option.as_str() {
                "--model" => options.model.clone_from(value()?),
                "--runs" => runs = Some(count(option, value()?)?),
                "--threads" => options.threads = count(option, value()?)?,
                "--quick" => options.extent = Extent::Demo,
                "--long" => options.extent = Extent::Hour,
                "--ten-hours" => options.extent = Extent::TenHours,
                "--binary" => options.binary = Some(value()?.into()),
                "--write" => options.write = Some(value()?.into()),
                "--help" | "-h" => options.help = true,
                other => bail!("unknown option {other}\n\n{HELP}"),
            }
        }
        options.runs =
            runs.unwrap_or(if options.extent == Extent::Demo { 3 } else { options.runs });
        Ok(options)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            model: "base".into(),
            runs: 5,
            threads: 2,
            extent: Extent::Clips,
            binary: None,
            write: None,
            help: false,
        }
    }
}

/// A number of at least 1.
fn count(option: &str, value: &str) -> Result<usize> {
    match value.parse() {
        Ok(count) if count > 0 => Ok(count),
        _ => bail!("{option} needs a number of at least 1, not {value:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options> {
        Options::parse(&line.split_whitespace().map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn a_quick_look_runs_less_often_unless_told_otherwise() {
        assert_eq!(parse("").expect("valid").runs, 5);
        assert_eq!(parse("--quick").expect("valid").runs, 3);
        assert_eq!(parse("--runs 1 --quick").expect("valid").runs, 1);
    }

    #[test]
    fn a_wrong_option_says_what_there_is() {
        let error = parse("--fast").expect_err("no such option").to_string();
        assert!(error.starts_with("unknown option --fast") && error.contains("--quick"), "{error}");
        assert!(parse("--runs 0").is_err());
        assert!(parse("--model").is_err());
    }
}
