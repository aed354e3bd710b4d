//! SARIF 2.1.0 (OASIS), the part of it that findings need. Offsets count characters, as the standard
//! has them; the time in the recording and what was heard stand in each result's properties.

use readback_check::{Finding, RULES, Severity};
use readback_transcript::{LineIndex, Position, Span};
use serde_json::{Value, json};

use super::{Checked, placed};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn render(checked: &Checked) -> String {
    let results: Vec<Value> =
        placed(checked).map(|(finding, position)| result(checked, finding, position)).collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Readback",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

fn rules() -> Vec<Value> {
    let rule = |rule: &&readback_check::Rule| {
        json!({
            "id": rule.code,
            "name": rule.name,
            "shortDescription": { "text": rule.summary },
            "help": { "text": rule.manual, "markdown": rule.manual },
            "defaultConfiguration": { "level": level(rule.severity) },
        })
    };
    RULES.iter().map(rule).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(checked: &Checked, finding: &Finding, start: Position) -> Value {
    let text = &checked.transcript.text;
    let artifact = json!({ "uri": uri(&checked.path) });
    let end = LineIndex::new(text).position(text, finding.span.end);
    let mut result = json!({
        "ruleId": finding.rule.code,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "rank": f64::from(finding.confidence.get()) * 100.0,
        "locations": [{ "physicalLocation": {
            "artifactLocation": artifact,
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
                "charOffset": characters(text, finding.span.start),
                "charLength": finding.span.of(text).chars().count(),
            },
        }}],
        "properties": {
            "heard": finding.heard,
            "seconds": finding.time.map(|time| [time.start().seconds(), time.end().seconds()]),
        },
    });
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([{
            "artifactChanges": [{
                "artifactLocation": artifact,
                "replacements": [{
                    "deletedRegion": {
                        "charOffset": characters(text, fix.span.start),
                        "charLength": fix.span.of(text).chars().count(),
                    },
                    "insertedContent": { "text": fix.replacement },
                }],
            }],
        }]);
    }
    result
}

fn characters(text: &str, offset: usize) -> usize {
    Span::new(0, offset).of(text).chars().count()
}

/// A path as a relative reference: what a URI may not hold is written as `%XX` (RFC 3986, section 2).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_blanks_and_accents_becomes_a_valid_reference() {
        assert_eq!(uri("été/my story.txt"), "%C3%A9t%C3%A9/my%20story.txt");
    }
}
