//! What can be asked of the evaluation.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::clips::Set;
use super::plant::{KINDS, Mix, Preset};

/// Printed by `--help`.
pub const HELP: &str = "\
cargo xtask eval [OPTIONS] [NAME...]

Plants faults in true transcripts, lets `readback check` find them, and says how well it did.
NAME restricts it to these recordings (`court`, `synth_courts_water`).

  --seeds LIST      seeds, separated by commas: one faulty copy of each text for each (1,2,3,4,5)
  --preset NAME     heavy, normal, realistic: how many faults of which kinds (heavy)
  --only LIST       plant these kinds only
  --exclude LIST    plant none of these kinds
  --stories SET     evaluation or training; confidence weights are fitted on training stories (evaluation)
  --no-corpus       the project's own stories only; training stories never come with the corpus
  --model NAME      the model that listens (base)
  --binary FILE     this build of the example `read_back` instead of a fresh one
  --write FILE      also write the report there, as docs/accuracy.md
  --json FILE       also write every figure and every miss there
  --verbose         list every false alarm, miss and wrong finding

Clips come from the evaluation corpus, where $READBACK_CORPUS or ../shared/corpus holds one. Faulty
texts and their labels stay in target/eval.";

/// The options as given.
#[derive(Clone, Debug)]
pub struct Options {
    /// Recordings by name; empty means all.
    pub names: Vec<String>,
    /// Seeds of the faulty copies.
    pub seeds: Vec<u64>,
    /// What to plant.
    pub mix: Mix,
    /// Which of the stories.
    pub stories: Set,
    /// Whether clips of the corpus take part where it exists.
    pub corpus: bool,
    /// Name of the model.
    pub model: String,
    /// A build to measure.
    pub binary: Option<PathBuf>,
    /// Where to write the report.
    pub write: Option<PathBuf>,
    /// Where to write the figures.
    pub json: Option<PathBuf>,
    /// List what went wrong.
    pub verbose: bool,
    /// Only say what there is to ask.
    pub help: bool,
}

impl Options {
    /// Reads the arguments after `eval`.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(option) = rest.next() {
            let mut value = || rest.next().with_context(|| format!("{option} needs a value"));
            match option.as_str() {
                "--seeds" => options.seeds = seeds(value()?)?,
                "--preset" => options.mix.preset = preset(value()?)?,
                "--only" => options.mix.only = kinds(value()?)?,
                "--exclude" => options.mix.exclude = kinds(value()?)?,
                "--stories" => options.stories = set(value()?)?,
                "--no-corpus" => options.corpus = false,
                "--model" => options.model.clone_from(value()?),
                "--binary" => options.binary = Some(value()?.into()),
                "--write" => options.write = Some(value()?.into()),
                "--json" => options.json = Some(value()?.into()),
                "--verbose" => options.verbose = true,
                "--help" | "-h" => options.help = true,
                other if other.starts_with('-') => bail!("unknown option {other}\n\n{HELP}"),
                name => options.names.push(name.to_owned()),
            }
        }
        options.corpus &= options.stories == Set::Evaluation;
        Ok(options)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            seeds: vec![1, 2, 3, 4, 5],
            mix: Mix { preset: Preset::Heavy, only: Vec::new(), exclude: Vec::new() },
            stories: Set::Evaluation,
            corpus: true,
            model: "base".into(),
            binary: None,
            write: None,
            json: None,
            verbose: false,
            help: false,
        }
    }
}

/// Seeds, separated by commas.
pub fn seeds(list: &str) -> Result<Vec<u64>> {
    let parsed: Option<Vec<u64>> = list.split(',').map(|seed| seed.parse().ok()).collect();
    parsed.with_context(|| format!("--seeds needs numbers separated by commas, not {list:?}"))
}

fn preset(name: &str) -> Result<Preset> {
    match name {
        "heavy" => Ok(Preset::Heavy),
        "normal" => Ok(Preset::Normal),
        "realistic" => Ok(Preset::Realistic),
        other => bail!("--preset is heavy, normal or realistic, not {other:?}"),
    }
}

fn set(name: &str) -> Result<Set> {
    match name {
        "evaluation" => Ok(Set::Evaluation),
        "training" => Ok(Set::Training),
        other => bail!("--stories is evaluation or training, not {other:?}"),
    }
}

/// Names of kinds, each of which there must be.
fn kinds(list: &str) -> Result<Vec<String>> {
    let names: Vec<String> = list.split(',').map(str::to_owned).collect();
    if let Some(unknown) = names.iter().find(|name| KINDS.iter().all(|kind| kind.name != **name)) {
        let known: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        bail!("no kind of fault is called {unknown:?}; there are {}", known.join(", "));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options> {
        Options::parse(&line.split_whitespace().map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn training_stories_never_come_with_the_corpus() {
        assert!(parse("").expect("valid").corpus);
        assert!(!parse("--stories training").expect("valid").corpus);
        assert!(!parse("--no-corpus").expect("valid").corpus);
    }

    #[test]
    fn a_word_that_is_no_option_names_a_recording() {
        assert_eq!(parse("court --seeds 4,9").expect("valid").names, ["court"]);
        assert_eq!(parse("court --seeds 4,9").expect("valid").seeds, [4, 9]);
    }

    #[test]
    fn what_cannot_be_asked_is_said_with_what_can() {
        let error = |line| parse(line).expect_err("refused").to_string();
        assert!(error("--fast").contains("--preset NAME"));
        assert!(error("--only typo").contains("drop_word"));
        assert!(error("--seeds one").contains("numbers"));
        assert!(error("--stories all").contains("training"));
        assert!(error("--json").contains("needs a value"));
    }
}
