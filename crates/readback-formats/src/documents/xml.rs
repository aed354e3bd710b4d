//! A contractor's own XML, read by a [`Mapping`] that names its parts.

use std::collections::{BTreeSet, HashMap, HashSet};

use readback_transcript::{NoteKind, Probability, Role, Stretch, TimeOrigin, Timing};

use crate::mapping::{Mapping, Path, closest};
use crate::reading::xml::{Element, Node, decode_xml, walk};
use crate::reading::{Composer, language, retained, role_called, share};
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way};

pub(crate) static FORMAT: Format = Format {
    id: "xml",
    name: "a contractor's own XML, by a mapping",
    extensions: &["xml"],
    media_type: "application/xml",
    sniff,
    read: Way::Open(read),
    write: Way::Closed("a contractor's own XML is only read"),
    carries: Carries { times: Times::Words, ..Carries::EVERYTHING },
    oracle: "the example of docs/xml-mapping.md",
};

/// How many names of elements an error lists.
const SHOWN_NAMES: usize = 12;

/// Any XML that no other format takes.
fn sniff(head: &Head<'_>) -> bool {
    head.text.starts_with("<?xml")
}

fn read(bytes: &[u8], options: &ReadOptions) -> Result<Parsed, ReadError> {
    let malformed = |reason: String| ReadError::Malformed { format: FORMAT.id, reason };
    let Some(mapping) = &options.mapping else {
        let reason =
            "this XML is of no known kind; name its parts in a mapping (see docs/xml-mapping.md)";
        return Err(malformed(reason.into()));
    };
    let (text, found) = decode_xml(bytes)?;
    let mut story = Story::new(mapping, speakers(&text, mapping));
    let fault = walk(&text, &mut |event| story.visit(event));
    if !story.seen.contains("turn.element") {
        return Err(malformed(fault.unwrap_or_else(|| story.no_turn())));
    }
    story.report_unseen();
    let Story { composer, language, .. } = story;
    composer.finish(FORMAT.id, language, found, fault)
}

/// Speakers by their ids, each a name and perhaps a role.
type Speakers = HashMap<String, (String, String)>;

/// The speakers that the file lists, wherever that stands.
fn speakers(text: &str, mapping: &Mapping) -> Speakers {
    let Some(speakers) = &mapping.speakers else { return Speakers::new() };
    let mut all = Speakers::new();
    let mut names: Vec<String> = Vec::new();
    let mut record: Option<Record<'_>> = None;
    walk(text, &mut |event| {
        match event {
            Node::Open(element) => {
                names.push(element.name.to_owned());
                match &mut record {
                    Some(record) => {
                        record.open(&names, &element);
                    }
                    None if names.ends_with(&speakers.element.elements) => {
                        let fields = [
                            ("speakers.id", Some(&speakers.id)),
                            ("speakers.name", Some(&speakers.name)),
                            ("speakers.role", speakers.role.as_ref()),
                        ];
                        record = Some(Record::new(&fields, &names, &element));
                    }
                    None => {}
                }
            }
            Node::Text(text) => {
                if let Some(record) = &mut record {
                    record.text(&text);
                }
            }
            Node::Close => {
                if let Some(record) = &mut record {
                    record.close(&names);
                }
                if let Some(done) = record.take_if(|record| record.depth == names.len()) {
                    let value = |key| done.value(key).to_owned();
                    let person = (value("speakers.name"), value("speakers.role"));
                    all.insert(value("speakers.id"), person);
                }
                names.pop();
            }
        }
        true
    });
    all
}

/// What an element says of itself, by the places that the mapping names within it.
struct Record<'m> {
    /// How many elements are open around what is in it.
    depth: usize,
    fields: Vec<(&'static str, &'m Path, String)>,
    /// The field whose element is open, and its depth.
    reading: Option<(usize, usize)>,
}

impl<'m> Record<'m> {
    fn new(
        fields: &[(&'static str, Option<&'m Path>)],
        names: &[String],
        element: &Element<'_>,
    ) -> Self {
        let fields = fields.iter().filter_map(|(key, path)| Some((*key, (*path)?, String::new())));
        let mut record = Self { depth: names.len(), fields: fields.collect(), reading: None };
        record.open(names, element);
        record
    }

    /// Takes the attributes of an element; tells whether its text belongs to a field.
    fn open(&mut self, names: &[String], element: &Element<'_>) -> bool {
        let within = &names[self.depth..];
        for (i, (_, path, value)) in self.fields.iter_mut().enumerate() {
            let here = within.ends_with(&path.elements)
                && (within.is_empty() || !path.elements.is_empty());
            match &path.attribute {
                _ if !here || !value.is_empty() => {}
                Some(name) => element.attribute(name).unwrap_or_default().clone_into(value),
                None if self.reading.is_none() => self.reading = Some((i, names.len())),
                None => {}
            }
        }
        self.reading.is_some()
    }

    /// Takes text that belongs to a field; tells whether it did.
    fn text(&mut self, text: &str) -> bool {
        self.reading.is_some_and(|(field, _)| {
            self.fields[field].2.push_str(text);
            true
        })
    }

    fn close(&mut self, names: &[String]) {
        self.reading.take_if(|(_, depth)| *depth == names.len());
    }

    fn value(&self, key: &str) -> &str {
        let field = self.fields.iter().find(|(name, _, _)| *name == key);
        field.map_or("", |(_, _, value)| value.trim())
    }
}

/// The story as it is read.
struct Story<'m> {
    mapping: &'m Mapping,
    speakers: Speakers,
    composer: Composer,
    language: Option<String>,
    /// Keys of the mapping of which something was found.
    seen: HashSet<&'static str>,
    /// Names of elements that occur, for an error to list.
    occurring: BTreeSet<String>,
    /// The elements that are open.
    names: Vec<String>,
    /// Whether the element opened last has nothing in it so far.
    fresh: bool,
    turn: Option<Record<'m>>,
    word: Option<Record<'m>>,
    /// The element whose text is taken for something else than speech.
    taking: Option<Taking>,
    /// Depth of the element of the turn that holds what is said.
    text: Option<usize>,
    items: Vec<Item>,
}

struct Taking {
    depth: usize,
    key: &'static str,
    text: String,
}

/// What a turn is made of.
enum Item {
    Text(String),
    Word { shown: String, timing: Option<Timing> },
    Cue(String),
    Paragraph,
}

impl Item {
    /// How many bytes of speech it has whose time is not known.
    fn untimed(&self) -> usize {
        match self {
            Item::Text(text) | Item::Word { shown: text, timing: None } => text.trim().len(),
            _ => 0,
        }
    }
}

impl<'m> Story<'m> {
    fn new(mapping: &'m Mapping, speakers: Speakers) -> Self {
        let mut seen = HashSet::new();
        if !speakers.is_empty() {
            seen.extend(["speakers.element", "speakers.id", "speakers.name", "speakers.role"]);
        }
        Self {
            mapping,
            speakers,
            seen,
            composer: Composer::default(),
            language: None,
            occurring: BTreeSet::new(),
            names: Vec::new(),
            fresh: false,
            turn: None,
            word: None,
            taking: None,
            text: None,
            items: Vec::new(),
        }
    }

    fn visit(&mut self, event: Node<'_>) -> bool {
        match event {
            Node::Open(element) => {
                self.names.push(element.name.to_owned());
                if self.occurring.len() < 1000 {
                    self.occurring.insert(element.name.to_owned());
                }
                self.open(&element);
                self.fresh = true;
            }
            Node::Text(text) => {
                self.fresh = false;
                self.text(&text);
            }
            Node::Close => {
                if std::mem::take(&mut self.fresh) && self.taking.is_none() {
                    // Nothing in it: what stands around it is not one word.
                    self.text(" ");
                }
                self.close();
                self.names.pop();
            }
        }
        true
    }

    fn open(&mut self, element: &Element<'_>) {
        let mapping = self.mapping;
        let at =
            |path: Option<&Path>| path.is_some_and(|path| self.names.ends_with(&path.elements));
        let attribute = mapping.language.as_ref().and_then(|path| path.attribute.as_deref());
        if let Some(value) = attribute.filter(|_| at(mapping.language.as_ref())) {
            self.language = element.attribute(value).and_then(language);
            self.seen.insert("language");
        }
        if self.taking.is_some() {
            if let Some(word) = &mut self.word {
                word.open(&self.names, element);
            }
            return;
        }
        let word = mapping.word.as_ref().map(|word| &word.element);
        if self.turn.as_mut().is_some_and(|turn| turn.open(&self.names, element)) {
            return;
        }
        let at =
            |path: Option<&Path>| path.is_some_and(|path| self.names.ends_with(&path.elements));
        let key = match &self.turn {
            Some(_) if at(word) => "word.element",
            Some(_) if at(mapping.turn.text.as_ref()) && self.text.is_none() => "turn.text",
            None if at(Some(&mapping.turn.element)) => "turn.element",
            _ if at(mapping.cue.as_ref()) => "cue",
            None if at(mapping.headline.as_ref()) => "headline",
            None if attribute.is_none() && at(mapping.language.as_ref()) => "language",
            _ => return,
        };
        self.seen.insert(key);
        let depth = self.names.len();
        match key {
            "turn.element" => self.turn = Some(turn_record(mapping, &self.names, element)),
            "turn.text" => self.text = Some(depth),
            _ => self.taking = Some(Taking { depth, key, text: String::new() }),
        }
        if key == "word.element" {
            self.word = word_record(mapping, &self.names, element);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(taking) = &mut self.taking {
            if !self.word.as_mut().is_some_and(|word| word.text(text)) {
                taking.text.push_str(text);
            }
            return;
        }
        let Some(turn) = &mut self.turn else { return };
        if turn.text(text) || (self.mapping.turn.text.is_some() && self.text.is_none()) {
            return;
        }
        match self.items.last_mut() {
            Some(Item::Text(said)) => said.push_str(text),
            // Punctuation between words belongs to the word before it.
            Some(Item::Word { shown, .. }) if !text.contains(char::is_alphanumeric) => {
                shown.push_str(text.trim());
            }
            _ => self.items.push(Item::Text(text.to_owned())),
        }
    }

    fn close(&mut self) {
        let depth = self.names.len();
        if let Some(Taking { key, text, .. }) = self.taking.take_if(|taking| taking.depth == depth)
        {
            match key {
                "word.element" => {
                    let timing = self.word.take().and_then(|word| self.word_timing(&word));
                    self.items.push(Item::Word { shown: text.trim().to_owned(), timing });
                }
                "cue" if self.turn.is_some() => self.items.push(Item::Cue(text)),
                "cue" => self.composer.cue(&text),
                "headline" => {
                    self.composer.note(NoteKind::Headline, &text);
                }
                _ => self.language = language(text.trim()),
            }
        }
        if self.text.take_if(|text| *text == depth).is_some() {
            self.items.push(Item::Paragraph);
        }
        for record in self.word.iter_mut().chain(&mut self.turn) {
            record.close(&self.names);
        }
        if let Some(turn) = self.turn.take_if(|turn| turn.depth == depth) {
            self.end_turn(&turn);
        }
    }

    fn word_timing(&mut self, word: &Record<'_>) -> Option<Timing> {
        self.see(word);
        let (start, end) = (word.value("word.start"), word.value("word.end"));
        let stretch = self.stretch(start, end, word.value("word.duration"))?;
        let confidence = word.value("word.confidence").parse().unwrap_or(1.0);
        Some(Timing {
            stretch,
            probability: Probability::new(confidence),
            known: TimeOrigin::Retained,
        })
    }

    fn stretch(&mut self, start: &str, end: &str, duration: &str) -> Option<Stretch> {
        let stretch = self.mapping.times.stretch(start, end, duration);
        if stretch.is_none() && !start.is_empty() {
            self.composer.problem(format!(
                "a time is written {:?}, which is none in the notation that the mapping names",
                [start, end, duration].join(" ").trim()
            ));
        }
        stretch
    }

    /// Notes the keys of which a record has something.
    fn see(&mut self, record: &Record<'_>) {
        let fields = record.fields.iter().filter(|(_, _, value)| !value.trim().is_empty());
        self.seen.extend(fields.map(|(key, _, _)| *key));
    }

    /// A turn whose speaker is not named, or is the one before, goes on with that turn.
    fn end_turn(&mut self, turn: &Record<'_>) {
        self.see(turn);
        let items = std::mem::take(&mut self.items);
        let named = turn.value("turn.speaker");
        let listed = self.speakers.get(named).filter(|(name, _)| !name.is_empty());
        let (name, listed_role) = listed.map_or((named, ""), |(name, role)| (name, role));
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = name.trim_end_matches(':').trim_end();
        let role = [turn.value("turn.role"), listed_role].into_iter().find(|role| !role.is_empty());
        let role: Option<Role> = role.map(role_called);
        if name.is_empty() || self.composer.speaker() == Some(name) {
            self.composer.paragraph();
        } else {
            self.composer.turn(Some(name), role, None);
        }
        let (start, end) = (turn.value("turn.start"), turn.value("turn.end"));
        let whole = self.stretch(start, end, turn.value("turn.duration"));
        let all = items.iter().map(Item::untimed).sum();
        let single = items.iter().filter(|item| item.untimed() > 0).count() == 1;
        let known = if single { TimeOrigin::Retained } else { TimeOrigin::Estimated };
        let mut done = 0;
        for item in items {
            let from = done;
            done += item.untimed();
            let part =
                whole.map(|whole| Timing { known, ..retained(share(whole, from, done, all)) });
            match item {
                Item::Text(text) if text.trim().is_empty() => {}
                Item::Text(text) => {
                    self.composer.text(&text, part, &[]);
                }
                Item::Word { shown, timing } => {
                    self.composer.word(&shown, true, timing.or(part));
                }
                Item::Cue(cue) => self.composer.cue(&cue),
                Item::Paragraph => self.composer.paragraph(),
            }
        }
    }

    /// What to say where nothing in the file is a turn.
    fn no_turn(&self) -> String {
        let path = &self.mapping.turn.element;
        let wanted = path.elements.last().map_or("", String::as_str);
        let occurring = || self.occurring.iter().map(String::as_str);
        let nearly = closest(wanted, occurring().filter(|name| *name != wanted));
        let nearly = nearly.map(|name| format!("; did you mean {name:?}")).unwrap_or_default();
        let names: Vec<&str> = occurring().take(SHOWN_NAMES).collect();
        let more = if self.occurring.len() > SHOWN_NAMES { ", …" } else { "" };
        format!(
            "nothing in it is {:?}, the turn.element of the mapping{nearly}; its elements are {}{more}",
            path.elements.join("/"),
            names.join(", ")
        )
    }

    fn report_unseen(&mut self) {
        for (key, path) in self.mapping.paths() {
            if !self.seen.contains(key) {
                let attribute = path.attribute.iter().map(|name| format!("@{name}"));
                let place: Vec<String> = path.elements.iter().cloned().chain(attribute).collect();
                let place = place.join("/");
                self.composer
                    .problem(format!("nothing in it is {place:?}, the {key} of the mapping"));
            }
        }
    }
}

fn turn_record<'m>(mapping: &'m Mapping, names: &[String], element: &Element<'_>) -> Record<'m> {
    let turn = &mapping.turn;
    let fields = [
        ("turn.speaker", turn.speaker.as_ref()),
        ("turn.role", turn.role.as_ref()),
        ("turn.start", turn.start.as_ref()),
        ("turn.end", turn.end.as_ref()),
        ("turn.duration", turn.duration.as_ref()),
    ];
    Record::new(&fields, names, element)
}

fn word_record<'m>(
    mapping: &'m Mapping,
    names: &[String],
    element: &Element<'_>,
) -> Option<Record<'m>> {
    let word = mapping.word.as_ref()?;
    let fields = [
        ("word.start", word.start.as_ref()),
        ("word.end", word.end.as_ref()),
        ("word.duration", word.duration.as_ref()),
        ("word.confidence", word.confidence.as_ref()),
    ];
    Some(Record::new(&fields, names, element))
}
