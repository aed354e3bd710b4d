//! What caption files share: blocks of text with a time each, read with the same eyes for labels and
//! cues as a transcript, the words sharing the time of their block.

use std::sync::LazyLock;

use readback_transcript::{
    Caption, Instant, Label, Length, Note, NoteKind, Span, Stretch, Transcript, Turn, Word,
};
use regex::Regex;

use super::assemble::Parts;
use super::labels::{self, Found};
use super::paragraphs::{Paragraph, lines, paragraphs, trimmed};
use super::sharing::{share_among, words_of};
use super::{Problems, collapsed, mask, notes};
use crate::Parsed;

/// Tags that part no word.
static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    let tags = r"(?i)</?(?:b|i|u|c|v|lang|ruby|rt|font)(?:[ \t.][^<>\r\n]*)?>|<[0-9]+:[0-9:.]+>";
    Regex::new(tags).expect("a fixed pattern")
});

/// One caption as it stands in a file.
pub(crate) struct CaptionBlock {
    /// When it is shown.
    stretch: Stretch,
    /// The line that says so.
    pub(crate) time: Span,
    /// Its lines of text.
    text: Paragraph,
}

impl CaptionBlock {
    fn new(stretch: Stretch, time: Span) -> Self {
        let text = Paragraph { span: Span::point(time.end), lines: Vec::new() };
        Self { stretch, time, text }
    }

    /// The caption that stands at `span` of a text that says no times.
    pub(crate) fn at(span: Span, text: &str, stretch: Stretch) -> Self {
        let all = lines(span.of(text))
            .map(|line| trimmed(text, Span::new(span.start + line.start, span.start + line.end)));
        let lines = all.filter(|line| !line.is_empty()).collect();
        Self { stretch, time: Span::point(span.start), text: Paragraph { span, lines } }
    }

    fn add(&mut self, line: Span) {
        let text = &mut self.text;
        text.span = if text.lines.is_empty() { line } else { text.span.union(line) };
        text.lines.push(line);
    }

    /// Takes back the last line.
    fn drop_last(&mut self) {
        self.text.lines.pop();
        self.text.span.end = self.text.lines.last().map_or(self.text.span.start, |line| line.end);
    }

    /// How a viewer sees it.
    fn seen(&self, text: &str) -> Caption {
        let shown = |line: &Span| collapsed(&INLINE.replace_all(line.of(text), ""));
        let lines = self.text.lines.iter().map(shown).filter(|line| !line.is_empty()).collect();
        Caption { span: self.text.span, stretch: self.stretch, lines }
    }
}

/// What tags say about a caption file: who speaks from where on, when a place in the text is reached,
/// and what nobody speaks.
#[derive(Default)]
pub(crate) struct Voice {
    pub(crate) labels: Vec<(Span, Label)>,
    pub(crate) stamps: Vec<(usize, Instant)>,
    pub(crate) unspoken: Vec<Span>,
}

/// What a line of a caption file is, as its format has it.
pub(crate) enum CaptionLine {
    /// When the caption below it appears and when it goes.
    Time(Instant, Instant),
    /// A time that cannot be read.
    UnreadableTime,
    /// Anything else.
    Text,
}

/// The captions of `text`: a line that `kind` takes for a time begins one. A blank line ends it, unless
/// `past_blank_lines`; then it reaches to the next time and the number above that.
pub(crate) fn caption_blocks(
    text: &str,
    kind: fn(&str) -> CaptionLine,
    past_blank_lines: bool,
    problems: &mut Problems,
) -> Vec<CaptionBlock> {
    let mut blocks: Vec<CaptionBlock> = Vec::new();
    let mut open = false;
    let mut above = [Span::default(); 2];
    for whole in lines(text) {
        let line = trimmed(text, whole);
        match kind(line.of(text)) {
            CaptionLine::Time(start, end) => {
                if end < start {
                    problems.add(line, "this caption ends before it begins");
                }
                if past_blank_lines {
                    drop_number(text, blocks.last_mut(), above);
                }
                blocks.push(CaptionBlock::new(Stretch::new(start, end), line));
                open = true;
            }
            CaptionLine::UnreadableTime => {
                let message = "the time of this caption cannot be read; its text is left out";
                problems.add(line, message);
                open = false;
            }
            // A line of blanks is no blank line to a player.
            CaptionLine::Text if line.is_empty() => open &= past_blank_lines || !whole.is_empty(),
            CaptionLine::Text => {
                if let Some(block) = blocks.last_mut().filter(|_| open) {
                    block.add(line);
                }
            }
        }
        above = [above[1], line];
    }
    blocks
}

/// The number of the next caption is not text of this one: it stands right above its time, with a blank
/// line or text above it. `above` are the two lines above the time.
fn drop_number(text: &str, block: Option<&mut CaptionBlock>, above: [Span; 2]) {
    let Some(block) = block else { return };
    let is_number = |line: &Span| line.of(text).bytes().all(|byte| byte.is_ascii_digit());
    let last = block.text.lines.last().filter(|line| is_number(line) && **line == above[1]);
    if last.is_some() && (above[0].is_empty() || block.text.lines.len() > 1) {
        block.drop_last();
    }
}

/// A transcript of captions; `voice` is what their tags say.
pub(crate) fn read_captions(
    text: String,
    format: &str,
    blocks: &[CaptionBlock],
    voice: Voice,
    mut problems: Problems,
) -> Parsed {
    let masked = mask(&text, &mut Problems::default()).into_owned();
    let masked = without(masked, &voice.unspoken);
    let captions = blocks.iter().map(|block| block.seen(&text)).collect();
    let paragraphs: Vec<Paragraph> =
        blocks.iter().map(|block| block.text.trimmed_in(&masked)).collect();
    let labels = merged(labels::at_line_starts(&masked, &paragraphs), voice.labels);
    let parts = Parts { masked: &masked, paragraphs: &paragraphs, labels, notes: &[] };
    let mut turns = parts.assemble(&mut problems);
    give_times(&mut turns, blocks, &voice.stamps);
    report_backward(blocks, &mut problems);
    let transcript =
        Transcript { text, format: format.into(), turns, captions, ..Transcript::default() };
    Parsed { transcript, problems: problems.finish() }
}

/// `masked` with blanks where nobody speaks.
fn without(masked: String, unspoken: &[Span]) -> String {
    let mut bytes = masked.into_bytes();
    for span in unspoken {
        bytes[span.start..span.end].fill(b' ');
    }
    String::from_utf8(bytes).expect("whole characters were replaced")
}

/// A line above a turn that says who speaks and from when on.
pub(crate) struct Header {
    pub(crate) line: Span,
    pub(crate) label: Label,
    pub(crate) start: Instant,
}

/// The longest that a word takes in a turn whose end nobody states.
const SLOW: Length = Length::from_millis(600);

/// A transcript whose turns stand below their headers. Nobody speaks what stands above the first, nor
/// a line `is_credit` knows.
pub(crate) fn read_headed(
    text: String,
    format: &str,
    headers: Vec<Header>,
    is_credit: fn(&str) -> bool,
    mut problems: Problems,
) -> Parsed {
    let masked = mask(&text, &mut Problems::default());
    let blocks = headed_blocks(&masked, &headers);
    let all = paragraphs(&masked);
    let first = headers.first().map_or(text.len(), |header| header.line.start);
    let mut notes = Vec::new();
    for paragraph in &all {
        if paragraph.span.end <= first {
            notes.push(Note { span: paragraph.span, kind: NoteKind::Headline });
        } else if let Some(&span) = paragraph.lines.iter().find(|line| is_credit(line.of(&text))) {
            notes.push(Note { span, kind: NoteKind::Credit });
        } else {
            notes.extend(notes::notices(&text, &masked, paragraph));
        }
    }
    let labels =
        headers.into_iter().map(|header| Found { label: header.label, whole: header.line });
    let parts =
        Parts { masked: &masked, paragraphs: &all, labels: labels.collect(), notes: &notes };
    let mut turns = parts.assemble(&mut problems);
    give_times(&mut turns, &blocks, &[]);
    let transcript =
        Transcript { text, format: format.into(), turns, notes, ..Transcript::default() };
    Parsed { transcript, problems: problems.finish() }
}

/// What stands below each header up to the next, and its time: up to the next header, but no more than
/// its words can take.
fn headed_blocks(masked: &str, headers: &[Header]) -> Vec<CaptionBlock> {
    let block = |(i, header): (usize, &Header)| {
        let next = headers.get(i + 1);
        let end = next.map_or(masked.len(), |next| next.line.start);
        let span = Span::new(header.line.end, end);
        let words = span.of(masked).split_whitespace().count() as i64;
        let slow = header.start + Length::from_micros(SLOW.micros() * words);
        let until = next.map_or(slow, |next| next.start.min(slow));
        let text = Paragraph { span, lines: Vec::new() };
        CaptionBlock { stretch: Stretch::new(header.start, until), time: header.line, text }
    };
    headers.iter().enumerate().map(block).collect()
}

impl Paragraph {
    /// The same lines without the blanks that tags leave at their ends.
    fn trimmed_in(&self, masked: &str) -> Paragraph {
        let lines = self
            .lines
            .iter()
            .map(|&line| trimmed(masked, line))
            .filter(|line| !line.is_empty())
            .collect();
        Paragraph { span: self.span, lines }
    }
}

/// Labels written out and labels from tags, in order; of two at one place the tag counts. A speaker who
/// goes on is not labelled again.
fn merged(mut written: Vec<Found>, tagged: Vec<(Span, Label)>) -> Vec<Found> {
    written.retain(|found| {
        let next = tagged.partition_point(|(whole, _)| whole.end <= found.whole.start);
        tagged.get(next).is_none_or(|(whole, _)| found.whole.end <= whole.start)
    });
    let tagged = tagged.into_iter().map(|(whole, label)| Found { label, whole });
    let mut all: Vec<Found> = written.into_iter().chain(tagged).collect();
    all.sort_by_key(|found| found.whole);
    all.dedup_by(|next, last| next.label.name == last.label.name);
    all
}

/// Shares the time of every block, between the stamps inside it, among the words there.
fn give_times(turns: &mut [Turn], blocks: &[CaptionBlock], stamps: &[(usize, Instant)]) {
    let mut words: Vec<&mut Word> =
        turns.iter_mut().flat_map(|turn| &mut turn.pieces).flat_map(words_of).collect();
    let mut rest = words.as_mut_slice();
    for block in blocks {
        let mut from = (block.text.span.start, block.stretch.start());
        let first = stamps.partition_point(|(at, _)| *at < block.text.span.start);
        let inside = stamps[first..].iter().take_while(|(at, _)| *at < block.text.span.end);
        let end = (block.text.span.end, block.stretch.end());
        for &(at, time) in inside.chain([&end]) {
            let count = rest.iter().take_while(|word| word.span.start < at).count();
            let (here, later) = rest.split_at_mut(count);
            let time = time.clamp(from.1, block.stretch.end().max(from.1));
            share_among(here, Stretch::new(from.1, time));
            rest = later;
            from = (at, time);
        }
    }
}

fn report_backward(blocks: &[CaptionBlock], problems: &mut Problems) {
    for pair in blocks.windows(2) {
        if pair[1].stretch.start() < pair[0].stretch.start() {
            problems.add(pair[1].text.span, "this caption begins before the one above it");
        }
    }
}
