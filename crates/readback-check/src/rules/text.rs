//! Rules that need only the text: one file each, with its manual page and its `check`.

mod context;
mod debris;
mod passages;

pub(crate) mod doubled_word;
pub(crate) mod label_inside_paragraph;
pub(crate) mod malformed_cue;
pub(crate) mod name_spelt_two_ways;
pub(crate) mod near_repeated_passage;
pub(crate) mod repeated_passage;
pub(crate) mod stray_bytes;

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
    without_inner_repeats(findings)
}

/// Of two repeated passages that overlap only the longer is worth saying.
fn without_inner_repeats(findings: Vec<Finding>) -> Vec<Finding> {
    let is_repeat = |finding: &Finding| finding.rule.name.ends_with("repeated-passage");
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
