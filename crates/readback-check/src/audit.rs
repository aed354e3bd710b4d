//! The audit: a transcript's words against what was heard, both ways.
//!
//! Align, find the differences, weigh them, and say what stands after that: findings in text order and
//! the counts above them. A text that hardly touches the recording is refused rather than corrected.

use readback_transcript::{Span, TokenKind, Transcript, Witness, WitnessError};

use crate::adjudicate::{Adjudged, Suspicion, adjudicate};
use crate::align::{Step, StepKind, align};
use crate::difference::{Difference, differences};
use crate::evidence::Overview;
use crate::fixer::Fixer;
use crate::homophones::{BySound, joined_by_sound};
use crate::rules::audio::Place;
use crate::sides::{HeardSide, TextSide};
use crate::spelling::Spelling;
use crate::{Finding, Fix, Roster, Summary, Weighed};

/// A text with less of its words supported by the recording than this is not of this recording. Set by hand
/// at 0fb4379; not measured by itself.
const LEAST_COVERAGE: f64 = 0.25;
/// Supported words stand in runs of at least this many; unrelated texts share shorter ones by chance.
const SUPPORTING_RUN: usize = 3;
/// Words this close to a supporting run are supported when they match at all.
const NEAR_A_RUN: usize = 8;

/// Findings and counts of one audit.
pub(crate) struct Audit {
    pub summary: Summary,
    pub findings: Vec<Finding>,
    pub weighed: Vec<Weighed>,
    pub heard_words: HeardWords,
}

/// Which words of the text were heard as they stand there.
pub(crate) struct HeardWords(Vec<(Span, bool)>);

impl HeardWords {
    fn new(text: &TextSide, differences: &[Difference]) -> Self {
        let mut words: Vec<(Span, bool)> =
            text.words.iter().map(|word| (word.span, true)).collect();
        for difference in differences {
            for (_, heard) in &mut words[difference.text.clone()] {
                *heard = false;
            }
        }
        Self(words)
    }

    /// Whether at least half of the words at `place` are among them.
    pub fn has_most_of(&self, place: Span) -> bool {
        let first = self.0.partition_point(|(word, _)| word.end <= place.start);
        let end = self.0.partition_point(|(word, _)| word.start < place.end);
        let words = &self.0[first..end.max(first)];
        2 * words.iter().filter(|(_, heard)| *heard).count() >= words.len()
    }
}

/// Reads `transcript` back against the witness.
pub(crate) fn audit(
    transcript: &Transcript,
    witness: &mut dyn Witness,
    roster: &Roster,
) -> Result<Audit, WitnessError> {
    let hearing = witness.hearing().clone();
    let text = TextSide::new(transcript, &hearing.language);
    let heard = HeardSide::new(&hearing, &hearing.language);
    let BySound { steps, alike } =
        joined_by_sound(&text, &heard, align(&text.tokens, &heard.tokens));
    let coverage = coverage(&text, &steps);
    if coverage < LEAST_COVERAGE {
        let words = text.words.len();
        let summary = Summary { words, not_said: words, coverage, ..Summary::default() };
        let heard_words = HeardWords(Vec::new());
        return Ok(Audit { summary, findings: Vec::new(), weighed: Vec::new(), heard_words });
    }
    let differences = differences(&text, &heard, &steps);
    let spelling = Spelling::new(&text, roster);
    let overview = Overview::new(&text, &heard, &differences, &alike, roster, &spelling);
    let heard_words = HeardWords::new(&text, &differences);
    let Adjudged { suspicions, right_parts } = adjudicate(&overview, differences, witness)?;
    let report =
        Reporter { text: &text, heard: &heard, fixer: Fixer::new(&text, &heard, &spelling) };
    let mut findings = Vec::new();
    let mut weighed = Vec::with_capacity(suspicions.len() + right_parts.len());
    for suspicion in &suspicions {
        if !suspicion.evidence.text_is_right() {
            findings.push(report.finding(suspicion));
        }
        weighed.push(report.weighed(suspicion));
    }
    weighed.extend(right_parts.iter().map(|part| report.weighed(part)));
    let summary = summary(&text, coverage, &suspicions);
    Ok(Audit { summary, findings, weighed, heard_words })
}

/// Puts suspicions in the words of text and hearing.
struct Reporter<'a> {
    text: &'a TextSide<'a>,
    heard: &'a HeardSide<'a>,
    fixer: Fixer<'a>,
}

impl Reporter<'_> {
    fn weighed(&self, suspicion: &Suspicion) -> Weighed {
        let Suspicion { difference, evidence } = suspicion;
        Weighed {
            span: self.fixer.span(difference),
            text: self.text.display(&difference.text).join(" "),
            heard: self.heard.display(&difference.heard).join(" "),
            time: self.heard.stretch(&difference.heard),
            subject: evidence.clues.subject.name(),
            clues: evidence.named_clues(),
            table: evidence.table().name(),
            text_is_wrong: evidence.judgement.probability,
            verdict: evidence.judgement.verdict.name(),
        }
    }

    /// What the rule that a suspicion is of says about it.
    fn finding(&self, suspicion: &Suspicion) -> Finding {
        let Suspicion { difference, evidence } = suspicion;
        let text_words = self.text.display(&difference.text).join(" ");
        let heard_words = match evidence.meant() {
            Some(rival) => self.text.display_with(&difference.text, rival.word, &rival.name),
            None => self.fixer.as_spelt(difference, &evidence.respellings()),
        };
        let place = Place::new(evidence, &text_words, &heard_words);
        let confidence = evidence.judgement.probability;
        let rule = place.rule();
        Finding {
            severity: place.severity(rule),
            message: place.message(rule),
            heard: Some(heard_words),
            time: Some(self.heard.stretch(&difference.heard)),
            fix: self.fix(suspicion),
            ..Finding::new(rule, confidence, self.fixer.span(difference), String::new())
        }
    }

    /// What would put the text right, where the recording says otherwise. To put words in is safe only where
    /// the witness has weighed them against the text without them, and where the story does not tell how a name
    /// among them is spelt it never is.
    fn fix(&self, suspicion: &Suspicion) -> Option<Fix> {
        let Suspicion { difference, evidence } = suspicion;
        let confidence = evidence.judgement.probability;
        if !evidence.is_error() {
            return None;
        }
        if let Some(rival) = evidence.meant() {
            return Some(Fix::of(self.fixer.name(rival), confidence));
        }
        let respellings = evidence.respellings();
        let edit = self.fixer.fix(difference, &respellings);
        let unweighed = difference.text.is_empty() && evidence.testimony.score().is_none();
        if unweighed || self.fixer.has_unsure_name(difference, &respellings) {
            return Some(Fix::unsure(edit));
        }
        Some(Fix::of(edit, confidence))
    }
}

/// Share of the text's words that the recording supports: same words, in or near a run of them.
fn coverage(text: &TextSide, steps: &[Step]) -> f64 {
    let mut same = vec![false; text.tokens.len()];
    for step in steps {
        if step.kind == StepKind::Same {
            same[step.text.clone()].fill(true);
        }
    }
    let mut near_run = vec![false; same.len()];
    for (start, run) in runs(&same) {
        if run >= SUPPORTING_RUN {
            let end = (start + run + NEAR_A_RUN).min(same.len());
            near_run[start.saturating_sub(NEAR_A_RUN)..end].fill(true);
        }
    }
    let (mut all, mut supported) = (0_usize, 0_usize);
    for (index, token) in text.tokens.iter().enumerate() {
        if token.kind != TokenKind::Filler {
            all += 1;
            supported += usize::from(same[index] && near_run[index]);
        }
    }
    if all == 0 { 0.0 } else { supported as f64 / all as f64 }
}

/// Start and length of every run of `true`.
fn runs(flags: &[bool]) -> Vec<(usize, usize)> {
    let mut start = 0;
    let mut out = Vec::new();
    for run in flags.chunk_by(|a, b| a == b) {
        if run[0] {
            out.push((start, run.len()));
        }
        start += run.len();
    }
    out
}

fn summary(text: &TextSide, coverage: f64, suspicions: &[Suspicion]) -> Summary {
    let mut summary =
        Summary { words: text.words.len(), coverage, certified: true, ..Summary::default() };
    for Suspicion { difference, evidence } in suspicions {
        if !evidence.is_error() {
            continue;
        }
        let (ours, theirs) = (difference.text.len(), difference.heard.len());
        if theirs == 0 {
            summary.not_said += ours;
        } else {
            summary.said_otherwise += ours;
            summary.missing_words += theirs.saturating_sub(ours);
        }
    }
    summary.verified = summary.words - summary.not_said - summary.said_otherwise;
    let all = summary.words + summary.missing_words;
    summary.accuracy = if all == 0 { 0.0 } else { summary.verified as f64 / all as f64 };
    summary
}
