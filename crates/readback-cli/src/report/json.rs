//! The report for programs: a contract, field for field.

use readback_check::{Finding, Summary};
use readback_transcript::Position;
use serde::Serialize;

use super::{Checked, placed};

#[derive(Serialize)]
struct Document<'a> {
    readback: &'static str,
    transcript: TranscriptFacts<'a>,
    recording: Option<RecordingFacts<'a>>,
    evidence: Option<EvidenceFacts<'a>>,
    model: Option<&'a str>,
    summary: Option<SummaryFacts>,
    findings: Vec<FindingFacts<'a>>,
}

#[derive(Serialize)]
struct TranscriptFacts<'a> {
    path: &'a str,
    words: usize,
    format: &'a str,
}

#[derive(Serialize)]
struct RecordingFacts<'a> {
    path: &'a str,
    blake3: &'a str,
    seconds: f64,
}

#[derive(Serialize)]
struct EvidenceFacts<'a> {
    path: &'a str,
    format: &'a str,
}

#[derive(Serialize)]
struct SummaryFacts {
    verified: usize,
    not_said: usize,
    said_otherwise: usize,
    missing_words: usize,
    coverage: f64,
    accuracy: f64,
    certified: bool,
}

#[derive(Serialize)]
struct FindingFacts<'a> {
    rule: &'static str,
    name: &'static str,
    severity: &'static str,
    confidence: f64,
    message: &'a str,
    span: SpanFacts,
    text: &'a str,
    heard: Option<&'a str>,
    time: Option<TimeFacts>,
    fix: Option<FixFacts<'a>>,
}

#[derive(Serialize)]
struct SpanFacts {
    start: usize,
    end: usize,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct TimeFacts {
    start: f64,
    end: f64,
}

#[derive(Serialize)]
struct FixFacts<'a> {
    start: usize,
    end: usize,
    replacement: &'a str,
    safe: bool,
}

/// The report as an object over several lines.
pub(super) fn render(checked: &Checked) -> String {
    serde_json::to_string_pretty(&document(checked)).expect(SERIALISES) + "\n"
}

/// The same on one line.
pub(super) fn line(checked: &Checked) -> String {
    serde_json::to_string(&document(checked)).expect(SERIALISES) + "\n"
}

const SERIALISES: &str = "strings and finite numbers always serialise";

fn document(checked: &Checked) -> Document<'_> {
    let text = &checked.transcript.text;
    let heard = checked.recording.as_ref();
    Document {
        readback: env!("CARGO_PKG_VERSION"),
        transcript: TranscriptFacts {
            path: &checked.path,
            words: checked.transcript.words().count(),
            format: &checked.transcript.format,
        },
        recording: heard.map(|heard| RecordingFacts {
            path: &heard.path,
            blake3: &heard.blake3,
            seconds: thousandths(heard.seconds),
        }),
        evidence: checked
            .evidence
            .as_ref()
            .map(|evidence| EvidenceFacts { path: &evidence.path, format: evidence.format }),
        model: checked.model(),
        summary: checked.report.summary.as_ref().map(summary),
        findings: placed(checked).map(|(found, position)| finding(found, position, text)).collect(),
    }
}

fn summary(summary: &Summary) -> SummaryFacts {
    SummaryFacts {
        verified: summary.verified,
        not_said: summary.not_said,
        said_otherwise: summary.said_otherwise,
        missing_words: summary.missing_words,
        coverage: thousandths(summary.coverage),
        accuracy: thousandths(summary.accuracy),
        certified: summary.certified,
    }
}

fn finding<'a>(finding: &'a Finding, position: Position, text: &'a str) -> FindingFacts<'a> {
    FindingFacts {
        rule: finding.rule.code,
        name: finding.rule.name,
        severity: finding.severity.name(),
        confidence: thousandths(f64::from(finding.confidence.get())),
        message: &finding.message,
        span: SpanFacts {
            start: finding.span.start,
            end: finding.span.end,
            line: position.line,
            column: position.column,
        },
        text: finding.span.of(text),
        heard: finding.heard.as_deref(),
        time: finding.time.map(|time| TimeFacts {
            start: thousandths(time.start().seconds()),
            end: thousandths(time.end().seconds()),
        }),
        fix: finding.fix.as_ref().map(|fix| FixFacts {
            start: fix.edit.span.start,
            end: fix.edit.span.end,
            replacement: &fix.edit.replacement,
            safe: fix.is_safe(),
        }),
    }
}

/// Three decimals: more would only be noise in a diff. Not-a-number becomes 0.
fn thousandths(value: f64) -> f64 {
    if value.is_finite() { (value * 1000.0).round() / 1000.0 } else { 0.0 }
}
