//! Asks an installed `ffmpeg` to decode what the pure Rust decoders do not know: Opus, HE-AAC, WMA and the
//! rest of the world.
//!
//! The child may read files only, never the network, and is ended when nobody listens any more.

use std::ffi::OsString;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

use crate::RATE;

/// Samples asked for at once.
const BLOCK: usize = 8_192;
/// How much of the child's complaints is kept.
const COMPLAINTS: usize = 4_096;

/// A running `ffmpeg`.
pub(crate) struct Outside {
    child: Child,
    output: ChildStdout,
    complaints: Option<JoinHandle<String>>,
    /// What it said, once it has ended.
    said: Option<String>,
    first: Option<Vec<f32>>,
}

/// Why `ffmpeg` does not help.
pub(crate) enum Unhelpful {
    /// It is not installed.
    Absent,
    /// It gave no sound; what it said.
    Silent(String),
}

impl Outside {
    /// Starts `program` on the file at `path` and waits for the first sound.
    pub(crate) fn open(program: &Path, path: &Path) -> Result<Self, Unhelpful> {
        let mut child = start(program, path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Unhelpful::Absent,
            _ => Unhelpful::Silent(format!("ffmpeg cannot be started: {error}")),
        })?;
        let output = child.stdout.take().expect("its output is piped");
        let errors = child.stderr.take().expect("its errors are piped");
        let complaints = Some(std::thread::spawn(move || read_complaints(errors)));
        let mut outside = Self { child, output, complaints, said: None, first: None };
        match outside.next() {
            Some(samples) => outside.first = Some(samples),
            None => return Err(Unhelpful::Silent(outside.said().unwrap_or_default().into())),
        }
        Ok(outside)
    }

    /// The next samples at [`RATE`], never empty; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Vec<f32>> {
        if let Some(samples) = self.first.take() {
            return Some(samples);
        }
        let mut bytes = Vec::with_capacity(BLOCK * 4);
        let read = self.output.by_ref().take(BLOCK as u64 * 4).read_to_end(&mut bytes);
        if read.is_err() || bytes.len() < 4 {
            self.end();
            return None;
        }
        let sample = |bytes: &[u8]| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        let samples = bytes.chunks_exact(4).map(sample);
        Some(samples.map(|s| if s.is_finite() { s } else { 0.0 }).collect())
    }

    /// What it complained about, once it has ended; `None` when it was content.
    pub(crate) fn said(&self) -> Option<&str> {
        self.said.as_deref().filter(|said| !said.is_empty())
    }

    fn end(&mut self) {
        let Some(complaints) = self.complaints.take() else { return };
        let succeeded = self.child.wait().is_ok_and(|status| status.success());
        let said = complaints.join().unwrap_or_default();
        self.said = match (succeeded, said.is_empty()) {
            (false, true) => Some("it failed without a word".into()),
            _ => Some(said),
        };
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to end and nothing is lost.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(program: &Path, path: &Path) -> io::Result<Child> {
    let mut input = OsString::from("file:");
    input.push(path);
    Command::new(program)
        .args(["-nostdin", "-v", "error", "-protocol_whitelist", "file", "-i"])
        .arg(input)
        .args(["-map", "0:a:0", "-f", "f32le", "-ac", "1", "-ar", &RATE.to_string(), "-"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

/// The first lines of what the child complains about, on one line; the rest is read and forgotten.
fn read_complaints(mut errors: impl Read) -> String {
    let mut kept = Vec::new();
    // A broken pipe only means that it has no more to say.
    let _ = errors.by_ref().take(COMPLAINTS as u64).read_to_end(&mut kept);
    let _ = io::copy(&mut errors, &mut io::sink());
    let text = String::from_utf8_lossy(&kept);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.take(3).collect::<Vec<_>>().join("; ")
}
