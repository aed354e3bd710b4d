//! Paragraphs and lines of a text, as spans. A paragraph is a run of lines that are not blank.

use readback_transcript::Span;

/// The lines of `text` without their ends; `\n`, `\r\n`, a lone `\r` and the Unicode separators end
/// a line.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\n', '\r', '\u{2028}', '\u{2029}']).unwrap_or(rest.len());
        let line = Span::new(at, at + length);
        let ending = &rest[length..];
        at = line.end
            + if ending.starts_with("\r\n") {
                2
            } else {
                ending.chars().next().map_or(0, char::len_utf8)
            };
        Some(line)
    })
}

/// A paragraph: its span without surrounding blanks, and its lines.
pub(super) struct Paragraph {
    pub(super) span: Span,
    pub(super) lines: Vec<Span>,
}

/// The paragraphs of `text`.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    let mut open = false;
    for line in lines(text).map(|line| trimmed(text, line)) {
        if line.is_empty() {
            open = false;
            continue;
        }
        match all.last_mut().filter(|_| open) {
            Some(paragraph) => {
                paragraph.span.end = line.end;
                paragraph.lines.push(line);
            }
            None => all.push(Paragraph { span: line, lines: vec![line] }),
        }
        open = true;
    }
    all
}

/// `span` without the blanks at its ends.
pub(crate) fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}

/// The last character boundary of `text` at or before `at`.
pub(super) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs_whatever_the_line_ends() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["one", " two ", "  ", "", "three", ""].join(end);
            let found: Vec<Vec<&str>> = paragraphs(&text)
                .iter()
                .map(|paragraph| paragraph.lines.iter().map(|line| line.of(&text)).collect())
                .collect();
            assert_eq!(found, [vec!["one", "two"], vec!["three"]], "{end:?}");
        }
    }
}
