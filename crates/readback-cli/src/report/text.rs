//! The report for people: each finding with its sentence, and one line that sums up.
//!
//! It is read on a terminal of any width, in a mail and without colours, by somebody who has never
//! seen a linter.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use readback_check::{Finding, Severity, Summary};
use readback_transcript::{Position, Probability};

use super::quote::quote;
use super::{Checked, count, placed};
use crate::fixes;

const QUOTE_INDENT: usize = 4;

pub(super) fn render(checked: &Checked, width: usize) -> String {
    findings(checked, width) + &last_line(checked)
}

/// The findings without the line that sums up.
pub(super) fn findings(checked: &Checked, width: usize) -> String {
    let mut out = String::new();
    for (finding, position) in placed(checked) {
        out += &one(checked, finding, position, width);
        out.push('\n');
    }
    out
}

/// The sentence that refuses a text, with its coverage.
pub(crate) fn refusal(checked: &Checked) -> Option<String> {
    let summary = checked.report.summary.as_ref().filter(|summary| !summary.certified)?;
    let evidence = checked.evidence.as_ref().map(|evidence| evidence.path.as_str());
    let recording = checked.recording.as_ref().map(|heard| heard.path.as_str());
    let recording = recording.or(evidence).unwrap_or("the recording");
    if checked.recording.as_ref().is_some_and(|heard| !heard.speech) {
        return Some(format!(
            "nobody speaks in {recording}, so {} cannot be read back",
            checked.path
        ));
    }
    if summary.words == 0 {
        return Some(format!("{} has no words that anybody could have said", checked.path));
    }
    let (of, found) = match evidence {
        Some(_) => ("what was heard in ", "are"),
        None => ("", "can be heard"),
    };
    Some(format!(
        "{} is not a transcript of {of}{recording}: only {} of its {} {found} there",
        checked.path,
        percent(summary.coverage),
        count(summary.words, "word"),
    ))
}

fn one(checked: &Checked, finding: &Finding, position: Position, width: usize) -> String {
    let text = &checked.transcript.text;
    let mut out = heading(checked, finding, position);
    for line in wrap(&sentence(&finding.message), width.saturating_sub(2)) {
        let _ = writeln!(out, "  {line}");
    }
    let quote = quote(text, finding.span, width.saturating_sub(QUOTE_INDENT));
    let (before, rest) = quote.line.split_at(quote.marked.start);
    let (marked, after) = rest.split_at(quote.marked.len());
    let (style, indent) = (colour(finding.severity), " ".repeat(QUOTE_INDENT));
    let _ = writeln!(out, "\n{indent}{before}{style}{marked}{style:#}{after}");
    let (blanks, carets) = (" ".repeat(quote.indent), "^".repeat(quote.underline));
    let _ = writeln!(out, "{indent}{blanks}{style}{carets}{style:#}");
    for (label, value) in details(checked, finding) {
        for (i, line) in wrap(&value, width.saturating_sub(QUOTE_INDENT + 7)).iter().enumerate() {
            let label = if i == 0 { label } else { "" };
            let _ = writeln!(out, "{indent}{label:5}  {line}");
        }
    }
    out
}

fn heading(checked: &Checked, finding: &Finding, position: Position) -> String {
    let (bold, style) = (Style::new().bold(), colour(finding.severity).bold());
    let time = finding.time.map(|time| format!("at {}  ", time.start())).unwrap_or_default();
    format!(
        "{bold}{}:{}:{}{bold:#}  {time}{style}{}{style:#} {} {}\n",
        checked.path,
        position.line,
        position.column,
        finding.severity,
        finding.rule.code,
        finding.rule.name,
    )
}

fn details(checked: &Checked, finding: &Finding) -> Vec<(&'static str, String)> {
    let heard = finding.heard.as_deref().map(|heard| match heard.trim() {
        "" => ("heard", "nothing".into()),
        heard => ("heard", fixes::quoted(heard)),
    });
    let sure = ("sure", sureness(finding.confidence));
    let fix = finding
        .fix
        .as_ref()
        .map(|fix| ("fix", fixes::in_words(&fix.edit, &checked.transcript.text)));
    heard.into_iter().chain([sure]).chain(fix).collect()
}

/// `almost certain (97 %)`.
fn sureness(confidence: Probability) -> String {
    let words = match confidence.get() {
        p if p >= 0.995 => "certain",
        p if p >= 0.95 => "almost certain",
        p if p >= 0.8 => "very likely",
        p if p >= 0.6 => "likely",
        p if p >= 0.4 => "about even",
        _ => "a suspicion",
    };
    format!("{words} ({:.0} %)", confidence.get() * 100.0)
}

fn last_line(checked: &Checked) -> String {
    let mut tally = Tally::default();
    tally.add(checked);
    let lead = match &checked.report.summary {
        Some(summary) => words(summary),
        None => format!("{}, text only. ", count(tally.words, "word")),
    };
    let bold = Style::new().bold();
    format!("{bold}{lead}{}.{bold:#}\n", tally.found())
}

/// What was found in some texts, by severity.
#[derive(Debug, Default)]
pub(super) struct Tally {
    texts: usize,
    words: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Tally {
    /// Counts one text more.
    pub fn add(&mut self, checked: &Checked) {
        let found = |level| checked.report.findings.iter().filter(|f| f.severity == level).count();
        self.texts += 1;
        self.words += checked.transcript.words().count();
        self.errors += found(Severity::Error);
        self.warnings += found(Severity::Warning);
        self.notes += found(Severity::Info);
    }

    /// The line that sums up several texts.
    pub fn line(&self) -> String {
        let (texts, words) = (count(self.texts, "text"), count(self.words, "word"));
        let bold = Style::new().bold();
        format!("{bold}{texts}, {words}, text only. {}.{bold:#}\n", self.found())
    }

    fn found(&self) -> String {
        let tally = match (self.errors, self.warnings) {
            (0, 0) if self.notes == 0 => return "Nothing to report".to_string(),
            _ => format!("{}, {}", count(self.errors, "error"), count(self.warnings, "warning")),
        };
        match self.notes {
            0 => tally,
            notes => format!("{tally}, {}", count(notes, "note")),
        }
    }
}

fn words(summary: &Summary) -> String {
    format!(
        "{}: {} verified, {} not said, {} said otherwise; {} missing; {} right. ",
        count(summary.words, "word"),
        summary.verified,
        summary.not_said,
        summary.said_otherwise,
        count(summary.missing_words, "spoken word"),
        percent(summary.accuracy),
    )
}

/// One decimal, and never rounded up to a hundred.
fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round() / 10.0;
    let tenths = if share < 1.0 { tenths.min(99.9) } else { tenths };
    format!("{tenths} %")
}

/// The message with a capital and a full stop.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let capital = letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>());
    let capital = capital.unwrap_or_default();
    if capital.ends_with(['.', '!', '?', '…']) { capital } else { capital + "." }
}

/// Breaks `text` at blanks into lines of at most `width` columns, where words allow it.
fn wrap(text: &str, width: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthStr;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.into()),
        }
    }
    lines
}

fn colour(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    Style::new().fg_color(Some(colour.into()))
}
