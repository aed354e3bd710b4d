//! The XML of a document's body as paragraphs and tables (ECMA-376 part 1, §17). It knows what is text and
//! what changes make of it, not what the text says.

use crate::Changes;
use crate::reading::xml::{Document, Node};

/// A part of a body, a cell or a text box.
pub(super) enum Block {
    Paragraph(Paragraph),
    Table(Vec<Row>),
}

/// A row's cells; a cell that takes several columns is followed by empty ones.
pub(super) type Row = Vec<Vec<Block>>;

#[derive(Default)]
pub(super) struct Paragraph {
    /// Id of its style.
    pub(super) style: String,
    pub(super) text: String,
    /// What Word keeps beside the text, in order of place.
    pub(super) remarks: Vec<Remark>,
    /// Whether the mark at its end is gone, so that the next paragraph goes on with it.
    goes_on: bool,
}

/// Something beside the text.
pub(super) struct Remark {
    /// Where it begins, and where what it is about ends.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) what: Beside,
}

pub(super) enum Beside {
    Comment(String),
    Footnote(String),
    Endnote(String),
    /// Text that Word does not show.
    Hidden(String),
    /// A character that only a font of symbols has.
    Symbol,
    /// A document inside the document.
    Imported,
}

/// What was read.
#[derive(Default)]
pub(super) struct Body {
    pub(super) blocks: Vec<Block>,
    /// How many insertions and deletions (moves being one of each) are tracked.
    pub(super) inserted: usize,
    pub(super) deleted: usize,
    /// Why reading ended before the end.
    pub(super) broken: Option<String>,
}

/// Reads the blocks of `xml`, a body or one note.
pub(super) fn read(xml: &str, changes: Changes) -> Body {
    let mut walk = Walk::new(xml, changes);
    let mut blocks = Vec::new();
    walk.blocks(&mut blocks);
    walk.body.blocks = blocks;
    walk.body
}

/// The notes of a part of comments or footnotes: their ids, authors and texts.
pub(super) fn notes(xml: &str, changes: Changes) -> Vec<(String, Option<String>, Vec<Block>)> {
    let mut walk = Walk::new(xml, changes);
    let mut notes = Vec::new();
    // The root, and its children.
    while let Some(node) = walk.next() {
        let Node::Open(_) = node else { continue };
        while let Some(node) = walk.next() {
            let Node::Open(tag) = node else { continue };
            // Word's own notes are the lines that part notes from text.
            let own = tag.attribute("type").is_some_and(|kind| kind != "normal");
            let mut blocks = Vec::new();
            walk.blocks(&mut blocks);
            if let Some(id) = tag.attribute("id").filter(|_| !own) {
                notes.push((id.to_owned(), tag.attribute("author").map(str::to_owned), blocks));
            }
        }
    }
    notes
}

struct Walk<'a> {
    document: Document<'a>,
    changes: Changes,
    depth: usize,
    /// The blocks of text boxes of the paragraph that is read.
    boxes: Vec<Block>,
    body: Body,
}

impl<'a> Walk<'a> {
    fn new(xml: &'a str, changes: Changes) -> Self {
        let document = Document::new(xml);
        Self { document, changes, depth: 0, boxes: Vec::new(), body: Body::default() }
    }

    /// The next child of the open element; `None` where it ends.
    fn next(&mut self) -> Option<Node<'a>> {
        if self.body.broken.is_some() {
            return None;
        }
        match self.document.next() {
            Ok(Some(Node::Close)) => {
                self.depth = self.depth.saturating_sub(1);
                None
            }
            Ok(node) => {
                self.depth += usize::from(matches!(node, Some(Node::Open(_))));
                node
            }
            Err(fault) => {
                self.body.broken = Some(format!("its XML is broken: {fault}"));
                None
            }
        }
    }

    /// Leaves out all there is in the open element.
    fn skip(&mut self) {
        let inside = self.depth;
        while self.body.broken.is_none() && self.depth >= inside {
            self.next();
        }
    }

    /// Whether a change takes the element called `name` out of the text; counts changes.
    fn is_out(&mut self, name: &str) -> bool {
        match name {
            "ins" | "moveTo" => self.body.inserted += 1,
            "del" | "moveFrom" => self.body.deleted += 1,
            _ => return false,
        }
        self.takes_out(name)
    }

    fn takes_out(&self, name: &str) -> bool {
        match self.changes {
            Changes::Accepted => matches!(name, "del" | "moveFrom"),
            Changes::Original => matches!(name, "ins" | "moveTo"),
        }
    }

    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        while let Some(node) = self.next() {
            let Node::Open(tag) = node else { continue };
            match tag.name {
                "p" => self.paragraph(blocks),
                "tbl" => {
                    let mut rows = Vec::new();
                    self.rows(&mut rows);
                    blocks.push(Block::Table(rows));
                }
                "AlternateContent" => self.alternate(|walk| walk.blocks(blocks)),
                "altChunk" => {
                    let mut paragraph = Paragraph::default();
                    paragraph.remark(Beside::Imported);
                    blocks.push(Block::Paragraph(paragraph));
                    self.skip();
                }
                "sectPr" | "sdtPr" | "tcPr" => self.skip(),
                name if self.is_out(name) => self.skip(),
                _ => self.blocks(blocks),
            }
        }
    }

    fn paragraph(&mut self, blocks: &mut Vec<Block>) {
        let outer = std::mem::take(&mut self.boxes);
        let mut paragraph = match blocks.last_mut() {
            Some(Block::Paragraph(open)) if open.goes_on => {
                let mut open = std::mem::take(open);
                open.goes_on = false;
                blocks.pop();
                open
            }
            _ => Paragraph::default(),
        };
        self.inline(&mut paragraph);
        if !paragraph.is_empty() {
            blocks.push(Block::Paragraph(paragraph));
        }
        blocks.append(&mut self.boxes);
        self.boxes = outer;
    }

    /// What stands in a line: runs, and whatever is wrapped around them.
    fn inline(&mut self, paragraph: &mut Paragraph) {
        let mut hidden = None;
        while let Some(node) = self.next() {
            let Node::Open(tag) = node else { continue };
            let id = || tag.attribute("id").unwrap_or_default().to_owned();
            match tag.name {
                "t" | "delText" => self.text(paragraph),
                "tab" | "ptab" => self.mark(paragraph, "\t"),
                "br" | "cr" => self.mark(paragraph, "\n"),
                "noBreakHyphen" => self.mark(paragraph, "-"),
                "sym" => self.remark(paragraph, Beside::Symbol),
                "footnoteReference" => self.remark(paragraph, Beside::Footnote(id())),
                "endnoteReference" => self.remark(paragraph, Beside::Endnote(id())),
                "commentRangeStart" => self.remark(paragraph, Beside::Comment(id())),
                "commentRangeEnd" => {
                    let end = paragraph.text.len();
                    paragraph.comment(&id()).into_iter().for_each(|it| it.to = end);
                    self.skip();
                }
                "commentReference" => {
                    if paragraph.comment(&id()).is_none() {
                        paragraph.remark(Beside::Comment(id()));
                    }
                    self.skip();
                }
                "pPr" => self.paragraph_properties(paragraph),
                "rPr" => hidden = self.is_hidden().then_some(paragraph.text.len()).or(hidden),
                "txbxContent" => {
                    let mut blocks = Vec::new();
                    self.blocks(&mut blocks);
                    self.boxes.append(&mut blocks);
                }
                "AlternateContent" => self.alternate(|walk| walk.inline(paragraph)),
                // Instructions of fields, readings beside characters, settings.
                "instrText" | "delInstrText" | "rt" | "sdtPr" | "sdtEndPr" => self.skip(),
                name if self.is_out(name) => self.skip(),
                _ => self.inline(paragraph),
            }
        }
        if let Some(start) = hidden {
            paragraph.hide(start);
        }
    }

    fn text(&mut self, paragraph: &mut Paragraph) {
        while let Some(node) = self.next() {
            match node {
                // A soft hyphen says where a word may be parted, and is no part of it.
                Node::Text(text) => {
                    paragraph.text.extend(text.chars().filter(|&c| c != '\u{ad}'));
                }
                Node::Open(_) => self.skip(),
                Node::Close => {}
            }
        }
    }

    fn mark(&mut self, paragraph: &mut Paragraph, text: &str) {
        paragraph.text.push_str(text);
        self.skip();
    }

    fn remark(&mut self, paragraph: &mut Paragraph, what: Beside) {
        paragraph.remark(what);
        self.skip();
    }

    /// The style, and whether a change takes the mark at the paragraph's end.
    fn paragraph_properties(&mut self, paragraph: &mut Paragraph) {
        while let Some(node) = self.next() {
            let Node::Open(tag) = node else { continue };
            match tag.name {
                "pStyle" => {
                    paragraph.style = tag.attribute("val").unwrap_or_default().into();
                    self.skip();
                }
                "rPr" => self.mark_properties(paragraph),
                _ => self.skip(),
            }
        }
    }

    fn mark_properties(&mut self, paragraph: &mut Paragraph) {
        while let Some(node) = self.next() {
            let Node::Open(tag) = node else { continue };
            paragraph.goes_on |= self.takes_out(tag.name);
            self.skip();
        }
    }

    /// Whether the properties of a run hide it.
    fn is_hidden(&mut self) -> bool {
        let mut hidden = false;
        while let Some(node) = self.next() {
            let Node::Open(tag) = node else { continue };
            if tag.name == "vanish" {
                let off = tag.attribute("val");
                hidden = !off.is_some_and(|value| matches!(value, "0" | "false" | "off"));
            }
            self.skip();
        }
        hidden
    }

    /// Of contents that say the same in several ways, the first.
    fn alternate(&mut self, mut content: impl FnMut(&mut Self)) {
        let mut taken = false;
        while let Some(node) = self.next() {
            let Node::Open(_) = node else { continue };
            if taken {
                self.skip();
            } else {
                content(self);
                taken = true;
            }
        }
    }

    fn rows(&mut self, rows: &mut Vec<Row>) {
        while let Some(node) = self.next() {
            let Node::Open(tag) = node else { continue };
            match tag.name {
                "tr" => {
                    let mut row = Row::new();
                    if self.cells(&mut row) {
                        rows.push(row);
                    }
                }
                "tblPr" | "tblGrid" | "sdtPr" => self.skip(),
                name if self.is_out(name) => self.skip(),
                _ => self.rows(rows),
            }
        }
    }

    /// Reads the cells of a row; the answer is whether no change takes the row.
    fn cells(&mut self, row: &mut Row) -> bool {
        let mut stays = true;
        while let Some(node) = self.next() {
            let Node::Open(tag) = node else { continue };
            match tag.name {
                "tc" => self.cell(row),
                "trPr" => {
                    while let Some(node) = self.next() {
                        let Node::Open(tag) = node else { continue };
                        stays &= !self.is_out(tag.name);
                        self.skip();
                    }
                }
                "sdtPr" | "tblPrEx" => self.skip(),
                _ => stays &= self.cells(row),
            }
        }
        stays
    }

    fn cell(&mut self, row: &mut Row) {
        /// What a table's columns hold is told by the first of them.
        const MAX_COLUMNS: usize = 3;
        let mut blocks = Vec::new();
        let mut columns = 1;
        while let Some(node) = self.next() {
            let Node::Open(tag) = node else { continue };
            match tag.name {
                "tcPr" => {
                    while let Some(node) = self.next() {
                        let Node::Open(tag) = node else { continue };
                        if tag.name == "gridSpan" {
                            columns =
                                tag.attribute("val").and_then(|n| n.parse().ok()).unwrap_or(1);
                        }
                        self.skip();
                    }
                }
                "p" => self.paragraph(&mut blocks),
                _ => self.blocks(&mut blocks),
            }
        }
        row.push(blocks);
        let columns: usize = columns;
        row.extend((1..columns.min(MAX_COLUMNS)).map(|_| Vec::new()));
    }
}

impl Paragraph {
    /// Whether nothing depends on it.
    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.remarks.is_empty() && !self.goes_on
    }

    fn remark(&mut self, what: Beside) {
        let at = self.text.len();
        self.remarks.push(Remark { from: at, to: at, what });
    }

    /// The comment called `id`, which begins not long before.
    fn comment(&mut self, id: &str) -> Option<&mut Remark> {
        const LATEST: usize = 50;
        let is_it = |it: &&mut Remark| matches!(&it.what, Beside::Comment(known) if known == id);
        self.remarks.iter_mut().rev().take(LATEST).find(is_it)
    }

    /// Takes out what was added since `start`.
    fn hide(&mut self, start: usize) {
        let text = self.text.split_off(start);
        for remark in self.remarks.iter_mut().rev().take_while(|it| it.to > start) {
            remark.from = remark.from.min(start);
            remark.to = start;
        }
        if !text.trim().is_empty() {
            self.remark(Beside::Hidden(text));
        }
    }
}
