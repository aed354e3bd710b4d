//! A true transcript as the planter sees it: which bytes are labels, cues, sentences and words.
//!
//! It reads just enough of the house style to plant faults where a typist makes them. What nobody
//! speaks (a headline, a credit, cues) yields no words. It knows nothing of Readback's own reader,
//! so that a mistake there cannot hide itself here.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A range of bytes of a text.
pub type Span = Range<usize>;

/// What stands before the colon of a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label<'t> {
    /// From the name to the colon.
    pub span: Span,
    /// The name alone.
    pub name: &'t str,
    /// Where the turn's words begin.
    pub body: usize,
}

/// The parts of a transcript, in text order.
#[derive(Clone, Debug)]
pub struct Transcript<'t> {
    /// The whole text.
    pub source: &'t str,
    /// The labels.
    pub labels: Vec<Label<'t>>,
    /// Notes in parentheses that look like cues.
    pub cues: Vec<Span>,
    /// Lines that are not empty.
    pub paragraphs: Vec<Span>,
    /// Spoken sentences, paragraph by paragraph; a sentence holds no cue.
    pub sentences: Vec<Vec<Span>>,
    /// Spoken words, numbers among them.
    pub words: Vec<Span>,
}

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    expression(r"(?m)^([A-Z][A-Z0-9 .'’#&-]{0,60}?)(?:, [A-Z][A-Z ]{1,30})?:(?:[ \t]+|$)")
});
static MIXED_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    expression(r"(?m)^(?:\*\*)?([A-Z][\w.'’-]*(?: [A-Z0-9][\w.'’-]*){0,3}):(?:\*\*)?[ \t]+")
});
static NOTE: LazyLock<Regex> =
    LazyLock::new(|| expression(r"\([^()\n]{2,80}\)|\[[^\[\]\n]{2,80}\]"));
static CUE: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        r"(?i)^\((?:soundbite|speaking |non-english|laughter|applause|music|crosstalk|through |cheering|reading|singing)[^()]*\)$",
    )
});
static WORD: LazyLock<Regex> =
    LazyLock::new(|| expression(r"\$?[\p{L}\p{N}](?:[\p{L}\p{N}'’.,:-]*[\p{L}\p{N}])?"));
static STOP: LazyLock<Regex> = LazyLock::new(|| expression(r#"[.?!…]["”’')]*(?:\s+|$)"#));
static ABBREVIATED: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        r"(?:^|[\s(“\x22])(?:Mr|Ms|Mrs|Dr|St|Gen|Sen|Rep|Lt|Jr|No|[A-Z]|(?:[A-Z]\.)+[A-Z])\.$",
    )
});

/// One of the patterns of this folder, which are all written by us.
pub fn expression(pattern: &str) -> Regex {
    Regex::new(pattern).expect("our own patterns are well formed")
}

impl<'t> Transcript<'t> {
    /// Takes the text apart.
    pub fn read(source: &'t str) -> Self {
        let labels = labels(source);
        let notes: Vec<Span> = NOTE.find_iter(source).map(|found| found.range()).collect();
        let cues = notes.iter().filter(|note| CUE.is_match(&source[(*note).clone()]));
        let mut transcript =
            Self { source, cues: cues.cloned().collect(), labels, ..Self::empty(source) };
        for paragraph in transcript.paragraphs.clone() {
            if let Some(body) = transcript.spoken(&paragraph) {
                transcript.sentences.push(sentences(source, body.clone(), &notes));
                transcript.words.extend(words(source, body, &notes));
            }
        }
        transcript
    }

    fn empty(source: &'t str) -> Self {
        let mut paragraphs = Vec::new();
        let mut start = 0;
        for line in source.split_inclusive('\n') {
            let end = start + line.trim_end().len();
            paragraphs.extend((start < end).then_some(start..end));
            start += line.len();
        }
        let (labels, cues, sentences, words) = Default::default();
        Self { source, labels, cues, paragraphs, sentences, words }
    }

    /// The spoken part of a paragraph: no label, and neither headline, credit nor notice.
    fn spoken(&self, paragraph: &Span) -> Option<Span> {
        let text = &self.source[paragraph.clone()];
        let headline = self.labels.first().is_some_and(|first| paragraph.start < first.span.start);
        if headline || text.starts_with("Copyright") || text.starts_with("This transcript") {
            return None;
        }
        let label = self.labels.iter().find(|label| label.span.start == paragraph.start);
        let start = label.map_or(paragraph.start, |label| label.body.min(paragraph.end));
        (start < paragraph.end).then_some(start..paragraph.end)
    }

    /// The text of a span.
    pub fn text(&self, span: &Span) -> &'t str {
        &self.source[span.clone()]
    }

    /// The paragraph that a place lies in.
    pub fn paragraph(&self, at: usize) -> Option<&Span> {
        self.paragraphs.iter().find(|paragraph| paragraph.start <= at && at <= paragraph.end)
    }

    /// Whether a sentence begins with this word, so that its capital means nothing.
    pub fn opens_sentence(&self, word: &Span) -> bool {
        let before = self.source[..word.start].trim_end_matches(['"', '“', '\'', '‘', '(']);
        before.is_empty()
            || before.ends_with(['\n', ':'])
            || self.sentences.iter().flatten().any(|sentence| sentence.start == before.len())
            || before.trim_end().ends_with(['.', '?', '!', '…', ':', '"', '”'])
    }
}

fn labels(source: &str) -> Vec<Label<'_>> {
    let found = |pattern: &Regex| {
        let labels = pattern.captures_iter(source).filter_map(|found| {
            let (whole, name) = (found.get(0)?, found.get(1)?);
            let span = whole.start()..whole.start() + whole.as_str().trim_end().len();
            Some(Label { span, name: name.as_str(), body: whole.end() })
        });
        labels.collect::<Vec<_>>()
    };
    let capitals = found(&LABEL);
    if capitals.is_empty() { found(&MIXED_LABEL) } else { capitals }
}

/// Sentences of a body, without those that hold a note.
fn sentences(source: &str, body: Span, notes: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = body.start;
    for stop in STOP.find_iter(&source[body.clone()]) {
        let end = body.start + stop.start() + stop.as_str().trim_end().len();
        let next = body.start + stop.end();
        if next < body.end && ABBREVIATED.is_match(&source[start..=body.start + stop.start()]) {
            continue;
        }
        found.push(start..end);
        start = next;
    }
    found.extend((start < body.end).then_some(start..body.end));
    found.retain(|sentence| !notes.iter().any(|note| meet(note, sentence)));
    found
}

fn words(source: &str, body: Span, notes: &[Span]) -> Vec<Span> {
    let all = WORD.find_iter(&source[body.clone()]);
    let placed = all.map(|word| body.start + word.start()..body.start + word.end());
    placed.filter(|word| !notes.iter().any(|note| meet(note, word))).collect()
}

/// Whether two spans share a byte.
pub fn meet(one: &Span, other: &Span) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "A Headline Nobody Says\n\nNORA HALE, HOST:\n\nCan it wait? Dr. Ode said no.\n\n\
                         (SOUNDBITE OF RAIN)\n\nODE: (Speaking French). It can't, at $6.2 million.\n\n\
                         Copyright 2026.\n";

    fn texts<'t>(transcript: &Transcript<'t>, spans: &[Span]) -> Vec<&'t str> {
        spans.iter().map(|span| transcript.text(span)).collect()
    }

    #[test]
    fn words_are_what_somebody_says() {
        let transcript = Transcript::read(STORY);
        let words = texts(&transcript, &transcript.words).join(" ");
        assert_eq!(words, "Can it wait Dr Ode said no It can't at $6.2 million");
    }

    #[test]
    fn sentences_end_at_full_stops_but_not_at_titles() {
        let transcript = Transcript::read(STORY);
        let all: Vec<Span> = transcript.sentences.concat();
        assert_eq!(
            texts(&transcript, &all),
            ["Can it wait?", "Dr. Ode said no.", "It can't, at $6.2 million."]
        );
    }

    #[test]
    fn labels_and_cues_are_found_in_both_cases_of_letters() {
        let transcript = Transcript::read(STORY);
        let names: Vec<&str> = transcript.labels.iter().map(|label| label.name).collect();
        assert_eq!(names, ["NORA HALE", "ODE"]);
        assert_eq!(
            texts(&transcript, &transcript.cues),
            ["(SOUNDBITE OF RAIN)", "(Speaking French)"]
        );
        assert_eq!(Transcript::read("Mr. Ode: Yes.\nNora: No.\n").labels.len(), 2);
    }

    #[test]
    fn a_capital_at_the_beginning_of_a_sentence_means_nothing() {
        let transcript = Transcript::read(STORY);
        let opens: Vec<bool> =
            transcript.words.iter().map(|word| transcript.opens_sentence(word)).collect();
        assert_eq!(opens[..5], [true, false, false, true, true]);
    }
}
