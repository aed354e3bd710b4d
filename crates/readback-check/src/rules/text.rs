//! Rules that need only the text: one file each, with its manual page, its `check` and its tests.

mod boilerplate_in_body;
mod caption_debris;
mod context;
mod cue_and_label_together;
mod debris;
mod doubled_word;
mod first_mention;
mod impossible_figure;
mod label_drift;
mod label_inside_paragraph;
mod left_to_check;
mod malformed_cue;
mod misplaced_quotation_mark;
mod missing_notice;
mod missing_sign_off;
mod name_spelt_two_ways;
mod near_repeated_passage;
mod passages;
mod repeated_passage;
mod roster_misspelling;
mod same_label_again;
mod sentences;
mod speaker_names_themself;
mod stray_bytes;
mod two_figures;
mod unbalanced_bracket;
mod unknown_cue;
mod unknown_label;
mod unlabelled_opening;
mod unpaired_clip;
mod untranslated;
mod wrong_article;

use readback_transcript::{Edit, Probability, Span, Transcript};

use super::{Check, Rule};
use crate::{Finding, Fix, Style};
pub(crate) use context::Context;
pub(crate) use passages::Repeat;

/// The rules of the text, by code.
pub(super) const RULES: &[&Rule] = &[
    &repeated_passage::RULE,
    &near_repeated_passage::RULE,
    &stray_bytes::RULE,
    &label_inside_paragraph::RULE,
    &malformed_cue::RULE,
    &doubled_word::RULE,
    &name_spelt_two_ways::RULE,
    &caption_debris::RULE,
    &unknown_cue::RULE,
    &cue_and_label_together::RULE,
    &unbalanced_bracket::RULE,
    &misplaced_quotation_mark::RULE,
    &label_drift::RULE,
    &unknown_label::RULE,
    &same_label_again::RULE,
    &speaker_names_themself::RULE,
    &first_mention::RULE,
    &left_to_check::RULE,
    &roster_misspelling::RULE,
    &wrong_article::RULE,
    &impossible_figure::RULE,
    &two_figures::RULE,
    &boilerplate_in_body::RULE,
    &untranslated::RULE,
    &missing_sign_off::RULE,
    &missing_notice::RULE,
    &unlabelled_opening::RULE,
    &unpaired_clip::RULE,
];

/// What the text rules find, in text order. `answered` tells whether a recording says what became of the
/// words of a place; then it need not be asked whether these were said twice.
pub(crate) fn findings(
    transcript: &Transcript,
    style: &Style,
    answered: &dyn Fn(Span) -> bool,
) -> Vec<Finding> {
    let context = Context::new(transcript, style);
    let mut findings: Vec<Finding> =
        RULES.iter().flat_map(|rule| asked(rule, &context, answered)).collect();
    findings.sort_by_key(|finding| (finding.span, finding.rule.code));
    without_labels_of_repeats(without_inner_repeats(findings))
}

/// What `rule` finds, but for repeats of which both places are `answered`.
fn asked(rule: &Rule, context: &Context<'_>, answered: &dyn Fn(Span) -> bool) -> Vec<Finding> {
    match rule.check {
        Check::Text(check) => check(context),
        Check::Repeats(check) => {
            let mut open = check(context);
            open.retain(|it| !(answered(it.original) && answered(it.finding.span)));
            open.into_iter().map(|repeat| repeat.finding).collect()
        }
        Check::Heard { .. } | Check::Captions(_) | Check::CaptionsHeard(_) => Vec::new(),
    }
}

/// A turn typed again has its label again: that need not be said.
fn without_labels_of_repeats(findings: Vec<Finding>) -> Vec<Finding> {
    let mut repeated = 0;
    let mut kept = Vec::with_capacity(findings.len());
    for finding in findings {
        if is_repeat(&finding) {
            repeated = finding.span.end;
            // The two begin at one place, so the other can only be the last.
            kept.pop_if(|other: &mut Finding| is_again(other) && finding.span.contains(other.span));
        }
        if !(is_again(&finding) && finding.span.end <= repeated) {
            kept.push(finding);
        }
    }
    kept
}

fn is_repeat(finding: &Finding) -> bool {
    matches!(finding.rule.check, Check::Repeats(_))
}

fn is_again(finding: &Finding) -> bool {
    finding.rule == &same_label_again::RULE
}

/// Of two repeated passages that overlap only the longer is worth saying.
fn without_inner_repeats(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut last_repeat: Option<usize> = None;
    for finding in findings {
        let rival =
            last_repeat.filter(|&at| is_repeat(&finding) && kept[at].span.overlaps(finding.span));
        match rival {
            Some(at) if kept[at].span.len() < finding.span.len() => kept[at] = finding,
            Some(_) => {}
            None => {
                last_repeat = if is_repeat(&finding) { Some(kept.len()) } else { last_repeat };
                kept.push(finding);
            }
        }
    }
    kept
}

/// A finding of a rule that does not listen.
fn finding(
    rule: &'static Rule,
    confidence: f32,
    span: Span,
    message: String,
    fix: Option<Edit>,
) -> Finding {
    let confidence = Probability::new(confidence);
    let fix = fix.map(|edit| Fix::of(edit, confidence));
    Finding { fix, ..Finding::new(rule, confidence, span, message) }
}

fn edit(start: usize, end: usize, replacement: impl Into<String>) -> Edit {
    Edit { span: Span::new(start, end), replacement: replacement.into() }
}

/// The ISO 639-1 code of the text's language; English where it states none.
fn language(transcript: &Transcript) -> &str {
    transcript.language.as_deref().unwrap_or("en")
}

#[cfg(test)]
mod tests {
    //! Each rule is tried on good and bad texts in its own file; here is how, and what holds for all.

    use std::fmt::Write;

    use readback_transcript::{LineIndex, apply};

    use super::*;
    use crate::House;

    /// The transcript of a labelled text.
    fn read(text: &str) -> Transcript {
        let format = readback_formats::format_for("npr").expect("a known format");
        let options = readback_formats::ReadOptions::default();
        readback_formats::read_as(text.as_bytes(), format, &options).expect("readable").transcript
    }

    /// A desk that writes for `house`.
    pub(super) fn desk(house: &str) -> Style {
        Style { house: House::named(house), ..Style::default() }
    }

    /// What `rule` finds in `text`, one line each, and the text after all fixes, in which it finds nothing
    /// more.
    pub(super) fn check(rule: &Rule, text: &str) -> String {
        check_for(&Style::default(), rule, text)
    }

    /// The same for a desk that expects `style`.
    pub(super) fn check_for(style: &Style, rule: &Rule, text: &str) -> String {
        let transcript = read(text);
        let findings = asked(rule, &Context::new(&transcript, style), &|_| false);
        let index = LineIndex::new(&transcript.text);
        let mut shown = String::new();
        for finding in &findings {
            let place = index.position(&transcript.text, finding.span.start);
            let (quoted, message) = (finding.span.of(&transcript.text), &finding.message);
            writeln!(shown, "{}:{} {quoted:?}: {message}", place.line, place.column).unwrap();
        }
        let unfixed = findings.iter().filter(|finding| finding.fix.is_none()).count();
        let fixes = findings.into_iter().filter_map(|finding| finding.fix);
        let fixes: Vec<Edit> = fixes.map(|fix| fix.edit).collect();
        let fixed = apply(&transcript.text, &fixes).expect("fixes fit the text");
        let mended = read(&fixed);
        assert_fixed(&asked(rule, &Context::new(&mended, style), &|_| false), unfixed);
        if fixes.is_empty() { shown } else { shown + "--- fixed\n" + &fixed }
    }

    /// After its fix a finding is gone, and no other comes of it that fixing again would change.
    fn assert_fixed(left: &[Finding], unfixed: usize) {
        assert!(left.iter().all(|finding| finding.fix.is_none()), "to be fixed again: {left:#?}");
        assert!(left.len() <= unfixed, "not gone: {left:#?}");
    }

    /// The near misses: correct texts that look like the fault.
    pub(super) fn finds_nothing(rule: &Rule, texts: &[&str]) {
        for text in texts {
            assert_eq!(check(rule, text), "", "in {text:?}");
        }
    }

    #[test]
    fn a_copy_found_twice_is_said_once() {
        let text = "\
ANA RUIZ: The gate opens at dusk, before the tide turns. Then the boats go out to the reef.

RUIZ: The gate opens at dawn, before the tide turns. Then the boats go out to the reef.";
        let transcript = read(text);
        let found = findings(&transcript, &Style::default(), &|_| false);
        let codes: Vec<&str> = found.iter().map(|finding| finding.rule.code).collect();
        assert_eq!(codes, ["T002"]);
        let with_recording = findings(&transcript, &Style::default(), &|_| true);
        assert!(!with_recording.iter().any(is_repeat), "a recording decides about copies");
    }
}
