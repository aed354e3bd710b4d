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
mod finding;
mod fix;
mod house;
mod place;
mod repeat;
mod roster;
mod rules;
mod settings;
mod sides;
mod sound;
mod spelling;
mod style;
mod witness;

pub use finding::{Finding, Report, Severity, Summary, Weighed};
pub use house::{CueForms, HOUSES, House, LabelForms};
pub use roster::Roster;
pub use rules::captions::check_captions;
pub use rules::{RULES, Rule};
pub use settings::{Ignored, Level, Settings, TooLong};
pub use sound::{likeness, sound_key};
pub use style::Style;
pub use witness::{Question, Reading, Witness, WitnessError};

use readback_transcript::{Span, Transcript};

use audit::Audit;

/// Checks what the text alone can tell, for a desk that expects `style`.
pub fn check_text(transcript: &Transcript, style: &Style) -> Report {
    let findings = rules::text::findings(transcript, style, &|_| false);
    Report { findings, ..Report::default() }
}

/// Reads `transcript` back against what `witness` heard: the audit, and the text rules where it does not
/// say as much. Names on the roster of `style` are trusted as they are spelt.
pub fn check_against(
    transcript: &Transcript,
    witness: &mut dyn Witness,
    style: &Style,
) -> Result<Report, WitnessError> {
    let Audit { summary, mut findings, weighed, heard_words } =
        audit::audit(transcript, witness, &style.roster)?;
    if summary.certified {
        let told = |place: Span, severity: Severity| {
            let same_place = |it: &Finding| it.span.overlaps(place) || it.span == place;
            findings.iter().any(|it| same_place(it) && it.severity >= severity)
        };
        let answered =
            |place: Span| heard_words.has_most_of(place) || told(place, Severity::Warning);
        let mut of_text = rules::text::findings(transcript, style, &answered);
        of_text.retain(|finding| !told(finding.span, finding.severity));
        findings.extend(of_text);
        findings.sort_by_key(|finding| (finding.span, finding.rule.code));
    }
    Ok(Report { summary: Some(summary), findings, weighed })
}
