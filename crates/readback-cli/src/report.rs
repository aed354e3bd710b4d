//! A check's result in the shapes people and programs ask for. It decides nothing: what is found, and
//! how much it matters, comes from the audit.

mod concise;
pub mod difference;
mod github;
mod json;
mod quote;
mod sarif;
mod text;

use readback_check::{Finding, Report};
use readback_transcript::{LineIndex, Position, Transcript};

pub(crate) use text::refusal;

/// The shape of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Shape {
    /// For people, on a terminal or in a mail
    Text,
    /// One line for each finding: path:line:column: CODE severity message [time]
    #[allow(rustdoc::broken_intra_doc_links, reason = "it is the help text, and links nowhere")]
    Concise,
    /// For programs; the same fields in every version. Of several texts one object on each line
    Json,
    /// SARIF 2.1.0, for code review tools
    Sarif,
    /// Workflow commands that GitHub shows beside the lines
    Github,
}

/// Everything a report may tell.
#[derive(Debug)]
pub struct Checked {
    /// How the transcript's file is named.
    pub path: String,
    /// The transcript as it was read.
    pub transcript: Transcript,
    /// The recording it was read back against; `None` where none was heard.
    pub recording: Option<HeardIn>,
    /// The recogniser's words it was read back against; `None` where none were given.
    pub evidence: Option<Evidence>,
    /// What the check has to say.
    pub report: Report,
}

/// What a report tells about the recording and who heard it.
#[derive(Clone, Debug)]
pub struct HeardIn {
    /// How the recording's file is named.
    pub path: String,
    /// The BLAKE3 hash of its bytes.
    pub blake3: String,
    /// Its length.
    pub seconds: f64,
    /// Whether anybody speaks in it.
    pub speech: bool,
    /// The speech model that listened.
    pub model: String,
}

/// What a report tells about a recogniser's words that stood for the recording.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// How their file is named.
    pub path: String,
    /// Id of the format they are in.
    pub format: &'static str,
    /// What that format is called: mostly the recogniser's name.
    pub recogniser: &'static str,
}

impl Checked {
    /// Who listened: the speech model, or the recogniser whose words were given.
    pub fn model(&self) -> Option<&str> {
        let recogniser = || self.evidence.as_ref().map(|evidence| evidence.recogniser);
        self.recording.as_ref().map(|heard| heard.model.as_str()).or_else(recogniser)
    }
}

/// Renders the report of one text; `width` is the number of columns there are for text.
pub fn render(checked: &Checked, shape: Shape, width: usize) -> String {
    match shape {
        Shape::Text => text::render(checked, width),
        Shape::Concise => concise::render(checked),
        Shape::Json => json::render(checked),
        Shape::Sarif => sarif::render(checked),
        Shape::Github => github::render(checked),
    }
}

/// Renders the reports of several texts, one after the other, and what sums them up.
#[derive(Debug)]
pub struct Several {
    shape: Shape,
    width: usize,
    tally: text::Tally,
    sarif: sarif::Document,
}

impl Several {
    /// Nothing yet.
    pub fn new(shape: Shape, width: usize) -> Self {
        Self { shape, width, tally: text::Tally::default(), sarif: sarif::Document::default() }
    }

    /// What there is to print of one text.
    pub fn one(&mut self, checked: &Checked) -> String {
        match self.shape {
            Shape::Text => {
                self.tally.add(checked);
                text::findings(checked, self.width)
            }
            Shape::Json => json::line(checked),
            Shape::Sarif => self.sarif.add(checked),
            Shape::Concise | Shape::Github => render(checked, self.shape, self.width),
        }
    }

    /// What there is to print after the last one.
    pub fn end(self) -> String {
        match self.shape {
            Shape::Text => self.tally.line(),
            Shape::Sarif => self.sarif.end(),
            Shape::Concise | Shape::Json | Shape::Github => String::new(),
        }
    }
}

/// The findings, each with the line and column where it starts.
fn placed(checked: &Checked) -> impl Iterator<Item = (&Finding, Position)> {
    let text = &checked.transcript.text;
    let lines = LineIndex::new(text);
    let place = move |finding: &Finding| lines.position(text, finding.span.start);
    checked.report.findings.iter().map(move |finding| (finding, place(finding)))
}

/// A number of things, `1 word` or `2 words`.
pub(crate) fn count(number: usize, what: &str) -> String {
    match what.strip_suffix('y') {
        _ if number == 1 => format!("1 {what}"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {what}s"),
    }
}
