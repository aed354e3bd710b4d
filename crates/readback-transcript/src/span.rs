//! Places in a text: byte spans, and the lines and columns people count in.

use serde::{Deserialize, Serialize};

/// A byte range of the source text, `start <= end`, on character boundaries.
/// An insertion point has `start == end`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; an end before the start gives the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The insertion point before byte `at`.
    pub const fn point(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Number of bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it is an insertion point.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The shortest span that covers both.
    #[must_use]
    pub fn union(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The bytes of `text` it covers; empty where it reaches past the text or cuts a character.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A line and a column, both counted from 1; the column counts characters, as editors do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line number, from 1.
    pub line: usize,
    /// Character within the line, from 1.
    pub column: usize,
}

/// Finds lines and columns in one text without scanning it, or a long line of it, again for each question.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Characters before every `STEP`th byte.
    characters: Vec<usize>,
}

/// Bytes between two places whose characters are counted beforehand.
const STEP: usize = 1024;

/// How many characters begin in `bytes` of UTF-8.
fn beginning_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

impl LineIndex {
    /// Indexes the lines of `text`. A line ends at `\n`, `\r\n` or a lone `\r`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends_line =
            |i: usize| bytes[i] == b'\n' || (bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
        let starts = (0..bytes.len()).filter(|&i| ends_line(i)).map(|i| i + 1);
        let mut characters = vec![0];
        for chunk in bytes.chunks_exact(STEP) {
            characters.push(characters[characters.len() - 1] + beginning_in(chunk));
        }
        Self { starts: std::iter::once(0).chain(starts).collect(), characters }
    }

    /// The number of characters before byte `offset` of the same `text`.
    pub fn characters(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        let counted = offset / STEP;
        self.characters[counted] + beginning_in(&text.as_bytes()[counted * STEP..offset])
    }

    /// The line and column of byte `offset` of the same `text`.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let column = self.characters(text, offset) - self.characters(text, start) + 1;
        Position { line, column }
    }

    /// The span of line number `line` (from 1) of the same `text`, without its line ending.
    pub fn line(&self, text: &str, line: usize) -> Span {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        let kept = Span::new(start, end).of(text).trim_end_matches(['\n', '\r']).len();
        Span::new(start, start + kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_know_every_ending() {
        let text = "café au\r\nlait\rnoir\n\nfin";
        let index = LineIndex::new(text);
        let at = |needle: &str| {
            let position = index.position(text, text.find(needle).expect("present"));
            (position.line, position.column)
        };
        assert_eq!(at("au"), (1, 6));
        assert_eq!(at("lait"), (2, 1));
        assert_eq!(at("noir"), (3, 1));
        assert_eq!(at("fin"), (5, 1));
        assert_eq!(index.line(text, 1).of(text), "café au");
        assert_eq!(index.line(text, 4).of(text), "");
        assert_eq!(index.position(text, text.len()), Position { line: 5, column: 4 });
    }

    #[test]
    fn columns_of_a_long_line_count_every_character_once() {
        let text = "né ".repeat(2 * STEP);
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices().step_by(97).chain([(text.len(), ' ')]) {
            let before = text[..offset].chars().count();
            assert_eq!(index.characters(&text, offset), before);
            assert_eq!(index.position(&text, offset), Position { line: 1, column: before + 1 });
        }
    }

    #[test]
    fn a_span_that_cuts_a_character_covers_nothing() {
        assert_eq!(Span::new(3, 4).of("café"), "");
    }
}
