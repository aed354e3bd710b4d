//! What `readback check --format json` found, as far as the evaluation needs it.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::transcript::Span;
use crate::cargo::{command, line};

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
}

/// Lets Readback read a text back.
pub fn read_back(program: &Path, model: &str, text: &Path, audio: &Path) -> Result<Reading> {
    let mut check = command(program, &["check", "--format", "json", "--model", model]);
    check.arg(text).arg(audio);
    let shown = line(&check);
    let output = check.output().with_context(|| format!("cannot run `{shown}`"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !matches!(output.status.code(), Some(0 | 1 | 3)) {
        bail!("`{shown}` failed ({}): {}", output.status, said.trim());
    }
    let report = serde_json::from_slice(&output.stdout)
        .with_context(|| format!("`{shown}` printed no report: {}", said.trim()))?;
    Reading::parse(&report, output.status.code() == Some(3))
        .with_context(|| format!("`{shown}` printed a report of another form"))
}

impl Reading {
    /// Takes a report apart.
    pub fn parse(report: &Value, refused: bool) -> Result<Self> {
        let listed = report["findings"].as_array().context("no findings")?;
        let counted = listed.iter().filter(|finding| finding["severity"] != "info");
        let findings = counted.map(finding).collect::<Result<_>>()?;
        let seconds = report["recording"]["seconds"].as_f64().unwrap_or_default();
        Ok(Self { findings, seconds, refused })
    }
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
        let reading = Reading::parse(&report, false).expect("a report");
        assert_eq!(reading.seconds, 12.5);
        assert_eq!(reading.findings.len(), 1);
        assert_eq!(reading.findings[0].fix, Some((1..4, "two".to_owned())));
    }

    #[test]
    fn a_report_of_another_form_is_refused() {
        assert!(Reading::parse(&json!({}), false).is_err());
        assert!(Reading::parse(&json!({"findings": [{"severity": "error"}]}), false).is_err());
    }
}
