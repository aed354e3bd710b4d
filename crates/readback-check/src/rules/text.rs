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
use passages::Repeat;

/// A text rule's check.
enum Check {
    /// Of what only the text can tell.
    Text(fn(&Context<'_>) -> Vec<Finding>),
    /// Of what is typed twice: a recording may tell whether it was said twice.
    Repeats(fn(&Context<'_>) -> Vec<Repeat>),
}

static CHECKS: &[Check] = &[
    Check::Repeats(repeated_passage::check),
    Check::Repeats(near_repeated_passage::check),
    Check::Text(stray_bytes::check),
    Check::Text(label_inside_paragraph::check),
    Check::Text(malformed_cue::check),
    Check::Text(doubled_word::check),
    Check::Text(name_spelt_two_ways::check),
    Check::Text(caption_debris::check),
    Check::Text(unknown_cue::check),
    Check::Text(cue_and_label_together::check),
    Check::Text(unbalanced_bracket::check),
    Check::Text(misplaced_quotation_mark::check),
    Check::Text(label_drift::check),
    Check::Text(unknown_label::check),
    Check::Text(same_label_again::check),
    Check::Text(speaker_names_themself::check),
    Check::Text(first_mention::check),
    Check::Text(left_to_check::check),
    Check::Text(roster_misspelling::check),
    Check::Text(wrong_article::check),
    Check::Text(impossible_figure::check),
    Check::Text(two_figures::check),
    Check::Text(boilerplate_in_body::check),
    Check::Text(untranslated::check),
    Check::Text(missing_sign_off::check),
    Check::Text(missing_notice::check),
    Check::Text(unlabelled_opening::check),
    Check::Text(unpaired_clip::check),
];

impl Check {
    /// What it finds, but for repeats of which both places are `answered`.
    fn run(&self, context: &Context<'_>, answered: &dyn Fn(Span) -> bool) -> Vec<Finding> {
        let open = |repeat: &Repeat| !(answered(repeat.original) && answered(repeat.finding.span));
        match self {
            Check::Text(check) => check(context),
            Check::Repeats(check) => {
                check(context).into_iter().filter(open).map(|repeat| repeat.finding).collect()
            }
        }
    }
}

/// What the text rules find, in text order. `answered` tells whether a recording says what became of the
/// words of a place; then it need not be asked whether these were said twice.
pub(crate) fn findings(
    transcript: &Transcript,
    style: &Style,
    answered: &dyn Fn(Span) -> bool,
) -> Vec<Finding> {
    let context = Context::new(transcript, style);
    let mut findings: Vec<Finding> =
        CHECKS.iter().flat_map(|check| check.run(&context, answered)).collect();
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
