//! Which fixes may be applied without asking, and what applying them comes to.

use std::collections::BTreeMap;

use readback_check::{Finding, Report};
use readback_transcript::{Edit, Span, apply};
use similar::TextDiff;

/// From this confidence on a fix is safe to apply unasked.
const SAFE: f32 = 0.8;
/// The most of a text that is repeated when a fix is described.
const MOST: usize = 200;

/// The text with its safe fixes applied.
#[derive(Debug)]
pub struct Fixed {
    /// The new text.
    pub text: String,
    /// Which findings were fixed, as indices into the report's.
    pub applied: Vec<usize>,
    /// How many findings have a fix that was not applied.
    pub left: usize,
}

/// Applies the fixes that are safe and do not touch one another; of two that do, the surer one.
pub fn fixed(text: &str, report: &Report) -> Fixed {
    let findings = &report.findings;
    let mut order: Vec<usize> = (0..findings.len()).filter(|&i| is_safe(&findings[i])).collect();
    order.sort_by(|&a, &b| findings[b].confidence.get().total_cmp(&findings[a].confidence.get()));
    let mut taken: Vec<usize> = Vec::new();
    let mut edits: BTreeMap<usize, Edit> = BTreeMap::new();
    for index in order {
        let Some(edit) = &findings[index].fix else { continue };
        // Those taken do not touch one another, so the last that begins before its end is the nearest.
        let nearest = edits.range(..=edit.span.end).next_back();
        if nearest.is_none_or(|(_, other)| !touches(other.span, edit.span)) && fits(text, edit) {
            edits.insert(edit.span.start, edit.clone());
            taken.push(index);
        }
    }
    taken.sort_unstable();
    let with_fix = findings.iter().filter(|finding| finding.fix.is_some()).count();
    let left = with_fix - taken.len();
    let edits: Vec<Edit> = edits.into_values().collect();
    let text = apply(text, &edits).expect("every edit fits the text and none touches another");
    Fixed { text, applied: taken, left }
}

fn is_safe(finding: &Finding) -> bool {
    finding.fix.is_some() && finding.confidence.get() >= SAFE
}

fn fits(text: &str, edit: &Edit) -> bool {
    text.get(edit.span.start..edit.span.end).is_some()
}

/// Whether two edits meddle with each other; an insertion at the edge of a change does.
fn touches(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// A fix in a few words.
pub fn in_words(fix: &Edit, text: &str) -> String {
    let (old, new) = (fix.span.of(text), fix.replacement.as_str());
    match (old.trim().is_empty(), new.trim().is_empty()) {
        (true, true) if new.contains('\n') => "begin a new paragraph here".into(),
        (true, true) => "put the blanks right".into(),
        (true, false) => format!("insert {}", quoted(new)),
        (false, true) => format!("delete {}", quoted(old)),
        (false, false) => format!("{} → {}", quoted(old), quoted(new)),
    }
}

/// The text on one line, shortened, within quotation marks that it does not have itself.
pub fn quoted(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    };
    if shown.contains(['“', '”', '"']) {
        format!("«{shown}»")
    } else {
        format!("“{shown}”")
    }
}

/// A unified diff between the text and its fixed version; empty if they are the same.
pub fn diff(path: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().header(path, &format!("{path} (fixed)")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use readback_check::{RULES, Severity};
    use readback_transcript::Probability;

    fn report(fixes: &[(usize, usize, &str, f32)]) -> Report {
        let finding =
            |&(start, end, replacement, confidence): &(usize, usize, &str, f32)| Finding {
                rule: RULES[0],
                severity: Severity::Error,
                confidence: Probability::new(confidence),
                message: String::new(),
                span: Span::new(start, end),
                heard: None,
                time: None,
                fix: Some(Edit { span: Span::new(start, end), replacement: replacement.into() }),
            };
        Report { findings: fixes.iter().map(finding).collect(), ..Report::default() }
    }

    #[test]
    fn unsure_fixes_are_left_to_people() {
        let fixed = fixed("the horse", &report(&[(0, 3, "A", 0.9), (4, 9, "dog", 0.5)]));
        assert_eq!((fixed.text.as_str(), fixed.left), ("A horse", 1));
        assert_eq!(fixed.applied, [0]);
    }

    #[test]
    fn of_two_fixes_that_touch_the_surer_one_is_applied() {
        let fixed = fixed("the horse", &report(&[(4, 9, "dog", 0.85), (4, 9, "house", 0.95)]));
        assert_eq!((fixed.text.as_str(), fixed.left), ("the house", 1));
    }

    #[test]
    fn a_fix_that_does_not_fit_the_text_is_not_applied() {
        let fixed = fixed("é", &report(&[(1, 2, "e", 1.0), (7, 9, "x", 1.0)]));
        assert_eq!((fixed.text.as_str(), fixed.left), ("é", 2));
    }

    #[test]
    fn a_fix_reads_as_an_instruction() {
        let says = |start, end, new: &str| {
            let fix = Edit { span: Span::new(start, end), replacement: new.into() };
            in_words(&fix, "the “old” horse")
        };
        assert_eq!(says(0, 3, "a"), "“the” → “a”");
        assert_eq!(says(3, 3, " very"), "insert “very”");
        assert_eq!(says(4, 13, ""), "delete «“old”»");
        assert_eq!(says(3, 3, "\n\n"), "begin a new paragraph here");
    }

    #[test]
    fn a_diff_of_nothing_is_empty() {
        assert_eq!(diff("x", "same\n", "same\n"), "");
        assert!(diff("x", "old\n", "new\n").contains("-old\n+new\n"));
    }
}
