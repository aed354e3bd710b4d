//! One line for each finding, `path:line:column: CODE severity message`, as compilers print them: for
//! editors that jump to a place, and for `grep`.

use readback_check::Finding;
use readback_transcript::Position;

use super::{Checked, placed};

pub(super) fn render(checked: &Checked) -> String {
    placed(checked).map(|(finding, position)| line(&checked.path, finding, position)).collect()
}

fn line(path: &str, finding: &Finding, position: Position) -> String {
    let Position { line, column } = position;
    let (code, severity) = (finding.rule.code, finding.severity);
    let time = finding.time.map(|time| format!(" [{}]", time.start())).unwrap_or_default();
    let line = format!("{path}:{line}:{column}: {code} {severity} {}{time}", finding.message);
    line.chars().map(|c| if c.is_control() { ' ' } else { c }).chain(['\n']).collect()
}
