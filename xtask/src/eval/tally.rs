//! Adds up what became of every fault and every finding, and answers questions about it.

use super::clips::{Clip, Manner};
use super::finding::{Finding, Reading};
use super::matching::Outcomes;
use super::plant::{Class, Kind, Planted};

/// Above this confidence, an error on true text is a promise broken.
const SURE: f64 = 0.9;

/// What became of a planted fault.
#[derive(Clone, Debug)]
pub struct FaultRow {
    /// The recording's name.
    pub clip: String,
    /// The seed of the faulty copy.
    pub seed: u64,
    /// What was planted.
    pub kind: &'static Kind,
    /// Whether a perfect listener could tell.
    pub audible: bool,
    /// What was said.
    pub original: String,
    /// What the faulty text says.
    pub replacement: String,
    /// The confidence of the surest finding on it.
    pub found: Option<f64>,
    /// How well a finding covers it, from 0 to 1.
    pub overlap: f64,
    /// Whether a fix gives the truth back.
    pub restored: bool,
}

/// What a finding was worth.
#[derive(Clone, Debug)]
pub struct FindingRow {
    /// The recording's name.
    pub clip: String,
    /// The seed of the faulty copy.
    pub seed: u64,
    /// What was found.
    pub finding: Finding,
    /// Whether it is of a planted fault.
    pub right: bool,
}

/// What was said about a true text.
#[derive(Clone, Debug)]
pub struct TrueRow {
    /// The recording's name.
    pub clip: String,
    /// How it was spoken.
    pub manner: Manner,
    /// Its length.
    pub seconds: f64,
    /// Every finding, all of them false alarms.
    pub alarms: Vec<Finding>,
}

/// Everything that was measured.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Every planted fault.
    pub faults: Vec<FaultRow>,
    /// Every finding on faulty texts.
    pub findings: Vec<FindingRow>,
    /// Every true text.
    pub truths: Vec<TrueRow>,
    /// Readings that were said not to be of their recording.
    pub refused: usize,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that are meant.
    pub part: usize,
    /// All of them.
    pub whole: usize,
}

impl Share {
    /// Counts those of a list that hold.
    pub fn of<T>(list: impl Iterator<Item = T>, holds: impl Fn(T) -> bool) -> Self {
        list.fold(Self::default(), |share, item| Self {
            part: share.part + usize::from(holds(item)),
            whole: share.whole + 1,
        })
    }

    /// From 0 to 1; none of none is none.
    pub fn value(self) -> Option<f64> {
        (self.whole > 0).then(|| self.part as f64 / self.whole as f64)
    }
}

/// Findings whose stated confidence is about the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Lowest confidence.
    pub from: f64,
    /// Mean of what was stated.
    pub stated: f64,
    /// How many were right.
    pub observed: Share,
}

impl Tally {
    /// Notes what was said about a true text.
    pub fn truth(&mut self, clip: &Clip, reading: Reading) {
        self.refused += usize::from(reading.refused);
        self.truths.push(TrueRow {
            clip: clip.name.clone(),
            manner: clip.manner,
            seconds: reading.seconds,
            alarms: reading.findings,
        });
    }

    /// Notes what was said about a faulty text.
    pub fn faulty(
        &mut self,
        clip: &Clip,
        seed: u64,
        planted: &Planted,
        reading: Reading,
        outcomes: &Outcomes,
    ) {
        self.refused += usize::from(reading.refused);
        for (fault, outcome) in planted.faults.iter().zip(&outcomes.faults) {
            let sureness = outcome.findings.iter().map(|at| reading.findings[*at].confidence);
            self.faults.push(FaultRow {
                clip: clip.name.clone(),
                seed,
                kind: fault.kind,
                audible: fault.audible,
                original: fault.original.clone(),
                replacement: planted.replacement(fault).to_owned(),
                found: sureness.reduce(f64::max),
                overlap: outcome.overlap,
                restored: outcome.restored,
            });
        }
        for (finding, right) in reading.findings.into_iter().zip(&outcomes.right) {
            self.findings.push(FindingRow {
                clip: clip.name.clone(),
                seed,
                finding,
                right: *right,
            });
        }
    }

    /// Faults that a listener can find and that change what was said.
    pub fn content(&self) -> impl Iterator<Item = &FaultRow> {
        self.faults.iter().filter(|fault| fault.audible && fault.kind.class == Class::Content)
    }

    /// Every fault that a listener can find: what the corpus's judge calls recall is over these.
    pub fn audible(&self) -> impl Iterator<Item = &FaultRow> {
        self.faults.iter().filter(|fault| fault.audible && fault.kind.class.must_be_found())
    }

    /// The share of findings that are right, among those at least so sure.
    pub fn precision(&self, least: f64) -> Share {
        let counted = self.findings.iter().filter(|row| row.finding.confidence >= least);
        Share::of(counted, |row| row.right)
    }

    /// The share of right findings of a rule.
    pub fn precision_of(&self, rule: &str) -> Share {
        Share::of(self.findings.iter().filter(|row| row.finding.rule == rule), |row| row.right)
    }

    /// Codes of the rules that found anything, in order.
    pub fn rules(&self) -> Vec<&str> {
        let mut rules: Vec<&str> = self.findings.iter().map(|row| &*row.finding.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    /// Of the faults of single words that a listener can find and that were found, those whose fix
    /// gives back what was said.
    pub fn fixes(&self) -> Share {
        let found = self.audible().filter(|fault| fault.kind.of_a_word && fault.found.is_some());
        Share::of(found, |fault| fault.restored)
    }

    /// True texts of a manner of speaking; of every manner where none is given.
    pub fn truths(&self, manner: Option<Manner>) -> impl Iterator<Item = &TrueRow> {
        self.truths.iter().filter(move |row| manner.is_none_or(|manner| row.manner == manner))
    }

    /// Minutes of recordings of a manner of speaking.
    pub fn minutes(&self, manner: Option<Manner>) -> f64 {
        self.truths(manner).map(|row| row.seconds / 60.0).sum()
    }

    /// Findings on true texts, at least so sure.
    pub fn alarms(&self, manner: Option<Manner>, least: f64) -> usize {
        let alarms = self.truths(manner).flat_map(|row| &row.alarms);
        alarms.filter(|alarm| alarm.confidence >= least).count()
    }

    /// Findings on true texts that are called errors and sure.
    pub fn sure_alarms(&self, manner: Option<Manner>) -> usize {
        let alarms = self.truths(manner).flat_map(|row| &row.alarms);
        alarms.filter(|alarm| alarm.is_error && alarm.confidence > SURE).count()
    }

    /// Harmless changes, and how many of them were flagged.
    pub fn harmless(&self) -> Share {
        let harmless = self.faults.iter().filter(|fault| fault.kind.class == Class::Harmless);
        Share::of(harmless, |fault| fault.found.is_some())
    }

    /// Findings on faulty texts by stated confidence, in steps of 0.1; empty steps left out.
    pub fn reliability(&self) -> Vec<Bin> {
        let bins = (0..10).filter_map(|step| {
            let inside =
                |row: &&FindingRow| (row.finding.confidence * 10.0).min(9.0) as usize == step;
            let rows: Vec<&FindingRow> = self.findings.iter().filter(inside).collect();
            let stated: f64 = rows.iter().map(|row| row.finding.confidence).sum();
            let observed = Share::of(rows.iter(), |row| row.right);
            observed.value()?;
            Some(Bin { from: step as f64 / 10.0, stated: stated / rows.len() as f64, observed })
        });
        bins.collect()
    }

    /// How far stated confidence lies from what was observed, on average over all findings.
    pub fn calibration_error(&self) -> f64 {
        let all = self.findings.len().max(1) as f64;
        let bins = self.reliability();
        let errors = bins.iter().filter_map(|bin| {
            Some(bin.observed.whole as f64 / all * (bin.stated - bin.observed.value()?).abs())
        });
        errors.sum()
    }
}

/// The share of faults that were found by somebody at least so sure.
pub fn recall<'a>(faults: impl Iterator<Item = &'a FaultRow>, least: f64) -> Share {
    Share::of(faults, |fault| fault.found.is_some_and(|confidence| confidence >= least))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(confidence: f64, right: bool) -> FindingRow {
        let finding = Finding {
            rule: "A001".into(),
            is_error: true,
            confidence,
            span: 0..1,
            fix: None,
            text: String::new(),
            heard: String::new(),
        };
        FindingRow { clip: "court".into(), seed: 1, finding, right }
    }

    #[test]
    fn calibration_compares_what_was_stated_with_what_came_true() {
        let rows =
            [(0.95, true), (0.95, true), (0.95, false), (0.95, true), (0.5, true), (0.5, false)];
        let findings = rows.map(|(confidence, right)| finding(confidence, right)).to_vec();
        let tally = Tally { findings, ..Tally::default() };
        let bins = tally.reliability();
        assert_eq!(bins.len(), 2);
        assert_eq!(bins[1].observed, Share { part: 3, whole: 4 });
        assert!((tally.calibration_error() - 4.0 / 6.0 * 0.2).abs() < 1e-9);
    }

    #[test]
    fn certainty_itself_is_counted_among_the_surest() {
        let tally = Tally { findings: vec![finding(1.0, true)], ..Tally::default() };
        assert_eq!(tally.reliability()[0].from, 0.9);
    }

    #[test]
    fn a_higher_cut_off_counts_fewer_findings() {
        let tally =
            Tally { findings: vec![finding(0.9, true), finding(0.4, false)], ..Tally::default() };
        assert_eq!(tally.precision(0.0), Share { part: 1, whole: 2 });
        assert_eq!(tally.precision(0.5), Share { part: 1, whole: 1 });
        assert_eq!(tally.precision(0.95).value(), None);
    }

    #[test]
    fn false_alarms_are_counted_by_manner_of_speaking() {
        let alarm = |confidence| finding(confidence, false).finding;
        let row = |manner, alarms| TrueRow { clip: "a".into(), manner, seconds: 30.0, alarms };
        let truths =
            vec![row(Manner::Story, vec![alarm(0.95), alarm(0.6)]), row(Manner::Meeting, vec![])];
        let tally = Tally { truths, ..Tally::default() };
        assert_eq!(tally.alarms(None, 0.0), 2);
        assert_eq!(tally.alarms(Some(Manner::Story), 0.9), 1);
        assert_eq!(tally.sure_alarms(Some(Manner::Meeting)), 0);
        assert_eq!(tally.sure_alarms(None), 1);
        assert!((tally.minutes(None) - 1.0).abs() < 1e-9);
    }
}
