//! Finds what stands in a text but was typed by no one, and what it was before it broke.
//!
//! It knows bits, tags, entities, escapes, control characters, template marks and UTF-8 that was read
//! as Windows-1252; it does not know transcripts.

use std::sync::LazyLock;

use readback_transcript::Span;
use regex::Regex;

/// Each alternative is one kind of debris.
static DEBRIS: LazyLock<Regex> = LazyLock::new(|| {
    let kinds = [
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{84}\x{86}-\x{9f}]+",
        r"[\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{FEFF}\x{FFFC}\x{FFFD}]+",
        r"</?[A-Za-z!][^<>\r\n]{0,120}>",
        r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
        r"\\u\{?[0-9A-Fa-f]{4,6}\}?|\\x[0-9A-Fa-f]{2}|U\+[0-9A-F]{4,6}",
        r"(?:%[0-9A-F]{2}){2,}|%20",
        r"(?:=[0-9A-F]{2}){2,}",
        r"\[{2,}[^\[\]\r\n]{0,40}\]{2,}|\{{2,}[^{}\r\n]{0,40}\}{2,}|\[[ \t]*\]|\{[ \t]*\}",
        r"[~|^¤¦¬]{2,}",
        r"[ÂÃâðï][\x{A0}-\x{BF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}",
        r"[01]{8,}",
    ];
    Regex::new(&kinds.join("|")).expect("a fixed pattern")
});

/// A piece of debris, and what it stands for, if anything.
pub(super) struct Debris {
    pub(super) span: Span,
    pub(super) meant: String,
}

/// The debris of `text` in order; pieces that touch are one.
pub(super) fn find(text: &str) -> Vec<Debris> {
    let mut found: Vec<Debris> = Vec::new();
    for piece in
        DEBRIS.find_iter(text).filter_map(|piece| judged(text, piece.start(), piece.as_str()))
    {
        match found.last_mut().filter(|last| last.span.end == piece.span.start) {
            Some(last) => {
                last.span.end = piece.span.end;
                last.meant.push_str(&piece.meant);
            }
            None => found.push(piece),
        }
    }
    found
}

/// Whether what the pattern found is debris after all, and how much of it.
fn judged(text: &str, start: usize, found: &str) -> Option<Debris> {
    let whole = |meant: &str| {
        Some(Debris { span: Span::new(start, start + found.len()), meant: meant.to_owned() })
    };
    match found.chars().next()? {
        '0' | '1' => bits(text, start, found),
        '&' => whole(&entity(found)?),
        '\\' | 'U' => whole(&escape(found)),
        '%' | '=' => whole(&bytes_in_hex(found)),
        'Â' | 'Ã' | 'â' | 'ð' | 'ï' => broken_utf8(start, found),
        // A joiner or a direction mark inside a script that needs it, an emoji's joiner.
        '\u{200c}' | '\u{200d}' if between_exotic(text, start, found.len()) => None,
        _ => whole(""),
    }
}

/// Bytes in bits, `01001010`: eight at a time, each beginning with 0 and holding at least two ones,
/// which no number written out does. Digits before them are not debris.
fn bits(text: &str, start: usize, found: &str) -> Option<Debris> {
    let digit_follows = text[start + found.len()..].starts_with(|c: char| c.is_ascii_digit());
    let is_byte = |group: &&[u8]| {
        group[0] == b'0'
            && group.iter().map(|&digit| usize::from(digit == b'1')).sum::<usize>() >= 2
    };
    let length = 8 * found.as_bytes().rchunks_exact(8).take_while(is_byte).count();
    let end = start + found.len();
    (length > 0 && !digit_follows)
        .then(|| Debris { span: Span::new(end - length, end), meant: String::new() })
}

fn between_exotic(text: &str, start: usize, length: usize) -> bool {
    let exotic = |c: char| {
        !c.is_ascii()
            && !('\u{80}'..='\u{24f}').contains(&c)
            && !('\u{2000}'..='\u{206f}').contains(&c)
    };
    text[..start].ends_with(exotic) && text[start + length..].starts_with(exotic)
}

/// What an entity stands for; `None` where the name is no entity's.
fn entity(found: &str) -> Option<String> {
    let name = found.trim_matches(['&', ';']);
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = hexadecimal
            .map_or_else(|| number.parse().ok(), |digits| u32::from_str_radix(digits, 16).ok());
        return Some(code.map(character).unwrap_or_default());
    }
    let known = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" | "ensp" | "emsp" | "thinsp" => " ",
        "ldquo" => "“",
        "rdquo" => "”",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ndash" => "–",
        "mdash" => "—",
        "hellip" => "…",
        "eacute" => "é",
        "pound" => "£",
        "euro" => "€",
        "cent" => "¢",
        "deg" => "°",
        "shy" | "zwj" | "zwnj" | "copy" | "reg" | "trade" | "bull" | "middot" => "",
        _ => return None,
    };
    Some(known.to_owned())
}

/// The character with this number as text; nothing for one that is debris itself.
fn character(code: u32) -> String {
    let character = char::from_u32(code).filter(|c| !c.is_control() && *c != '\u{fffd}');
    character.map(|c| if c == '\u{a0}' { ' ' } else { c }).map(String::from).unwrap_or_default()
}

fn escape(found: &str) -> String {
    let digits: String = found[2..].chars().filter(char::is_ascii_hexdigit).collect();
    let code = u32::from_str_radix(&digits, 16).unwrap_or_default();
    if found.starts_with("\\x") && code > 0x7f { String::new() } else { character(code) }
}

/// `%20%20`, `=E2=80=99`: the text of the bytes.
fn bytes_in_hex(found: &str) -> String {
    let hex = found.split(['%', '=']).filter_map(|digits| u8::from_str_radix(digits, 16).ok());
    let text = String::from_utf8(hex.collect()).unwrap_or_default();
    text.chars().filter(|c| !c.is_control()).collect()
}

/// UTF-8 that was read as Windows-1252: `â€™` was an apostrophe.
fn broken_utf8(start: usize, found: &str) -> Option<Debris> {
    // The longest beginning that makes whole characters; a quotation mark's last byte is often lost.
    let ends = found.char_indices().skip(1).map(|(at, c)| at + c.len_utf8()).collect::<Vec<_>>();
    let decoded = ends.iter().rev().find_map(|&end| {
        let bytes: Option<Vec<u8>> = found[..end].chars().map(windows_1252).collect();
        String::from_utf8(bytes?).ok().map(|text| (end, text))
    });
    let (end, meant) = match decoded {
        Some((end, text)) => (end, text.replace('\u{fffd}', "").replace('\u{a0}', " ")),
        None if found.starts_with("â€") => ("â€".len(), "”".to_owned()),
        None => return None,
    };
    Some(Debris { span: Span::new(start, start + end), meant })
}

fn windows_1252(c: char) -> Option<u8> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match u32::from(c) {
        code @ 0xa0..=0xff => Some(code as u8),
        _ => HIGH.chars().position(|high| high == c).map(|at| 0x80 + at as u8),
    }
}
