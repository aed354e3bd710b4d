//! One run of the command: each text by its configuration and the baseline, from reading it to what is
//! printed of it.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::Result;
use readback_check::{Applicability, Given, Rule, Settings, Style};
use readback_formats::{CaptionPreset, ReadOptions};
use readback_transcript::Problem;

use super::Arguments;
use super::mend::{mend, say_left};
use crate::baseline::{Baseline, Unmet};
use crate::configuration::{Configuration, Configurations, FailOn};
use crate::failure::{self, advised};
use crate::files::{self, Destination, Text};
use crate::fixes;
use crate::heard;
use crate::outcome::Outcome;
use crate::pipeline::{self, AttendedFile, NamedListener};
use crate::progress;
use crate::report::{self, Checked, Several, Shape, refusal};

/// The most entries of a baseline that are named as gone for one text.
const MOST_GONE: usize = 20;

/// What is the same for every text of a run.
pub(super) struct Run<'a> {
    arguments: &'a Arguments,
    configurations: Configurations,
    reading: ReadOptions,
    baseline: Option<Baseline>,
    /// Where all that was heard is written.
    heard: Option<Destination>,
}

/// A text, and what was decided for it.
struct Case<'a> {
    path: &'a Path,
    configuration: Rc<Configuration>,
    settings: Settings,
    style: Style,
}

/// A text that was checked, and the entries of the baseline that it did not meet.
struct Read {
    checked: Checked,
    unmet: Unmet,
}

/// A text that is done with.
struct Done {
    checked: Checked,
    /// What to print instead of the report.
    diff: Option<String>,
    outcome: Outcome,
}

/// Checks a text by itself or against a recording.
type Check<'a> = dyn FnMut(Text) -> Result<Checked> + 'a;

impl<'a> Run<'a> {
    pub fn new(arguments: &'a Arguments) -> Result<Self> {
        let roster = arguments.roster.as_deref();
        let configurations = Configurations::new(arguments.config.as_deref(), roster)?;
        let read = |path: &PathBuf| Baseline::read(path, arguments.accept.is_some());
        let baseline = arguments.baseline.as_ref().map(read).transpose()?;
        let heard = arguments.heard.as_deref().map(|path| Destination::new(Some(path), true));
        let reading = arguments.reading.options()?;
        Ok(Self { arguments, configurations, reading, baseline, heard: heard.transpose()? })
    }

    /// Checks one text by itself.
    pub fn one(&mut self, path: &Path) -> Result<Outcome> {
        let case = self.case(path)?;
        let done = self.alone(&case)?;
        self.conclude(&done)
    }

    /// Checks texts by themselves. One that cannot be read does not stop the others.
    pub fn several(&mut self, texts: Vec<Result<PathBuf>>) -> Result<Outcome> {
        let mut reports = Several::new(self.arguments.shape(), files::width());
        let mut worst = Outcome::Clean;
        for text in texts {
            let done = match text {
                Ok(path) => self.case(&path).map(|case| self.alone(&case))?,
                Err(error) => Err(error),
            };
            let outcome = match done {
                Ok(done) => {
                    files::print(&done.diff.unwrap_or_else(|| reports.one(&done.checked)))?;
                    done.outcome
                }
                Err(error) => {
                    failure::say(&error);
                    Outcome::Incomplete
                }
            };
            worst = worst.max(outcome);
        }
        if !self.arguments.diff {
            files::print(&reports.end())?;
        }
        Ok(worst)
    }

    /// Reads one text back against its recording.
    pub fn with_recording(&mut self, path: &Path, audio: &Path) -> Result<Outcome> {
        let case = self.case(path)?;
        let text = self.load(path)?;
        let recording = pipeline::open(audio)?;
        let listener =
            NamedListener::new(&case.configuration.listening(&self.arguments.listening))?;
        let attended = listener.attend(recording, &text)?;
        self.read_back(&case, text, attended)
    }

    /// Reads one text back against what another recogniser heard.
    pub fn with_evidence(&mut self, path: &Path, evidence: &Path) -> Result<Outcome> {
        let case = self.case(path)?;
        let text = self.load(path)?;
        self.read_back(&case, text, pipeline::attend_evidence(evidence)?)
    }

    fn read_back(
        &mut self,
        case: &Case,
        text: Text,
        mut attended: AttendedFile,
    ) -> Result<Outcome> {
        let hearing = self.heard.is_some().then(|| attended.hearing().clone());
        let mut check = |text| attended.check(text, &case.style);
        let read = self.read(case, text, &mut check)?;
        if let (Some(destination), Some(hearing)) = (&self.heard, hearing) {
            destination.write(heard::render(&read.checked, &hearing).as_bytes())?;
        }
        if let Some(sentence) = refusal(&read.checked) {
            return self.refuse(&read.checked, &sentence);
        }
        let done = self.settle(case, read, &mut check)?;
        self.conclude(&done)
    }

    /// Keeps what was accepted.
    pub fn close(self) -> Result<()> {
        match self.baseline {
            Some(baseline) if self.arguments.accept.is_some() => baseline.write(),
            _ => Ok(()),
        }
    }

    fn case<'p>(&mut self, path: &'p Path) -> Result<Case<'p>> {
        let configuration = self.configurations.of(path)?;
        let settings = configuration.settings(path);
        let captions = self.arguments.preset.map(CaptionPreset::rules);
        let style = Style { captions, ..configuration.style.clone() };
        Ok(Case { path, configuration, settings, style })
    }

    fn alone(&mut self, case: &Case) -> Result<Done> {
        let text = self.load(case.path)?;
        let mut check = |text| Ok(pipeline::check_text(text, &case.style));
        let read = self.read(case, text, &mut check)?;
        self.settle(case, read, &mut check)
    }

    fn load(&self, path: &Path) -> Result<Text> {
        let text = files::load_transcript(path, &self.reading)?;
        if self.arguments.preset.is_some() && text.transcript.captions.is_empty() {
            let (path, format) = (path.display(), &text.transcript.format);
            let message = format!("{path} is {format} and holds no captions to hold to a guide");
            return Err(advised(message, "`readback caption` makes captions of a text."));
        }
        if self.arguments.fix {
            fixable(&text)?;
        }
        Ok(text)
    }

    /// Checks a text and leaves out what its desk does not want to be told.
    fn read(&self, case: &Case, mut text: Text, check: &mut Check) -> Result<Read> {
        let problems = std::mem::take(&mut text.problems);
        let mut checked = check(text)?;
        say_unreported(&checked, problems);
        let (text, findings) = (&checked.transcript.text, &mut checked.report.findings);
        case.settings.apply(findings, text);
        let unmet = self.sift(case, &mut checked);
        Ok(Read { checked, unmet })
    }

    /// Leaves out what is accepted, and gives the entries that nothing met. A recording answers some of what
    /// the rules of the text ask; what the text by itself still has is not gone for that.
    fn sift(&self, case: &Case, checked: &mut Checked) -> Unmet {
        let Some(baseline) = &self.baseline else { return Unmet::default() };
        let Checked { transcript, report, .. } = checked;
        let unmet = baseline.sift(&mut report.findings, case.path, &transcript.text);
        if report.summary.is_none() {
            return unmet;
        }
        let mut by_itself = readback_check::check_text(transcript, &case.style).findings;
        case.settings.apply(&mut by_itself, &transcript.text);
        unmet.and(&baseline.sift(&mut by_itself, case.path, &transcript.text))
    }

    /// Fixes, shows what would be fixed, or accepts: what the command line asks for.
    fn settle(&mut self, case: &Case, read: Read, check: &mut Check) -> Result<Done> {
        let Read { checked, unmet } = read;
        let gone = self.say_gone(case, &unmet, checked.report.summary.is_some());
        if self.arguments.diff {
            return Ok(self.show_diff(case, checked));
        }
        let mut checked =
            if self.arguments.fix { self.fix(case, checked, check)? } else { checked };
        if let (Some(why), Some(who)) = (&self.arguments.accept, &self.arguments.who) {
            let found = std::mem::take(&mut checked.report.findings);
            if let Some(baseline) = &mut self.baseline {
                baseline.forget(gone);
                baseline.accept(&found, case.path, &checked.transcript.text, who, why);
            }
            progress::say(&format!(
                "{}: {} accepted",
                checked.path,
                report::count(found.len(), "finding")
            ));
        }
        let outcome = self.outcome(case, &checked);
        Ok(Done { checked, diff: None, outcome })
    }

    fn show_diff(&self, case: &Case, checked: Checked) -> Done {
        let mended = mend(&checked, self.least());
        say_left(&mended, "would be fixed");
        let diff = fixes::diff(&checked.path, &checked.transcript.text, &mended.text);
        Done { outcome: self.outcome(case, &checked), checked, diff: Some(diff) }
    }

    /// Writes the mended text over the old one and gives what is left to report.
    fn fix(&self, case: &Case, checked: Checked, check: &mut Check) -> Result<Checked> {
        let mended = mend(&checked, self.least());
        if mended.done.is_empty() {
            say_left(&mended, "fixed");
            return Ok(checked);
        }
        files::replace(case.path, mended.text.as_bytes())?;
        for line in &mended.done {
            progress::say(line);
        }
        say_left(&mended, "fixed");
        Ok(self.read(case, files::edited(case.path, mended.text), check)?.checked)
    }

    /// How safe a fix must be to be made.
    fn least(&self) -> Applicability {
        if self.arguments.also_unsafe { Applicability::Unsafe } else { Applicability::Safe }
    }

    /// Says which accepted findings are no longer there, as far as a check that had no more than this one
    /// can know, and gives their entries.
    fn say_gone(&self, case: &Case, unmet: &Unmet, recording: bool) -> Vec<usize> {
        let Some(baseline) = &self.baseline else { return Vec::new() };
        let given = Given { recording, captions: case.style.captions.is_some() };
        let asked = |code: &str| {
            let rule = Rule::named(code).filter(|rule| rule.is_asked(given));
            rule.is_some_and(|rule| case.settings.asks(rule.code))
        };
        let gone: Vec<_> = baseline.gone(unmet, asked).collect();
        let path = files::shown(case.path);
        for (_, entry) in gone.iter().take(MOST_GONE) {
            let (rule, place) = (&entry.rule, &entry.place);
            progress::say(&format!("{path}: the accepted finding {rule} is gone: {place}"));
        }
        if gone.len() > MOST_GONE {
            let more = gone.len() - MOST_GONE;
            progress::say(&format!("{path}: {more} more accepted findings are gone"));
        }
        gone.into_iter().map(|(index, _)| index).collect()
    }

    fn conclude(&self, done: &Done) -> Result<Outcome> {
        let report = || report::render(&done.checked, self.arguments.shape(), files::width());
        files::print(&done.diff.clone().unwrap_or_else(report))?;
        Ok(done.outcome)
    }

    /// The sentence goes where people look for the result; a program finds it in the report.
    fn refuse(&self, checked: &Checked, sentence: &str) -> Result<Outcome> {
        if self.arguments.shape() == Shape::Text {
            files::print(&format!("{sentence}.\n"))?;
        } else {
            files::print(&report::render(checked, self.arguments.shape(), files::width()))?;
            progress::say(sentence);
        }
        Ok(Outcome::Refused)
    }

    fn outcome(&self, case: &Case, checked: &Checked) -> Outcome {
        let fail_on = self.arguments.fail_on.or(case.configuration.fail_on);
        fail_on.unwrap_or(FailOn::Error).outcome(&checked.report.findings)
    }
}

/// Says what the reader noticed and no finding tells.
fn say_unreported(checked: &Checked, mut problems: Vec<Problem>) {
    let told = |problem: &Problem| {
        checked.report.findings.iter().any(|finding| finding.span.overlaps(problem.span))
    };
    problems.retain(|problem| !told(problem));
    files::say_problems(&checked.path, &checked.transcript.text, &problems);
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
