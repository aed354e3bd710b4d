//! Which fixes of a report can be applied together, and what that comes to.

use std::collections::BTreeMap;

use readback_transcript::{Edit, Span, apply};

use crate::{Applicability, Finding, Fix, Report};

/// The text with fixes applied.
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

/// Applies the fixes of at least this applicability that do not touch one another; of two that do, the safe
/// one, and of two alike, the surer one.
#[doc(alias = "autofix")]
#[expect(clippy::missing_panics_doc, reason = "edits that do not fit were left out")]
pub fn fixed(text: &str, report: &Report, least: Applicability) -> Fixed {
    let findings = &report.findings;
    let applied = apart(text, findings, least);
    let fixes = applied.iter().filter_map(|&index| findings[index].fix.as_ref());
    let mut edits: Vec<Edit> = fixes.map(|fix| fix.edit.clone()).collect();
    edits.sort_by_key(|edit| edit.span);
    let text = apply(text, &edits).expect("every edit fits the text and none touches another");
    let with_fix = findings.iter().filter(|finding| finding.fix.is_some()).count();
    Fixed { text, left: with_fix - applied.len(), applied }
}

/// Leaves safe only such fixes as can be applied together: what says that it is safe is applied.
pub(crate) fn keep_apart(text: &str, findings: &mut [Finding]) {
    let together = apart(text, findings, Applicability::Safe);
    for (index, finding) in findings.iter_mut().enumerate() {
        if let Some(fix) = finding.fix.as_mut().filter(|_| together.binary_search(&index).is_err())
        {
            fix.applicability = Applicability::Unsafe;
        }
    }
}

/// The findings, as indices in order, whose fixes have at least this applicability, fit the text and do not
/// touch one another.
fn apart(text: &str, findings: &[Finding], least: Applicability) -> Vec<usize> {
    let fix = |index: usize| findings[index].fix.as_ref();
    let is_meant = |index: &usize| {
        fix(*index).is_some_and(|fix| fix.is_safe() || least == Applicability::Unsafe)
    };
    let mut order: Vec<usize> = (0..findings.len()).filter(is_meant).collect();
    let first = |index: usize| {
        let confidence = findings[index].confidence.get();
        (fix(index).is_some_and(Fix::is_safe), confidence)
    };
    order.sort_by(|&one, &other| {
        let ((safe, sure), (safe_too, sure_too)) = (first(one), first(other));
        safe_too.cmp(&safe).then(sure_too.total_cmp(&sure))
    });
    let mut taken: Vec<usize> = Vec::new();
    let mut spans: BTreeMap<usize, Span> = BTreeMap::new();
    for index in order {
        let Some(Fix { edit, .. }) = fix(index) else { continue };
        // Those taken do not touch one another, so the last that begins before its end is the nearest.
        let nearest = spans.range(..=edit.span.end).next_back();
        if nearest.is_none_or(|(_, other)| !touches(*other, edit.span)) && fits(text, edit) {
            spans.insert(edit.span.start, edit.span);
            taken.push(index);
        }
    }
    taken.sort_unstable();
    taken
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
    use crate::RULES;
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
        let report = report(&[(0, 3, "A", 0.9), (4, 9, "dog", 0.5)]);
        let safely = fixed("the horse", &report, Applicability::Safe);
        assert_eq!((safely.text.as_str(), safely.left), ("A horse", 1));
        assert_eq!(safely.applied, [0]);
        let wholly = fixed("the horse", &report, Applicability::Unsafe);
        assert_eq!((wholly.text.as_str(), wholly.left), ("A dog", 0));
    }

    #[test]
    fn of_two_fixes_that_touch_the_surer_one_is_applied() {
        let report = report(&[(4, 9, "dog", 0.85), (4, 9, "house", 0.95)]);
        for least in [Applicability::Safe, Applicability::Unsafe] {
            let fixed = fixed("the horse", &report, least);
            assert_eq!((fixed.text.as_str(), fixed.left), ("the house", 1));
        }
    }

    #[test]
    fn what_says_that_it_is_safe_is_applied() {
        let fixes = [(0, 3, "A", 0.9), (2, 5, "x", 0.95), (4, 9, "dog", 0.85), (7, 99, "y", 1.0)];
        let mut report = report(&fixes);
        keep_apart("the horse", &mut report.findings);
        let safe: Vec<bool> =
            report.findings.iter().map(|it| it.fix.as_ref().is_some_and(Fix::is_safe)).collect();
        assert_eq!(safe, [false, true, false, false]);
        assert_eq!(fixed("the horse", &report, Applicability::Safe).applied, [1]);
    }

    #[test]
    fn a_fix_that_does_not_fit_the_text_is_not_applied() {
        let report = report(&[(1, 2, "e", 1.0), (7, 9, "x", 1.0)]);
        let fixed = fixed("é", &report, Applicability::Unsafe);
        assert_eq!((fixed.text.as_str(), fixed.left), ("é", 2));
    }
}
