//! The reader of TTML: times resolved through the containers they lie in, words of paragraphs with the
//! times of their spans. Names count, namespaces do not, so the drafts and their dialects read alike.

use std::collections::HashMap;

use readback_transcript::{Instant, Length};

use super::clock::Clock;
use crate::captions::passages::{Passage, read_passages};
use crate::reading::language;
use crate::reading::xml::{Document, Element, Node};
use crate::reading::{Problems, decode_text};
use crate::{Parsed, ReadError};
use readback_transcript::Span;

/// Reads a document as `format`, which is TTML or a dialect of it.
pub(crate) fn read(bytes: &[u8], format: &'static str) -> Result<Parsed, ReadError> {
    let (text, found) = decode_text(bytes)?;
    let mut body = Body { problems: Problems::from(found), ..Body::default() };
    let mut document = Document::new(&text);
    let ended = loop {
        match document.next() {
            Ok(Some(Node::Open(element))) => body.open(&element, &mut document),
            Ok(Some(Node::Close)) => body.close(),
            Ok(Some(Node::Text(text))) => body.text(&text),
            Ok(None) => break Ok(()),
            Err(reason) => break Err(reason),
        }
    };
    if let Err(reason) = ended {
        body.close_paragraph();
        if body.passages.is_empty() {
            return Err(ReadError::Malformed { format, reason });
        }
        body.problems.add(Span::default(), format!("nothing is read from {reason}"));
    }
    read_passages(body.passages, format, body.language, body.problems)
}

/// What an element is to the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// `tt`, `body`, `div`: holds others.
    Container,
    /// `p`.
    Paragraph,
    /// `span`.
    Span,
    /// Head and metadata: only agents are looked for.
    Aside,
    /// An agent by its id.
    Agent(String),
    /// The name of the agent by its id.
    Name(String),
    /// Anything else with all it holds.
    Skipped,
}

/// Who states the time of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stated {
    /// Nobody.
    #[default]
    Nowhere,
    /// What it lies in.
    Around,
    /// Itself.
    Here,
}

/// An element that is open, its times counted from the start of the document.
#[derive(Clone, Debug)]
struct Open {
    kind: Kind,
    begin: Instant,
    end: Option<Instant>,
    /// Who says so.
    stated: Stated,
    /// Whether what it holds follows one another in time.
    sequence: bool,
    /// Until when what it held so far lasts.
    reached: Instant,
    preserve: bool,
    speaker: Option<String>,
}

impl Default for Open {
    fn default() -> Self {
        Self {
            kind: Kind::Container,
            begin: Instant::START,
            end: None,
            stated: Stated::Nowhere,
            sequence: false,
            reached: Instant::START,
            preserve: false,
            speaker: None,
        }
    }
}

#[derive(Default)]
struct Body {
    clock: Option<Clock>,
    agents: HashMap<String, String>,
    language: Option<String>,
    open: Vec<Open>,
    passage: Passage,
    /// A blank that is due before the next word.
    blank: bool,
    passages: Vec<Passage>,
    problems: Problems,
}

impl Body {
    fn open(&mut self, element: &Element<'_>, document: &mut Document<'_>) {
        let parent = self.open.last().cloned().unwrap_or_default();
        let kind = kind(element, &parent.kind);
        if self.clock.is_none() {
            self.clock = Some(Clock::of(element));
        }
        let mut open = Open {
            kind,
            begin: parent.begin,
            reached: parent.begin,
            sequence: false,
            stated: Stated::Around,
            ..parent.clone()
        };
        if matches!(open.kind, Kind::Container | Kind::Paragraph | Kind::Span) {
            self.place(&mut open, element, &parent, document);
            self.begin(&mut open, element);
        } else if element.name == "br" && self.in_paragraph() {
            self.line_end();
        }
        self.open.push(open);
    }

    /// When `open` is shown, by its attributes and what it lies in.
    fn place(
        &mut self,
        open: &mut Open,
        element: &Element<'_>,
        parent: &Open,
        document: &mut Document<'_>,
    ) {
        let mut time = |name: &str| {
            let written = element.attribute(name)?;
            let time = self.clock.as_ref().and_then(|clock| clock.time(written));
            if time.is_none() {
                let place = document.line();
                let shown: String = written.chars().take(40).collect();
                self.problems.add(
                    Span::default(),
                    format!("line {place}: `{shown}` is no time that can be read"),
                );
            }
            time
        };
        let (begin, end, length) = (time("begin"), time("end"), time("dur"));
        let origin = if parent.sequence { parent.reached } else { parent.begin };
        open.begin = origin + begin.unwrap_or(Length::ZERO);
        open.reached = open.begin;
        let ends =
            [end.map(|end| origin + end), length.map(|length| open.begin + length), parent.end];
        open.end = ends.into_iter().flatten().min();
        open.stated = match [begin, end, length] {
            [None, None, None] if parent.stated == Stated::Nowhere && !parent.sequence => {
                Stated::Nowhere
            }
            [None, None, None] => Stated::Around,
            _ => Stated::Here,
        };
        open.sequence = element.attribute("timeContainer") == Some("seq");
    }

    fn begin(&mut self, open: &mut Open, element: &Element<'_>) {
        match element.attribute("space") {
            Some("preserve") => open.preserve = true,
            Some("default") => open.preserve = false,
            _ => {}
        }
        if let (None, Some(tag)) = (&self.language, element.attribute("lang")) {
            self.language = language(tag);
        }
        let speaker = element.attribute("agent").and_then(|ids| ids.split_whitespace().next());
        let speaker =
            speaker.map(|id| self.agents.get(id).cloned().unwrap_or_else(|| id.to_owned()));
        let changes = speaker.is_some();
        open.speaker = speaker.or(open.speaker.take());
        if open.kind == Kind::Paragraph {
            self.passage = Passage::default();
            self.blank = false;
        }
        if let Some(name) =
            open.speaker.as_ref().filter(|_| changes || open.kind == Kind::Paragraph)
        {
            self.passage.spoken_by(name);
        }
        if open.kind == Kind::Span && open.stated == Stated::Here {
            self.passage.stamp(open.begin);
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match &open.kind {
            Kind::Paragraph => self.finish(&open),
            Kind::Span => self.leave(&open),
            _ => {}
        }
        let reached = open.end.filter(|_| open.stated == Stated::Here).unwrap_or(open.reached);
        if let Some(parent) = self.open.last_mut() {
            parent.reached = parent.reached.max(reached);
        }
    }

    /// After a span, the time is that of its end, and whoever spoke around it speaks again.
    fn leave(&mut self, open: &Open) {
        if let Some(end) = open.end.filter(|_| open.stated == Stated::Here) {
            self.passage.stamp(end);
        }
        let around = self.open.last().and_then(|parent| parent.speaker.as_ref());
        if let Some(name) = around.filter(|name| open.speaker.as_ref() != Some(name)) {
            self.passage.spoken_by(name);
        }
    }

    /// A document that breaks off leaves a paragraph open.
    fn close_paragraph(&mut self) {
        while self.in_paragraph() {
            self.close();
        }
    }

    fn finish(&mut self, open: &Open) {
        let mut passage = std::mem::take(&mut self.passage);
        if passage.text.trim().is_empty() {
            return;
        }
        (passage.start, passage.end) = match (passage.stamps.first(), passage.stamps.last()) {
            (Some(&(_, first)), Some(&(_, last))) if open.stated != Stated::Here => {
                (first, Some(last))
            }
            _ if open.stated != Stated::Nowhere => (open.begin, open.end),
            _ => {
                self.problems.add(
                    Span::default(),
                    "a caption has no time; it is taken to follow the one above it",
                );
                let before = self.passages.last();
                (before.map_or(Instant::START, |before| before.end.unwrap_or(before.start)), None)
            }
        };
        self.passages.push(passage);
    }

    fn in_paragraph(&self) -> bool {
        self.open.iter().any(|open| open.kind == Kind::Paragraph)
    }

    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last() else { return };
        match &open.kind {
            Kind::Name(id) => self.agents.entry(id.clone()).or_default().push_str(text),
            Kind::Paragraph | Kind::Span if open.preserve => self.preserved(text),
            Kind::Paragraph | Kind::Span => self.collapsing(text),
            _ => {}
        }
    }

    /// Any number of blanks is one, and none at the ends of a line.
    fn collapsing(&mut self, text: &str) {
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\r' | '\n') {
                self.blank = true;
                continue;
            }
            let shown = &mut self.passage.text;
            if std::mem::take(&mut self.blank) && !shown.is_empty() && !shown.ends_with('\n') {
                shown.push(' ');
            }
            shown.push(c);
        }
    }

    fn preserved(&mut self, text: &str) {
        if std::mem::take(&mut self.blank) {
            self.passage.text.push(' ');
        }
        self.passage.text.extend(text.chars().filter(|&c| c != '\r'));
    }

    fn line_end(&mut self) {
        self.blank = false;
        self.passage.text.push('\n');
    }
}

/// What `element` is where it stands in a `parent`.
fn kind(element: &Element<'_>, parent: &Kind) -> Kind {
    let id = || element.attribute("id").unwrap_or_default().to_owned();
    match (parent, element.name) {
        (Kind::Agent(id), "name") => Kind::Name(id.clone()),
        (Kind::Aside | Kind::Container | Kind::Paragraph | Kind::Span, "agent") => {
            Kind::Agent(id())
        }
        (Kind::Aside, _)
        | (Kind::Container | Kind::Paragraph | Kind::Span, "head" | "metadata") => Kind::Aside,
        (Kind::Container, "tt" | "body" | "div") => Kind::Container,
        (Kind::Container, "p") => Kind::Paragraph,
        (Kind::Paragraph | Kind::Span, "span" | "p") if !is_annotation(element) => Kind::Span,
        _ => Kind::Skipped,
    }
}

/// Whether `element` says how to read the characters beside it, which is not said a second time.
fn is_annotation(element: &Element<'_>) -> bool {
    matches!(element.attribute("ruby"), Some("text" | "textContainer" | "delimiter"))
}
