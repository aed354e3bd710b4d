//! Blanks out what stands in a text but was written by no one: bits, tags, escapes, control
//! characters, broken encodings; and, silently, the marks of Markdown around words.
//!
//! The masked text has the same length and the same line ends, so spans hold in both.

use std::borrow::Cow;
use std::sync::LazyLock;

use readback_transcript::Span;
use regex::Regex;

use super::Problems;
use super::cues::is_cue;

/// Stray bytes, each alternative one kind seen in delivered transcripts.
static DEBRIS: LazyLock<Regex> = LazyLock::new(|| {
    let kinds = [
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{84}\x{86}-\x{9f}]+", // control characters
        r"[\x{FFFD}\x{FEFF}\x{FFFC}]+",
        r"</?[A-Za-z!][^<>\r\n]*>",                              // tags
        r"<[0-9]+:[0-9:.]+>|\{\\[^{}\r\n]*\}", // time stamps and styles of captions
        r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+);", // entities
        r"\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}", // escapes
        r"%20(?:%[0-9A-Fa-f]{2})*|(?:%[0-9A-F]{2}){2,}",
        r"\[+[ \t]*\]+|\{+[ \t]*\}+", // empty brackets
        r"[~|^]{2,}",
        r"â€[\x{2122}\x{0153}\x{02DC}\x{9D}\x{9C}\x{99}“”¢¦¡\x{201C}\x{201D}]?|ï¿½|Ã[\x{A0}-\x{BF}‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™›]|Â[\x{A0}-\x{BF}]",
        r"[0-9]{8,}", // maybe bits
    ];
    Regex::new(&kinds.join("|")).expect("a fixed pattern")
});

/// Marks of Markdown: a link's address, and the backslash before a bracket or star.
static MARKUP: LazyLock<Regex> = LazyLock::new(|| {
    let link =
        r"\[([^\[\]\r\n]+)\]\((?:https?:|mailto:|/|#)[^()\r\n]*(?:\([^()\r\n]*\)[^()\r\n]*)?\)";
    Regex::new(&format!(r"{link}|\\[\[\]()*_#.-]")).expect("a fixed pattern")
});

/// What is longer between `<` and `>` is no tag.
const LONGEST_TAG: usize = 120;

/// `text` with debris and markup as blanks; every piece of debris is a problem.
pub(crate) fn mask<'a>(text: &'a str, problems: &mut Problems) -> Cow<'a, str> {
    if is_plain(text) {
        return text.into();
    }
    let mut masked = without_markup(text).into_owned().into_bytes();
    for found in DEBRIS.find_iter(text) {
        let Some(span) = debris(found.as_str(), found.start()) else { continue };
        match apostrophe(text, span) {
            Some(apostrophe) => masked[span.start..span.end].copy_from_slice(apostrophe.as_bytes()),
            None => blank(&mut masked, span),
        }
        problems.add(span, format!("stray characters: {}", shown(span.of(text))));
    }
    whole(masked).into()
}

/// `text` with the marks of Markdown as blanks.
pub(crate) fn without_markup(text: &str) -> Cow<'_, str> {
    if !text.contains(['[', '\\']) {
        return text.into();
    }
    let mut masked = text.to_owned().into_bytes();
    for found in MARKUP.captures_iter(text) {
        let mark = Span::new(found.get_match().start(), found.get_match().end());
        match found.get(1) {
            Some(shown) => {
                blank(&mut masked, Span::new(mark.start, shown.start()));
                blank(&mut masked, Span::new(shown.end(), mark.end));
            }
            None => blank(&mut masked, Span::new(mark.start, mark.start + 1)),
        }
    }
    whole(masked).into()
}

fn whole(masked: Vec<u8>) -> String {
    String::from_utf8(masked).expect("whole characters were replaced by as many bytes")
}

/// Whether nothing in `text` could be part of debris or markup: most words alone, and many sentences.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| match c {
        '\u{c0}'..='\u{ff}' => !matches!(c, 'â' | 'ï' | 'Ã' | 'Â'),
        '\u{100}'.. => !matches!(c, '\u{fffd}' | '\u{feff}' | '\u{fffc}'),
        ' ' | '\n' | '.' | ',' | '\'' | '"' | '-' | '!' | '?' | ':' | ';' | '(' | ')' | '$'
        | '#' | '/' => true,
        _ => c.is_ascii_alphanumeric(),
    };
    let digits = || text.bytes().filter(u8::is_ascii_digit).count();
    text.chars().all(plain) && (text.len() < 8 || digits() < 8)
}

fn blank(bytes: &mut [u8], span: Span) {
    bytes[span.start..span.end].fill(b' ');
}

/// Ways in which an apostrophe arrives broken.
const APOSTROPHES: &[&str] = &[
    "&#39;",
    "&#039;",
    "&#x27;",
    "&#8217;",
    "&#x2019;",
    "&apos;",
    "&rsquo;",
    "\\u2019",
    "\\u0027",
    "â€™",
    "â€\u{99}",
];

/// A broken apostrophe inside a word holds the word together: an apostrophe, padded with invisible
/// characters to the same length.
fn apostrophe(text: &str, span: Span) -> Option<String> {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    let inside = before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic);
    let broken = APOSTROPHES.contains(&span.of(text));
    let sign = if span.len() % 2 == 1 { "'" } else { "ʼ" };
    (inside && broken).then(|| sign.to_owned() + &"\u{ad}".repeat((span.len() - sign.len()) / 2))
}

/// The part of a match that is debris; digits are only where they spell bytes in bits.
fn debris(found: &str, start: usize) -> Option<Span> {
    let end = start + found.len();
    let inner = found.trim_matches(['<', '>', '/']);
    if found.starts_with(['<', '&']) && (found.len() > LONGEST_TAG || is_cue(inner)) {
        return None;
    }
    if !found.as_bytes()[0].is_ascii_digit() {
        return Some(Span::new(start, end));
    }
    let bits = trailing_bits(found.as_bytes());
    (bits > 0).then(|| Span::new(end - bits, end))
}

/// How many digits at the end of `digits` spell ASCII bytes in bits (`01001010`): eight at a time,
/// each byte beginning with 0 and holding at least two ones, which no number written out does.
fn trailing_bits(digits: &[u8]) -> usize {
    let is_byte = |group: &[u8]| {
        group[0] == b'0'
            && group.iter().all(|digit| matches!(digit, b'0' | b'1'))
            && group.iter().map(|digit| u32::from(digit - b'0')).sum::<u32>() >= 2
    };
    8 * digits.rchunks_exact(8).take_while(|group| is_byte(group)).count()
}

fn shown(debris: &str) -> String {
    debris.chars().take(24).flat_map(char::escape_default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let masked = mask(text, &mut Problems::default());
        assert_eq!(masked.len(), text.len());
        masked.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_kind_of_debris_is_blanked_and_what_it_is_glued_to_stays() {
        let kinds = [
            "01001010",
            "0100101001101111",
            "\u{fffd}\u{fffd}",
            "â€™",
            "&#39;",
            "&nbsp;",
            "<br/>",
            "\\u2019",
            "%20%20",
            "[[]]",
            "~~|~~",
            "<SEG_0007>",
            "\x0c",
        ];
        for kind in kinds {
            assert_eq!(masked(&format!("one two{kind} three {kind} four.")), "one two three four.");
        }
        assert_eq!(masked("in 202301001010, or $18.501001010"), "in 2023 , or $18.5");
    }

    #[test]
    fn a_broken_apostrophe_holds_its_word_together() {
        for apostrophe in APOSTROPHES {
            let text = format!("we don{apostrophe}t{apostrophe} go");
            let masked = mask(&text, &mut Problems::default());
            let words = super::super::cut_words(&masked, Span::new(0, masked.len()));
            let shown: Vec<&str> = words.iter().map(|word| word.span.of(&text)).collect();
            assert_eq!(shown, ["we", &format!("don{apostrophe}t"), "go"]);
        }
    }

    #[test]
    fn numbers_percentages_and_brackets_that_hold_something_stay() {
        for text in [
            "100000000 people",
            "10000000 or 11000000",
            "5% to 20%",
            "[laughs] (ph)",
            "R&B; a | b",
            "20231001",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn markdown_links_keep_what_they_show() {
        assert_eq!(
            masked(r"so [Matt](https://a.b/c_(d)) said \[laughs\]"),
            "so Matt said [laughs ]"
        );
    }
}
