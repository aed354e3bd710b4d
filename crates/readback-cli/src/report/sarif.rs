//! SARIF 2.1.0 (OASIS), the part of it that findings need. Offsets count characters, as the standard
//! has them; the time in the recording and what was heard stand in each result's properties.

use std::collections::HashMap;

use readback_check::{Finding, RULES, Severity};
use readback_transcript::{Edit, LineIndex, Span};
use serde_json::{Value, json};

use super::Checked;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The document of one text.
pub(super) fn render(checked: &Checked) -> String {
    let mut document = Document::default();
    document.add(checked) + &document.end()
}

/// A document that is given out as its texts are done, so that it never has to be kept as a whole.
#[derive(Debug, Default)]
pub(super) struct Document {
    begun: bool,
    has_results: bool,
}

impl Document {
    /// What the results of one text add to it.
    pub fn add(&mut self, checked: &Checked) -> String {
        let mut out = self.begin();
        for result in results(checked) {
            out += if std::mem::replace(&mut self.has_results, true) { ",\n" } else { "\n" };
            out += &result;
        }
        out
    }

    /// What ends it.
    pub fn end(mut self) -> String {
        self.begin() + &frame().1
    }

    fn begin(&mut self) -> String {
        if std::mem::replace(&mut self.begun, true) { String::new() } else { frame().0 }
    }
}

/// What stands before the results, and after them.
fn frame() -> (String, String) {
    const NO_RESULTS: &str = "\"results\": []";
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Readback",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules(),
            }},
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "results": [],
        }],
    });
    let rendered = format!("{document:#}\n");
    // Within a string the quotation marks would be escaped.
    let (before, after) = rendered.split_once(NO_RESULTS).expect("the results are printed so");
    (format!("{before}\"results\": ["), format!("]{after}"))
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

/// The results of one text, each on a line.
fn results(checked: &Checked) -> impl Iterator<Item = String> {
    let text = Text {
        source: &checked.transcript.text,
        lines: LineIndex::new(&checked.transcript.text),
        artifact: json!({ "uri": uri(&checked.path) }),
    };
    let mut seen = HashMap::new();
    let findings = checked.report.findings.iter();
    findings.map(move |finding| text.result(finding, &mut seen).to_string())
}

/// A text, and its name as an artifact.
struct Text<'a> {
    source: &'a str,
    lines: LineIndex,
    artifact: Value,
}

impl Text<'_> {
    /// `seen` counts the findings so far by rule and place.
    fn result(&self, finding: &Finding, seen: &mut HashMap<String, usize>) -> Value {
        let mut result = json!({
            "ruleId": finding.rule.code,
            "level": level(finding.severity),
            "message": { "text": finding.message },
            "rank": f64::from(finding.confidence.get()) * 100.0,
            "locations": [{ "physicalLocation": {
                "artifactLocation": self.artifact,
                "region": self.region(finding.span),
            }}],
            "partialFingerprints": { "place/v1": self.fingerprint(finding, seen) },
            "properties": {
                "heard": finding.heard,
                "seconds": finding.time.map(|time| [time.start().seconds(), time.end().seconds()]),
            },
        });
        if let Some(fix) = &finding.fix {
            result["fixes"] = json!([self.fix(&fix.edit)]);
        }
        result
    }

    fn region(&self, span: Span) -> Value {
        let start = self.lines.position(self.source, span.start);
        let end = self.lines.position(self.source, span.end);
        let mut region = self.characters(span);
        region["startLine"] = start.line.into();
        region["startColumn"] = start.column.into();
        region["endLine"] = end.line.into();
        region["endColumn"] = end.column.into();
        region
    }

    fn characters(&self, span: Span) -> Value {
        json!({
            "charOffset": self.lines.characters(self.source, span.start),
            "charLength": span.of(self.source).chars().count(),
        })
    }

    fn fix(&self, fix: &Edit) -> Value {
        json!({ "artifactChanges": [{
            "artifactLocation": self.artifact,
            "replacements": [{
                "deletedRegion": self.characters(fix.span),
                "insertedContent": { "text": fix.replacement },
            }],
        }]})
    }

    /// The same for the same finding in another edition of the text; a second finding with the same
    /// place is told apart by its number.
    fn fingerprint(&self, finding: &Finding, seen: &mut HashMap<String, usize>) -> String {
        let place = format!("{} {}", finding.rule.code, finding.place(self.source));
        let hash = blake3::hash(place.as_bytes()).to_hex();
        let number = seen.entry(place).and_modify(|count| *count += 1).or_insert(1);
        format!("{}:{number}", &hash[..16])
    }
}

/// A path as a relative reference, or as a `file` URI if it starts at the root: what a URI may not hold is
/// written as `%XX` (RFC 3986, section 2).
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
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
        assert_eq!(uri("a:b/50 %.txt"), "a%3Ab/50%20%25.txt");
        assert_eq!(uri("/desk/story.txt"), "file:///desk/story.txt");
    }
}
