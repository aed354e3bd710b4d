//! `cargo xtask numbers`: whether numbers are read back rightly however they are written: no finding where
//! a writing may be what was said, and one where it cannot.
//!
//! `stories/numbers` has recordings in four voices of the sentences of a page, whose other writings stand in
//! the lists of pairs that `readback-transcript` is tested with (`page`). Each recording is heard once; of
//! its sentences as many texts are made as are needed to write each in every way, rightly and wrongly
//! (`texts`), and what is found in these is counted.

mod page;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::cargo::{read_back_program, target_directory};
use crate::eval::finding::{Finding, Reading, read_back};
use page::Page;
use texts::Text;

/// Printed by `--help`.
const HELP: &str = "\
cargo xtask numbers [OPTIONS] [VOICE...]

Reads a page of numbers back against its recordings in stories/numbers: with every right way of
writing each sentence, where nothing may be found, and with every wrong one.
VOICE is the name of a recording (bella); without one, all of them.

  --model NAME     the model that listens (base)
  --binary FILE    this build of the example read_back instead of a fresh release build

The texts stay in target/numbers.";

/// Where the recordings are, each with the text of what is said in it.
const RECORDINGS: &str = "stories/numbers";

/// The share of wrong numbers that have to be found.
const TO_BE_FOUND: f64 = 0.97;

/// The options as given.
struct Options {
    voices: Vec<String>,
    model: String,
    binary: Option<PathBuf>,
    help: bool,
}

/// Parses the options, reads every voice's texts back, prints each mistake and the sums.
pub fn run(arguments: &[String]) -> Result<()> {
    let options = Options::parse(arguments)?;
    if options.help {
        println!("{HELP}");
        return Ok(());
    }
    let page = Page::read()?;
    let program = read_back_program(options.binary.as_deref(), &options.model)?;
    let mut all = Sums::default();
    for voice in options.voices()? {
        let sums = read_voice(&program, &options.model, &page, &voice)?;
        println!("{voice}: {}", sums.in_words());
        all.add(&sums);
    }
    println!("all: {}", all.in_words());
    all.judge()
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self> {
        let mut options =
            Self { voices: Vec::new(), model: "base".into(), binary: None, help: false };
        let mut rest = arguments.iter();
        while let Some(option) = rest.next() {
            let mut value = || rest.next().with_context(|| format!("{option} needs a value"));
            match option.as_str() {
                "--model" => options.model.clone_from(value()?),
                "--binary" => options.binary = Some(value()?.into()),
                "--help" | "-h" => options.help = true,
                other if other.starts_with('-') => bail!("unknown option {other}\n\n{HELP}"),
                voice => options.voices.push(voice.into()),
            }
        }
        Ok(options)
    }

    /// The voices that are named, or all that there are.
    fn voices(&self) -> Result<Vec<String>> {
        if !self.voices.is_empty() {
            return Ok(self.voices.clone());
        }
        let mut voices = Vec::new();
        for entry in fs::read_dir(RECORDINGS).context(RECORDINGS)? {
            let path = entry?.path();
            if path.extension().is_some_and(|it| it == "mp3") {
                voices.push(path.file_stem().unwrap_or_default().to_string_lossy().into_owned());
            }
        }
        voices.sort();
        Ok(voices)
    }
}

/// Reads all texts of one voice back, and prints what went wrong.
fn read_voice(program: &Path, model: &str, page: &Page, voice: &str) -> Result<Sums> {
    let audio = Path::new(RECORDINGS).join(voice).with_extension("mp3");
    let said = audio.with_extension("txt");
    let said = fs::read_to_string(&said).with_context(|| said.display().to_string())?;
    let sentences = page.sentences(&said)?;
    let texts = [texts::right(&sentences), texts::wrong(&sentences)].concat();
    let paths = keep(&target_directory()?.join("numbers"), voice, &texts)?;
    let mut sums = Sums::default();
    for (text, reading) in texts.iter().zip(read_back(program, model, &paths, &audio)?) {
        sums.count(text, &reading);
    }
    Ok(sums)
}

/// Writes the texts where they can be looked at; returns their paths.
fn keep(folder: &Path, voice: &str, texts: &[Text]) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let mut paths = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let path = folder.join(format!("{voice}.{number}.txt"));
        fs::write(&path, &text.written).with_context(|| path.display().to_string())?;
        paths.push(path);
    }
    Ok(paths)
}

/// How often it was right and how often not.
#[derive(Debug, Default, PartialEq)]
struct Sums {
    /// Right writings that were read.
    right: usize,
    /// Findings on texts with nothing wrong in them.
    false_alarms: usize,
    /// Wrong writings that were read …
    wrong: usize,
    /// … and those of them that were found.
    found: usize,
}

impl Sums {
    /// Counts what was found in a text, and prints what should not have been and what should.
    fn count(&mut self, text: &Text, reading: &Reading) {
        self.wrong += text.planted.len();
        for planted in &text.planted {
            if reading.findings.iter().any(|finding| planted.is_touched_by(&finding.span)) {
                self.found += 1;
            } else {
                println!("not found: {:?}, said {:?}", planted.written, planted.said);
            }
        }
        self.right += text.rewritten;
        if text.planted.is_empty() {
            self.false_alarms += reading.findings.len();
            for finding in &reading.findings {
                println!("{}", in_words(text, finding));
            }
        }
    }

    fn add(&mut self, other: &Self) {
        self.right += other.right;
        self.false_alarms += other.false_alarms;
        self.wrong += other.wrong;
        self.found += other.found;
    }

    fn in_words(&self) -> String {
        let Self { right, false_alarms, wrong, found } = self;
        let share = self.share_found();
        format!(
            "{false_alarms} findings on {right} right writings, {found} of {wrong} wrong found ({share:.3})"
        )
    }

    /// Of the wrong writings, the share that was found; all where there is none.
    fn share_found(&self) -> f64 {
        if self.wrong == 0 { 1.0 } else { self.found as f64 / self.wrong as f64 }
    }

    fn judge(&self) -> Result<()> {
        if self.false_alarms > 0 {
            bail!("there are findings where nothing is wrong");
        }
        if self.share_found() < TO_BE_FOUND {
            bail!("fewer than {TO_BE_FOUND} of the wrong numbers were found");
        }
        Ok(())
    }
}

fn in_words(text: &Text, finding: &Finding) -> String {
    let Finding { rule, confidence, text: written, heard, .. } = finding;
    let (line, said) = text.sentence_at(finding.span.start);
    format!(
        "wrongly found: {line:?}, said {said:?}: {rule} {confidence:.2} {written:?} -> {heard:?}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use texts::Planted;

    fn finding(span: std::ops::Range<usize>) -> Finding {
        Finding {
            rule: "A003".into(),
            is_error: true,
            confidence: 0.9,
            span,
            fix: None,
            text: String::new(),
            heard: String::new(),
        }
    }

    fn reading(findings: Vec<Finding>) -> Reading {
        Reading { findings, seconds: 1.0, refused: false, differences: Vec::new() }
    }

    #[test]
    fn a_wrong_number_is_found_by_what_touches_it_alone() {
        let planted = Planted {
            span: 10..15,
            written: "It starts 11:30.".into(),
            said: "It starts ten thirty.".into(),
        };
        let text = Text {
            written: "It starts 11:30.".into(),
            said: vec!["It starts ten thirty.".into()],
            rewritten: 0,
            planted: vec![planted],
        };
        let mut sums = Sums::default();
        sums.count(&text, &reading(vec![finding(10..15)]));
        sums.count(&text, &reading(vec![finding(0..2)]));
        assert_eq!(sums, Sums { wrong: 2, found: 1, ..Sums::default() });
        assert!(sums.judge().is_err());
    }

    #[test]
    fn whatever_is_found_in_a_right_text_is_one_too_many() {
        let text = Text {
            written: "It starts at 10:30.".into(),
            said: vec!["It starts at ten thirty.".into()],
            rewritten: 1,
            planted: Vec::new(),
        };
        let mut sums = Sums::default();
        sums.count(&text, &reading(Vec::new()));
        assert!(sums.judge().is_ok());
        sums.count(&text, &reading(vec![finding(13..18)]));
        assert_eq!((sums.right, sums.false_alarms), (2, 1));
        assert!(sums.judge().is_err());
    }

    #[test]
    fn a_voice_and_an_option_are_told_apart() {
        let parse = |line: &str| {
            Options::parse(&line.split_whitespace().map(String::from).collect::<Vec<_>>())
        };
        let options = parse("--model tiny.en bella").expect("valid");
        assert_eq!((&*options.model, options.voices), ("tiny.en", vec!["bella".to_owned()]));
        assert!(parse("--loud").is_err());
    }
}
