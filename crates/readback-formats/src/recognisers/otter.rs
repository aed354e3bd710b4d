//! Otter's text export: above each turn a line with the speaker, two blanks and the time since the
//! beginning of the recording (`Speaker 1  1:02`). Nothing is documented; this is what is seen.

use std::sync::LazyLock;

use readback_transcript::{Instant, Label, Length, Span};
use regex::{Captures, Regex};

use super::shared::RECOGNISERS_OWN;
use crate::reading::{Header, Problems, collapsed, decode_text, lines, read_headed};
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way};

pub(crate) static FORMAT: Format = Format {
    id: "otter",
    name: "Otter text",
    extensions: &["txt"],
    media_type: "text/plain",
    sniff,
    read: Way::Open(read),
    write: Way::Closed(RECOGNISERS_OWN),
    carries: Carries {
        times: Times::Passages,
        speakers: true,
        cues: true,
        notes: true,
        ..Carries::WORDS
    },
    oracle: "none: a source of our own",
};

/// A speaker and a time: of the recording, or a clock's with AM or PM.
static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^\s*(?P<name>\S(?:.{0,78}\S)?)(?:[ \x{a0}]{2,}|\t+)(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,3}):(?P<s>\d{2})(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?\s*$",
    )
    .expect("a fixed pattern")
});

fn sniff(head: &Head<'_>) -> bool {
    let headers = lines(head.text).filter(|line| HEADER.is_match(line.of(head.text))).take(2);
    let enough = if head.text.contains("otter.ai") { 1 } else { 2 };
    headers.count() >= enough
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, found) = decode_text(bytes)?;
    let mut problems = Problems::from(found);
    let mut clock = Clock::default();
    let mut headers = Vec::new();
    for line in lines(&text) {
        let Some(found) = HEADER.captures(line.of(&text)) else { continue };
        let start = clock.instant(&found).unwrap_or_else(|| {
            problems.add(line, "this turn begins before the one above it");
            clock.latest
        });
        let name = found.name("name").expect("part of every match");
        let span = Span::new(line.start + name.start(), line.start + name.end());
        let label = Label { span, name: collapsed(name.as_str()), role: None, inline: false };
        headers.push(Header { line, label, start });
    }
    if headers.is_empty() {
        let reason = "there is no line with a speaker and a time in it".into();
        return Err(ReadError::Malformed { format: FORMAT.id, reason });
    }
    let is_credit = |line: &str| line.starts_with("Transcribed by https://otter.ai");
    Ok(read_headed(text.into_owned(), FORMAT.id, headers, is_credit, problems))
}

/// The times so far. A clock begins anew: one without hours after an hour, one of twelve hours after
/// twelve; and the first time of a day's clock is the beginning of the recording.
#[derive(Default)]
struct Clock {
    latest: Instant,
    /// What is to be added to a time as it is written.
    ahead: Length,
    began: bool,
}

impl Clock {
    /// When a turn begins; `None` where that lies before the turn above.
    fn instant(&mut self, header: &Captures<'_>) -> Option<Instant> {
        let field = |name: &str| header.name(name).and_then(|field| field.as_str().parse().ok());
        let of_day = header.name("half").map(|half| half.as_str().eq_ignore_ascii_case("p"));
        let (hours, minutes, seconds): (Option<i64>, i64, i64) =
            (field("h"), field("m")?, field("s")?);
        let (turns_after, micros) = match (of_day, hours) {
            // `9:30 PM` has no seconds.
            (Some(late), None) => (24, ((minutes % 12 + 12 * i64::from(late)) * 60 + seconds) * 60),
            (Some(late), Some(h)) => {
                (24, ((h % 12 + 12 * i64::from(late)) * 60 + minutes) * 60 + seconds)
            }
            (None, None) => (1, minutes * 60 + seconds),
            (None, Some(h)) => (12, (h * 60 + minutes) * 60 + seconds),
        };
        let written = Instant::from_micros(micros * 1_000_000);
        if of_day.is_some() && !self.began {
            self.ahead = Instant::START - written;
        }
        self.began = true;
        let turn = Length::from_millis(turns_after * 3_600_000);
        let mut start = written + self.ahead;
        if self.latest - start > Length::from_micros(turn.micros() / 2) {
            self.ahead += turn;
            start = written + self.ahead;
        }
        let forward = (start >= self.latest).then_some(start);
        self.latest = forward.unwrap_or(self.latest);
        forward
    }
}
