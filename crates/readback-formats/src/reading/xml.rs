//! XML as the readers of it share it: events with the entities resolved, nothing that reaches outside
//! the document, and the place where one breaks off.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deeper than this no format of text is nested.
const DEEPEST: usize = 100;

/// What a document is made of.
pub(crate) enum Node {
    /// An element begins.
    Open(Element),
    /// The element that began last ends.
    Close,
    /// Text, its entities resolved; blanks are kept.
    Text(String),
}

/// A start tag without its namespaces: a document of any draft says the same by the same names.
pub(crate) struct Element {
    /// The name after the prefix.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute by its name after the prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A document, node by node.
pub(crate) struct Document<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// An empty element is about to end.
    closing: bool,
    /// A place that was asked for, and its line, so that no line is counted twice.
    counted: (usize, usize),
}

impl<'a> Document<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.check_end_names = true;
        Self { text, reader, depth: 0, closing: false, counted: (0, 1) }
    }

    /// The next node; `None` at the end, or a sentence with line and column where no more can be read.
    pub(crate) fn next(&mut self) -> Result<Option<Node>, String> {
        loop {
            if std::mem::take(&mut self.closing) {
                return Ok(Some(Node::Close));
            }
            let event = self.reader.read_event();
            match event.map_err(|error| self.broken(&error.to_string()))? {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(self.broken(&format!("nested deeper than {DEEPEST} elements")));
                    }
                    return Ok(Some(Node::Open(element(&tag))));
                }
                Event::Empty(tag) => {
                    self.closing = true;
                    return Ok(Some(Node::Open(element(&tag))));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::Close));
                }
                Event::Text(text) => {
                    return Ok(Some(Node::Text(text.xml10_content().into_owned())));
                }
                Event::CData(text) => {
                    return Ok(Some(Node::Text(text.xml10_content().into_owned())));
                }
                Event::GeneralRef(entity) => return Ok(Some(Node::Text(resolved(&entity)))),
                Event::DocType(_) => {
                    return Err(
                        self.broken("it declares a document type, which may reach outside it")
                    );
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof if self.depth > 0 => {
                    return Err(self.broken("it ends inside an element"));
                }
                Event::Eof => return Ok(None),
            }
        }
    }

    /// The line that is being read.
    pub(crate) fn line(&mut self) -> usize {
        let at = (self.reader.buffer_position() as usize).clamp(self.counted.0, self.text.len());
        let more = self.text.as_bytes()[self.counted.0..at].iter().filter(|&&byte| byte == b'\n');
        self.counted = (at, self.counted.1 + more.count());
        self.counted.1
    }

    fn broken(&mut self, why: &str) -> String {
        let line = self.line();
        let before = &self.text.as_bytes()[..self.counted.0];
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        format!("line {line}, column {column}: {why}")
    }
}

fn element(tag: &BytesStart<'_>) -> Element {
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false).flatten().map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_or_else(|_| attribute.value.to_string(), Cow::into_owned);
        (local(attribute.key.as_ref()).to_owned(), value)
    });
    Element { name: local(tag.name().as_ref()).to_owned(), attributes: attributes.collect() }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// A character by number or by one of XML's five names; a non-breaking space, as HTML names it. No
/// document type is read, so any other name stands for nothing and is left as written.
fn resolved(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return character.to_string();
    }
    let name = entity.xml10_content();
    match name.as_ref() {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "amp" => "&".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        "nbsp" => "\u{a0}".into(),
        other => format!("&{other};"),
    }
}
