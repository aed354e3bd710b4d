//! The audit: a transcript's words against what was heard, both ways.
//!
//! Align, find the differences, weigh them, and say what stands after that: findings in text order and
//! the counts above them. A text that hardly touches the recording is refused rather than corrected.

use readback_transcript::{Span, TokenKind, Transcript, Witness, WitnessError};

use crate::adjudicate::{Adjudged, Suspicion, adjudicate};
use crate::align::{Step, StepKind, align};
use crate::difference::{Difference, differences};
use crate::evidence::{Clues, Evidence, Subject, Verdict};
use crate::fixer::Fixer;
use crate::rules::audio;
use crate::sides::{HeardSide, TextSide};
use crate::spelling::Spelling;
use crate::{Finding, Roster, Rule, Severity, Summary, Weighed};

/// A text with less of its words supported by the recording than this is not of this recording.
const LEAST_COVERAGE: f64 = 0.25;
/// Supported words stand in runs of at least this many; unrelated texts share shorter ones by chance.
const SUPPORTING_RUN: usize = 3;
/// Words this close to a supporting run are supported when they match at all.
const NEAR_A_RUN: usize = 8;

/// From this probability on a difference with another recogniser's words is an error.
const VERY_LIKELY: f64 = 0.8;

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
            words[difference.text.clone()].iter_mut().for_each(|(_, heard)| *heard = false);
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
    let steps = align(&text.tokens, &heard.tokens);
    let coverage = coverage(&text, &steps);
    if coverage < LEAST_COVERAGE {
        let words = text.words.len();
        let summary = Summary { words, not_said: words, coverage, ..Summary::default() };
        let heard_words = HeardWords(Vec::new());
        return Ok(Audit { summary, findings: Vec::new(), weighed: Vec::new(), heard_words });
    }
    let differences = differences(&text, &heard, &steps);
    let spelling = Spelling::new(&text, roster);
    let clues = Clues::new(&text, &heard, &differences, roster, &spelling);
    let heard_words = HeardWords::new(&text, &differences);
    let adjudged = adjudicate(&clues, differences, witness)?;
    let Adjudged { suspicions, right_parts } = &adjudged;
    let fixer = Fixer::new(&text, &heard, &spelling);
    let findings = suspicions
        .iter()
        .filter(|suspicion| suspicion.evidence.verdict() != Verdict::TextIsRight)
        .map(|suspicion| finding(&text, &heard, &fixer, suspicion))
        .collect();
    let all = suspicions.iter().chain(right_parts);
    let weighed = all.map(|one| weighed(&text, &heard, &fixer, one)).collect();
    let summary = summary(&text, coverage, suspicions);
    Ok(Audit { summary, findings, weighed, heard_words })
}

fn weighed(text: &TextSide, heard: &HeardSide, fixer: &Fixer, suspicion: &Suspicion) -> Weighed {
    let Suspicion { difference, evidence } = suspicion;
    Weighed {
        span: fixer.span(difference),
        text: text.display(&difference.text).join(" "),
        heard: heard.display(&difference.heard).join(" "),
        time: heard.stretch(&difference.heard),
        subject: evidence.subject.name(),
        clues: evidence.clues(),
        table: evidence.table().name(),
        text_is_wrong: evidence.text_is_wrong(),
        verdict: evidence.verdict().name(),
    }
}

/// Share of the text's words that the recording supports: same words, in or near a run of them.
fn coverage(text: &TextSide, steps: &[Step]) -> f64 {
    let same: Vec<bool> = {
        let mut same = vec![false; text.tokens.len()];
        for step in steps.iter().filter(|step| step.kind == StepKind::Same) {
            same[step.text.clone()].fill(true);
        }
        same
    };
    let mut near_run = vec![false; same.len()];
    for (start, run) in runs(&same) {
        if run >= SUPPORTING_RUN {
            let end = (start + run + NEAR_A_RUN).min(same.len());
            near_run[start.saturating_sub(NEAR_A_RUN)..end].fill(true);
        }
    }
    let speech = |i: &usize| text.tokens[*i].kind != TokenKind::Filler;
    let all = (0..same.len()).filter(speech).count();
    let supported = (0..same.len()).filter(speech).filter(|&i| same[i] && near_run[i]).count();
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
    let wrong = suspicions
        .iter()
        .filter(|suspicion| suspicion.evidence.verdict() == Verdict::RecordingOtherwise);
    let mut summary =
        Summary { words: text.words.len(), coverage, certified: true, ..Summary::default() };
    for Suspicion { difference, .. } in wrong {
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

fn finding(text: &TextSide, heard: &HeardSide, fixer: &Fixer, suspicion: &Suspicion) -> Finding {
    let Suspicion { difference, evidence } = suspicion;
    let rule = rule(suspicion);
    let certain = evidence.verdict() == Verdict::RecordingOtherwise;
    let heard_words = match evidence.meant() {
        Some(rival) => text.display_with(&difference.text, rival),
        None => heard.display(&difference.heard).join(" "),
    };
    Finding {
        rule,
        severity: severity(rule, evidence, certain),
        confidence: evidence.text_is_wrong(),
        message: if evidence.hearsay {
            hearsay_message(rule, text, difference, &heard_words)
        } else {
            message(rule, text, suspicion, &heard_words)
        },
        span: fixer.span(difference),
        heard: Some(heard_words),
        time: Some(heard.stretch(&difference.heard)),
        fix: certain.then(|| match evidence.meant() {
            Some(rival) => fixer.name(rival),
            None => fixer.fix(difference),
        }),
    }
}

/// What another recogniser heard, and nobody can listen to again, is an error only when it is very likely.
fn severity(rule: &Rule, evidence: &Evidence, certain: bool) -> Severity {
    let likely = f64::from(evidence.text_is_wrong().get()) >= VERY_LIKELY;
    match rule.severity {
        _ if !certain => Severity::Info,
        usual if evidence.hearsay && !likely => usual.min(Severity::Warning),
        usual => usual,
    }
}

fn rule(suspicion: &Suspicion) -> &'static Rule {
    let Suspicion { difference, evidence } = suspicion;
    let short = difference.text.len().max(difference.heard.len()) <= 4;
    match evidence.subject {
        _ if evidence.stands_elsewhere => &audio::passage_said_once::RULE,
        Subject::Negation if short => &audio::negation_differs::RULE,
        _ if difference.heard.is_empty() => &audio::not_said::RULE,
        _ if difference.text.is_empty() => &audio::missing_words::RULE,
        Subject::Number if short => &audio::number_differs::RULE,
        Subject::Name if short => &audio::name_differs::RULE,
        _ => &audio::said_otherwise::RULE,
    }
}

fn message(rule: &Rule, text: &TextSide, suspicion: &Suspicion, heard: &str) -> String {
    let Suspicion { difference, evidence } = suspicion;
    let ours = shorten(&text.display(&difference.text).join(" "));
    let theirs = shorten(heard);
    if evidence.sounds_the_same {
        return format!("“{ours}” sounds like “{theirs}”: is it spelt right?");
    }
    let said = match (ours.is_empty(), theirs.is_empty()) {
        _ if rule == &audio::passage_said_once::RULE => {
            format!("“{ours}” stands twice in the text and was said once")
        }
        (false, true) => format!("“{ours}” was not said"),
        (true, _) => format!("“{theirs}” was said and is missing here"),
        (false, false) => format!("the text says “{ours}”, the recording “{theirs}”"),
    };
    let certain = evidence.verdict() == Verdict::RecordingOtherwise;
    if certain { said } else { format!("listen here: perhaps {said}") }
}

/// The sentence where only a recogniser's words are known, not the recording.
fn hearsay_message(rule: &Rule, text: &TextSide, difference: &Difference, heard: &str) -> String {
    let ours = shorten(&text.display(&difference.text).join(" "));
    let theirs = shorten(heard);
    match (ours.is_empty(), theirs.is_empty()) {
        _ if rule == &audio::passage_said_once::RULE => {
            format!("“{ours}” stands twice in the text and the recogniser heard it once")
        }
        (false, true) => format!("the recogniser heard nothing of “{ours}”"),
        (true, _) => format!("the recogniser heard “{theirs}”, which is missing here"),
        (false, false) => format!("the text says “{ours}”, the recogniser heard “{theirs}”"),
    }
}

/// At most the first words of a long quotation, for a message of one line.
fn shorten(words: &str) -> String {
    const MOST: usize = 10;
    let mut parts = words.split(' ');
    let first: Vec<&str> = parts.by_ref().take(MOST).collect();
    let more = if parts.next().is_some() { " …" } else { "" };
    first.join(" ").trim_end_matches(['.', ',', ';', ':']).to_string() + more
}
