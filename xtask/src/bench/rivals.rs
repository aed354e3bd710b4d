//! The other recognisers: their Python environment, their weights, their command lines.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::Contender;
use super::options::Options;
use crate::cargo::{command, must};

/// What the environment holds. A change here sets it up anew.
const PACKAGES: &[&str] = &["faster-whisper==1.2.1", "pywhispercpp==1.5.1"];

/// Set up and ready to run.
pub struct Rivals {
    python: PathBuf,
    /// The weights as CTranslate2 publishes them, which Readback reads too.
    pub model: PathBuf,
    /// The same weights for whisper.cpp; `None` where they could not be converted.
    pub whisper_cpp: Option<PathBuf>,
}

impl Rivals {
    /// Makes the environment below `target` and converts the weights of the folder `model`.
    pub fn set_up(target: &Path, options: &Options, model: PathBuf) -> Result<Self> {
        let environment = target.join("bench-venv");
        let python = environment.join("bin").join("python");
        install(&environment, &python)?;
        let weights = environment.join(format!("{}.ggml", options.model));
        let mut rivals = Self { python, model, whisper_cpp: None };
        rivals.whisper_cpp = rivals.convert(&weights).map(|()| weights).inspect_err(skipped).ok();
        Ok(rivals)
    }

    /// Writes the weights as whisper.cpp wants them.
    fn convert(&self, weights: &Path) -> Result<()> {
        if weights.exists() {
            return Ok(());
        }
        let unfinished = weights.with_extension("unfinished");
        let mut convert = self.script("ggml.py");
        convert.arg(&self.model).arg(&unfinished);
        must(convert)?;
        fs::rename(&unfinished, weights).with_context(|| weights.display().to_string())
    }

    /// One of the scripts beside this crate, under the environment's Python.
    pub fn script(&self, name: &str) -> Command {
        let mut script = command(&self.python, &[]);
        script.arg(Path::new("xtask/bench").join(name));
        script
    }

    /// The command with which `rival` transcribes the recording `audio` into the file `heard`.
    pub fn command(&self, rival: Contender, audio: &Path, threads: &str, heard: &Path) -> Command {
        let (name, model) = match (rival, &self.whisper_cpp) {
            (Contender::WhisperCpp, Some(weights)) => ("whisper.cpp", weights),
            (Contender::FasterWhisperBatched, _) => ("faster-whisper-batched", &self.model),
            _ => ("faster-whisper", &self.model),
        };
        let mut command = self.script("rival.py");
        command.arg(name).arg(model).arg(audio).args([threads, "en"]).arg(heard);
        command
    }
}

/// Makes the environment where it is missing or holds other packages.
fn install(environment: &Path, python: &Path) -> Result<()> {
    let receipt = environment.join("installed");
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&receipt).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut make = command("python3", &["-m", "venv"]);
    make.arg(environment);
    must(make)?;
    must(command(python, &[&["-m", "pip", "install", "--quiet"], PACKAGES].concat()))?;
    fs::write(&receipt, wanted).with_context(|| receipt.display().to_string())
}

/// Says that a contender does not take part.
fn skipped(error: &anyhow::Error) {
    eprintln!("whisper.cpp is left out: its weights could not be made ({error:#})");
}
