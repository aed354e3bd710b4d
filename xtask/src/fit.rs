//! `cargo xtask fit`: the weights by which a difference is weighed, by logistic regression over faults
//! planted in stories and in clips of the corpus that nothing is measured on.
//!
//! Which clue bends where stands in `shape.rs`; the regression, which knows only numbers, in
//! `logistic.rs`. The result is a source file of `readback-check`. Each recording is also judged by
//! weights fitted without it, to tell how well they do on what they have not seen.

mod logistic;
mod sample;
mod shape;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::cargo::{cargo, must, read_back_program, target_directory};
use crate::eval::clips::{self, Set};
use crate::eval::finding::{Reading, read_back};
use crate::eval::keep;
use crate::eval::plant::{Mix, Preset, plant};
use logistic::{Example, Fit};
use sample::{Sample, samples};
use shape::{SHAPES, Shape};

const HELP: &str = "\
cargo xtask fit [OPTIONS]

Fits the weights of `readback check` on planted faults, says how well they do on recordings they were not
fitted on, and writes crates/readback-check/src/evidence/weights.rs.

  --seeds LIST      seeds, none of which may be one that is measured with (301 to 306)
  --no-corpus       the project's own training stories only, without the corpus's clips for fitting
  --binary FILE     this build of the example `read_back` instead of a fresh one";

/// Where the weights go.
const WEIGHTS: &str = "crates/readback-check/src/evidence/weights.rs";

/// Share of a text's words that may be sure errors before anything is planted, if faults are to be told from them.
const MOST_ERRORS: f64 = 0.02;

struct Options {
    seeds: Vec<u64>,
    corpus: bool,
    binary: Option<PathBuf>,
}

/// Plants, listens, fits, and writes the weights.
pub fn run(arguments: &[String]) -> Result<()> {
    let Some(options) = options(arguments)? else {
        println!("{HELP}");
        return Ok(());
    };
    let all = gather(&options)?;
    let mut source = header(&options, &all);
    for shape in SHAPES {
        let of_shape: Vec<&Sample> =
            all.iter().filter(|sample| sample.table == shape.table).collect();
        if of_shape.is_empty() {
            bail!("no difference of the table {}", shape.table);
        }
        report(shape, &of_shape);
        source.push_str(&shape.source(&fit(shape, &of_shape)));
    }
    fs::write(WEIGHTS, source).context(WEIGHTS)?;
    must(cargo(&["fmt", "--package", "readback-check"]))
}

fn options(arguments: &[String]) -> Result<Option<Options>> {
    let mut options = Options { seeds: (301..=306).collect(), corpus: true, binary: None };
    let mut rest = arguments.iter();
    while let Some(option) = rest.next() {
        let mut value = || rest.next().with_context(|| format!("{option} needs a value"));
        match option.as_str() {
            "--seeds" => options.seeds = crate::eval::seeds(value()?)?,
            "--no-corpus" => options.corpus = false,
            "--binary" => options.binary = Some(value()?.into()),
            "--help" | "-h" => return Ok(None),
            other => bail!("unknown option {other}\n\n{HELP}"),
        }
    }
    Ok(Some(options))
}

/// Every difference in every faulty text.
fn gather(options: &Options) -> Result<Vec<Sample>> {
    let program = read_back_program(options.binary.as_deref(), "base")?;
    let scratch = target_directory()?.join("fit");
    fs::create_dir_all(&scratch)?;
    let mix = Mix { preset: Preset::Heavy, only: Vec::new(), exclude: Vec::new() };
    let clips = clips::of(Set::Training, options.corpus)?;
    let mut all = Vec::new();
    for (index, clip) in clips.iter().enumerate() {
        eprintln!("[{}/{}] {}", index + 1, clips.len(), clip.name);
        let truth =
            fs::read_to_string(&clip.text).with_context(|| clip.text.display().to_string())?;
        let planted: Vec<_> = options.seeds.iter().map(|seed| plant(&truth, &mix, *seed)).collect();
        let mut texts = vec![clip.text.clone()];
        for (seed, planted) in options.seeds.iter().zip(&planted) {
            texts.push(keep(&scratch, clip, *seed, planted)?);
        }
        let readings = read_back(&program, "base", &texts, &clip.audio)?;
        let (untouched, faulty) = readings.split_first().context("nothing was read")?;
        if !is_true(&truth, untouched) {
            eprintln!("  left out: it says other things than its text");
            continue;
        }
        for (planted, reading) in planted.iter().zip(faulty) {
            all.extend(samples(&clip.name, planted, &reading.differences));
        }
    }
    Ok(all)
}

/// Whether a text is so near its recording that what differs is the recogniser's doing. Actors do not keep to
/// their lines: eight of the corpus's clips for fitting, all of one play, are left out.
fn is_true(truth: &str, untouched: &Reading) -> bool {
    let errors = untouched.findings.iter().filter(|finding| finding.is_error).count();
    errors as f64 <= MOST_ERRORS * truth.split_whitespace().count() as f64
}

fn examples(shape: &Shape, samples: &[&Sample]) -> Vec<Example> {
    let example = |sample: &&Sample| Example {
        values: shape.values(&sample.clues),
        is_wrong: sample.is_wrong,
    };
    samples.iter().map(example).collect()
}

fn fit(shape: &Shape, samples: &[&Sample]) -> Fit {
    logistic::fit(&examples(shape, samples), shape.restraint)
}

/// Says how well weights do that were fitted without the recording they are tried on.
fn report(shape: &Shape, samples: &[&Sample]) {
    let mut clips: Vec<&str> = samples.iter().map(|sample| sample.clip.as_str()).collect();
    clips.dedup();
    let mut judged = Vec::new();
    for clip in clips {
        let (own, others): (Vec<&Sample>, Vec<&Sample>) =
            samples.iter().partition(|sample| sample.clip == clip);
        if !others.is_empty() {
            let fit = fit(shape, &others);
            judged.extend(
                examples(shape, &own).iter().map(|it| (fit.probability(&it.values), it.is_wrong)),
            );
        }
    }
    let wrong = judged.iter().filter(|(_, is_wrong)| *is_wrong).count();
    let loss: f64 = judged.iter().map(|&(p, is_wrong)| logistic::loss(p, is_wrong)).sum();
    println!("{}: {} differences, {wrong} of them faults", shape.table, judged.len());
    println!("  left out one recording at a time: log loss {:.4}", loss / judged.len() as f64);
    for least in [0.4, 0.5, 0.6] {
        let taken: Vec<_> = judged.iter().filter(|(p, _)| *p >= least).collect();
        let right = taken.iter().filter(|(_, is_wrong)| *is_wrong).count();
        let (precision, recall) = (right as f64 / taken.len() as f64, right as f64 / wrong as f64);
        println!("  from {least}: precision {precision:.3}, recall {recall:.3}");
    }
}

fn header(options: &Options, samples: &[Sample]) -> String {
    let seeds: Vec<String> = options.seeds.iter().map(u64::to_string).collect();
    let corpus = if options.corpus { " and the clips of the corpus for fitting" } else { "" };
    format!(
        "//! How much each clue counts. Written by `cargo xtask fit`; do not edit.\n//!\n\
         //! Logistic regression over {} differences, in the training stories{corpus}\n\
         //! with faults planted by seeds {}.\n\n\
         #![allow(clippy::approx_constant)] // A weight is near a known number by chance.\n\n\
         use super::curves::{{Curve, Weights}};\n",
        samples.len(),
        seeds.join(", "),
    )
}
