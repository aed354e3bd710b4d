//! `readback check`: read a transcript back against its recording, report, and fix.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use readback_check::{Finding, Severity, Style};
use readback_transcript::{Edit, LineIndex, Problem, Span, Transcript};

use super::Listening;
use crate::cli::Outcome;
use crate::evidence;
use crate::failure::advised;
use crate::files::{self, Destination, Text};
use crate::fixes::{self, Fixed};
use crate::pipeline::{self, Listener};
use crate::progress;
use crate::report::{self, Checked, Shape, refusal};

/// Read a transcript back against its recording
///
/// Hears the recording, holds every word of the text against it both ways (words nobody said, spoken
/// words that are missing, words said otherwise) and reports each difference with its place in the
/// text, its time in the recording and a fix. Names, numbers and negations are always weighed twice.
/// Without a recording only the text itself is checked. A text that is not of the recording is
/// refused with exit code 3.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The delivered text; `-` for standard input
    #[arg(value_name = "TRANSCRIPT")]
    transcript: PathBuf,

    /// Its recording: any audio or video file, or `-`; without one only the text is checked
    #[arg(value_name = "AUDIO")]
    audio: Option<PathBuf>,

    #[command(flatten)]
    listening: Listening,

    /// Names whose spelling is settled, one on each line
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,

    /// Shape of the report
    #[arg(long, value_enum, default_value_t = Shape::Text, value_name = "SHAPE")]
    format: Shape,

    /// Also write all that was heard and how each difference was weighed to FILE, as JSON
    #[arg(long, value_name = "FILE", requires = "audio")]
    evidence: Option<PathBuf>,

    /// Put the sure fixes into the transcript's file (those with a confidence of at least 80 %)
    #[arg(long, conflicts_with = "diff")]
    fix: bool,

    /// Show what --fix would change, as a unified diff, instead of the report
    #[arg(long)]
    diff: bool,

    /// End with exit code 1 from this severity on
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Something was said otherwise
    Error,
    /// Also what is only probable, or structural
    Warning,
    /// Whatever is found, end with code 0
    Never,
}

impl FailOn {
    fn outcome(self, findings: &[Finding]) -> Outcome {
        let least = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Never => return Outcome::Clean,
        };
        let reached = findings.iter().any(|finding| finding.severity >= least);
        if reached { Outcome::Findings } else { Outcome::Clean }
    }
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    refuse_impossible(arguments)?;
    let evidence = arguments.evidence.as_deref().map(|path| Destination::new(Some(path), true));
    let evidence = evidence.transpose()?;
    let roster = pipeline::read_roster(arguments.roster.as_deref())?;
    let style = Style { roster, ..Style::default() };
    let mut text = files::load_transcript(&arguments.transcript)?;
    if arguments.fix {
        fixable(&text)?;
    }
    let problems = std::mem::take(&mut text.problems);
    let checked = match &arguments.audio {
        None => pipeline::check_text(text, &style),
        Some(audio) => {
            let recording = pipeline::open(audio)?;
            let listener = Listener::new(&arguments.listening)?;
            let (checked, hearing) = listener.check(text, recording, &style)?;
            if let Some(destination) = evidence {
                destination.write(&evidence::render(&checked, &hearing))?;
            }
            checked
        }
    };
    say_unreported(&checked, problems);
    conclude(arguments, checked)
}

/// What the reader noticed and no finding tells.
fn say_unreported(checked: &Checked, mut problems: Vec<Problem>) {
    let told = |problem: &Problem| {
        checked.report.findings.iter().any(|finding| finding.span.overlaps(problem.span))
    };
    problems.retain(|problem| !told(problem));
    files::say_problems(&checked.path, &checked.transcript.text, &problems);
}

fn refuse_impossible(arguments: &Arguments) -> Result<()> {
    let twice = arguments.audio.as_deref().is_some_and(files::is_standard);
    if twice && files::is_standard(&arguments.transcript) {
        bail!("standard input cannot be both the transcript and the recording");
    }
    if arguments.fix && files::is_standard(&arguments.transcript) {
        let message = "standard input cannot be fixed in place";
        return Err(advised(message, "--diff shows the fixes instead."));
    }
    Ok(())
}

/// Fixes are edits of the text as it was read; only where that is the file's own text do they fit.
fn fixable(text: &Text) -> Result<()> {
    if text.is_source {
        return Ok(());
    }
    let (path, format) = (text.path.display(), &text.transcript.format);
    let message =
        format!("{path} cannot be fixed in place, because it is {format} and not plain text");
    Err(advised(message, format!("`readback convert {path} story.txt` makes a text of it.")))
}

fn conclude(arguments: &Arguments, checked: Checked) -> Result<Outcome> {
    if let Some(refused) = refusal(&checked) {
        return refuse(arguments, &checked, &refused);
    }
    if arguments.diff {
        return show_diff(arguments, &checked);
    }
    let checked = if arguments.fix { fix(arguments, checked)? } else { checked };
    files::print(&report::render(&checked, arguments.format, files::width()))?;
    Ok(arguments.fail_on.outcome(&checked.report.findings))
}

/// The sentence goes where people look for the result; a program finds it in the report.
fn refuse(arguments: &Arguments, checked: &Checked, sentence: &str) -> Result<Outcome> {
    if arguments.format == Shape::Text {
        files::print(&format!("{sentence}.\n"))?;
    } else {
        files::print(&report::render(checked, arguments.format, files::width()))?;
        progress::say(sentence);
    }
    Ok(Outcome::Refused)
}

fn show_diff(arguments: &Arguments, checked: &Checked) -> Result<Outcome> {
    let before = &checked.transcript.text;
    let after = fixes::fixed(before, &checked.report);
    files::print(&fixes::diff(&checked.path, before, &after.text))?;
    say_left(after.applied.len(), &after, checked, "would be fixed");
    Ok(arguments.fail_on.outcome(&checked.report.findings))
}

/// Writes the fixed text over the old one and gives what is left to report, at its new places.
fn fix(arguments: &Arguments, mut checked: Checked) -> Result<Checked> {
    let fixed = fixes::fixed(&checked.transcript.text, &checked.report);
    if !fixed.applied.is_empty() {
        files::replace(&arguments.transcript, fixed.text.as_bytes())?;
    }
    say_fixed(&checked, &fixed);
    let edits: Vec<Edit> =
        fixed.applied.iter().filter_map(|&i| checked.report.findings[i].fix.clone()).collect();
    let findings = std::mem::take(&mut checked.report.findings).into_iter().enumerate();
    let left = findings.filter(|(index, _)| !fixed.applied.contains(index));
    checked.report.findings = left.map(|(_, finding)| moved(finding, &edits)).collect();
    let name = arguments.transcript.file_name().and_then(|name| name.to_str());
    match readback_formats::read(fixed.text.as_bytes(), name) {
        Ok((transcript, _)) => checked.transcript = transcript,
        // Nothing but what was wrong stood in it.
        Err(_) => checked.transcript = Transcript { text: fixed.text, ..Transcript::default() },
    }
    Ok(checked)
}

fn say_fixed(checked: &Checked, fixed: &Fixed) {
    let text = &checked.transcript.text;
    let lines = LineIndex::new(text);
    for finding in fixed.applied.iter().map(|&index| &checked.report.findings[index]) {
        let place = lines.position(text, finding.span.start);
        let what = finding.fix.as_ref().map(|fix| fixes::in_words(fix, text)).unwrap_or_default();
        let (path, code) = (&checked.path, finding.rule.code);
        progress::say(&format!("{path}:{}:{}: {code} {what}", place.line, place.column));
    }
    say_left(fixed.applied.len(), fixed, checked, "fixed");
}

fn say_left(done: usize, fixed: &Fixed, checked: &Checked, verb: &str) {
    let all = checked.report.findings.len();
    let unsure = match fixed.left {
        0 => String::new(),
        left => format!("; {left} with a fix that a person should look at first"),
    };
    progress::say(&format!("{done} of {all} findings {verb}{unsure}"));
}

/// The finding at its place in the text after `edits`.
fn moved(mut finding: Finding, edits: &[Edit]) -> Finding {
    let shift =
        |span: Span| Span::new(fixes::shifted(span.start, edits), fixes::shifted(span.end, edits));
    finding.span = shift(finding.span);
    if let Some(fix) = &mut finding.fix {
        fix.span = shift(fix.span);
    }
    finding
}
