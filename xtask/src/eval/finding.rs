//! What reading a text back found, as far as the evaluation needs it: the reports are those of
//! `readback check --format json`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::transcript::Span;
use crate::cargo::{command, line, output};

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Code of the rule.
    pub rule: String,
    /// Whether it says that something is wrong for certain, not only probably.
    pub is_error: bool,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// The bytes of the text that it points at; empty for an omission.
    pub span: Span,
    /// The bytes that its fix replaces, and by what.
    pub fix: Option<(Span, String)>,
    /// What the text says there.
    pub text: String,
    /// What was heard there.
    pub heard: String,
}

/// One reading of a text against its recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Findings of severity error and warning: what an editor is asked to look at.
    pub findings: Vec<Finding>,
    /// Length of the recording in seconds.
    pub seconds: f64,
    /// Whether it was said that the text is not of this recording.
    pub refused: bool,
    /// Every place where text and recording differ, whatever was made of it.
    pub differences: Vec<Difference>,
}

/// A place where text and recording differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The bytes of the text.
    pub span: Span,
    /// By which weights it is judged.
    pub table: String,
    /// What is weighed, by name.
    pub clues: BTreeMap<String, f64>,
}

/// Lets Readback hear a recording and read texts back against it, with a build of its example
/// `read_back`.
pub fn read_back(
    program: &Path,
    model: &str,
    texts: &[PathBuf],
    audio: &Path,
) -> Result<Vec<Reading>> {
    let mut command = command(program, &[model]);
    command.arg(audio).args(texts);
    let shown = line(&command);
    let printed = output(command)?;
    let reading = |line: &str| {
        let value: Value = serde_json::from_str(line)?;
        Reading::parse(&value["report"], &value["differences"])
    };
    let readings = printed.lines().map(reading).collect::<Result<Vec<_>>>();
    let readings = readings.with_context(|| format!("`{shown}` printed something else"))?;
    if readings.len() != texts.len() {
        bail!("`{shown}` read {} of {} texts", readings.len(), texts.len());
    }
    Ok(readings)
}

impl Reading {
    /// Takes a report and a list of differences apart.
    pub fn parse(report: &Value, differences: &Value) -> Result<Self> {
        let listed = report["findings"].as_array().context("no findings")?;
        let counted = listed.iter().filter(|finding| finding["severity"] != "info");
        let findings = counted.map(finding).collect::<Result<_>>()?;
        let seconds = report["recording"]["seconds"].as_f64().unwrap_or_default();
        let refused = report["summary"]["certified"] == false;
        let differences = differences.as_array().context("no differences")?;
        let differences = differences.iter().map(difference).collect::<Result<_>>()?;
        Ok(Self { findings, seconds, refused, differences })
    }
}

fn difference(value: &Value) -> Result<Difference> {
    let clues = value["clues"].as_object().context("a difference without clues")?;
    let clue =
        |(name, value): (&String, &Value)| (name.clone(), value.as_f64().unwrap_or_default());
    Ok(Difference {
        span: span(&value["span"])?,
        table: value["table"].as_str().context("a difference without a table")?.to_owned(),
        clues: clues.iter().map(clue).collect(),
    })
}

fn finding(value: &Value) -> Result<Finding> {
    let string = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let fix = value.get("fix").filter(|fix| !fix.is_null());
    let fix = fix.map(|fix| -> Result<_> {
        Ok((span(fix)?, fix["replacement"].as_str().context("a fix without words")?.to_owned()))
    });
    Ok(Finding {
        rule: string("rule"),
        is_error: value["severity"] == "error",
        confidence: value["confidence"].as_f64().unwrap_or(1.0),
        span: span(&value["span"])?,
        fix: fix.transpose()?,
        text: string("text"),
        heard: string("heard"),
    })
}

fn span(value: &Value) -> Result<Span> {
    let end = |key: &str| value[key].as_u64().with_context(|| format!("a span without {key}"));
    Ok(end("start")? as usize..end("end")? as usize)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn remarks_are_not_counted() {
        let report = json!({
            "recording": {"seconds": 12.5},
            "findings": [
                {"rule": "A001", "severity": "error", "confidence": 0.9, "span": {"start": 1, "end": 4},
                 "text": "one", "heard": "two", "fix": {"start": 1, "end": 4, "replacement": "two"}},
                {"rule": "T001", "severity": "info", "span": {"start": 9, "end": 9}, "text": "", "fix": null},
            ],
        });
        let reading = Reading::parse(&report, &json!([])).expect("a report");
        assert_eq!(reading.seconds, 12.5);
        assert_eq!(reading.findings.len(), 1);
        assert_eq!(reading.findings[0].fix, Some((1..4, "two".to_owned())));
    }

    #[test]
    fn a_report_of_another_form_is_refused() {
        assert!(Reading::parse(&json!({}), &json!([])).is_err());
        assert!(Reading::parse(&json!({"findings": [{"severity": "error"}]}), &json!([])).is_err());
    }
}
