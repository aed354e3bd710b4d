//! What is said on standard error while something takes its time: a bar on a terminal, plain lines or
//! nothing elsewhere.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use readback_transcript::{Instant, Length};

/// Says one line on standard error.
pub fn say(line: &str) {
    anstream::eprintln!("readback: {line}");
}

/// A bar that counts bytes; silent unless standard error is a terminal.
#[derive(Debug)]
pub struct Bytes(ProgressBar);

impl Bytes {
    /// A bar up to `total` bytes.
    pub fn new(label: &'static str, total: u64) -> Self {
        let template = "{msg} {wide_bar} {decimal_bytes} of {decimal_total_bytes}, {eta} left";
        Self(bar(total, template).with_message(label))
    }

    /// `count` more bytes have come in.
    pub fn add(&self, count: u64) {
        self.0.inc(count);
    }

    /// Everything is there.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// A bar that shows how much of a recording was heard, how many times quicker than it plays, and the
/// time left; silent unless standard error is a terminal.
#[derive(Debug)]
pub struct ListeningBar(ProgressBar);

impl ListeningBar {
    /// A bar over a recording of that length, if it is known.
    pub fn new(length: Option<Length>) -> Self {
        let template = match length {
            Some(_) => "listening {wide_bar} {msg}, {eta} left",
            None => "listening {spinner} {msg}",
        };
        let bar = bar(length.map_or(0, |length| length.micros().max(0) as u64), template);
        Self(bar)
    }

    /// Everything up to `instant` was heard.
    pub fn reach(&self, instant: Instant) {
        let elapsed = self.0.elapsed().as_secs_f64().max(0.001);
        let speed = instant.seconds() / elapsed;
        let total = Instant::from_micros(self.0.length().unwrap_or(0) as i64);
        self.0.set_message(format!(
            "{} of {}, {speed:.0} × real time",
            clock(instant),
            clock(total)
        ));
        self.0.set_position(instant.micros().max(0) as u64);
    }

    /// The whole recording was heard.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// Minutes and seconds; hundredths mean nothing on a bar.
fn clock(instant: Instant) -> String {
    let shown = instant.to_string();
    shown.split('.').next().unwrap_or_default().into()
}

fn bar(total: u64, template: &str) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(total), target);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
