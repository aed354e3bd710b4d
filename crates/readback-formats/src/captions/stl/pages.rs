//! The code pages of EBU STL (Tech 3264, appendix 2): Latin after ISO 6937, where an accent comes
//! before its letter, and four of ISO 8859.

use encoding_rs::{Encoding, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8};
use unicode_normalization::char::{compose, decompose_canonical};

/// A table of characters.
#[derive(Clone, Copy, Debug)]
pub(super) enum Page {
    Latin,
    Other(&'static Encoding),
}

/// What a character is written as: a byte, or an accent and its letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    One([u8; 1]),
    Two([u8; 2]),
}

impl Code {
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::One(bytes) => bytes,
            Self::Two(bytes) => bytes,
        }
    }
}

/// The pages in the order of their numbers.
pub(super) const PAGES: [Page; 5] = [
    Page::Latin,
    Page::Other(ISO_8859_5),
    Page::Other(ISO_8859_6),
    Page::Other(ISO_8859_7),
    Page::Other(ISO_8859_8),
];

/// From 0xA0 on. Early tables of ISO 6937 have the dollar here and a currency sign at 0x24, later ones
/// have the dollar there, and so do readers: it is read from both places and written to the later.
const LATIN_A0: &str = "\u{a0}¡¢£$¥#§¤‘“«←↑→↓°±²³×µ¶·÷’”»¼½¾¿";
/// From 0xD0 on.
const LATIN_D0: &str = "—¹®©™♪¬¦    ⅛⅜⅝⅞ΩÆĐªĦ ĲĿŁØŒºÞŦŊŉĸæđðħıĳŀłøœßþŧŋ\u{ad}";
/// Accents from 0xC1 on, as marks that combine; a blank is none.
const ACCENTS: &str = "\u{300}\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}\u{308}\u{30a}\u{327} \u{30b}\u{328}\u{30c}";

impl Page {
    /// The text of `bytes`, none of which is a control.
    pub(super) fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Latin => decode_latin(bytes),
            Self::Other(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }

    /// The code of a character, where the page has one.
    pub(super) fn encode(self, c: char) -> Option<Code> {
        if let ' '..='~' = c {
            return Some(Code::One([c as u8]));
        }
        match self {
            Self::Latin => encode_latin(c),
            Self::Other(encoding) => {
                let text = c.to_string();
                let (bytes, _, failed) = encoding.encode(&text);
                let one = (*bytes).try_into().ok().filter(|[byte]: &[u8; 1]| *byte >= 0xa0);
                one.filter(|_| !failed).map(Code::One)
            }
        }
    }
}

fn decode_latin(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut accent = None;
    for &byte in bytes {
        let letter = match byte {
            0x20..=0x7e => Some(byte as char),
            0xa0..=0xbf => LATIN_A0.chars().nth(usize::from(byte - 0xa0)),
            0xc1..=0xcf => {
                accent = ACCENTS.chars().nth(usize::from(byte - 0xc1)).filter(|mark| *mark != ' ');
                continue;
            }
            0xd0..=0xff => LATIN_D0.chars().nth(usize::from(byte - 0xd0)).filter(|c| *c != ' '),
            _ => None,
        };
        let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
        match accent.take() {
            Some(mark) => match accented(letter, mark) {
                Some(whole) => out.push(whole),
                None => out.extend([letter, mark]),
            },
            None => out.push(letter),
        }
    }
    out
}

/// `ģ` bears its cedilla above, so its accent is coded as an acute.
fn accented(letter: char, mark: char) -> Option<char> {
    if (letter, mark) == ('g', '\u{301}') { Some('ģ') } else { compose(letter, mark) }
}

fn encode_latin(c: char) -> Option<Code> {
    let code = |table: &str, first: u8| {
        let at = table.chars().position(|known| known == c && c != ' ')?;
        Some(Code::One([first + at as u8]))
    };
    let mut parts = Vec::new();
    decompose_canonical(c, |part| parts.push(part));
    let with_accent = || match parts[..] {
        // Its code is taken.
        ['g', '\u{301}'] => None,
        [letter @ ('A'..='Z' | 'a'..='z'), mark] => {
            let mark = if c == 'ģ' { '\u{301}' } else { mark };
            let at = ACCENTS.chars().position(|known| known == mark)?;
            Some(Code::Two([0xc1 + at as u8, letter as u8]))
        }
        _ => None,
    };
    code(LATIN_A0, 0xa0).or_else(|| code(LATIN_D0, 0xd0)).or_else(with_accent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::is_nfc;

    #[test]
    fn accents_come_before_their_letters() {
        assert_eq!(
            Page::Latin.decode(b"D\xc2ej\xc1a vu \xc8u \xcbc \xcac"),
            "Déjà vu ü ç c\u{30a}"
        );
        assert_eq!(Page::Latin.encode('é'), Some(Code::Two([0xc2, b'e'])));
        assert_eq!(Page::Latin.decode(b"$1 or \xa41"), "$1 or $1");
        assert_eq!(Page::Latin.encode('ж'), None);
        assert_eq!(PAGES[1].encode('ж'), Some(Code::One([0xd6])));
    }

    #[test]
    fn every_character_of_a_page_is_decoded_as_it_was_encoded() {
        for page in PAGES {
            let composed = ('\u{20}'..='\u{2200}').filter(|c| is_nfc(&c.to_string()));
            let known = composed.filter_map(|c| Some((c, page.encode(c)?)));
            let known: Vec<(char, Code)> = known.collect();
            assert!(known.len() > 130, "{page:?} {}", known.len());
            for (c, code) in known {
                assert_eq!(page.decode(code.bytes()), c.to_string(), "{page:?}");
            }
        }
    }
}
