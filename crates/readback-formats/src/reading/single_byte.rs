//! Tells the two encodings of one byte a letter apart that contractors still deliver: Windows-1252 and
//! MacRoman. Read as the wrong one, quotes become capitals inside words and accents become signs; so the
//! one counts whose letters, quotes and dashes stand where such characters stand.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// Characters beyond ASCII that are looked at.
const ENOUGH: usize = 10_000;

/// The encoding of `bytes`, which are not UTF-8, and what people call it.
pub(super) fn encoding(bytes: &[u8]) -> (&'static Encoding, &'static str) {
    if plausibility(bytes, MACINTOSH) > plausibility(bytes, WINDOWS_1252) {
        (MACINTOSH, "MacRoman")
    } else {
        (WINDOWS_1252, "Windows-1252")
    }
}

/// How well the characters beyond ASCII fit their neighbours, were `bytes` in `encoding`.
fn plausibility(bytes: &[u8], encoding: &'static Encoding) -> i32 {
    let beyond = (0..bytes.len()).filter(|&at| !bytes[at].is_ascii()).take(ENOUGH);
    beyond.map(|at| fit(&Beside::new(bytes, at, encoding))).sum()
}

/// A character, the two before it and the three after it; blanks where the text ends.
struct Beside {
    before: [char; 2],
    character: char,
    after: [char; 3],
}

impl Beside {
    fn new(bytes: &[u8], at: usize, encoding: &'static Encoding) -> Self {
        let window = &bytes[at.saturating_sub(2)..bytes.len().min(at + 4)];
        let (shown, _) = encoding.decode_without_bom_handling(window);
        let missing = 2 - at.min(2);
        let mut characters = std::iter::repeat_n(' ', missing).chain(shown.chars());
        let mut next = || characters.next().unwrap_or(' ');
        Self { before: [next(), next()], character: next(), after: [next(), next(), next()] }
    }
}

/// Above zero where the character stands as such characters do, below where it hardly can.
fn fit(beside: &Beside) -> i32 {
    let (before, c, after) = (beside.before[1], beside.character, beside.after[0]);
    let inside = before.is_alphabetic() && after.is_alphabetic();
    let opens = !before.is_alphanumeric() && !after.is_whitespace();
    let closes = !before.is_whitespace() && !after.is_alphanumeric();
    match c {
        _ if c.is_control() => -3,
        '’' if inside => {
            if is_contraction(beside) {
                2
            } else {
                -1
            }
        }
        '’' | '‘' => {
            if opens || closes {
                1
            } else {
                -1
            }
        }
        '“' | '”' => {
            if opens || closes {
                1
            } else {
                -2
            }
        }
        '–' | '—' | '…' => 1,
        _ if c.is_lowercase() && after.is_uppercase() => -2,
        _ if c.is_lowercase() => {
            if before.is_alphabetic() || after.is_alphabetic() {
                1
            } else {
                -1
            }
        }
        _ if c.is_uppercase() && before.is_lowercase() => -2,
        _ if c.is_uppercase() => {
            if after.is_alphabetic() || before.is_alphabetic() {
                1
            } else {
                -1
            }
        }
        _ if inside => -2,
        _ => 0,
    }
}

/// `don’t`, `they’re`, `O’Brien`, `l’eau`.
fn is_contraction(beside: &Beside) -> bool {
    let [first, second, third] = beside.after;
    let short = "stdm".contains(first) && !second.is_alphabetic();
    let long = ["re", "ve", "ll"].contains(&[first, second].iter().collect::<String>().as_str())
        && !third.is_alphabetic();
    let elided = !beside.before[0].is_alphabetic() && "ODLdlcjnmtqs".contains(beside.before[1]);
    short || long || elided
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What contractors deliver, in several languages.
    const TEXTS: &[&str] = &[
        "INÉS RUÍZ, HOST: It’s the café’s “last night” – and they don’t know why… Señor Núñez says he’ll \
         stay; the naïve won’t.\n\n(SOUNDBITE OF SONG, \"ÉTÉ\")\n\nRUÍZ: Mañana, he said.",
        "HALE: “We’re going,” she said. “I’m not sure it’s right—but they’ve asked.” The dog’s gone.",
        "BYLINE: La población de la región está más tranquila, según la policía. ¿Qué pasó el miércoles?",
        "Die Brücke über die Straße wurde gestern geöffnet, sagt Jürgen Müller. „Schön“, findet er.",
        "L’été dernier, l’élève était à l’école : « Ça va ? » Où est le cœur du problème ? Noël, déjà.",
        "It’s ten.",
        "A résumé",
        "RUÍZ: Hi.",
        "He said, “No.”",
    ];

    #[test]
    fn each_text_is_known_in_both_encodings() {
        for text in TEXTS {
            for wanted in [MACINTOSH, WINDOWS_1252] {
                let (bytes, _, unmappable) = wanted.encode(text);
                assert!(!unmappable, "{text}");
                assert_eq!(encoding(&bytes).0.name(), wanted.name(), "{text}");
            }
        }
    }

    #[test]
    fn a_text_that_tells_nothing_is_taken_for_the_commoner_encoding() {
        assert_eq!(encoding(b"a \xa3 b").1, "Windows-1252");
    }
}
