//! The sentence a finding stands in, cut to the width there is, with the finding underlined.

use readback_transcript::Span;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A piece of the text on one line, and where in it the finding is; both in columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// What to print.
    pub line: String,
    /// Columns before the underline.
    pub indent: usize,
    /// Columns of the underline, at least one.
    pub underline: usize,
    /// Bytes of `line` that the underline stands under.
    pub marked: Span,
}

const CUT: &str = "…";

/// Quotes the sentence around `span`, at most `width` columns wide. A span that goes over the end of
/// its line, or is wider than the room there is, is shown from its beginning.
pub(super) fn quote(text: &str, span: Span, width: usize) -> Quote {
    let line = line_around(text, span.start);
    let span = Span::new(span.start, span.end.min(line.end));
    let sentence = sentence_around(text, span, line);
    let window = fit(text, span, sentence, width.max(20));
    let before = if window.start > sentence.start { CUT } else { "" };
    let after = if window.end < sentence.end { CUT } else { "" };
    let lead = plain(&text[window.start..span.start]);
    let marked = plain(&text[span.start..span.end.min(window.end)]);
    let rest = plain(&text[span.end.min(window.end)..window.end]);
    let start = before.len() + lead.len();
    Quote {
        indent: before.width() + lead.width(),
        underline: marked.width().max(1),
        marked: Span::new(start, start + marked.len()),
        line: format!("{before}{lead}{marked}{rest}{after}"),
    }
}

/// Control characters could move the cursor or colour the terminal; they are shown as blanks.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn line_around(text: &str, at: usize) -> Span {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |i| at + i);
    Span::new(start, end)
}

/// From the end of the sentence before to the end of the span's last sentence.
fn sentence_around(text: &str, span: Span, line: Span) -> Span {
    let ends = |slice: &str| -> Vec<usize> {
        let marks = slice.match_indices(['.', '!', '?']).map(|(i, mark)| i + mark.len());
        marks.filter(|&i| slice[i..].starts_with([' ', '"', '”'])).collect()
    };
    let before = &text[line.start..span.start];
    let start = ends(before).last().map_or(line.start, |end| line.start + end);
    let lead = &text[start..span.start];
    let blanks = lead.len() - lead.trim_start_matches([' ', '\t', '"', '”', ')']).len();
    let after = &text[span.end..line.end];
    let end = ends(after).first().map_or(line.end, |end| span.end + end);
    Span::new(start + blanks, end)
}

/// The part of the sentence to show: all of it, or whole words around the beginning of the span, with
/// two thirds of the spare room after it.
fn fit(text: &str, span: Span, sentence: Span, width: usize) -> Span {
    if plain(sentence.of(text)).width() <= width {
        return sentence;
    }
    let room = width - 2 * CUT.width();
    let marked = forwards(text, span.start, span.end, room);
    let spare = room - plain(&text[span.start..marked]).width();
    let start = backwards(text, sentence.start, span.start, spare / 3);
    let used = plain(&text[start..marked]).width();
    let end =
        if marked < span.end { marked } else { forwards(text, marked, sentence.end, room - used) };
    Span::new(start, end)
}

/// The last end of a word at which `text[from..]` is at most `room` columns wide, or the last character
/// if there is none.
fn forwards(text: &str, from: usize, to: usize, room: usize) -> usize {
    let slice = &text[from..to];
    let fits = |end: &usize| plain(&slice[..*end]).width() <= room;
    let words = slice.split_word_bound_indices().map(|(i, word)| i + word.len());
    let characters =
        || slice.grapheme_indices(true).map(|(i, c)| i + c.len()).take_while(fits).last();
    from + words.take_while(fits).last().or_else(characters).unwrap_or(0)
}

/// The first beginning of a word from which `text[..to]` is at most `room` columns wide.
fn backwards(text: &str, from: usize, to: usize, room: usize) -> usize {
    let slice = &text[from..to];
    let fits = |start: &usize| plain(&slice[*start..]).width() <= room;
    let starts = slice.split_word_bound_indices().rev().map(|(i, _)| i).take_while(fits);
    from + starts.last().unwrap_or(slice.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, part: &str, width: usize) -> (String, String) {
        let start = text.find(part).unwrap();
        let quote = quote(text, Span::new(start, start + part.len()), width);
        assert!(quote.line.width() <= width, "{} is wider than {width}", quote.line);
        (quote.line.clone(), " ".repeat(quote.indent) + &"^".repeat(quote.underline))
    }

    #[test]
    fn a_short_sentence_is_shown_whole_without_its_neighbours() {
        let text = "She left. He arrived in Bergen at noon. It rained.\nNext.";
        let (line, under) = shown(text, "Bergen", 60);
        assert_eq!(line, "He arrived in Bergen at noon.");
        assert_eq!(under, "              ^^^^^^");
    }

    #[test]
    fn a_long_sentence_is_cut_at_words_on_both_sides() {
        let text = "one two three four five six seven eight nine ten eleven twelve thirteen";
        let (line, under) = shown(text, "seven", 30);
        assert_eq!(line, "… six seven eight nine ten …");
        assert_eq!(under, "      ^^^^^");
    }

    #[test]
    fn wide_and_combining_characters_keep_the_underline_in_place() {
        let (line, under) = shown("北京 e\u{301}te\u{301} Oslo", "Oslo", 40);
        assert_eq!(line, "北京 e\u{301}te\u{301} Oslo");
        assert_eq!(under, "         ^^^^");
    }

    #[test]
    fn a_finding_wider_than_the_line_is_shown_from_its_beginning() {
        let text = "a ".to_owned() + &"word ".repeat(40);
        let (line, under) = shown(&text, "word word word word word word word word word", 24);
        assert!(line.starts_with('…') || line.starts_with("a "), "{line}");
        assert!(under.trim_start().len() <= 24);
    }

    #[test]
    fn an_insertion_point_gets_one_mark_and_control_characters_are_blanked() {
        let quote = quote("a\u{1b}[31mb", Span::point(6), 40);
        assert_eq!((quote.line.as_str(), quote.indent, quote.underline), ("a [31mb", 6, 1));
    }
}
