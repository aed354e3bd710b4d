//! XML as the readers of it share it: elements, text and ends of elements, names without the prefixes of
//! namespaces, and the place where a document breaks off. Hostile files are bounded: no document type, so
//! no entities but XML's own five, and no more than a certain depth.

use std::borrow::Cow;
use std::cell::OnceCell;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use readback_transcript::Problem;

use super::decode_text;
use crate::{Head, MAX_BYTES, ReadError};

/// Deeper than this no format of text is nested.
const DEEPEST: usize = 200;

/// What a document is made of.
#[derive(Debug, PartialEq)]
pub(crate) enum Node<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The element that began last ends.
    Close,
    /// Text, its entities resolved; blanks are kept.
    Text(Cow<'a, str>),
}

/// A start tag without its namespaces: a document of any draft says the same by the same names.
#[derive(Debug, PartialEq)]
pub(crate) struct Element<'a> {
    /// The name after the prefix.
    pub(crate) name: &'a str,
    /// What stands between its brackets, and where its whole name ends there.
    inside: &'a str,
    behind: usize,
    /// Its attributes by their whole names, once one is asked for.
    attributes: OnceCell<Vec<(&'a str, Cow<'a, str>)>>,
}

impl<'a> Element<'a> {
    /// The element of a start tag, whose name takes up so many bytes of what stands `inside` it.
    fn new(inside: &'a str, behind: usize) -> Self {
        Self { name: local(&inside[..behind]), inside, behind, attributes: OnceCell::new() }
    }

    /// The value of an attribute by its name after the prefix, where it says something.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.get_or_init(|| self.attributes().collect()).iter();
        let (_, value) = attributes.find(|(whole, _)| is_named(whole, name))?;
        Some(value.trim_ascii()).filter(|value| !value.is_empty())
    }

    /// The same of several attributes, from the document where that has them as they are; all are looked
    /// for in one walk.
    pub(crate) fn values<const N: usize>(&self, names: [&str; N]) -> [Option<Cow<'a, str>>; N] {
        let mut values = [const { None }; N];
        for (whole, value) in self.attributes() {
            let Some(i) = names.iter().position(|name| is_named(whole, name)) else { continue };
            values[i].get_or_insert_with(|| match value {
                Cow::Borrowed(value) => Cow::Borrowed(value.trim_ascii()),
                Cow::Owned(value) => Cow::Owned(value.trim_ascii().to_owned()),
            });
        }
        values.map(|value| value.filter(|value| !value.is_empty()))
    }

    /// The attributes by their whole names.
    fn attributes(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        let mut attributes = Attributes::new(self.inside, self.behind);
        attributes.with_checks(false);
        attributes.flatten().map(|attribute| {
            let value = if attribute.value.bytes().any(|byte| byte < b' ' || byte == b'&') {
                let normal = attribute.normalized_value(XmlVersion::Implicit1_0);
                normal.unwrap_or(attribute.value)
            } else {
                attribute.value
            };
            (attribute.key.into_inner(), value)
        })
    }
}

/// Whether the `name` after the prefix of a `whole` name is this.
fn is_named(whole: &str, name: &str) -> bool {
    match whole.len().checked_sub(name.len()) {
        Some(0) => whole == name,
        Some(prefix) => whole.as_bytes()[prefix - 1] == b':' && whole.ends_with(name),
        None => false,
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
        // The reader drops a mark of the encoding without counting it.
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.check_end_names = true;
        Self { text, reader, depth: 0, closing: false, counted: (0, 1) }
    }

    /// The next node; `None` at the end, or a sentence with line and column where no more can be read.
    pub(crate) fn next(&mut self) -> Result<Option<Node<'a>>, String> {
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
                    return Ok(Some(Node::Open(self.element(&tag, ">"))));
                }
                Event::Empty(tag) => {
                    self.closing = true;
                    return Ok(Some(Node::Open(self.element(&tag, "/>"))));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::Close));
                }
                Event::Text(text) => return Ok(Some(Node::Text(text.xml10_content()))),
                Event::CData(text) => return Ok(Some(Node::Text(text.xml10_content()))),
                Event::GeneralRef(entity) => {
                    return Ok(Some(Node::Text(resolved(&entity).into())));
                }
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

    /// The element of the start tag that was read last, which ends in `bracket`.
    fn element(&self, tag: &BytesStart<'_>, bracket: &str) -> Element<'a> {
        let end = self.reader.buffer_position() as usize - bracket.len();
        Element::new(&self.text[end - tag.len()..end], tag.name().as_ref().len())
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

/// Goes through `source` for as long as `visit` wants more. Where the file is no longer XML, it ends,
/// and what is wrong there comes back, with line and column.
pub(crate) fn walk<'a>(
    source: &'a str,
    visit: &mut impl FnMut(Node<'a>) -> bool,
) -> Option<String> {
    let mut document = Document::new(source);
    loop {
        match document.next() {
            Ok(Some(node)) => {
                if !visit(node) {
                    return None;
                }
            }
            Ok(None) => return None,
            Err(fault) => return Some(fault),
        }
    }
}

fn local(name: &str) -> &str {
    name.bytes().rposition(|byte| byte == b':').map_or(name, |colon| &name[colon + 1..])
}

/// A character by number or by one of XML's five names; a non-breaking space, as HTML names it. No
/// document type is read, so any other name stands for nothing and is left as written.
fn resolved(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return character.to_string();
    }
    let name = entity.xml10_content();
    match name.as_ref() {
        "nbsp" => "\u{a0}".into(),
        known => resolve_xml_entity(known).map_or_else(|| format!("&{known};"), str::to_owned),
    }
}

/// The text of an XML file, in the encoding that it declares.
pub(crate) fn decode_xml(bytes: &[u8]) -> Result<(Cow<'_, str>, Vec<Problem>), ReadError> {
    match declared(bytes) {
        Some(encoding) if encoding != UTF_8 && bytes.len() <= MAX_BYTES => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            decode_text(text.as_bytes()).map(|(text, found)| (text.into_owned().into(), found))
        }
        _ => decode_text(bytes),
    }
}

/// The encoding that `<?xml … encoding="…"?>` names, in a file of bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.strip_prefix(b"<?xml")?;
    let head = &head[..head.iter().take(200).position(|&byte| byte == b'>')?];
    let (_, label) = str::from_utf8(head).ok()?.split_once("encoding")?;
    let label = label.trim_start_matches([' ', '=', '"', '\'']).split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

/// The name of the outermost element, where a source begins like XML.
pub(crate) fn root<'a>(head: &Head<'a>) -> Option<&'a str> {
    let mut root = None;
    head.text.trim_start().starts_with('<').then(|| {
        walk(head.text, &mut |event| {
            if let (None, Node::Open(element)) = (&root, event) {
                root = Some(element.name);
            }
            root.is_none()
        })
    })?;
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(source: &str) -> (String, Option<String>) {
        let mut out = String::new();
        let fault = walk(source, &mut |event| {
            match event {
                Node::Open(element) => out += &format!("<{}", element.name),
                Node::Text(text) => out += &text,
                Node::Close => out.push('>'),
            }
            true
        });
        (out, fault)
    }

    #[test]
    fn references_and_sections_become_text_and_prefixes_go() {
        let source = "<?xml version='1.0'?><!-- no --><t:a b='&lt;'>R&amp;B&#233;<![CDATA[<x>]]>&other;<c/></t:a>";
        assert_eq!(outline(source), ("<aR&Bé<x>&other;<c>>".into(), None));
    }

    #[test]
    fn what_is_no_xml_ends_the_reading_with_its_place() {
        let fault = |source: &str| outline(source).1.expect("a fault");
        assert!(fault("<a>\n<b></a>").starts_with("line 2, column "), "{}", fault("<a>\n<b></a>"));
        assert!(fault("<a>one").ends_with("it ends inside an element"));
        assert!(fault("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").contains("document type"));
        assert!(fault(&"<a>".repeat(100_000)).contains("nested deeper than 200"));
    }

    #[test]
    fn attributes_have_a_value_in_quotation_marks_of_either_kind() {
        let source = r#"<a b = '1"' x:c="&lt;&#50;" bare d="3
3" e=4 f="" g='5'/>"#;
        let mut seen = Vec::new();
        walk(source, &mut |node| {
            if let Node::Open(element) = node {
                let value = |name| element.attribute(name).map(str::to_owned);
                seen = ["b", "c", "bare", "d", "e", "f", "g"].map(value).to_vec();
            }
            true
        });
        let said = [Some("1\""), Some("<2"), None, Some("3 3"), None, None, Some("5")];
        assert_eq!(seen, said.map(|it| it.map(str::to_owned)));
    }

    #[test]
    fn the_declared_encoding_counts() {
        let bytes = b"<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>\xcc\xe8\xf0</a>";
        let (text, problems) = decode_xml(bytes).expect("text");
        assert!(text.ends_with("<a>Мир</a>") && problems.is_empty(), "{text}");
    }
}
