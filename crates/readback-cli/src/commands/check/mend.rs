//! `--fix` and `--diff`: the fixes of a report, in one pass. What they bring to light is for the next check:
//! nothing is changed that no report showed.

use readback_check::{Applicability, Fixed, fixed};
use readback_transcript::LineIndex;

use crate::fixes;
use crate::progress;
use crate::report::Checked;

/// A text with its fixes in place.
pub(super) struct Mended {
    /// The mended text.
    pub text: String,
    /// What was fixed, a line each.
    pub done: Vec<String>,
    /// How many findings there were.
    findings: usize,
    /// How many of them have a fix that was not made.
    left: usize,
}

/// Makes the fixes of at least this applicability.
pub(super) fn mend(checked: &Checked, least: Applicability) -> Mended {
    let fixed = fixed(&checked.transcript.text, &checked.report, least);
    let (done, findings) = (in_words(checked, &fixed), checked.report.findings.len());
    Mended { text: fixed.text, done, findings, left: fixed.left }
}

fn in_words(checked: &Checked, fixed: &Fixed) -> Vec<String> {
    let text = &checked.transcript.text;
    let lines = LineIndex::new(text);
    let findings = fixed.applied.iter().map(|&index| &checked.report.findings[index]);
    let line = findings.map(|finding| {
        let place = lines.position(text, finding.span.start);
        let what =
            finding.fix.as_ref().map(|fix| fixes::in_words(&fix.edit, text)).unwrap_or_default();
        format!("{}:{}:{}: {} {what}", checked.path, place.line, place.column, finding.rule.code)
    });
    line.collect()
}

/// Says how many findings were (or would be) fixed, and how many of the others have a fix; nothing where
/// there were none.
pub(super) fn say_left(mended: &Mended, verb: &str) {
    let Mended { done, findings, left, .. } = mended;
    if *findings == 0 {
        return;
    }
    let unsure = match left {
        0 => String::new(),
        left => format!("; {left} with a fix that a person should look at first"),
    };
    progress::say(&format!("{} of {findings} findings {verb}{unsure}", done.len()));
}
