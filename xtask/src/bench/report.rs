//! Medians and their ratios as Markdown tables.

use std::fmt::Write as _;

use super::Contender;
use super::measure::{Sample, median};
use super::options::Options;
use super::recordings::Recording;

/// What one contender took for one recording: medians of its runs.
#[derive(Clone, Debug)]
pub struct Row {
    recording: String,
    pub(super) seconds: f64,
    pub(super) contender: Contender,
    pub(super) wall: f64,
    work: f64,
    cpu: f64,
    peak: f64,
    errors: Option<f64>,
}

impl Row {
    /// Sums up the runs. `errors` is the normalised word error rate as a share.
    pub fn new(
        recording: &Recording,
        contender: Contender,
        samples: &[Sample],
        errors: Option<f64>,
    ) -> Self {
        let of = |figure: fn(&Sample) -> f64| median(samples.iter().map(figure));
        Self {
            recording: recording.name.clone(),
            seconds: recording.seconds,
            contender,
            wall: of(|sample| sample.wall),
            work: of(|sample| sample.work),
            cpu: of(|sample| sample.cpu),
            peak: of(|sample| sample.peak as f64),
            errors,
        }
    }
}

const HEAD: &str = "
| recording | length | command | wall | of length | cpu | peak | WER |
|---|--:|---|--:|--:|--:|--:|--:|
";

const RATIOS: &str = "
Ratios of medians: below 1 means that `readback transcribe` took less. *Whole* is the process from start to end,
*work* leaves out the other's start-up and loading of its model, but not Readback's.

| recording | against | wall, whole | wall, work | cpu | peak |
|---|---|--:|--:|--:|--:|
";

/// The whole report.
pub fn markdown(options: &Options, rows: &[Row]) -> String {
    let mut out = format!(
        "# Performance\n\nWritten by `cargo xtask bench`: model `{}`, {} threads, medians of {} runs in turn, {}.\n",
        options.model,
        options.threads,
        options.runs,
        machine(),
    );
    out.push_str(HEAD);
    for row in rows {
        table_row(&mut out, row);
    }
    out.push_str(RATIOS);
    for row in rows.iter().filter(|row| is_rival(row.contender)) {
        ratio_row(&mut out, row, rows);
    }
    out
}

/// One contender's medians.
fn table_row(out: &mut String, row: &Row) {
    let errors = row.errors.map_or_else(|| "–".into(), |rate| format!("{:.1} %", 100.0 * rate));
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "| {} | {:.0} s | {} | {:.2} s | {:.3} | {:.2} s | {:.0} MB | {errors} |",
        row.recording,
        row.seconds,
        row.contender.name(),
        row.wall,
        row.wall / row.seconds,
        row.cpu,
        row.peak / 1e6,
    );
}

/// `readback transcribe` against one rival on the same recording.
fn ratio_row(out: &mut String, rival: &Row, rows: &[Row]) {
    let ours = rows
        .iter()
        .find(|row| row.contender == Contender::Transcribe && row.recording == rival.recording);
    let Some(ours) = ours else { return };
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "| {} | {} | {:.2} | {:.2} | {:.2} | {:.2} |",
        rival.recording,
        rival.contender.name(),
        ours.wall / rival.wall,
        ours.work / rival.work,
        ours.cpu / rival.cpu,
        ours.peak / rival.peak,
    );
}

fn is_rival(contender: Contender) -> bool {
    !matches!(contender, Contender::Transcribe | Contender::Check)
}

/// The processor by name and how many of them, as far as the system tells.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    format!("{} ({cores} processors)", name.unwrap_or(std::env::consts::ARCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(contender: Contender, wall: f64) -> Row {
        Row {
            recording: "story".into(),
            seconds: 100.0,
            contender,
            wall,
            work: wall / 2.0,
            cpu: wall,
            peak: 2e8,
            errors: Some(0.0125),
        }
    }

    #[test]
    fn a_ratio_below_one_means_readback_took_less() {
        let rows = [row(Contender::Transcribe, 4.0), row(Contender::FasterWhisper, 8.0)];
        let report = markdown(&Options::default(), &rows);
        assert!(
            report.contains("| story | faster-whisper int8 | 0.50 | 0.50 | 0.50 | 1.00 |"),
            "{report}"
        );
        assert!(report.contains("| 4.00 s | 0.040 | 4.00 s | 200 MB | 1.2 % |"), "{report}");
    }
}
