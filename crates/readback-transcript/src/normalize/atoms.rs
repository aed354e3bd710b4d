//! Cuts display words into atoms: bare words, numerals and symbols that are read aloud.
//!
//! It looks at marks and digits only and does not know what words mean. Putting atoms together (letters to
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
    /// A number that takes no further part in arithmetic: `9th`, `1990s`.
    Finished,
    /// Figures with marks between them, as written: `7:30`, `10-12`, `1/2`, `555-0143`.
    Compound,
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
    /// The character that follows directly; a blank at the end.
    pub(super) mark: char,
    /// Whether all its letters are capitals.
    pub(super) shouted: bool,
    /// Whether it follows the atom before it without a blank.
    pub(super) glued: bool,
    /// The sign that was written in place of a word or of a zero before the point, or nothing.
    pub(super) sign: &'static str,
    pub(super) stop: Stop,
}

impl Atom {
    /// Another atom of the same word.
    pub(super) fn with_text(&self, text: &str) -> Self {
        Self { text: text.to_owned(), ..self.clone() }
    }

    /// The text, but figures without a zero before their point as they were written.
    pub(super) fn written(&self) -> &str {
        if self.sign == "." { self.text.trim_start_matches('0') } else { &self.text }
    }

    /// Whether a full stop follows directly.
    pub(super) fn dotted(&self) -> bool {
        self.mark == '.'
    }

    /// Whether it is figures.
    pub(super) fn is_figure(&self) -> bool {
        matches!(self.kind, Kind::Numeral | Kind::Finished | Kind::Compound)
    }
}

/// A display word, as far as it is to be cut.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// The display word it belongs to.
    pub(super) word: usize,
    /// Whether no blank stands before it.
    pub(super) glued: bool,
}

const FILLERS: &[&str] = &[
    "um", "umm", "uhm", "uh", "uhh", "er", "err", "erm", "ah", "ahh", "eh", "hm", "hmm", "hmmm",
    "mm", "mmm", "mhm", "mm-hmm", "mm-hm", "uh-huh", "uh-hum",
];

/// Endings of addresses, whose dot is read aloud.
const DOMAINS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "fm", "tv", "io", "uk", "info", "co", "ac", "eu", "ie",
    "nz", "ai", "app", "html", "pdf",
];

/// Longer numerals are names, not amounts: no arithmetic is done with them.
const LONGEST_NUMERAL: usize = 40;

/// Cuts words into their atoms. Pieces that follow one another without a blank are cut as one, so that it
/// does not matter where a figure was parted into words.
pub(super) fn cut(pieces: &[Piece]) -> Vec<Atom> {
    let mut atoms = Vec::with_capacity(pieces.len() + pieces.len() / 4);
    let mut start = 0;
    while start < pieces.len() {
        let glued = pieces[start + 1..].iter().take_while(|piece| piece.glued).count();
        cut_run(&pieces[start..=start + glued], &mut atoms);
        start += glued + 1;
    }
    atoms
}

fn cut_run(run: &[Piece], atoms: &mut Vec<Atom>) {
    let mut chars = Vec::new();
    let mut borders = Vec::with_capacity(run.len());
    for piece in run {
        borders.push((chars.len(), piece.word));
        chars.extend(fold(piece.text).chars());
    }
    let first = atoms.len();
    if let Some(filler) = filler(&chars) {
        let mut cutter = Cutter { chars: &chars, at: chars.len(), borders: &borders, first, atoms };
        cutter.push(filler, Kind::Filler, 0);
        return cutter.finish();
    }
    let mut cutter = Cutter { chars: &chars, at: 0, borders: &borders, first, atoms };
    while cutter.at < chars.len() {
        cutter.step();
    }
    cutter.finish();
}

/// Compatibility forms, plain apostrophes, no diacritics or invisible characters; case is kept.
fn fold(display: &str) -> String {
    if display.is_ascii() {
        return display.to_owned();
    }
    let parted = with_fractions_apart(display);
    let visible = parted.chars().filter(|&c| !is_invisible(c));
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

/// With a blank between a number and the fraction that belongs to it: `2½`.
fn with_fractions_apart(display: &str) -> String {
    let mut parted = String::with_capacity(display.len() + 1);
    for c in display.chars() {
        if matches!(c, '\u{bc}'..='\u{be}' | '\u{2150}'..='\u{215e}')
            && parted.ends_with(|c: char| c.is_ascii_digit())
        {
            parted.push(' ');
        }
        parted.push(c);
    }
    parted
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
        '⁄' => "/",
        '″' | '“' | '”' => "\"",
        _ => return None,
    })
}

/// The hesitation the whole word stands for; `ER` in capitals is a place in a hospital.
fn filler(chars: &[char]) -> Option<String> {
    if chars.iter().any(char::is_ascii_digit) {
        return None;
    }
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
    /// Where each word begins.
    borders: &'a [(usize, usize)],
    /// The first atom of these characters.
    first: usize,
    atoms: &'a mut Vec<Atom>,
}

impl Cutter<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn is(&self, ahead: usize, test: impl Fn(char) -> bool) -> bool {
        self.peek(ahead).is_some_and(test)
    }

    fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|at| self.chars.get(at)).copied()
    }

    /// The word that the character at `at` belongs to.
    fn word(&self, at: usize) -> usize {
        let border = self.borders.partition_point(|&(start, _)| start <= at);
        self.borders[border.saturating_sub(1)].1
    }

    /// Adds an atom that began at character `start` and ends here.
    fn push(&mut self, text: impl Into<String>, kind: Kind, start: usize) {
        let shown = &self.chars[start.min(self.at)..self.at];
        let capital = self.chars.get(start).is_some_and(|c| c.is_uppercase());
        let shouted =
            capital && shown.iter().take_while(|c| **c != '\'').all(|c| !c.is_lowercase());
        let words = self.word(start)..self.word(self.at.max(start + 1) - 1) + 1;
        let mark = self.peek(0).unwrap_or(' ');
        let glued = self.atoms.len() > self.first && self.before(start).is_none_or(|c| c != ' ');
        self.atoms.push(Atom {
            text: text.into(),
            words,
            kind,
            capital,
            mark,
            shouted,
            glued,
            sign: "",
            stop: Stop::None,
        });
    }

    /// Adds the word that is read for a sign.
    fn push_sign(&mut self, text: &str, sign: &'static str, start: usize) {
        self.push(text, Kind::Word, start);
        if let Some(atom) = self.atoms.last_mut() {
            atom.sign = sign;
        }
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
        let mut digits = self.plain_numeral();
        let mut kind = self.hang_on(&mut digits);
        while let Some(mark) = self.inner_mark() {
            self.at += 1;
            digits.push(mark);
            let mut next = self.plain_numeral();
            self.hang_on(&mut next);
            digits.push_str(&next);
            kind = Kind::Compound;
        }
        let kind = if digits.len() > LONGEST_NUMERAL { Kind::Finished } else { kind };
        self.push(digits, kind, start);
        if let (Some('.'), Some(atom)) = (self.chars.get(start), self.atoms.last_mut()) {
            atom.sign = ".";
        }
        self.feet_and_inches();
    }

    /// Digits with commas between thousands and one decimal point.
    fn plain_numeral(&mut self) -> String {
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
        digits
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

    /// The mark that joins the figures before it with those after it.
    fn inner_mark(&self) -> Option<char> {
        let joins = |c: &char| {
            matches!(c, '-' | '–' | '/' | ':' | '.')
                && self.before(self.at).is_some_and(char::is_alphanumeric)
        };
        let mark = self.peek(0).filter(joins)?;
        let mark = if mark == '–' { '-' } else { mark };
        self.is(1, |c| c.is_ascii_digit()).then_some(mark)
    }

    /// Takes an ordinal ending or a decade's `s` into `digits`.
    fn hang_on(&mut self, digits: &mut String) -> Kind {
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

    /// The rest of `5'2"`.
    fn feet_and_inches(&mut self) {
        if !(self.is(0, |c| c == '\'') && self.is(1, |c| c.is_ascii_digit())) {
            return;
        }
        let start = self.at;
        self.at += 1;
        self.push_sign("feet", "'", start);
        let start = self.at;
        let inches = self.plain_numeral();
        self.push(inches, Kind::Numeral, start);
        let start = self.at;
        self.at += usize::from(self.is(0, |c| c == '"'));
        self.push_sign("inches", "\"", start.min(self.chars.len() - 1));
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
            self.push("dot", Kind::Word, self.at - 1);
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
        let rest = &self.chars[self.at + 1..];
        let ending: String = rest.iter().take_while(|c| is_letter(**c)).collect();
        let in_mail = !ending.is_empty() && self.chars.contains(&'@');
        in_mail || DOMAINS.contains(&ending.to_lowercase().as_str())
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
        let at_start = start == 0 || self.before(start) == Some(' ');
        match c {
            '%' => self.push("percent", Kind::Word, start),
            '&' => self.push("and", Kind::Word, start),
            '°' => self.degrees(start),
            '#' if before_amount => self.push_sign("number", "#", start),
            '+' if at_start && self.amount_follows() => self.push_sign("plus", "+", start),
            '@' if self.after_letter(start) => self.push("at", Kind::Word, start),
            '/' if self.in_address() => self.push_sign("slash", "/", start),
            '_' if self.after_letter(start) => self.push_sign("underscore", "_", start),
            '×' if self.after_digit_at(start) => self.push("x", Kind::Word, start),
            '-' if at_start && self.amount_follows() => self.push_sign("minus", "-", start),
            '-' | '–' if self.after_amount(start) && self.amount_follows() => {
                self.push("to", Kind::Word, start);
            }
            '-' if self.is(0, |c| c == '-') => self.stop(Stop::Full),
            ',' => self.stop(Stop::Comma),
            '.' | '?' | '!' | ';' | ':' | '–' | '—' | '…' => self.stop(Stop::Full),
            _ => {}
        }
    }

    fn amount_follows(&self) -> bool {
        self.is(0, |c| c.is_ascii_digit() || currency(c).is_some())
    }

    fn after_amount(&self, at: usize) -> bool {
        self.before(at).is_some_and(|c| c.is_ascii_digit() || "%¢°".contains(c))
    }

    fn after_digit_at(&self, at: usize) -> bool {
        self.before(at).is_some_and(|c| c.is_ascii_digit()) && self.is(0, |c| c.is_ascii_digit())
    }

    fn after_letter(&self, at: usize) -> bool {
        self.before(at).is_some_and(char::is_alphanumeric)
    }

    /// Whether these characters began with an address, which has a dot that is read aloud.
    fn in_address(&self) -> bool {
        self.atoms[self.first..].iter().any(|atom| atom.text == "dot" && atom.glued)
    }

    fn degrees(&mut self, start: usize) {
        self.push_sign("degrees", "°", start);
        let scale = match (self.peek(0), self.is(1, char::is_alphanumeric)) {
            (Some('F' | 'f'), false) => "fahrenheit",
            (Some('C' | 'c'), false) => "celsius",
            _ => return,
        };
        self.at += 1;
        self.push_sign(scale, "°", self.at - 1);
    }

    fn stop(&mut self, stop: Stop) {
        if let Some(atom) = self.atoms.last_mut() {
            atom.stop = atom.stop.max(stop);
        }
    }

    /// A filler swallows its own punctuation.
    fn finish(self) {
        if let (Some(last), Some(atom)) = (self.chars.last(), self.atoms.last_mut())
            && atom.kind == Kind::Filler
            && !last.is_alphabetic()
        {
            atom.stop = Stop::Full;
        }
    }
}

/// The plural that is read for a currency sign.
fn currency(sign: char) -> Option<&'static str> {
    Some(match sign {
        '$' => "dollars",
        '£' => "pounds",
        '€' => "euros",
        '¥' => "yen",
        '¢' => "cents",
        '₹' => "rupees",
        '₩' => "won",
        '₽' => "rubles",
        '₪' => "shekels",
        '₦' => "naira",
        '₱' => "pesos",
        '₴' => "hryvnias",
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
