//! Cutting text into the pieces within which bytes may merge, and GPT-2's way of writing bytes as
//! characters. It does not know any vocabulary.

use std::sync::LazyLock;

use regex::Regex;

/// GPT-2's pattern without its look-ahead `\s+(?!\S)`, which [`split`] does by hand.
static PIECE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+")
        .expect("the pattern is fixed and valid")
});

/// The pieces of `text`, in order and without loss: words, numbers and signs with the blank before
/// them, and runs of blanks, whose last one stays with what follows.
pub fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut done = 0;
    std::iter::from_fn(move || {
        let found = PIECE.find_at(text, done)?;
        let end = found.end() - given_back(found.as_str(), found.end() == text.len());
        let piece = &text[done..end];
        done = end;
        Some(piece)
    })
}

/// Bytes of the last blank of a run that text follows: a run of two or more ends one blank early.
fn given_back(piece: &str, at_end: bool) -> usize {
    match piece.chars().next_back() {
        Some(last) if !at_end && last.is_whitespace() && piece.len() > last.len_utf8() => {
            last.len_utf8()
        }
        _ => 0,
    }
}

/// The bytes a vocabulary entry stands for. GPT-2 writes printable Latin-1 as itself and the other
/// bytes, in order, as the characters from U+0100 on. Entries with any other character (special
/// tokens of some vocabularies) stand for their own UTF-8.
pub fn bytes_of(name: &str) -> Box<[u8]> {
    let bytes: Option<Vec<u8>> = name.chars().map(byte_of).collect();
    bytes.unwrap_or_else(|| name.as_bytes().to_vec()).into()
}

fn byte_of(character: char) -> Option<u8> {
    let shifted = || (0..=u8::MAX).filter(|byte| !is_printable(*byte));
    match u32::from(character) {
        code @ 0..256 => Some(code as u8).filter(|byte| is_printable(*byte)),
        code => shifted().nth(code as usize - 256),
    }
}

const fn is_printable(byte: u8) -> bool {
    matches!(byte, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(split(text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn words_numbers_and_signs_keep_the_blank_before_them() {
        check("It cost $43,000 then", &["It", " cost", " $", "43", ",", "000", " then"]);
    }

    #[test]
    fn english_endings_stand_alone() {
        check("they've don't I'LL", &["they", "'ve", " don", "'t", " I", "'", "LL"]);
    }

    #[test]
    fn a_run_of_blanks_leaves_its_last_one_to_the_word_after_it() {
        check("a   b\n\nc \t", &["a", "  ", " b", "\n", "\n", "c", " \t"]);
        check("a\u{3000}\u{3000}b", &["a", "\u{3000}", "\u{3000}", "b"]);
    }

    #[test]
    fn every_byte_has_its_own_character() {
        let mut seen: Vec<u8> =
            (0x21..0x144).filter_map(char::from_u32).filter_map(byte_of).collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..=u8::MAX).collect::<Vec<_>>());
        assert_eq!(&*bytes_of("ĠcafÃ©"), " café".as_bytes());
    }
}
