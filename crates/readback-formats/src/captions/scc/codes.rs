//! The codes of line 21 captions (CTA-608-E, annex A and section 6): characters and controls, as two
//! bytes without their parity.

/// The misc controls of caption channel 1.
pub(super) const RESUME_CAPTION_LOADING: u16 = 0x1420;
pub(super) const BACKSPACE: u16 = 0x1421;
pub(super) const DELETE_TO_END_OF_ROW: u16 = 0x1424;
pub(super) const ROLL_UP_2: u16 = 0x1425;
pub(super) const ROLL_UP_4: u16 = 0x1427;
pub(super) const RESUME_DIRECT_CAPTIONING: u16 = 0x1429;
pub(super) const TEXT_RESTART: u16 = 0x142a;
pub(super) const RESUME_TEXT_DISPLAY: u16 = 0x142b;
pub(super) const ERASE_DISPLAYED: u16 = 0x142c;
pub(super) const CARRIAGE_RETURN: u16 = 0x142d;
pub(super) const ERASE_NOT_DISPLAYED: u16 = 0x142e;
pub(super) const END_OF_CAPTION: u16 = 0x142f;
/// One to three columns further.
pub(super) const TAB_1: u16 = 0x1721;
pub(super) const TAB_3: u16 = 0x1723;

/// Preamble address codes: the code of each row in its first column.
const ROWS: [u16; 15] = [
    0x1140, 0x1160, 0x1240, 0x1260, 0x1540, 0x1560, 0x1640, 0x1660, 0x1740, 0x1760, 0x1040, 0x1340,
    0x1360, 0x1440, 0x1460,
];

/// What differs from ASCII among the characters of one byte.
const BASIC: [(u8, char); 10] = [
    (0x2a, 'á'),
    (0x5c, 'é'),
    (0x5e, 'í'),
    (0x5f, 'ó'),
    (0x60, 'ú'),
    (0x7b, 'ç'),
    (0x7c, '÷'),
    (0x7d, 'Ñ'),
    (0x7e, 'ñ'),
    (0x7f, '█'),
];

/// From 0x1130 on.
const SPECIAL: &str = "®°½¿™¢£♪à\u{a0}èâêîôû";
/// From 0x1220 and from 0x1320 on: a decoder that knows one puts it in place of the character before.
const SPANISH_AND_FRENCH: &str = "ÁÉÓÚÜü‘¡*'—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»";
const PORTUGUESE_AND_GERMAN: &str = "ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤¦ÅåØø┌┐└┘";

/// How a character is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letter {
    /// One byte.
    Basic(u8),
    /// A code of its own.
    Special(u16),
    /// A code that replaces the character before it.
    Extended(u16),
}

/// The code of a character, where it has one.
pub(super) fn letter(c: char) -> Option<Letter> {
    if let Some(&(byte, _)) = BASIC.iter().find(|(_, known)| *known == c) {
        return Some(Letter::Basic(byte));
    }
    let code = |table: &str, first: u16| {
        table.chars().position(|known| known == c).map(|at| first + at as u16)
    };
    match c {
        ' '..='z' if basic(c as u8) == c => Some(Letter::Basic(c as u8)),
        '\u{a0}' => Some(Letter::Basic(b' ')),
        _ => code(SPECIAL, 0x1130)
            .map(Letter::Special)
            .or_else(|| code(SPANISH_AND_FRENCH, 0x1220).map(Letter::Extended))
            .or_else(|| code(PORTUGUESE_AND_GERMAN, 0x1320).map(Letter::Extended)),
    }
}

/// The character of one byte.
pub(super) fn basic(byte: u8) -> char {
    BASIC.iter().find(|(known, _)| *known == byte).map_or(byte as char, |&(_, c)| c)
}

/// The character of a code of its own, and whether it replaces the one before.
pub(super) fn coded(code: u16) -> Option<(char, bool)> {
    let at = |table: &str, first: u16| table.chars().nth(usize::from(code.checked_sub(first)?));
    match code {
        0x1130..=0x113f => at(SPECIAL, 0x1130).map(|c| (c, false)),
        0x1220..=0x123f => at(SPANISH_AND_FRENCH, 0x1220).map(|c| (c, true)),
        0x1320..=0x133f => at(PORTUGUESE_AND_GERMAN, 0x1320).map(|c| (c, true)),
        _ => None,
    }
}

/// The preamble of a place: its row from 0, and its column to the multiple of four below.
pub(super) fn preamble(row: usize, column: usize) -> u16 {
    ROWS[row.min(ROWS.len() - 1)] | 0x10 | ((column / 4).min(7) as u16) << 1
}

/// Row and column of a preamble.
pub(super) fn place(code: u16) -> Option<(usize, usize)> {
    let second = code & 0x7f;
    // Row 11 has but one code, so the bit that parts two rows is not looked at.
    let row = ROWS
        .iter()
        .position(|row| *row == code & 0xff60)
        .or((code & 0xff40 == 0x1040).then_some(10));
    let column = if second & 0x10 == 0 { 0 } else { usize::from((second & 0x0e) << 1) };
    row.filter(|_| second >= 0x40).map(|row| (row, column))
}

/// A byte with its eighth bit set so that the number of its ones is odd.
pub(super) fn with_parity(byte: u8) -> u8 {
    if byte.count_ones().is_multiple_of(2) { byte | 0x80 } else { byte }
}
