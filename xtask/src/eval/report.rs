//! The figures as Markdown for people and as JSON for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::clips::Manner;
use super::plant::{Class, KINDS, Kind};
use super::tally::{FaultRow, Share, Tally, recall};

/// Confidence cut-offs of the trade-off curve.
const CUT_OFFS: &[f64] = &[0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95];

/// How the figures came about.
#[derive(Clone, Debug)]
pub struct Circumstances {
    /// The command line.
    pub command: String,
    /// The state of the source.
    pub commit: String,
    /// The model that listened.
    pub model: String,
    /// The day.
    pub date: String,
}

const HEAD: &str = "\
Faults are planted in true transcripts, Readback reads the faulty texts back against their recordings, and its
findings of severity *error* and *warning* are laid over the faults. A finding is of a fault when it comes within 14
characters of it; a repeated line may be pointed at in either copy. Every finding that is of no fault is wrong.

- **Recall**: found faults, of those that a perfect listener could find. *Content* faults change what was said;
  labels, cues, quotation marks and stray bytes are counted apart.
- **Precision**: findings that are of a fault, of all findings.
- **False alarms**: findings on the true text, a minute of the recording.
- **Place**: how well a finding covers the fault: shared characters as a part of all; for an omission, whether it
  points at the very place.
- **Fixes**: of found faults of single words, those where applying the fix gives the words of the truth back.
";

/// The whole report.
pub fn markdown(tally: &Tally, how: &Circumstances) -> String {
    let mut out = format!(
        "# Accuracy\n\nWritten by `{}`: commit {}, model `{}`, {}.\n\n{HEAD}",
        how.command, how.commit, how.model, how.date
    );
    summary(&mut out, tally);
    kinds(&mut out, tally);
    rules(&mut out, tally);
    alarms(&mut out, tally);
    reliability(&mut out, tally);
    curve(&mut out, tally);
    out
}

/// A row of a table. Writing to a string cannot fail.
fn row(out: &mut String, cells: &[String]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn heading(out: &mut String, title: &str, columns: &[&str]) {
    let right = vec!["--:"; columns.len() - 1].join("|");
    let _ = writeln!(out, "\n## {title}\n\n| {} |\n|---|{right}|", columns.join(" | "));
}

fn fraction(share: Share) -> String {
    share.value().map_or_else(|| "–".into(), |value| format!("{value:.3}"))
}

fn counted(share: Share) -> String {
    format!("{} ({} of {})", fraction(share), share.part, share.whole)
}

fn summary(out: &mut String, tally: &Tally) {
    heading(out, "In short", &["figure", "value"]);
    let rows = [
        ("recall, content faults", counted(recall(tally.content(), 0.0))),
        ("recall, every audible fault", counted(recall(tally.audible(), 0.0))),
        ("precision", counted(tally.precision(0.0))),
        ("fixes that restore the truth", counted(tally.fixes())),
        ("calibration error", format!("{:.3}", tally.calibration_error())),
        ("harmless changes flagged", tally.harmless().part.to_string()),
        ("texts refused", tally.refused.to_string()),
    ];
    for (figure, value) in rows {
        row(out, &[figure.to_owned(), value]);
    }
}

fn kinds(out: &mut String, tally: &Tally) {
    let columns = ["kind", "planted", "found", "recall", "place", "fixed"];
    for (title, audible) in [
        ("Kinds of faults that the recording gives away", true),
        ("Kinds that only the text gives away", false),
    ] {
        heading(out, title, &columns);
        for (kind, rows) in
            groups(tally, |kind, row| kind.class.must_be_found() && row.audible == audible)
        {
            row(out, &kind_cells(kind, &rows));
        }
    }
    heading(out, "Harmless changes", &["kind", "planted", "flagged"]);
    for (kind, rows) in groups(tally, |kind, _| kind.class == Class::Harmless) {
        let flagged = recall(rows.iter().copied(), 0.0);
        row(out, &[kind.name.into(), flagged.whole.to_string(), flagged.part.to_string()]);
    }
}

/// The faults of each kind that the filter lets through; kinds without any are left out.
fn groups(
    tally: &Tally,
    filter: impl Fn(&Kind, &FaultRow) -> bool,
) -> Vec<(&'static Kind, Vec<&FaultRow>)> {
    let groups = KINDS.iter().map(|kind| {
        let rows =
            tally.faults.iter().filter(|row| row.kind.name == kind.name && filter(kind, row));
        (kind, rows.collect::<Vec<_>>())
    });
    groups.filter(|(_, rows)| !rows.is_empty()).collect()
}

fn kind_cells(kind: &Kind, rows: &[&FaultRow]) -> [String; 6] {
    let share = recall(rows.iter().copied(), 0.0);
    let found: Vec<&&FaultRow> = rows.iter().filter(|row| row.found.is_some()).collect();
    let fixed = Share::of(found.iter(), |row| row.restored);
    [
        kind.name.to_owned(),
        share.whole.to_string(),
        share.part.to_string(),
        fraction(share),
        mean(found.iter().map(|row| row.overlap)),
        if kind.of_a_word { fraction(fixed) } else { "–".into() },
    ]
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> String {
    match values.len() {
        0 => "–".into(),
        count => format!("{:.2}", values.sum::<f64>() / count as f64),
    }
}

fn rules(out: &mut String, tally: &Tally) {
    heading(out, "Rules", &["rule", "findings", "precision"]);
    for rule in tally.rules() {
        let share = tally.precision_of(rule);
        row(out, &[rule.to_owned(), share.whole.to_string(), fraction(share)]);
    }
}

fn alarms(out: &mut String, tally: &Tally) {
    let columns =
        ["true texts", "recordings", "minutes", "false alarms", "a minute", "sure errors"];
    heading(out, "False alarms", &columns);
    for manner in Manner::ALL.map(Some).into_iter().chain([None]) {
        let minutes = tally.minutes(manner);
        if minutes > 0.0 {
            let cells = [
                manner.map_or("all", Manner::name).to_owned(),
                tally.truths(manner).count().to_string(),
                format!("{minutes:.1}"),
                tally.alarms(manner, 0.0).to_string(),
                a_minute(tally, manner, 0.0),
                tally.sure_alarms(manner).to_string(),
            ];
            row(out, &cells);
        }
    }
    out.push_str("\nA sure error is called an error with a confidence above 0.9.\n");
}

fn a_minute(tally: &Tally, manner: Option<Manner>, least: f64) -> String {
    let minutes = tally.minutes(manner);
    if minutes == 0.0 {
        return "–".into();
    }
    format!("{:.2}", tally.alarms(manner, least) as f64 / minutes)
}

fn reliability(out: &mut String, tally: &Tally) {
    heading(out, "Stated confidence and what came true", &["stated", "findings", "mean", "right"]);
    for bin in tally.reliability() {
        let cells = [
            format!("{:.1} to {:.1}", bin.from, bin.from + 0.1),
            bin.observed.whole.to_string(),
            format!("{:.3}", bin.stated),
            fraction(bin.observed),
        ];
        row(out, &cells);
    }
}

fn curve(out: &mut String, tally: &Tally) {
    let columns = [
        "least confidence",
        "precision",
        "recall, content",
        "stories",
        "clean readings",
        "meetings",
    ];
    heading(out, "What another cut-off would give", &columns);
    for least in CUT_OFFS {
        let mut cells = vec![
            if *least == 0.0 { "as it is".into() } else { format!("{least:.2}") },
            fraction(tally.precision(*least)),
            fraction(recall(tally.content(), *least)),
        ];
        cells.extend(Manner::ALL.map(|manner| a_minute(tally, Some(manner), *least)));
        row(out, &cells);
    }
    out.push_str("\nThe last three columns are false alarms a minute on true texts.\n");
}

/// Every figure, every fault and every finding.
pub fn json(tally: &Tally, how: &Circumstances) -> Value {
    let manner = |manner: Option<Manner>| {
        json!({
            "minutes": tally.minutes(manner),
            "false_alarms": tally.alarms(manner, 0.0),
            "sure_errors": tally.sure_alarms(manner),
        })
    };
    json!({
        "command": how.command, "commit": how.commit, "model": how.model, "date": how.date,
        "recall_content": recall(tally.content(), 0.0).value(),
        "recall_audible": recall(tally.audible(), 0.0).value(),
        "precision": tally.precision(0.0).value(),
        "fixes": tally.fixes().value(),
        "calibration_error": tally.calibration_error(),
        "harmless_flagged": tally.harmless().part,
        "refused": tally.refused,
        "true_texts": {
            "stories": manner(Some(Manner::Story)),
            "readings": manner(Some(Manner::Reading)),
            "meetings": manner(Some(Manner::Meeting)),
        },
        "faults": tally.faults.iter().map(fault).collect::<Vec<_>>(),
        "findings": tally.findings.iter().map(|row| json!({
            "clip": row.clip, "seed": row.seed, "rule": row.finding.rule, "right": row.right,
            "confidence": row.finding.confidence, "text": row.finding.text, "heard": row.finding.heard,
        })).collect::<Vec<_>>(),
    })
}

fn fault(row: &FaultRow) -> Value {
    json!({
        "clip": row.clip, "seed": row.seed, "kind": row.kind.name, "audible": row.audible,
        "original": row.original, "replacement": row.replacement, "found": row.found,
        "overlap": row.overlap, "restored": row.restored,
    })
}

/// Every false alarm, miss, wrong finding and flagged harmless change, a line each.
pub fn mistakes(tally: &Tally) -> String {
    let mut out = String::new();
    for truth in &tally.truths {
        for alarm in &truth.alarms {
            let _ = writeln!(out, "FALSE ALARM {} {}", truth.clip, alarm_line(alarm));
        }
    }
    for fault in &tally.faults {
        let word = match (fault.kind.class.must_be_found(), fault.found) {
            (true, None) => "MISSED",
            (false, Some(_)) => "HARMLESS",
            _ => continue,
        };
        let sound = if fault.audible { "" } else { "~" };
        let (name, clip, seed) = (fault.kind.name, &fault.clip, fault.seed);
        let (said, written) = (shortened(&fault.original), shortened(&fault.replacement));
        let _ = writeln!(out, "{word} {clip} {seed} {name}{sound} {said:?} became {written:?}");
    }
    for row in tally.findings.iter().filter(|row| !row.right) {
        let _ = writeln!(out, "WRONG {} {} {}", row.clip, row.seed, alarm_line(&row.finding));
    }
    out
}

fn alarm_line(finding: &super::finding::Finding) -> String {
    format!(
        "{} {:.3} text {:?} heard {:?}",
        finding.rule,
        finding.confidence,
        shortened(&finding.text),
        shortened(&finding.heard)
    )
}

fn shortened(text: &str) -> String {
    text.chars().take(70).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::tally::TrueRow;

    fn tally() -> Tally {
        let kind = KINDS.iter().find(|kind| kind.name == "drop_word").expect("a kind");
        let fault = |found, restored| FaultRow {
            clip: "court".into(),
            seed: 1,
            kind,
            audible: true,
            original: "boat ".into(),
            replacement: String::new(),
            found,
            overlap: 1.0,
            restored,
        };
        let truth =
            TrueRow { clip: "court".into(), manner: Manner::Story, seconds: 120.0, alarms: vec![] };
        Tally {
            faults: vec![fault(Some(0.8), true), fault(None, false)],
            truths: vec![truth],
            ..Tally::default()
        }
    }

    fn how() -> Circumstances {
        let [command, commit, model, date] =
            ["cargo xtask eval", "abc", "base", "2026-01-01"].map(String::from);
        Circumstances { command, commit, model, date }
    }

    #[test]
    fn the_report_says_how_it_came_about_and_what_was_found() {
        let report = markdown(&tally(), &how());
        assert!(report.contains("commit abc, model `base`, 2026-01-01"), "{report}");
        assert!(report.contains("| recall, content faults | 0.500 (1 of 2) |"), "{report}");
        assert!(report.contains("| drop_word | 2 | 1 | 0.500 | 1.00 | 1.000 |"), "{report}");
        assert!(report.contains("| stories | 1 | 2.0 | 0 | 0.00 | 0 |"), "{report}");
        assert!(report.contains("| 0.85 | – | 0.000 |"), "{report}");
    }

    #[test]
    fn a_miss_is_listed_with_what_was_said() {
        assert_eq!(mistakes(&tally()), "MISSED court 1 drop_word \"boat \" became \"\"\n");
    }

    #[test]
    fn programs_get_every_fault() {
        let report = json(&tally(), &how());
        assert_eq!(report["faults"][1]["found"], Value::Null);
        assert_eq!(report["recall_content"], 0.5);
    }
}
