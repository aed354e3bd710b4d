//! Cuts display words into atoms: bare words, numerals and symbols that are read aloud.
//!
//! An atom comes from one word until its callers join it with others; it does not know its neighbours. Putting atoms together (letters to
//! abbreviations, number words to numbers) is its callers' business.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What an atom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with inner apostrophes.
    Word,
    /// ASCII digits with at most one decimal point.
    Numeral,
    /// A number that takes no further part in arithmetic: `9th`, `1990s`, `7:30`.
    Finished,
    /// A currency sign before an amount; the text is its plural.
    Currency,
    /// A hesitation.
    Filler,
}

/// How strongly punctuation parts an atom from the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stop {
    /// Not at all.
    None,
    /// By a comma.
    Comma,
    /// By anything stronger.
    Full,
}

/// The smallest piece of a word.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// Folded: lower case, plain apostrophes, no diacritics.
    pub(super) text: String,
    /// The display words it comes from.
    pub(super) words: Range<usize>,
    pub(super) kind: Kind,
    /// Whether the display form starts with a capital.
    pub(super) capital: bool,
    /// Whether a full stop follows directly.
    pub(super) dotted: bool,
    pub(super) stop: Stop,
}

impl Atom {
    /// Another atom of the same word.
    pub(super) fn with_text(&self, text: &str) -> Self {
        Self { text: text.to_owned(), ..self.clone() }
    }
}

const FILLERS: &[&str] = &[
    "um", "umm", "uhm", "uh", "uhh", "er", "err", "erm", "ah", "ahh", "eh", "hm", "hmm", "hmmm",
    "mm", "mmm", "mhm", "mm-hmm", "mm-hm", "uh-huh", "uh-hum",
];

/// Endings of addresses, whose dot is read aloud.
const DOMAINS: &[&str] = &["com", "org", "net", "gov", "edu", "fm", "tv", "io", "uk", "info"];

/// Longer numerals are names, not amounts: no arithmetic is done with them.
const LONGEST_NUMERAL: usize = 40;

/// Cuts display word number `index` into its atoms.
pub(super) fn cut(display: &str, index: usize) -> Vec<Atom> {
    let chars: Vec<char> = fold(display).chars().collect();
    if let Some(filler) = filler(&chars) {
        let mut cutter = Cutter { chars: &chars, at: chars.len(), index, atoms: Vec::new() };
        cutter.push(filler, Kind::Filler, 0);
        return cutter.finish();
    }
    let mut cutter = Cutter { chars: &chars, at: 0, index, atoms: Vec::new() };
    while cutter.at < chars.len() {
        cutter.step();
    }
    cutter.finish()
}

/// Compatibility forms, plain apostrophes, no diacritics or invisible characters; case is kept.
fn fold(display: &str) -> String {
    if display.is_ascii() {
        return display.to_owned();
    }
    let visible = display.chars().filter(|&c| !is_invisible(c)).flat_map(spelled_out);
    let plain = visible.nfkc().nfd().filter(|&c| !is_combining_mark(c)).nfc();
    let mut folded = String::with_capacity(display.len());
    for c in plain {
        match without_stroke(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    folded
}

/// Marks that are never read aloud and do not part letters.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '™' | '®' | '©')
}

/// Fractions as words; everything else as it is.
fn spelled_out(c: char) -> impl Iterator<Item = char> {
    let words = match c {
        '½' => " half ",
        '¼' => " quarter ",
        '¾' => " three quarters ",
        _ => "",
    };
    words.chars().chain(words.is_empty().then_some(c))
}

/// Letters whose stroke or ligature is not a combining mark, and apostrophes of every shape.
fn without_stroke(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | 'ʼ' | '′' | '`' | '‛' => "'",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        'Œ' => "Oe",
        'þ' => "th",
        'Þ' => "Th",
        '−' | '‐' | '‑' => "-",
        _ => return None,
    })
}

/// The hesitation the whole word stands for; `ER` in capitals is a place in a hospital.
fn filler(chars: &[char]) -> Option<String> {
    let letters = |c: &char| c.is_alphabetic();
    let (first, last) = (chars.iter().position(letters)?, chars.iter().rposition(letters)?);
    let bare: String = chars[first..=last].iter().collect();
    let shouted = bare.len() > 1 && bare.chars().all(char::is_uppercase);
    let lower = bare.to_lowercase();
    (!shouted && FILLERS.contains(&lower.as_str())).then_some(lower)
}

struct Cutter<'a> {
    chars: &'a [char],
    at: usize,
    index: usize,
    atoms: Vec<Atom>,
}

impl Cutter<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn is(&self, ahead: usize, test: impl Fn(char) -> bool) -> bool {
        self.peek(ahead).is_some_and(test)
    }

    /// Adds an atom that began at character `start` and ends here.
    fn push(&mut self, text: impl Into<String>, kind: Kind, start: usize) {
        let capital = self.chars.get(start).is_some_and(|c| c.is_uppercase());
        let (words, dotted) = (self.index..self.index + 1, self.is(0, |c| c == '.'));
        self.atoms.push(Atom { text: text.into(), words, kind, capital, dotted, stop: Stop::None });
    }

    /// Consumes the next atom or mark.
    fn step(&mut self) {
        let Some(c) = self.peek(0) else { return };
        match c {
            '0'..='9' => self.numeral(),
            '.' if self.is(1, |c| c.is_ascii_digit()) && !self.after_digit() => self.numeral(),
            '\'' if self.is(1, char::is_alphabetic) && self.at == 0 => self.elided(),
            _ if c.is_alphanumeric() => self.letters(),
            _ => self.mark(c),
        }
    }

    fn after_digit(&self) -> bool {
        self.at > 0 && self.chars[self.at - 1].is_ascii_digit()
    }

    /// `43,000`, `18.5`, `.5`, and what may hang on to it.
    fn numeral(&mut self) {
        let start = self.at;
        let mut digits = self.digits();
        while self.thousands_follow(digits.len(), start) {
            self.at += 1;
            digits.push_str(&self.digits());
        }
        if self.is(0, |c| c == '.') && self.is(1, |c| c.is_ascii_digit()) {
            self.at += 1;
            let whole = if digits.is_empty() { "0" } else { &digits };
            digits = format!("{whole}.{}", self.digits());
        }
        let kind = self.hang_on(&mut digits);
        let kind = if digits.len() > LONGEST_NUMERAL { Kind::Finished } else { kind };
        self.push(digits, kind, start);
    }

    fn digits(&mut self) -> String {
        let rest = &self.chars[self.at..];
        let length = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        self.at += length;
        rest[..length].iter().collect()
    }

    fn thousands_follow(&self, so_far: usize, start: usize) -> bool {
        let first_group = self.at - start == so_far;
        self.is(0, |c| c == ',')
            && (1..=3).all(|ahead| self.is(ahead, |c| c.is_ascii_digit()))
            && !self.is(4, |c| c.is_ascii_digit())
            && (!first_group || (1..=3).contains(&so_far))
    }

    /// Takes an ordinal ending, a decade's `s` or the minutes of a time into `digits`.
    fn hang_on(&mut self, digits: &mut String) -> Kind {
        if self.minutes_follow(digits) {
            let minutes: String = self.chars[self.at + 1..self.at + 3].iter().collect();
            self.at += 3;
            digits.push_str(if minutes == "00" { "" } else { &minutes });
            return Kind::Finished;
        }
        let rest = &self.chars[self.at..];
        let tail: String = rest.iter().take_while(|c| is_inner(**c)).collect();
        let ending = match tail.to_lowercase().as_str() {
            ending @ ("st" | "nd" | "rd" | "th") => ending.to_owned(),
            "s" | "'s" => "s".to_owned(),
            _ => return Kind::Numeral,
        };
        self.at += tail.chars().count();
        digits.push_str(&ending);
        Kind::Finished
    }

    fn minutes_follow(&self, hour: &str) -> bool {
        self.is(0, |c| c == ':')
            && self.is(1, |c| ('0'..='5').contains(&c))
            && self.is(2, |c| c.is_ascii_digit())
            && !self.is(3, |c| c.is_ascii_digit() || c == ':')
            && hour.len() <= 2
    }

    /// `'em`, `'cause`, `'til`: the apostrophe belongs to the word; a mere quotation mark does not.
    fn elided(&mut self) {
        let rest: String = self.chars[1..].iter().take_while(|c| c.is_alphabetic()).collect();
        let whole = match rest.to_lowercase().as_str() {
            "em" => "them",
            "cause" => "because",
            "til" | "till" => "until",
            "bout" => "about",
            _ => {
                self.at += 1;
                return;
            }
        };
        self.at += 1 + rest.chars().count();
        self.push(whole, Kind::Word, 0);
    }

    fn letters(&mut self) {
        let start = self.at;
        let text = self.initials().unwrap_or_else(|| self.plain_letters());
        self.push(text.to_lowercase(), Kind::Word, start);
        if self.domain_follows() {
            self.at += 1;
            self.push("dot", Kind::Word, self.at);
        }
    }

    /// Letters and the apostrophes between them.
    fn plain_letters(&mut self) -> String {
        let start = self.at;
        while self.is(0, is_letter)
            || (self.is(0, |c| c == '\'') && self.at > start && self.is(1, is_letter))
        {
            self.at += 1;
        }
        // Letters of scripts without case or digits of other scripts: never stand still.
        self.at = self.at.max(start + 1);
        self.chars[start..self.at].iter().collect()
    }

    /// `U.S.`, `p.m`, `Ph.D.`: letters parted by full stops, as one word.
    fn initials(&mut self) -> Option<String> {
        let rest = &self.chars[self.at..];
        let pair =
            |i: usize| rest.get(i).is_some_and(|&c| is_letter(c)) && rest.get(i + 1) == Some(&'.');
        let doctorate =
            rest.len() >= 4 && ['p', 'P'].contains(&rest[0]) && rest[1] == 'h' && rest[2] == '.';
        let mut end = if doctorate { 3 } else { 0 };
        while pair(end) {
            end += 2;
        }
        let lone = |i: usize| {
            rest.get(i).is_some_and(|&c| is_letter(c))
                && !rest.get(i + 1).is_some_and(|&c| is_letter(c))
        };
        if end > 0 && lone(end) {
            end += 1;
        }
        let letters: String = rest[..end].iter().filter(|&&c| c != '.').collect();
        if letters.chars().count() < 2 {
            return None;
        }
        // The last full stop is left to be seen as punctuation.
        self.at += end - usize::from(rest[end - 1] == '.');
        let possessive = matches!(self.chars[self.at..], ['.', '\'', 's' | 'S', ..]);
        if possessive || (self.is(0, |c| c == '\'') && self.is(1, |c| c == 's')) {
            self.at += if possessive { 3 } else { 2 };
            return Some(letters + "'s");
        }
        Some(letters)
    }

    fn domain_follows(&self) -> bool {
        if !self.is(0, |c| c == '.') {
            return false;
        }
        let ending: String =
            self.chars[self.at + 1..].iter().take_while(|c| is_letter(**c)).collect();
        DOMAINS.contains(&ending.to_lowercase().as_str())
    }

    /// A character that is neither letter nor digit: read aloud, a stop, or nothing.
    fn mark(&mut self, c: char) {
        let start = self.at;
        let before_amount = self.is(1, |c| c.is_ascii_digit() || c == '.');
        self.at += 1;
        if let Some(currency) = currency(c) {
            let kind = if before_amount { Kind::Currency } else { Kind::Word };
            return self.push(currency, kind, start);
        }
        match c {
            '%' => self.push("percent", Kind::Word, start),
            '&' => self.push("and", Kind::Word, start),
            '¢' => self.push("cents", Kind::Word, start),
            '°' => self.degrees(start),
            '#' if before_amount => self.push("number", Kind::Word, start),
            '@' if !self.atoms.is_empty() && self.is(0, is_letter) => {
                self.push("at", Kind::Word, start);
            }
            '-' if start == 0 && self.amount_follows() => self.push("minus", Kind::Word, start),
            '-' if self.is(0, |c| c == '-') => self.stop(Stop::Full),
            ',' => self.stop(Stop::Comma),
            '.' | '?' | '!' | ';' | ':' | '–' | '—' | '…' => self.stop(Stop::Full),
            _ => {}
        }
    }

    fn amount_follows(&self) -> bool {
        self.is(0, |c| c.is_ascii_digit() || currency(c).is_some())
    }

    fn degrees(&mut self, start: usize) {
        self.push("degrees", Kind::Word, start);
        let scale = match (self.peek(0), self.is(1, char::is_alphanumeric)) {
            (Some('F' | 'f'), false) => "fahrenheit",
            (Some('C' | 'c'), false) => "celsius",
            _ => return,
        };
        self.at += 1;
        self.push(scale, Kind::Word, start);
    }

    fn stop(&mut self, stop: Stop) {
        if let Some(atom) = self.atoms.last_mut() {
            atom.stop = atom.stop.max(stop);
        }
    }

    fn finish(mut self) -> Vec<Atom> {
        // A filler swallows its own punctuation.
        if let (Some(last), Some(atom)) = (self.chars.last(), self.atoms.last_mut())
            && atom.kind == Kind::Filler
            && !last.is_alphabetic()
        {
            atom.stop = Stop::Full;
        }
        self.atoms
    }
}

/// The plural that is read for a currency sign.
fn currency(sign: char) -> Option<&'static str> {
    Some(match sign {
        '$' => "dollars",
        '£' => "pounds",
        '€' => "euros",
        '¥' => "yen",
        '₹' => "rupees",
        _ => return None,
    })
}

/// A letter or a digit of another script.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !c.is_ascii_digit()
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || c == '\''
}
