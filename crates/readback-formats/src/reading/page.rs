//! Reads a transcript in HTML: what `<cite>` names is a speaker, `<time>` says when what follows begins,
//! headings are headlines, and the rest is paragraphs, told apart as in any text. Times of words are taken
//! from `data-words` (Readback's own pages) and from `data-m` and `data-d` (Hyperaudio's).

use readback_transcript::{Instant, Length, NoteKind, Problem, Span};

use super::html::{Tag, Token, tokens};
use super::{MarkedText, Problems, clock, language, stands_as_label};
use crate::reading::collapsed;
use crate::{Parsed, ReadError};

/// Elements that hold no part of a transcript.
const OTHERS: &[&str] = &[
    "audio", "button", "canvas", "form", "iframe", "nav", "noscript", "object", "select", "svg",
    "template", "video", "footer", "aside",
];

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "body",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];

/// Reads the page `html`.
pub(crate) fn read_page(
    html: &str,
    format: &str,
    problems: Vec<Problem>,
) -> Result<Parsed, ReadError> {
    let mut page = Page::default();
    page.text.problems = Problems::from(problems);
    for token in tokens(html) {
        if page.text.is_full() {
            return Err(ReadError::TooLarge);
        }
        match token {
            Token::Open(tag) => page.open(&tag),
            Token::Close(name) => page.close(&name),
            Token::Text(text) => page.text(&text),
            Token::Nothing => {}
        }
    }
    page.end_passage();
    page.text.finish(format)
}

#[derive(Default)]
struct Page {
    text: MarkedText,
    /// The element that is left out, and how often it is open.
    left_out: Option<(String, usize)>,
    /// What is being kept apart from speech, innermost last.
    kept: Vec<Kept>,
    /// The speaker that the open heading names.
    speaker: Option<String>,
    /// When what follows begins, and from where on.
    passage: Option<(Instant, usize)>,
    /// The paragraph whose words have times of their own: where it begins, and they.
    words: Option<(usize, String)>,
    /// Hyperaudio's word: its element, where it begins, when it begins and ends.
    word: Option<(String, usize, Instant, Instant)>,
}

/// Text that is not speech.
struct Kept {
    element: String,
    what: What,
    text: String,
    /// What the element's attribute says of a time.
    time: Option<Instant>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Speaker,
    Time,
    Heading,
    Note(NoteKind),
}

impl Page {
    fn open(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        if let Some((left_out, count)) = &mut self.left_out {
            *count += usize::from(left_out == name);
            return;
        }
        if OTHERS.contains(&name) {
            self.left_out = Some((name.to_owned(), 1));
            return;
        }
        let what = what_is_kept(tag);
        if BLOCKS.contains(&name) || HEADINGS.contains(&name) {
            self.end_block();
        }
        match what {
            Some(what) => self.keep(tag, what),
            None if name == "html" => {
                let code = tag.attribute("lang").as_deref().and_then(language);
                self.text.set_language(code.filter(|code| code != "und"));
            }
            None if name == "br" => self.text.end_line(),
            None => {}
        }
        if name == "p"
            && let Some(words) = tag.attribute("data-words")
        {
            self.words = Some((self.text.place(), words));
        }
        let time = |name| tag.attribute(name).and_then(|ms| ms.trim().parse::<u32>().ok());
        if let (None, Some(start)) = (what, time("data-m")) {
            let start = Instant::START + Length::from_millis(start.into());
            let length = Length::from_millis(time("data-d").unwrap_or_default().into());
            self.word = Some((tag.name.clone(), self.text.place(), start, start + length));
        }
    }

    fn keep(&mut self, tag: &Tag<'_>, what: What) {
        let time = tag.attribute("datetime").as_deref().and_then(duration);
        let element = tag.name.clone();
        self.kept.push(Kept { element, what, text: String::new(), time });
    }

    fn close(&mut self, name: &str) {
        if let Some((left_out, count)) = &mut self.left_out {
            *count -= usize::from(left_out == name);
            if *count == 0 {
                self.left_out = None;
            }
            return;
        }
        if self.kept.last().is_some_and(|kept| kept.element == name) {
            self.release();
        }
        if self.word.as_ref().is_some_and(|(element, ..)| element == name)
            && let Some((_, at, start, end)) = self.word.take()
        {
            let span = Span::new(at, self.text.place());
            self.passage = None;
            self.text.time(span, start, Some(end).filter(|end| *end > start));
        }
        if BLOCKS.contains(&name) || HEADINGS.contains(&name) {
            self.end_block();
        }
    }

    fn text(&mut self, text: &str) {
        if self.left_out.is_some() {
            return;
        }
        if let Some(kept) = self.kept.last_mut() {
            kept.text.push_str(text);
            return;
        }
        if text.starts_with(char::is_whitespace) {
            self.text.blank();
        }
        for word in text.split_ascii_whitespace() {
            self.text.add(word);
            self.text.blank();
        }
        if !text.ends_with(char::is_whitespace) {
            self.text.join();
        }
    }

    /// Ends what is kept and the paragraph.
    fn end_block(&mut self) {
        while !self.kept.is_empty() {
            self.release();
        }
        self.text.end_paragraph();
        if let Some((at, times)) = self.words.take() {
            self.time_words(at, &times);
        }
    }

    /// Makes of the innermost text that is kept what it is.
    fn release(&mut self) {
        let Some(kept) = self.kept.pop() else { return };
        let text = collapsed(&kept.text);
        match kept.what {
            What::Speaker if text.is_empty() => {}
            What::Speaker if self.in_heading() => self.speaker = Some(text),
            What::Speaker => {
                self.end_passage();
                self.text.add_label(&text);
            }
            What::Time => match kept.time.or_else(|| clock_in(&text)) {
                Some(start) => {
                    self.end_passage();
                    self.passage = Some((start, self.text.place()));
                }
                None => self.text(&kept.text),
            },
            What::Heading => match self.speaker.take() {
                Some(name) => {
                    let role = text.trim_end_matches([':', ' ']);
                    let apart = if role.starts_with('(') { " " } else { "" };
                    self.text.add_label(&format!("{name}{apart}{role}"));
                }
                None if text.eq_ignore_ascii_case("transcript") || text.is_empty() => {}
                // Some set labels as headings.
                None if stands_as_label(&text) => self.text.add_label(&text),
                None => {
                    self.text.add_note(&text, NoteKind::Headline);
                }
            },
            What::Note(kind) => {
                self.text.add_note(&text, kind);
            }
        }
    }

    fn in_heading(&self) -> bool {
        self.kept.iter().any(|kept| kept.what == What::Heading)
    }

    fn end_passage(&mut self) {
        if let Some((start, at)) = self.passage.take() {
            let span = Span::new(at, self.text.place());
            self.text.time(span, start, None);
        }
    }

    /// Gives the words from `at` on the times `start+length` in milliseconds; `-` stands for none.
    fn time_words(&mut self, at: usize, times: &str) {
        let span = Span::new(at, self.text.place());
        let words = self.text.words(span);
        let times: Vec<&str> = times.split_ascii_whitespace().collect();
        if words.len() != times.len() {
            self.text.problems.add(span, "there are not as many times as words; none is taken");
            return;
        }
        self.passage = None;
        for (word, time) in words.iter().zip(times) {
            let Some((start, length)) = time.split_once('+') else { continue };
            let (Ok(start), Ok(length)) = (start.parse::<u32>(), length.parse::<u32>()) else {
                continue;
            };
            let start = Instant::START + Length::from_millis(start.into());
            self.text.time(word.span, start, Some(start + Length::from_millis(length.into())));
        }
    }
}

fn what_is_kept(tag: &Tag<'_>) -> Option<What> {
    match tag.name.as_str() {
        "cite" => Some(What::Speaker),
        "time" => Some(What::Time),
        name if HEADINGS.contains(&name) => Some(What::Heading),
        "span" if tag.has_class("speaker") => Some(What::Speaker),
        "p" if tag.has_class("credit") => Some(What::Note(NoteKind::Credit)),
        "p" if tag.has_class("notice") => Some(What::Note(NoteKind::Notice)),
        _ => None,
    }
}

/// `PT1H2M3.5S`, a duration as HTML writes it, or a clock time.
fn duration(text: &str) -> Option<Instant> {
    let Some(mut rest) = text.trim().strip_prefix("PT") else { return clock_in(text) };
    let mut micros = 0;
    for (unit, seconds) in [('H', 3600), ('M', 60), ('S', 1)] {
        let Some((number, after)) = rest.split_once(unit) else { continue };
        micros += clock(number)?.micros().checked_mul(seconds)?;
        rest = after;
    }
    rest.is_empty().then_some(Instant::from_micros(micros))
}

fn clock_in(text: &str) -> Option<Instant> {
    clock(text.trim_matches(['[', ']', '(', ')', ' '])).filter(|_| text.contains(':'))
}
