//! Cuts speech into words. It does not know what a word means; normalising is another's work.

use std::borrow::Cow;

use readback_transcript::{Span, Word};
use unicode_segmentation::UnicodeSegmentation;

use super::{Problems, mask};

/// The words of a text that may have debris in it, as [`cut_words`] finds them once it is
/// [masked](mask): debris is no word.
pub(crate) fn words_amid_debris(text: &str, span: Span) -> Vec<Word> {
    let Cow::Owned(masked) = mask(span.of(text), &mut Problems::default()) else {
        return cut_words(text, span);
    };
    let mut words = cut_words(&masked, Span::new(0, masked.len()));
    for Word { span: place, .. } in &mut words {
        *place = Span::new(span.start + place.start, span.start + place.end);
    }
    words
}

/// The words of `text` within `span`, in order, without the punctuation around them.
///
/// A word is a run of letters and digits; apostrophes, hyphens and the periods of abbreviations hold
/// it together (`don't`, `6-year`, `U.S.`, `1,150`, `9:30`), a currency sign before and a per cent
/// sign after a number belong to it. Scripts written without blanks give one word per character.
pub(crate) fn cut_words(text: &str, span: Span) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = span.start;
    for chunk in span.of(text).split_inclusive(char::is_whitespace) {
        let shown = chunk.trim_end();
        match plain_word(shown) {
            Some((start, end)) => words.push(word(at + start, at + end)),
            None if shown.is_empty() => {}
            None => cut_chunk(shown, at, &mut words),
        }
        at += chunk.len();
    }
    words
}

const fn word(start: usize, end: usize) -> Word {
    Word { span: Span { start, end }, timing: None }
}

/// Where the word stands in `chunk` if that is one word of plain letters, as most are: marks around
/// it, and within it single apostrophes and hyphens. No word spans a blank, so a chunk can be judged by
/// itself.
fn plain_word(chunk: &str) -> Option<(usize, usize)> {
    let bytes = chunk.as_bytes();
    let start = bytes.iter().position(u8::is_ascii_alphanumeric)?;
    let end = bytes.iter().rposition(u8::is_ascii_alphanumeric)? + 1;
    let joins =
        |at: usize| matches!(bytes[at], b'\'' | b'-') && bytes[at + 1].is_ascii_alphabetic();
    let plain = (start..end).all(|at| bytes[at].is_ascii_alphabetic() || joins(at));
    (plain && chunk.is_ascii()).then_some((start, end))
}

/// The words of `chunk`, which stands at byte `offset`.
fn cut_chunk(chunk: &str, offset: usize, words: &mut Vec<Word>) {
    let graphemes = chunk.grapheme_indices(true).flat_map(without_blank);
    let piece = Piecewise { graphemes: graphemes.collect() };
    let mut at = 0;
    while at < piece.graphemes.len() {
        match piece.word_from(at) {
            Some(end) => {
                words.push(Word { span: piece.span(at, end, offset), timing: None });
                at = end;
            }
            None => at += 1,
        }
    }
}

/// A few letters of Indic scripts form one perceived character with whatever follows them, even with a
/// blank; but no word holds one.
fn without_blank((at, grapheme): (usize, &str)) -> impl Iterator<Item = (usize, &str)> {
    let blank = grapheme.char_indices().skip(1).find(|(_, c)| c.is_whitespace());
    let cut = blank.map_or(grapheme.len(), |(cut, _)| cut);
    [(at, &grapheme[..cut]), (at + cut, &grapheme[cut..])]
        .into_iter()
        .filter(|(_, g)| !g.is_empty())
}

/// The punctuation that follows a word directly, up to the next blank or word, as a length in bytes.
pub(crate) fn word_end_mark(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    rest.find(|c: char| c.is_whitespace() || c.is_alphanumeric() || "([{<".contains(c))
        .unwrap_or(rest.len())
}

/// A text as user-perceived characters, so that an accent stays with its letter.
struct Piecewise<'a> {
    graphemes: Vec<(usize, &'a str)>,
}

impl Piecewise<'_> {
    fn char(&self, at: usize) -> Option<char> {
        self.graphemes.get(at).and_then(|(_, grapheme)| grapheme.chars().next())
    }

    fn is_letter(&self, at: usize) -> bool {
        self.char(at).is_some_and(char::is_alphanumeric)
    }

    fn is_digit(&self, at: usize) -> bool {
        self.char(at).is_some_and(char::is_numeric)
    }

    fn span(&self, from: usize, to: usize, offset: usize) -> Span {
        let last = self.graphemes[to - 1];
        Span::new(offset + self.graphemes[from].0, offset + last.0 + last.1.len())
    }

    /// Where the word that begins at grapheme `at` ends, if one does.
    fn word_from(&self, at: usize) -> Option<usize> {
        let is_currency = self.char(at).is_some_and(|c| "$£€¥₹₩₽".contains(c));
        let begins = self.is_letter(at) || (is_currency && self.is_digit(at + 1));
        if !begins {
            return None;
        }
        if self.char(at).is_some_and(stands_alone) {
            return Some(at + 1);
        }
        let mut end = at + 1;
        while self.continues(end) || self.joins(at, end) {
            end += 1;
        }
        let dotted =
            end >= at + 3 && self.char(end - 2) == Some('.') && self.char(end) == Some('.');
        let rated = self.is_digit(end - 1) && self.char(end).is_some_and(|c| "%‰¢".contains(c));
        Some(end + usize::from(dotted || rated))
    }

    fn continues(&self, at: usize) -> bool {
        self.is_letter(at) && !self.char(at).is_some_and(stands_alone)
    }

    /// Whether the mark at `at` holds the word begun at `start` together with what follows.
    fn joins(&self, start: usize, at: usize) -> bool {
        let next = self.past_invisible(at + 1);
        if self.char(at).is_some_and(is_invisible) {
            return self.continues(next);
        }
        if !self.continues(next) || !self.is_letter(at - 1) {
            return false;
        }
        let digits = self.is_digit(at - 1) && self.is_digit(next);
        match self.char(at) {
            Some('\'' | '’' | 'ʼ' | '-' | '\u{2010}' | '\u{2011}' | '_') => true,
            Some('.') => digits || self.joins_at_period(start, at),
            Some(',') => digits && (1..=3).all(|i| self.is_digit(at + i)) && !self.is_digit(at + 4),
            Some(':' | '/') => digits,
            Some('&') => self.is_capital(at - 1) && self.is_capital(at + 1),
            _ => false,
        }
    }

    /// The first place from `at` on that shows something; gives up after a few.
    fn past_invisible(&self, at: usize) -> usize {
        (at..at + 16).find(|&i| !self.char(i).is_some_and(is_invisible)).unwrap_or(at)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.char(at).is_some_and(char::is_uppercase)
    }

    /// `U.S`, `a.m`, `example.org`; but not a full stop with its blank lost (`end.Next`).
    fn joins_at_period(&self, start: usize, at: usize) -> bool {
        let single_before = at == start + 1 || self.char(at.wrapping_sub(2)) == Some('.');
        let single_after = !self.is_letter(at + 2);
        (single_before && single_after) || !self.is_capital(at + 1)
    }
}

/// Soft hyphens, zero-width blanks and joiners, marks of writing direction.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
        | '\u{2066}'..='\u{2069}')
}

/// Characters of scripts that put no blanks between words.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}' | '\u{ff66}'..='\u{ff9f}')
}

/// Whether a character is of a script without blanks.
pub(crate) fn is_solid(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Whether no blank stands between `before` and `next`: between characters of scripts without blanks.
pub(crate) fn joined(before: &str, next: &str) -> bool {
    before.chars().next_back().is_some_and(is_solid) && next.chars().next().is_some_and(is_solid)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        cut_words(text, Span::new(0, text.len())).iter().map(|word| word.span.of(text)).collect()
    }

    #[test]
    fn punctuation_stays_outside_and_apostrophes_inside() {
        assert_eq!(cut("“This,” he said -- 'don’t'…"), ["This", "he", "said", "don’t"]);
        assert_eq!(cut("neighbors' all-out war--now"), ["neighbors", "all-out", "war", "now"]);
    }

    #[test]
    fn numbers_keep_their_signs() {
        assert_eq!(
            cut("$18.5 million, 1,150. 5%, 9:30 24/7"),
            ["$18.5", "million", "1,150", "5%", "9:30", "24/7"]
        );
        assert_eq!(cut("2,3 or 12,3456 £5"), ["2", "3", "or", "12", "3456", "£5"]);
    }

    #[test]
    fn abbreviations_keep_their_periods_and_sentences_do_not() {
        assert_eq!(
            cut("the U.S., at 6 a.m. Mr. Kim ended.Next"),
            ["the", "U.S.", "at", "6", "a.m.", "Mr", "Kim", "ended", "Next"]
        );
        assert_eq!(cut("see example.org. R&B H_T_M_L_"), ["see", "example.org", "R&B", "H_T_M_L"]);
    }

    #[test]
    fn plain_words_are_cut_as_all_others_are() {
        let text =
            "“don't” (all-out) -- it's 'tis rock'n'roll o'- -x- a--b I. 5-year AT&T, x_y, U.S.";
        let whole = |chunk: &str| {
            let mut words = Vec::new();
            cut_chunk(chunk, 0, &mut words);
            words.iter().map(|word| word.span.of(chunk).to_owned()).collect::<Vec<_>>()
        };
        let chunks: Vec<String> = text.split(' ').flat_map(whole).collect();
        assert_eq!(cut(text), chunks);
    }

    #[test]
    fn scripts_without_blanks_give_a_word_per_character() {
        assert_eq!(cut("测试 API，ラテ"), ["测", "试", "API", "ラ", "テ"]);
        assert_eq!(cut("안녕 세계"), ["안녕", "세계"]);
    }

    #[test]
    fn accents_and_invisible_characters_stay_with_their_word() {
        assert_eq!(
            cut("cafe\u{301} co\u{ad}op a\u{200b}\u{200b}b c\u{200b} d"),
            ["cafe\u{301}", "co\u{ad}op", "a\u{200b}\u{200b}b", "c", "d"]
        );
    }
}
