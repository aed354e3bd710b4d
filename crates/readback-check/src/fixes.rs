//! What applying the safe fixes of a report comes to.

use std::collections::BTreeMap;

use readback_transcript::{Edit, Span, apply};

use crate::{Fix, Report};

/// The text with its safe fixes applied.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fixed {
    /// The new text.
    pub text: String,
    /// Which findings were fixed, as indices into the report's.
    pub applied: Vec<usize>,
    /// How many findings have a fix that was not applied.
    pub left: usize,
}

/// Applies the fixes that are safe and do not touch one another; of two that do, the surer one.
#[doc(alias = "autofix")]
#[expect(clippy::missing_panics_doc, reason = "edits that do not fit were left out")]
pub fn fixed(text: &str, report: &Report) -> Fixed {
    let findings = &report.findings;
    let is_safe = |index: &usize| findings[*index].fix.as_ref().is_some_and(Fix::is_safe);
    let mut order: Vec<usize> = (0..findings.len()).filter(is_safe).collect();
    order.sort_by(|&a, &b| findings[b].confidence.get().total_cmp(&findings[a].confidence.get()));
    let mut taken: Vec<usize> = Vec::new();
    let mut edits: BTreeMap<usize, Edit> = BTreeMap::new();
    for index in order {
        let Some(Fix { edit, .. }) = &findings[index].fix else { continue };
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

fn fits(text: &str, edit: &Edit) -> bool {
    text.get(edit.span.start..edit.span.end).is_some()
}

/// Whether two edits meddle with each other; an insertion at the edge of a change does.
fn touches(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Finding, RULES};
    use readback_transcript::Probability;

    fn report(fixes: &[(usize, usize, &str, f32)]) -> Report {
        let finding = |&(start, end, replacement, confidence): &(usize, usize, &str, f32)| {
            let (span, confidence) = (Span::new(start, end), Probability::new(confidence));
            let edit = Edit { span, replacement: replacement.into() };
            let fix = Some(Fix::of(edit, confidence));
            Finding { fix, ..Finding::new(RULES[0], confidence, span, String::new()) }
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
}
