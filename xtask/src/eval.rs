//! `cargo xtask eval`: how many planted faults Readback finds, what else it flags, and whether it
//! knows how sure it may be.
//!
//! Faults are planted in true transcripts (`plant`), the faulty texts are read back by the program
//! itself (`finding`), its findings are laid over the faults (`matching`) and added up (`tally`).
//! Recordings are heard one after the other, since the program uses every processor.

pub mod clips;
pub mod finding;
pub mod matching;
mod options;
pub mod plant;
mod report;
mod tally;
pub mod transcript;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

use crate::cargo::{command, output, read_back_program, target_directory};
use clips::Clip;
use finding::read_back;
pub use options::seeds;
use options::{HELP, Options};
use plant::{Planted, plant};
use report::Circumstances;
use tally::Tally;

/// Everything a run needs besides the recordings.
struct Evaluation {
    options: Options,
    /// A build of the example `read_back`.
    program: PathBuf,
    /// Folder for faulty texts.
    scratch: PathBuf,
}

/// Parses the options, evaluates every recording, prints and writes the report.
pub fn run(arguments: &[String]) -> Result<()> {
    let options = Options::parse(arguments)?;
    if options.help {
        println!("{HELP}");
        return Ok(());
    }
    let clips = clips::named(options.stories, options.corpus, &options.names)?;
    let program = read_back_program(options.binary.as_deref(), &options.model)?;
    let scratch = target_directory()?.join("eval");
    fs::create_dir_all(&scratch)?;
    let evaluation = Evaluation { options, program, scratch };
    let mut tally = Tally::default();
    for (index, clip) in clips.iter().enumerate() {
        eprintln!("[{}/{}] {}", index + 1, clips.len(), clip.name);
        evaluation.clip(clip, &mut tally)?;
    }
    evaluation.report(&tally, arguments)
}

impl Evaluation {
    /// The true text, then a faulty copy for each seed.
    fn clip(&self, clip: &Clip, tally: &mut Tally) -> Result<()> {
        let seeds = &self.options.seeds;
        let truth =
            fs::read_to_string(&clip.text).with_context(|| clip.text.display().to_string())?;
        let mix = &self.options.mix;
        let planted: Vec<Planted> = seeds.iter().map(|seed| plant(&truth, mix, *seed)).collect();
        let mut texts = vec![clip.text.clone()];
        for (seed, planted) in seeds.iter().zip(&planted) {
            texts.push(keep(&self.scratch, clip, *seed, planted)?);
        }
        let readings = read_back(&self.program, &self.options.model, &texts, &clip.audio)?;
        let mut readings = readings.into_iter();
        readings.by_ref().take(1).for_each(|reading| tally.truth(clip, reading));
        for ((seed, planted), reading) in seeds.iter().zip(&planted).zip(readings) {
            let outcomes = matching::outcomes(planted, &reading.findings);
            tally.faulty(clip, *seed, planted, reading, &outcomes);
        }
        Ok(())
    }

    /// Prints what was measured, and writes it where that was asked for.
    fn report(&self, tally: &Tally, arguments: &[String]) -> Result<()> {
        let how = self.circumstances(arguments)?;
        if self.options.verbose {
            print!("{}", report::mistakes(tally));
        }
        let markdown = report::markdown(tally, &how);
        println!("{markdown}");
        if let Some(path) = &self.options.write {
            fs::write(path, markdown).with_context(|| path.display().to_string())?;
        }
        if let Some(path) = &self.options.json {
            let figures = serde_json::to_string_pretty(&report::json(tally, &how))?;
            fs::write(path, figures + "\n").with_context(|| path.display().to_string())?;
        }
        Ok(())
    }

    /// When, from what and how the figures were made.
    fn circumstances(&self, arguments: &[String]) -> Result<Circumstances> {
        let commit = output(command("git", &["rev-parse", "--short", "HEAD"]))?.trim().to_owned();
        let changes = output(command("git", &["status", "--porcelain", "--untracked-files=no"]))?;
        let changed = if changes.trim().is_empty() { "" } else { " with changes" };
        Ok(Circumstances {
            command: format!("cargo xtask eval {}", arguments.join(" ")).trim().to_owned(),
            commit: format!("{commit}{changed}"),
            model: self.options.model.clone(),
            date: output(command("date", &["-u", "+%Y-%m-%d"]))?.trim().to_owned(),
        })
    }
}

/// Writes a faulty text and its labels where they can be looked at; returns the text's path.
pub fn keep(scratch: &Path, clip: &Clip, seed: u64, planted: &Planted) -> Result<PathBuf> {
    let text = scratch.join(format!("{}.{seed}.txt", clip.name));
    let labels = planted.faults.iter().map(|fault| {
        json!({
            "type": fault.kind.name, "must_flag": fault.kind.class.must_be_found(),
            "audible": fault.audible, "start": fault.span.start, "end": fault.span.end,
            "orig_start": fault.origin.start, "orig_end": fault.origin.end,
            "original": fault.original, "replacement": planted.replacement(fault),
        })
    });
    let labels = serde_json::to_string_pretty(&labels.collect::<Vec<_>>())?;
    fs::write(text.with_extension("labels.json"), labels + "\n")?;
    fs::write(&text, &planted.text)?;
    Ok(text)
}
