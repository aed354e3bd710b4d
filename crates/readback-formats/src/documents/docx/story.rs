//! From the blocks of a document to a transcript: which paragraphs are headlines, what the columns of a
//! table hold, and what becomes of all that stands beside the text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use readback_transcript::{Instant, NoteKind, Span};

use super::body::{self, Beside, Block, Body, Paragraph, Row};
use super::package::{Package, Relation};
use super::{FORMAT, malformed};
use crate::reading::xml::{Node, walk};
use crate::reading::{MarkedText, clock, collapsed, language, stands_as_label};
use crate::{Changes, Parsed, ReadError};

/// Of text that is not part of the transcript, a problem repeats so many characters.
const MOST_REPEATED: usize = 300;
/// To tell what a cell is, or to repeat what stands on a page, so many bytes are enough.
const MOST_LOOKED_AT: usize = 2000;

pub(super) fn read(package: &mut Package<'_>, changes: Changes) -> Result<Parsed, ReadError> {
    let (document, xml, complete) = package.document()?;
    let mut relations = package.relations(&document)?;
    relations.extend(package.relations("")?);
    let body = body::read(&xml, changes);
    let mut story =
        Story { text: MarkedText::default(), styles: HashMap::new(), notes: BTreeMap::new() };
    story.look_up(package, &relations, changes);
    story.say_changes(&body, changes);
    let damaged = (!complete).then_some("its archive is damaged");
    if let Some(reason) = damaged.or(body.broken.as_deref()) {
        story.say(format!("the document was read in part: {reason}"));
    }
    story.blocks(&body.blocks);
    story.say_homeless();
    match story.text.finish(FORMAT.id) {
        Err(ReadError::Empty) if body.broken.is_some() => {
            Err(malformed(body.broken.unwrap_or_default()))
        }
        read => read,
    }
}

struct Story {
    text: MarkedText,
    /// What Word calls the styles that documents name by id.
    styles: HashMap<String, String>,
    /// Comments and notes as they are said, by kind and id, until their place is found.
    notes: BTreeMap<(&'static str, String), String>,
}

impl Story {
    /// Says what concerns the whole document.
    fn say(&mut self, message: impl Into<String>) {
        self.text.problems.add(Span::point(0), message);
    }

    /// Reads the other parts that matter.
    fn look_up(&mut self, package: &mut Package<'_>, relations: &[Relation], changes: Changes) {
        // Sections have page headers of their own, which mostly say the same.
        let mut page_matter = BTreeSet::new();
        for Relation { kind, part } in relations {
            let kind = match kind.as_str() {
                "comments" => "comment",
                "footnotes" => "footnote",
                "endnotes" => "endnote",
                kind @ ("header" | "footer" | "styles" | "core-properties") => kind,
                _ => continue,
            };
            let xml = match package.part(part) {
                Ok(Some((xml, _))) => xml,
                Ok(None) => continue,
                Err(error) => {
                    self.say(error.to_string());
                    continue;
                }
            };
            match kind {
                "styles" => self.styles(&xml),
                "core-properties" => self.properties(&xml),
                "comment" => self.keep_notes("comment", &xml, changes),
                "footnote" => self.keep_notes("footnote", &xml, changes),
                "endnote" => self.keep_notes("endnote", &xml, changes),
                _ => {
                    let text = plain(&body::read(&xml, changes).blocks);
                    page_matter.insert((kind.to_owned(), text));
                }
            }
        }
        for (kind, text) in
            page_matter.iter().filter(|(_, text)| text.contains(char::is_alphabetic))
        {
            self.say(format!("page {kind}, not read as speech: {}", repeated(text)));
        }
    }

    fn styles(&mut self, xml: &str) {
        let mut id = None;
        walk(xml, &mut |node| {
            let Node::Open(tag) = node else { return true };
            match tag.name {
                "style" => id = tag.attribute("styleId").map(str::to_owned),
                "name" => {
                    let name = tag.attribute("val").map(str::to_lowercase);
                    self.styles.extend(id.take().zip(name));
                }
                _ => {}
            }
            true
        });
    }

    /// The language, where somebody stated one; that of the styles is only that of the program.
    fn properties(&mut self, xml: &str) {
        let mut inside = false;
        let mut code = String::new();
        walk(xml, &mut |node| {
            match node {
                Node::Open(tag) => inside = tag.name == "language",
                Node::Text(text) if inside => code.push_str(&text),
                Node::Text(_) => {}
                Node::Close => inside = false,
            }
            true
        });
        self.text.set_language(language(code.trim()));
    }

    fn keep_notes(&mut self, kind: &'static str, xml: &str, changes: Changes) {
        for (id, author, blocks) in body::notes(xml, changes) {
            let author = author.map(|name| format!(" by {name}")).unwrap_or_default();
            let said = format!("{kind}{author}: {}", repeated(&plain(&blocks)));
            self.notes.insert((kind, id), said);
        }
    }

    fn say_changes(&mut self, body: &Body, changes: Changes) {
        if body.inserted + body.deleted > 0 {
            let read_as = match changes {
                Changes::Accepted => "read as if all were accepted",
                Changes::Original => "read as if none had been made",
            };
            self.say(format!(
                "its changes are tracked (insertions: {}, deletions: {}); {read_as}",
                body.inserted, body.deleted
            ));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if self.text.is_full() {
                return;
            }
            match block {
                Block::Paragraph(paragraph) => {
                    self.text.end_paragraph();
                    self.paragraph(paragraph);
                }
                Block::Table(rows) => self.table(rows),
            }
        }
        self.text.end_paragraph();
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let heading = self.is_heading(&paragraph.style).then(|| collapsed(&paragraph.text));
        // Some set labels as headings.
        let span = match heading.filter(|text| has_words(text) && !stands_as_label(text)) {
            Some(text) => Span::point(self.text.add_note(&text, NoteKind::Headline).start),
            None => self.text.add(&paragraph.text),
        };
        self.say_remarks(paragraph, span);
    }

    /// Says what stands beside a paragraph, whose text is at `span`.
    fn say_remarks(&mut self, paragraph: &Paragraph, span: Span) {
        for remark in &paragraph.remarks {
            let message = match &remark.what {
                Beside::Comment(id) => self.note("comment", id),
                Beside::Footnote(id) => self.note("footnote", id),
                Beside::Endnote(id) => self.note("endnote", id),
                Beside::Hidden(text) => {
                    Some(format!("hidden text, not read: {}", repeated(&collapsed(text))))
                }
                Beside::Symbol => Some("a character of a symbol font is not read".into()),
                Beside::Imported => Some("a document put into this one is not read".into()),
            };
            let at = |offset: usize| (span.start + offset).min(span.end);
            if let Some(message) = message {
                self.text.problems.add(Span::new(at(remark.from), at(remark.to)), message);
            }
        }
    }

    fn note(&mut self, kind: &'static str, id: &str) -> Option<String> {
        self.notes.remove(&(kind, id.to_owned()))
    }

    /// Says the comments and notes whose place is in no text that was read, as in a deletion.
    fn say_homeless(&mut self) {
        let end = Span::point(self.text.place());
        for said in std::mem::take(&mut self.notes).into_values() {
            self.text.problems.add(end, said);
        }
    }

    fn is_heading(&self, style: &str) -> bool {
        let name = self.styles.get(style).map_or(style, String::as_str);
        name == "title" || name.starts_with("heading ")
    }

    /// A table: a column of times and one of speakers stand before what is said; of any other the cells
    /// are read one after another.
    fn table(&mut self, rows: &[Row]) {
        let columns = Columns::of(rows);
        let mut speaker = String::new();
        for row in rows.iter().skip(usize::from(columns.headed)) {
            self.text.end_paragraph();
            // A cell that holds something else than its column is read like any other.
            let holds = |column: Option<usize>, is: fn(&str) -> bool| {
                let cell = column.map(|column| (column, text_of(row, column)));
                cell.filter(|(_, text)| text.is_empty() || is(text)).unzip()
            };
            let (time, shown_time) = holds(columns.time, |cell| times(cell).is_some());
            let (who, name) = holds(columns.speaker, names_somebody);
            if let Some(name) = name.filter(|name| !name.is_empty() && *name != speaker) {
                self.text.add_label(&name);
                speaker = name;
            }
            let start = self.text.place();
            for (column, blocks) in row.iter().enumerate() {
                if Some(column) == time || Some(column) == who {
                    self.say_beside(blocks);
                } else {
                    self.cell(blocks);
                }
            }
            if let Some((from, to)) = shown_time.as_deref().and_then(times) {
                self.text.time(Span::new(start, self.text.place()), from, to);
            }
        }
        self.text.end_paragraph();
    }

    /// Says what stands beside the text of a cell that is not read as speech.
    fn say_beside(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Block::Paragraph(paragraph) = block {
                self.say_remarks(paragraph, Span::point(self.text.place()));
            }
        }
    }

    /// The paragraphs of a cell, the first of which goes on where the row stands.
    fn cell(&mut self, blocks: &[Block]) {
        match blocks {
            [Block::Paragraph(first), rest @ ..] => {
                self.paragraph(first);
                self.blocks(rest);
            }
            _ => self.blocks(blocks),
        }
        self.text.end_paragraph();
    }
}

/// What the columns of a table hold.
#[derive(Default)]
struct Columns {
    time: Option<usize>,
    speaker: Option<usize>,
    /// Whether the first row names them.
    headed: bool,
}

impl Columns {
    fn of(rows: &[Row]) -> Self {
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        if width < 2 {
            return Self::default();
        }
        let column = |column: usize| -> Vec<String> {
            rows.iter().map(|row| text_of(row, column)).filter(|cell| !cell.is_empty()).collect()
        };
        let mostly = |cells: &[String], is: fn(&str) -> bool| {
            let count = cells.iter().filter(|cell| is(cell)).count();
            count > 0 && count * 10 >= cells.len().saturating_sub(1) * 9
        };
        let time = (0..width.min(2)).find(|&i| mostly(&column(i), |cell| times(cell).is_some()));
        let before_last = (0..width - 1).filter(|&i| Some(i) != time);
        let speaker = before_last.take(1).find(|&i| mostly(&column(i), names_somebody));
        let first =
            |column: usize| rows.first().map(|row| text_of(row, column)).unwrap_or_default();
        let headed = match (time, speaker) {
            (Some(time), _) => times(&first(time)).is_none() && has_words(&first(time)),
            (None, Some(speaker)) => is_head(&first(speaker)),
            (None, None) => false,
        };
        Self { time, speaker, headed }
    }
}

/// Whether a cell holds a name, as a label does: few words, no end of a sentence.
fn names_somebody(cell: &str) -> bool {
    let words = cell.split_whitespace().count();
    (1..=6).contains(&words)
        && !cell.ends_with(['.', '?', '!'])
        && cell.contains(char::is_uppercase)
}

/// How tables call their column of speakers.
fn is_head(cell: &str) -> bool {
    let cell = cell.to_lowercase();
    ["speaker", "name", "who", "voice", "character", "role"].contains(&cell.trim_end_matches(':'))
}

/// `00:01:23`, `[1:23]`, `00:01:23 - 00:01:30`: when a row begins, and when it ends where it says so.
fn times(cell: &str) -> Option<(Instant, Option<Instant>)> {
    let is_mark = |c: char| !(c.is_ascii_digit() || ":.,".contains(c));
    if cell.contains(char::is_alphabetic) {
        return None;
    }
    let mut times = cell.split(is_mark).filter(|part| part.contains(':')).map(clock);
    let start = times.next()??;
    Some((start, times.next().flatten().filter(|end| *end > start)))
}

fn has_words(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// The text of a row's cell, empty where there is none.
fn text_of(row: &Row, column: usize) -> String {
    row.get(column).map(|cell| plain(cell)).unwrap_or_default()
}

/// The beginning of the text of blocks, on one line.
fn plain(blocks: &[Block]) -> String {
    let mut text = String::new();
    add_plain(blocks, &mut text);
    collapsed(&text)
}

fn add_plain(blocks: &[Block], text: &mut String) {
    for block in blocks {
        if text.len() > MOST_LOOKED_AT {
            return;
        }
        match block {
            Block::Paragraph(paragraph) => {
                text.extend(paragraph.text.chars().take(MOST_LOOKED_AT));
                text.push(' ');
            }
            Block::Table(rows) => rows.iter().flatten().for_each(|cell| add_plain(cell, text)),
        }
    }
}

/// `text` as a problem repeats it.
fn repeated(text: &str) -> String {
    match text.char_indices().nth(MOST_REPEATED) {
        Some((end, _)) => format!("“{}…”", &text[..end]),
        None => format!("“{text}”"),
    }
}
