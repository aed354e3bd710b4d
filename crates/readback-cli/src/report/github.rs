//! GitHub workflow commands: one line for each finding, shown beside the line of the text.

use readback_check::{Finding, Severity};
use readback_transcript::Position;

use super::{Checked, placed};

pub(super) fn render(checked: &Checked) -> String {
    placed(checked).map(|(finding, position)| line(&checked.path, finding, position)).collect()
}

fn line(path: &str, finding: &Finding, position: Position) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let title = format!("{} {}", finding.rule.code, finding.rule.name);
    let time = finding.time.map(|time| format!(" (at {})", time.start())).unwrap_or_default();
    format!(
        "::{level} file={},line={},col={},title={}::{}\n",
        property(path),
        position.line,
        position.column,
        property(&title),
        data(&format!("{}{time}", finding.message)),
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
