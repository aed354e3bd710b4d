//! Rules for captions: one file each, with its manual page, its `check` and its tests. They look at captions
//! as a viewer sees them, and hold them to what a guide asks.

mod captions_overlap;
mod context;
mod gap_too_short;
mod line_too_long;
mod name_split;
mod out_of_step;
mod read_too_fast;
mod shown_too_briefly;
mod shown_too_long;
mod too_many_lines;
mod two_speakers;

use readback_transcript::{Caption, CaptionRules, Length, Probability, Timing, Transcript};

use super::{Check, Rule};
use crate::Finding;
pub(crate) use context::Context;
pub use read_too_fast::RULE as READ_TOO_FAST;

/// The rules for captions, by code.
pub(super) const RULES: &[&Rule] = &[
    &line_too_long::RULE,
    &too_many_lines::RULE,
    &read_too_fast::RULE,
    &shown_too_briefly::RULE,
    &shown_too_long::RULE,
    &gap_too_short::RULE,
    &captions_overlap::RULE,
    &two_speakers::RULE,
    &name_split::RULE,
    &out_of_step::RULE,
];

/// Holds the captions of `transcript` to `rules`. With `heard`, the times of its words in the recording,
/// in order, they are also held to the sound.
pub fn check_captions(
    transcript: &Transcript,
    rules: &CaptionRules,
    heard: Option<&[Option<Timing>]>,
) -> Vec<Finding> {
    let context = Context::new(transcript, rules, heard);
    let mut findings: Vec<Finding> = Vec::new();
    for rule in RULES {
        match rule.check {
            Check::Captions(check) => findings.extend(check(&context)),
            Check::CaptionsHeard(check) if heard.is_some() => findings.extend(check(&context)),
            _ => {}
        }
    }
    findings.sort_by_key(|finding| (finding.span, finding.rule.code));
    findings
}

/// A finding at a caption.
fn finding(rule: &'static Rule, caption: &Caption, message: String) -> Finding {
    let time = Some(caption.stretch);
    Finding { time, ..Finding::new(rule, Probability::new(1.0), caption.span, message) }
}

/// A length as messages show it, rounded down to hundredths of a second.
fn seconds(length: Length) -> String {
    let hundredths = length.micros().max(0) / 10_000;
    format!("{}.{:02} s", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    //! Each rule is tried on captions that break it in its own file; here is how, and what holds for all.

    use readback_transcript::{Instant, Piece, ReadingSpeed, Span, Stretch, Turn, Word};

    use super::*;

    /// A guide that asks for everything.
    pub(super) const GUIDE: CaptionRules = CaptionRules {
        columns: Some(20),
        lines: Some(2),
        speed: Some(ReadingSpeed::Characters(20)),
        shortest: Some(Length::from_millis(1000)),
        longest: Some(Length::from_millis(5000)),
        gap: Some(Length::from_millis(80)),
        closed_below: Some(Length::from_millis(500)),
        early: Some(Length::from_millis(100)),
        late: Some(Length::from_millis(100)),
        linger: Some(Length::from_millis(500)),
        one_speaker: true,
    };

    pub(super) fn stretch(start: i64, end: i64) -> Stretch {
        let at = |millis: i64| Instant::from_micros(millis * 1000);
        Stretch::new(at(start), at(end))
    }

    /// Captions of one speaker, each its time in milliseconds and its text; a word for each blank.
    pub(super) fn captions(given: &[(i64, i64, &str)]) -> Transcript {
        let mut transcript = Transcript::default();
        let mut words = Vec::new();
        for &(start, end, shown) in given {
            let at = transcript.text.len();
            transcript.text += shown;
            let span = Span::new(at, transcript.text.len());
            transcript.text += "\n\n";
            let lines = shown.lines().map(str::to_owned).collect();
            transcript.captions.push(Caption { span, stretch: stretch(start, end), lines });
            for word in shown.split_whitespace() {
                let from = at + word.as_ptr() as usize - shown.as_ptr() as usize;
                let bare = word.trim_end_matches(['.', ',']);
                words.push(Word { span: Span::new(from, from + bare.len()), timing: None });
            }
        }
        let span = Span::new(0, transcript.text.len());
        let pieces = vec![Piece::Speech { span, words }];
        transcript.turns = vec![Turn { pieces, ..Turn::default() }];
        transcript
    }

    /// Which rules find something in such captions.
    pub(super) fn check(given: &[(i64, i64, &str)]) -> Vec<&'static str> {
        codes(&check_captions(&captions(given), &GUIDE, None))
    }

    pub(super) fn codes(findings: &[Finding]) -> Vec<&'static str> {
        findings.iter().map(|finding| finding.rule.code).collect()
    }

    #[test]
    fn captions_within_the_rules_are_left_alone() {
        let within =
            [(0, 1000, "Rain."), (1080, 3000, "Then wind\nand hail."), (4000, 5000, "Sun.")];
        assert_eq!(check(&within), [""; 0]);
    }

    #[test]
    fn a_guide_that_asks_nothing_finds_only_overlaps_and_split_names() {
        let given = captions(&[
            (0, 10, "A line that nobody can read, Dana\nOrtiz\nsays"),
            (5, 99_000, "x"),
        ]);
        let found = check_captions(&given, &CaptionRules::default(), None);
        assert_eq!(codes(&found), ["C009", "C007"]);
    }
}
