//! One finished process: how long, how much work, how much memory.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use wait4::Wait4;

use crate::cargo::line;

/// What one run took, as the operating system accounts for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sample {
    /// From start to end, in seconds.
    pub wall: f64,
    /// Of this, the work itself: without start-up and loading of the model where the process tells.
    pub work: f64,
    /// Processor time of all threads, user and system, in seconds.
    pub cpu: f64,
    /// Largest resident memory, in bytes.
    pub peak: u64,
}

/// Runs `command` to its end. An exit code that is not among `expected` is an error.
///
/// A process that prints a JSON object with a number `work` is believed about its own work.
pub fn measure(mut command: Command, expected: &[i32]) -> Result<Sample> {
    let shown = line(&command);
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run `{shown}`"))?;
    let errors = drain(child.stderr.take());
    let printed = drain(child.stdout.take());
    let used = child.wait4().with_context(|| format!("lost `{shown}`"))?;
    let wall = started.elapsed().as_secs_f64();
    let errors = errors.join().unwrap_or_default();
    let printed = printed.join().unwrap_or_default();
    if !used.status.code().is_some_and(|code| expected.contains(&code)) {
        bail!("`{shown}` failed ({}):\n{errors}", used.status);
    }
    let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    let work = work(&printed).unwrap_or(wall);
    Ok(Sample { wall, work, cpu, peak: used.rusage.maxrss })
}

/// Reads a stream to its end beside the process, so that a full pipe cannot stop it.
fn drain(stream: Option<impl std::io::Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            // A stream that breaks off has said what it had to say.
            let _ = stream.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// The seconds of work that a process reports of itself.
fn work(printed: &str) -> Option<f64> {
    serde_json::from_str::<Value>(printed.trim()).ok()?.get("work")?.as_f64()
}

/// The middle value, or the mean of the two middle ones; 0 for none.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        count if count % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_count_lies_between_the_middle_two() {
        let hundredths = |values: &[f64]| (100.0 * median(values.iter().copied())).round() as u32;
        assert_eq!(hundredths(&[3.0, 1.0, 2.0]), 200);
        assert_eq!(hundredths(&[4.0, 1.0, 3.0, 2.0]), 250);
        assert_eq!(hundredths(&[]), 0);
    }

    #[test]
    fn a_process_is_believed_about_its_own_work() {
        assert_eq!(work("{\"load\": 1.5, \"work\": 2.5}\n"), Some(2.5));
        assert_eq!(work("It was a cold gray morning."), None);
    }

    #[test]
    fn an_unexpected_exit_code_is_an_error_with_what_the_process_said() {
        let failing = crate::cargo::command("sh", &["-c", "echo broken >&2; exit 3"]);
        let error = measure(failing, &[0, 1]).expect_err("exit code 3").to_string();
        assert!(error.contains("broken"), "{error}");
    }
}
