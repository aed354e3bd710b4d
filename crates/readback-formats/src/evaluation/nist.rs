//! What NIST's formats share (SCTK, `doc/infmts.htm`; the RT-09 evaluation plan): lines of fields
//! between blanks, comments after `;;`, times in seconds, one recording's name on each line.

use readback_transcript::{Instant, Length, Span, Stretch, Transcript, Turn};

use crate::reading::{self, Problems, decode_text, lines};
use crate::{Head, Parsed, ReadError, WriteOptions};

/// The fields of a line and where they stand.
pub(crate) struct Fields<'a> {
    text: &'a str,
    rest: Span,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(text: &'a str, line: Span) -> Self {
        Self { text, rest: line }
    }

    /// What follows the fields taken so far, without blanks at its ends.
    pub(crate) fn rest(&self) -> Span {
        let rest = self.rest.of(self.text);
        let start = self.rest.start + (rest.len() - rest.trim_ascii_start().len());
        Span::new(start, start + rest.trim_ascii().len())
    }

    /// The text of the next field.
    pub(crate) fn shown(&mut self) -> Option<&'a str> {
        Some(self.next()?.of(self.text))
    }

    /// The next field, which is a time.
    pub(crate) fn seconds(&mut self) -> Option<Instant> {
        seconds(self.shown()?)
    }

    /// The next two fields, a start and a length.
    pub(crate) fn stretch(&mut self) -> Option<Stretch> {
        let (start, length) = (self.seconds()?, self.seconds()?);
        Some(Stretch::new(start, start + (length - Instant::START)))
    }
}

impl Iterator for Fields<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.rest();
        let shown = rest.of(self.text);
        let length = shown.find(|c: char| c.is_ascii_whitespace()).unwrap_or(shown.len());
        self.rest = Span::new(rest.start + length, rest.end);
        (length > 0).then(|| Span::new(rest.start, rest.start + length))
    }
}

/// A source read by its turns; `missing` says what there is none of.
pub(crate) fn read_turns(
    bytes: &[u8],
    format: &'static str,
    turns: impl FnOnce(&str, &mut Problems) -> Vec<Turn>,
    missing: &str,
) -> Result<Parsed, ReadError> {
    let (text, found) = decode_text(bytes)?;
    let mut problems = Problems::from(found);
    let turns = turns(&text, &mut problems);
    if turns.is_empty() {
        return Err(ReadError::Malformed { format, reason: missing.into() });
    }
    let transcript = Transcript {
        text: text.into_owned(),
        format: format.into(),
        turns,
        ..Transcript::default()
    };
    Ok(Parsed { transcript, problems: problems.finish() })
}

/// The lines that say something.
pub(crate) fn entries(text: &str) -> impl Iterator<Item = Span> + '_ {
    let says = |line: &Span| {
        let line = line.of(text).trim_start();
        !line.is_empty() && !line.starts_with(";;")
    };
    lines(text).filter(says)
}

/// Whether the first lines of a source are all entries of a format.
pub(crate) fn begins_with(head: &Head<'_>, is_entry: impl Fn(&str, Span) -> bool) -> bool {
    let mut lines = entries(head.text).take(3).peekable();
    lines.peek().is_some() && lines.all(|line| is_entry(head.text, line))
}

/// A time of at most a hundred thousand hours.
fn seconds(field: &str) -> Option<Instant> {
    field.parse().ok().and_then(reading::seconds)
}

/// Whether a field stands for none.
pub(crate) fn is_none(field: &str) -> bool {
    ["<na>", "na", "-", "*"].contains(&field.to_ascii_lowercase().as_str())
}

/// The recording that is spoken of; a file may go on with another.
#[derive(Default)]
pub(crate) struct Recordings<'a>(Option<&'a str>);

impl<'a> Recordings<'a> {
    pub(crate) fn see(&mut self, name: &'a str, line: Span, problems: &mut Problems) {
        if self.0.replace(name).is_some_and(|before| before != name) {
            problems
                .add(line, "another recording begins here; what it says follows that of the first");
        }
    }
}

/// A name as one field.
pub(crate) fn field(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join("_");
    if name.starts_with(";;") { format!("_{name}") } else { name }
}

/// The name of the recording as one field.
pub(crate) fn recording(options: &WriteOptions) -> String {
    let name = field(&options.recording);
    if name.is_empty() { "recording".into() } else { name }
}

/// Seconds with three decimals, or six where three would not say it exactly.
pub(crate) fn shown(instant: Instant) -> String {
    let decimals = if instant.micros() % 1000 == 0 { 3 } else { 6 };
    format!("{:.decimals$}", instant.seconds())
}

/// The same of a length.
pub(crate) fn shown_length(length: Length) -> String {
    shown(Instant::START + length)
}
