//! `--fix` and `--diff`: the safe fixes of a text, round after round, until there is none left.

use std::path::Path;

use anyhow::Result;
use readback_check::{Fixed, fixed};
use readback_transcript::LineIndex;

use crate::files::{self, Text};
use crate::fixes;
use crate::progress;
use crate::report::Checked;

/// A fix may bring to light what it hid, or touch another that then has to wait; more rounds than this
/// are not for a program to go.
const ROUNDS: usize = 10;

/// A text with its safe fixes in place, checked again.
pub(super) struct Mended {
    /// The mended text and what is left to report.
    pub checked: Checked,
    /// What was fixed, a line each.
    pub done: Vec<String>,
}

/// Fixes what is safe to fix and checks again, until nothing is.
pub(super) fn mend(
    path: &Path,
    mut checked: Checked,
    mut check: impl FnMut(Text) -> Result<Checked>,
) -> Result<Mended> {
    let mut done = Vec::new();
    for _ in 0..ROUNDS {
        let fixed = fixed(&checked.transcript.text, &checked.report);
        if fixed.applied.is_empty() {
            break;
        }
        done.extend(in_words(&checked, &fixed));
        checked = check(files::edited(path, fixed.text))?;
    }
    Ok(Mended { checked, done })
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
    let left = &mended.checked.report.findings;
    let done = mended.done.len();
    if done + left.len() == 0 {
        return;
    }
    let unsure = match left.iter().filter(|finding| finding.fix.is_some()).count() {
        0 => String::new(),
        unsure => format!("; {unsure} with a fix that a person should look at first"),
    };
    progress::say(&format!("{done} of {} findings {verb}{unsure}", done + left.len()));
}
