//! Rules that need only the text: one file each, with its manual page and its `check`.

mod context;
mod debris;
mod passages;

pub(crate) mod boilerplate_in_body;
pub(crate) mod caption_debris;
pub(crate) mod cue_and_label_together;
pub(crate) mod doubled_word;
pub(crate) mod first_mention;
pub(crate) mod impossible_figure;
pub(crate) mod label_drift;
pub(crate) mod label_inside_paragraph;
pub(crate) mod left_to_check;
pub(crate) mod malformed_cue;
pub(crate) mod misplaced_quotation_mark;
pub(crate) mod missing_notice;
pub(crate) mod missing_sign_off;
pub(crate) mod name_spelt_two_ways;
pub(crate) mod near_repeated_passage;
pub(crate) mod repeated_passage;
pub(crate) mod roster_misspelling;
pub(crate) mod same_label_again;
pub(crate) mod speaker_names_themself;
pub(crate) mod stray_bytes;
pub(crate) mod two_figures;
pub(crate) mod unbalanced_bracket;
pub(crate) mod unknown_cue;
pub(crate) mod unknown_label;
pub(crate) mod unlabelled_opening;
pub(crate) mod unpaired_clip;
pub(crate) mod untranslated;
pub(crate) mod wrong_article;

use readback_transcript::{Edit, Probability, Span, Transcript};

use super::Rule;
use crate::{Finding, Style};
use context::Context;

/// A text rule's check, and whether a recording answers its question better.
struct Check {
    run: fn(&Context<'_>) -> Vec<Finding>,
    audible: bool,
}

static CHECKS: &[Check] = &[
    Check { run: repeated_passage::check, audible: true },
    Check { run: near_repeated_passage::check, audible: true },
    Check { run: stray_bytes::check, audible: false },
    Check { run: label_inside_paragraph::check, audible: false },
    Check { run: malformed_cue::check, audible: false },
    Check { run: doubled_word::check, audible: false },
    Check { run: name_spelt_two_ways::check, audible: false },
    Check { run: caption_debris::check, audible: false },
    Check { run: unknown_cue::check, audible: false },
    Check { run: cue_and_label_together::check, audible: false },
    Check { run: unbalanced_bracket::check, audible: false },
    Check { run: misplaced_quotation_mark::check, audible: false },
    Check { run: label_drift::check, audible: false },
    Check { run: unknown_label::check, audible: false },
    Check { run: same_label_again::check, audible: false },
    Check { run: speaker_names_themself::check, audible: false },
    Check { run: first_mention::check, audible: false },
    Check { run: left_to_check::check, audible: false },
    Check { run: roster_misspelling::check, audible: false },
    Check { run: wrong_article::check, audible: false },
    Check { run: impossible_figure::check, audible: false },
    Check { run: two_figures::check, audible: false },
    Check { run: boilerplate_in_body::check, audible: false },
    Check { run: untranslated::check, audible: false },
    Check { run: missing_sign_off::check, audible: false },
    Check { run: missing_notice::check, audible: false },
    Check { run: unlabelled_opening::check, audible: false },
    Check { run: unpaired_clip::check, audible: false },
];

/// What the text rules find, in text order. With a recording only those are asked that it cannot
/// answer.
pub(crate) fn findings(
    transcript: &Transcript,
    style: &Style,
    with_recording: bool,
) -> Vec<Finding> {
    let context = Context::new(transcript, style);
    let asked = CHECKS.iter().filter(|check| !(with_recording && check.audible));
    let mut findings: Vec<Finding> = asked.flat_map(|check| (check.run)(&context)).collect();
    findings.sort_by_key(|finding| (finding.span, finding.rule.code));
    without_labels_of_repeats(without_inner_repeats(findings))
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
    finding.rule.name.ends_with("repeated-passage")
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
    Finding {
        rule,
        severity: rule.severity,
        confidence: Probability::new(confidence),
        message,
        span,
        heard: None,
        time: None,
        fix,
    }
}

fn edit(start: usize, end: usize, replacement: impl Into<String>) -> Edit {
    Edit { span: Span::new(start, end), replacement: replacement.into() }
}

/// The ISO 639-1 code of the text's language; English where it states none.
fn language(transcript: &Transcript) -> &str {
    transcript.language.as_deref().unwrap_or("en")
}

#[cfg(test)]
mod tests;
