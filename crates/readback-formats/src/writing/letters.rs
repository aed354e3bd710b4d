//! Text for formats that have only some letters: what one has no code for is written as near as its
//! letters come.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// What stands for a letter that no near one exists for.
const UNKNOWN: &str = "?";

/// `text`, composed, with every character that the format does not `have` replaced: by its letter
/// without the accent, by what typists use for it, or by a question mark.
pub(crate) fn within(text: &str, has: impl Fn(char) -> bool) -> String {
    if text.chars().all(|c| c.is_ascii() && has(c)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        if has(c) {
            out.push(c);
            continue;
        }
        let near = near(c);
        let known = near.chars().all(&has);
        out.push_str(if known { &near } else { UNKNOWN });
    }
    out
}

/// The characters of `text`, composed, that [`within`] replaces by others that can be seen.
pub(crate) fn lacking(text: &str, has: impl Fn(char) -> bool) -> Vec<char> {
    text.nfc().filter(|&c| !has(c) && !near(c).trim().is_empty()).collect()
}

/// What typists write for a character that they have no key for.
fn near(c: char) -> String {
    let typed = match c {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | 'ʻ' | '′' => "'",
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => "\"",
        '‹' => "<",
        '›' => ">",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        '…' => "...",
        '•' | '·' => "*",
        '€' => "EUR",
        '₤' | '£' => "GBP",
        '¥' => "JPY",
        '♪' | '♫' => "#",
        '×' => "x",
        'Æ' => "AE",
        'æ' => "ae",
        'Œ' => "OE",
        'œ' => "oe",
        'ß' => "ss",
        'Ø' => "O",
        'ø' => "o",
        'Ł' => "L",
        'ł' => "l",
        'Đ' | 'Ð' => "D",
        'đ' | 'ð' => "d",
        'Þ' => "Th",
        'þ' => "th",
        'ı' => "i",
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => "",
        _ if c.is_whitespace() => " ",
        _ => return without_accents(c),
    };
    typed.to_owned()
}

fn without_accents(c: char) -> String {
    let mut base = String::new();
    decompose_canonical(c, |part| base.extend(Some(part).filter(|&part| !is_combining_mark(part))));
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_without_a_code_become_the_nearest() {
        let ascii = |text: &str| within(text, |c| c.is_ascii());
        assert_eq!(
            ascii("“Déjà vu…” – œuvre, Łódź, co\u{ad}op, €5"),
            "\"Deja vu...\" - oeuvre, Lodz, coop, EUR5"
        );
        assert_eq!(ascii("e\u{301}té да"), "ete ??");
        assert_eq!(within("e\u{301}té", |c| c == 'é' || c == 't'), "été");
    }
}
