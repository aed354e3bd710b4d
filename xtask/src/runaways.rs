//! `cargo xtask runaways`: how often the recogniser writes what nobody said, by going on when the sound is
//! over, saying a passage again, or cramming words into no time. It should be never.
//!
//! It listens to everything at hand: the project's stories, the corpus where there is one, folders that are
//! named, and prompts that it lets speak (`material`). What is heard is held against what was said (`count`).

mod count;
mod material;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::cargo::{command, line, readback, target_directory};
use count::{HeardWord, Runaway};
use material::Clip;

/// Printed by `--help`.
const HELP: &str = "\
cargo xtask runaways [OPTIONS] [FOLDER...]

Listens to recordings whose texts are known, and counts what was heard that nobody can have said:
passages twice in a row, words faster than speech, far more words than there are.
FOLDER holds recordings, each with its text beside it (NAME.flac, NAME.txt). Without one: the
project's stories, the corpus, and prompts spoken by espeak-ng where that is installed.

  --model NAME     the model that listens (base)
  --binary FILE    this build of Readback instead of a fresh release build
  --limit SECONDS  leave out recordings that are longer
  --slips FILE     passages that are said twice and stand once in the text, each in a line:
                   NAME, tab, second where they begin, tab, why

The corpus is where $READBACK_CORPUS or ../shared/corpus holds one. What is spoken and what was heard
stays in target/runaways.";

/// The options as given.
struct Options {
    folders: Vec<PathBuf>,
    model: String,
    binary: Option<PathBuf>,
    limit: f64,
    slips: Vec<Slip>,
    help: bool,
}

/// A place where the text of a clip is known to be wrong.
#[derive(Debug, PartialEq)]
struct Slip {
    clip: String,
    second: f64,
}

/// A runaway begins within so many seconds of a slip that is this one.
const NEAR: f64 = 1.0;

/// Parses the options, listens to every clip, prints each runaway and the sums.
pub fn run(arguments: &[String]) -> Result<()> {
    let options = Options::parse(arguments)?;
    if options.help {
        println!("{HELP}");
        return Ok(());
    }
    let scratch = target_directory()?.join("runaways");
    let program = readback(options.binary.as_deref(), &options.model)?;
    let clips = if options.folders.is_empty() {
        material::at_hand(&scratch)?
    } else {
        material::of_folders(&options.folders)?
    };
    let mut sums = Sums::default();
    for clip in &clips {
        let heard = Heard::of(&program, &options.model, clip)?;
        if heard.seconds <= options.limit {
            sums.add(clip, &heard, &options.slips)?;
        }
    }
    println!("{}", sums.in_words());
    if sums.runaways > 0 {
        bail!("the recogniser wrote what nobody said");
    }
    Ok(())
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            folders: Vec::new(),
            model: "base".into(),
            binary: None,
            limit: f64::INFINITY,
            slips: Vec::new(),
            help: false,
        };
        let mut rest = arguments.iter();
        while let Some(option) = rest.next() {
            let mut value = || rest.next().with_context(|| format!("{option} needs a value"));
            match option.as_str() {
                "--model" => options.model.clone_from(value()?),
                "--binary" => options.binary = Some(value()?.into()),
                "--limit" => options.limit = value()?.parse().context("--limit needs seconds")?,
                "--slips" => options.slips = slips(value()?)?,
                "--help" | "-h" => options.help = true,
                other if other.starts_with('-') => bail!("unknown option {other}\n\n{HELP}"),
                folder => options.folders.push(folder.into()),
            }
        }
        Ok(options)
    }
}

impl Slip {
    fn is_of(&self, clip: &Clip, runaway: &Runaway) -> bool {
        let name = clip.audio.file_stem().is_some_and(|stem| stem == &*self.clip);
        name && (self.second - runaway.at).abs() <= NEAR
    }
}

/// The slips that a file lists.
fn slips(path: &str) -> Result<Vec<Slip>> {
    let written = std::fs::read_to_string(path).with_context(|| path.to_owned())?;
    let lines = written.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| slip(line).with_context(|| format!("{path}: no slip: {line}"))).collect()
}

fn slip(line: &str) -> Option<Slip> {
    let mut fields = line.split('\t');
    Some(Slip { clip: fields.next()?.to_owned(), second: fields.next()?.parse().ok()? })
}

/// What Readback says of a recording without speech.
const NOBODY: &str = "nobody speaks";

/// What was heard in a clip.
struct Heard {
    words: Vec<HeardWord>,
    /// When the last word ends; the recording may be longer.
    seconds: f64,
}

impl Heard {
    fn of(program: &Path, model: &str, clip: &Clip) -> Result<Self> {
        let mut transcribe = command(program, &["transcribe", "--to", "json", "--model", model]);
        transcribe.arg(&clip.audio);
        let ran = transcribe.output().with_context(|| line(&transcribe))?;
        let said = String::from_utf8_lossy(&ran.stderr);
        if !ran.status.success() && said.contains(NOBODY) {
            return Ok(Self { words: Vec::new(), seconds: 0.0 });
        }
        if !ran.status.success() {
            bail!("`{}` failed ({}): {said}", line(&transcribe), ran.status);
        }
        let written: Value = serde_json::from_slice(&ran.stdout)
            .with_context(|| format!("{}: what was heard is not JSON", clip.audio.display()))?;
        let words = words(&written)
            .with_context(|| format!("{}: words without times", clip.audio.display()))?;
        let seconds = words.last().map_or(0.0, |word| word.end);
        Ok(Self { words, seconds })
    }
}

/// The words of a transcript in Readback's own format, with their times.
fn words(written: &Value) -> Option<Vec<HeardWord>> {
    let transcript = written.get("transcript")?;
    let text = transcript.get("text")?.as_str()?;
    let mut words = Vec::new();
    for turn in transcript.get("turns")?.as_array()? {
        for piece in turn.get("pieces")?.as_array()? {
            for word in
                piece.pointer("/Speech/words").and_then(Value::as_array).into_iter().flatten()
            {
                let byte = |name: &str| word.pointer(name)?.as_u64()?.try_into().ok();
                let seconds = |name: &str| Some(word.pointer(name)?.as_f64()? / 1e6);
                words.push(HeardWord {
                    text: text.get(byte("/span/start")?..byte("/span/end")?)?.to_owned(),
                    start: seconds("/timing/stretch/start")?,
                    end: seconds("/timing/stretch/end")?,
                });
            }
        }
    }
    Some(words)
}

/// What is printed at the end.
#[derive(Default)]
struct Sums {
    clips: usize,
    seconds: f64,
    runaways: usize,
}

impl Sums {
    /// Adds a clip, and prints what ran away in it.
    fn add(&mut self, clip: &Clip, heard: &Heard, slips: &[Slip]) -> Result<()> {
        let mut found = count::runaways(&heard.words, &clip.said()?);
        found.retain(|runaway| !slips.iter().any(|slip| slip.is_of(clip, runaway)));
        self.clips += 1;
        self.seconds += heard.seconds;
        self.runaways += found.len();
        for runaway in found {
            println!("{}", in_words(clip, &runaway));
        }
        Ok(())
    }

    fn in_words(&self) -> String {
        let minutes = self.seconds / 60.0;
        format!("{} clips, {minutes:.1} minutes: {} runaways", self.clips, self.runaways)
    }
}

fn in_words(clip: &Clip, runaway: &Runaway) -> String {
    let name = clip.audio.file_name().unwrap_or_default().to_string_lossy();
    let Runaway { kind, at, words } = runaway;
    format!("{name} {at:.1} s: {}: {words}", kind.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_with_their_times() {
        let written = serde_json::json!({"transcript": {"text": "One two.", "turns": [{"pieces": [
            {"Speech": {"words": [
                {"span": {"start": 0, "end": 3}, "timing": {"stretch": {"start": 0, "end": 500_000}}},
                {"span": {"start": 4, "end": 8}, "timing": {"stretch": {"start": 500_000, "end": 1_500_000}}},
            ]}},
            {"Cue": {}},
        ]}]}});
        let words = words(&written).expect("a transcript");
        assert_eq!(words.len(), 2);
        assert_eq!((&*words[1].text, words[1].start, words[1].end), ("two.", 0.5, 1.5));
    }

    #[test]
    fn a_slip_is_a_clip_and_a_second() {
        let meant = Slip { clip: "court".into(), second: 44.2 };
        assert_eq!(slip("court\t44.2\tthe usher calls twice"), Some(meant));
        assert_eq!(slip("court 44.2"), None);
    }

    #[test]
    fn a_folder_and_an_option_are_told_apart() {
        let parse = |line: &str| {
            Options::parse(&line.split_whitespace().map(String::from).collect::<Vec<_>>())
        };
        let options = parse("--model tiny.en clips --limit 30").expect("valid");
        assert_eq!((&*options.model, options.folders.len(), options.limit), ("tiny.en", 1, 30.0));
        assert!(parse("--loud").is_err());
    }
}
