//! Rules for captions: one file each, with its manual page and its `check`. They look at captions as a
//! viewer sees them, and hold them to what a guide asks.

pub(crate) mod captions_overlap;
pub(crate) mod gap_too_short;
pub(crate) mod line_too_long;
pub(crate) mod name_split;
pub(crate) mod out_of_step;
pub(crate) mod read_too_fast;
pub(crate) mod shown_too_briefly;
pub(crate) mod shown_too_long;
pub(crate) mod too_many_lines;
pub(crate) mod two_speakers;

#[cfg(test)]
mod tests;

use readback_transcript::{
    Caption, CaptionRules, Length, Probability, Stretch, Timing, Transcript, Word,
};
use unicode_segmentation::UnicodeSegmentation;

use super::Rule;
use crate::{Finding, Severity};

/// A rule's look at captions, one after the other.
type Check = fn(&Context<'_>) -> Vec<Finding>;

static CHECKS: &[Check] = &[
    line_too_long::check,
    too_many_lines::check,
    read_too_fast::check,
    shown_too_briefly::check,
    shown_too_long::check,
    gap_too_short::check,
    captions_overlap::check,
    two_speakers::check,
    name_split::check,
    out_of_step::check,
];

/// Holds the captions of `transcript` to `rules`. With `heard`, the times of its words in the recording,
/// in order, they are also held to the sound.
pub fn check_captions(
    transcript: &Transcript,
    rules: &CaptionRules,
    heard: Option<&[Option<Timing>]>,
) -> Vec<Finding> {
    let context = Context { transcript, rules, seen: seen(transcript, heard) };
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(&context)).collect();
    findings.sort_by_key(|finding| (finding.span, finding.rule.code));
    findings
}

/// Captions under the eyes of the rules.
pub(crate) struct Context<'a> {
    transcript: &'a Transcript,
    rules: &'a CaptionRules,
    seen: Vec<Seen<'a>>,
}

/// A caption and what stands in it.
struct Seen<'a> {
    caption: &'a Caption,
    /// Its words, each with the index of its turn.
    words: Vec<(usize, &'a Word)>,
    /// From its first word to its last, where both were heard.
    sound: Option<Stretch>,
}

impl Seen<'_> {
    /// How long it takes to read.
    fn reading(&self, rules: &CaptionRules) -> Option<Length> {
        let text = self.caption.lines.join(" ");
        let words = text.split_whitespace().count();
        rules.speed.map(|speed| speed.time_for(text.graphemes(true).count(), words))
    }
}

fn seen<'a>(transcript: &'a Transcript, heard: Option<&[Option<Timing>]>) -> Vec<Seen<'a>> {
    let turns = transcript.turns.iter().enumerate();
    let words = turns.flat_map(|(turn, of)| of.words().map(move |word| (turn, word)));
    let mut words = words.enumerate().peekable();
    let mut all = Vec::with_capacity(transcript.captions.len());
    for caption in &transcript.captions {
        let mut here = Vec::new();
        let mut times = Vec::new();
        while let Some((index, word)) =
            words.next_if(|(_, (_, word))| word.span.start < caption.span.end)
        {
            here.push(word);
            times.push(heard.and_then(|heard| heard.get(index).copied().flatten()));
        }
        let ends = times.first().copied().flatten().zip(times.last().copied().flatten());
        let sound = ends.map(|(first, last)| first.stretch.union(last.stretch));
        all.push(Seen { caption, words: here, sound });
    }
    all
}

/// A finding at a caption.
fn finding(rule: &'static Rule, severity: Severity, caption: &Caption, message: String) -> Finding {
    Finding {
        rule,
        severity,
        confidence: Probability::new(1.0),
        message,
        span: caption.span,
        heard: None,
        time: Some(caption.stretch),
        fix: None,
    }
}

/// A length as messages show it, rounded down to hundredths of a second.
fn seconds(length: Length) -> String {
    let hundredths = length.micros().max(0) / 10_000;
    format!("{}.{:02} s", hundredths / 100, hundredths % 100)
}
