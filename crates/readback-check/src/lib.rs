//! The audit: every word of a transcript read back against what was heard, both ways.
//!
//! This crate never hears anything. It asks a [`Witness`] what was heard, and how well given texts fit
//! a stretch of the recording; so a rule's test is a page of text and runs in microseconds. It does no
//! I/O, knows no clock and starts no thread.

#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read files")
)]

mod adjudicate;
mod align;
mod audit;
mod difference;
mod evidence;
mod fixer;
mod fixes;
mod homophones;
mod house;
mod marks;
mod names;
mod place;
mod repeat;
mod report;
mod roster;
mod rules;
mod settings;
mod sides;
mod sound;
mod speakers;
mod spelling;
mod style;

pub use fixes::{Fixed, fixed};
pub use house::{CueForms, HOUSES, House, LabelForms};
pub use report::{Report, Summary, Weighed};
pub use roster::Roster;
pub use rules::captions::{READ_TOO_FAST, check_captions};
pub use rules::{
    Applicability, Finding, Fix, Given, Needs, RULES, Rule, Severity, UnknownSeverity,
};
pub use settings::{Ignored, Level, Settings, TooLong};
pub use sound::{likeness, sound_key};
pub use style::Style;

use readback_transcript::{Hearing, Span, Transcript, Witness, WitnessError, measure_times};

use audit::{Audit, HeardWords};

/// Checks what the text alone can tell, for a desk that expects `style`; captions, too, if it says what they
/// are held to.
#[doc(alias = "lint")]
pub fn check_text(transcript: &Transcript, style: &Style) -> Report {
    let mut findings = rules::text::findings(transcript, style, &|_| false);
    findings.extend(captions(transcript, style, None));
    Report { findings: settled(transcript, findings), ..Report::default() }
}

/// Reads `transcript` back against what `witness` heard: the audit, and the text rules where it does not
/// say as much. Names on the roster of `style` are trusted as they are spelt. Captions, if `style` says what
/// they are held to, are held to the sound as well.
#[doc(alias = "verify")]
pub fn check_against(
    transcript: &Transcript,
    witness: &mut dyn Witness,
    style: &Style,
) -> Result<Report, WitnessError> {
    let Audit { summary, mut findings, weighed, heard_words } =
        audit::audit(transcript, witness, &style.roster)?;
    if summary.certified {
        findings.extend(of_text(transcript, style, &findings, &heard_words));
        findings.extend(captions(transcript, style, Some(witness.hearing())));
        findings = settled(transcript, findings);
    }
    Ok(Report { summary: Some(summary), findings, weighed })
}

/// What the text rules find and the audit does not tell already.
fn of_text(
    transcript: &Transcript,
    style: &Style,
    told: &[Finding],
    heard_words: &HeardWords,
) -> Vec<Finding> {
    let is_told = |place: Span, severity: Severity| {
        let same_place = |it: &Finding| it.span.overlaps(place) || it.span == place;
        told.iter().any(|it| same_place(it) && it.severity >= severity)
    };
    let is_answered =
        |place: Span| heard_words.has_most_of(place) || is_told(place, Severity::Warning);
    let mut findings = rules::text::findings(transcript, style, &is_answered);
    findings.retain(|finding| !is_told(finding.span, finding.severity));
    findings
}

/// What is wrong with captions, if `style` says what they are held to.
fn captions(transcript: &Transcript, style: &Style, hearing: Option<&Hearing>) -> Vec<Finding> {
    let Some(rules) = &style.captions else { return Vec::new() };
    let heard = hearing.map(|hearing| {
        let mut timed = transcript.clone();
        measure_times(&mut timed, hearing);
        timed.words().map(|word| word.timing).collect::<Vec<_>>()
    });
    check_captions(transcript, rules, heard.as_deref())
}

/// The findings in the order of the text, those fixes safe that can be applied together.
fn settled(transcript: &Transcript, mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| (finding.span, finding.rule.code));
    fixes::keep_apart(&transcript.text, &mut findings);
    findings
}
