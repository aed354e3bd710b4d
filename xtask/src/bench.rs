//! `cargo xtask bench`: Readback beside faster-whisper (int8, beam 1) and whisper.cpp, on the same
//! recordings, weights and threads, in one go and in turn, so that a slow minute of the machine hits
//! all of them. What is quoted is the median of the runs, and the ratio of medians.
//!
//! It measures whole processes from outside. Nothing is written into the tree unless asked for.

mod measure;
mod options;
mod plot;
mod recordings;
mod report;
mod rivals;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::cargo::{cargo, command, output, readback, target_directory};
use measure::{Sample, measure};
use options::{HELP, Options};
use recordings::Recording;
use report::Row;
use rivals::Rivals;

/// Recordings from about this many seconds on are run once …
const HOUR: f64 = 3500.0;
/// … and those from this many on only by `check`: others would hold all of it in memory.
const HOURS: f64 = 5.0 * HOUR;

/// Everything a run needs besides the recording.
struct Bench {
    options: Options,
    readback: PathBuf,
    rivals: Rivals,
    /// Folder for what the commands write.
    scratch: PathBuf,
}

/// Who does what to a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contender {
    /// `readback transcribe`.
    Transcribe,
    /// `readback check`, model and all.
    Check,
    /// faster-whisper.
    FasterWhisper,
    /// faster-whisper with its batched pipeline.
    FasterWhisperBatched,
    /// whisper.cpp through pywhispercpp.
    WhisperCpp,
}

impl Contender {
    /// As the tables name it.
    pub fn name(self) -> &'static str {
        match self {
            Contender::Transcribe => "readback transcribe",
            Contender::Check => "readback check",
            Contender::FasterWhisper => "faster-whisper int8",
            Contender::FasterWhisperBatched => "faster-whisper int8, batched",
            Contender::WhisperCpp => "whisper.cpp",
        }
    }
}

/// Parses the options, prepares everything, measures, prints.
pub fn run(arguments: &[String]) -> Result<()> {
    let options = Options::parse(arguments)?;
    if options.help {
        println!("{HELP}");
        return Ok(());
    }
    let bench = Bench::prepare(options)?;
    let recordings = recordings::all(&bench.options, &bench.rivals, &bench.scratch)?;
    let mut rows = Vec::new();
    for recording in &recordings {
        rows.extend(bench.recording(recording)?);
    }
    let mut report = report::markdown(&bench.options, &rows);
    report.push_str(&bench.roofline()?);
    println!("{report}");
    if let Some(path) = &bench.options.write {
        let plot = path.with_extension("svg");
        fs::write(&plot, plot::cost_by_length(&rows))?;
        let name = plot.file_name().unwrap_or_default().to_string_lossy();
        report.push_str(&format!("\n![Cost by length of the recording]({name})\n"));
        fs::write(path, report)?;
    }
    Ok(())
}

impl Bench {
    /// Builds Readback, pulls the model, sets up the rivals.
    fn prepare(options: Options) -> Result<Self> {
        let target = target_directory()?;
        let readback = readback(options.binary.as_deref(), &options.model)?;
        let model = output(command(&readback, &["models", "path", &options.model]))?;
        let model = PathBuf::from(model.trim());
        let rivals = Rivals::set_up(&target, &options, model)?;
        let scratch = target.join("bench");
        fs::create_dir_all(&scratch)?;
        Ok(Self { options, readback, rivals, scratch })
    }

    /// What share of the machine's peak each part of the network reaches, as a section of the report.
    fn roofline(&self) -> Result<String> {
        let bench = ["--package", "readback-speech", "--bench", "roofline", "--"];
        let mut run = cargo(&[&["bench", "--locked", "--quiet"], &bench[..]].concat());
        run.arg(&self.rivals.model).env("RAYON_NUM_THREADS", self.options.threads.to_string());
        output(run)
    }

    /// Every contender in turn, run after run; one row for each.
    fn recording(&self, recording: &Recording) -> Result<Vec<Row>> {
        let contenders = self.contenders(recording);
        let mut samples = vec![Vec::new(); contenders.len()];
        // An hour averages over more of the machine's moods than repeating it would.
        let runs = if recording.seconds < HOUR { self.options.runs } else { 1 };
        for run in 1..=runs {
            for (contender, samples) in contenders.iter().zip(&mut samples) {
                eprintln!("{}: run {run}: {}", recording.name, contender.name());
                samples.push(self.sample(*contender, recording)?);
            }
        }
        let rows = contenders.iter().zip(samples).map(|(&contender, samples)| {
            let errors = self.errors(contender, recording)?;
            Ok(Row::new(recording, contender, &samples, errors))
        });
        rows.collect()
    }

    /// Who can be measured here.
    fn contenders(&self, recording: &Recording) -> Vec<Contender> {
        if recording.seconds > HOURS {
            return vec![Contender::Check];
        }
        let mut contenders =
            vec![Contender::Transcribe, Contender::FasterWhisper, Contender::FasterWhisperBatched];
        if self.rivals.whisper_cpp.is_some() {
            contenders.push(Contender::WhisperCpp);
        }
        if recording.transcript.is_some() {
            contenders.push(Contender::Check);
        }
        contenders
    }

    /// One run of one contender.
    fn sample(&self, contender: Contender, recording: &Recording) -> Result<Sample> {
        let threads = self.options.threads.to_string();
        let common = ["--model", &self.options.model, "--threads", &threads, "--language", "en"];
        let mut command = match contender {
            Contender::Transcribe => command(&self.readback, &["transcribe"]),
            Contender::Check => command(&self.readback, &["check", "--format", "json"]),
            rival => {
                let heard = self.heard(rival);
                let command = self.rivals.command(rival, &recording.audio, &threads, &heard);
                return measure(command, &[0]);
            }
        };
        match (contender, &recording.transcript) {
            (Contender::Check, Some(transcript)) => command.arg(transcript),
            _ => command.args(["--force", "--to", "text", "-o"]).arg(self.heard(contender)),
        };
        measure(
            {
                command.arg(&recording.audio).args(common);
                command
            },
            &[0, 1],
        )
    }

    /// Where a contender writes what it heard.
    fn heard(&self, contender: Contender) -> PathBuf {
        self.scratch.join(format!("{}.txt", contender.name().replace([' ', ','], "-")))
    }

    /// The normalised word error rate of the last run, where there is a reference.
    fn errors(&self, contender: Contender, recording: &Recording) -> Result<Option<f64>> {
        let Some(reference) = &recording.reference else { return Ok(None) };
        if contender == Contender::Check {
            return Ok(None);
        }
        let mut score = command(&self.readback, &["score", "--format", "json"]);
        score.arg(reference).arg(self.heard(contender));
        let scored: serde_json::Value = serde_json::from_str(&output(score)?)?;
        let rate = scored.pointer("/normalised/words/rate").and_then(serde_json::Value::as_f64);
        Ok(Some(rate.context("`readback score` names no normalised word error rate")?))
    }
}
