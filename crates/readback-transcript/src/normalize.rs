//! Spoken-form tokens: what a word sounds like, written in one way, so that text and hearing compare.
//!
//! `$2.4 million` and *two point four million dollars*, *colour* and *color*, *don't* and *do not* give
//! the same tokens. English has number, contraction, abbreviation and spelling rules. Words of other
//! languages are lower-cased, brought to Unicode's compatibility form (NFKC) and cut at everything
//! that is not a letter or a digit; Chinese, Japanese and Thai are cut into characters.
//!
//! A token's text is a value, and so cheap to compare; but many figures can be read in several ways, and
//! the same words be written as several figures: *ten thirty* is `10:30`, `1030` and `$10.30`. So every
//! token has a set of [readings], and [`joined_equal`] tells whether two runs of tokens have one in
//! common, however either is cut. It does not know sounds (*their* and *there* differ).

mod amounts;
mod atoms;
mod dates;
mod english;
mod joins;
mod lattice;
mod numbers;
mod readings;
mod spelling;
mod style;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::Span;
use atoms::{Atom, Kind, Piece, Stop};

pub use amounts::{amount_goes_on, differ_in_sign};
pub use joins::{Joins, joined_equal};
pub use numbers::spelt_out;
pub use style::NumberPlace;

/// A normalised spoken-form word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The canonical form, lower-cased.
    pub text: String,
    /// The input words it stands for; several tokens may share a word, and a token several words.
    pub words: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
    /// How it was written, where that tells how it may be read: `ten thirty`, `$2.4 million`, `km`.
    written: Box<str>,
}

impl Token {
    fn plain(text: String, words: Range<usize>, kind: TokenKind) -> Self {
        Self { text, words, kind, written: Box::default() }
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Anything but the others.
    Word,
    /// A number in digits: `43000`, `18.5`, `9th`, `1990s`.
    Number,
    /// A hesitation that careful transcripts leave out: *um*, *uh-huh*.
    Filler,
}

/// The tokens of `words` (display words, with or without punctuation) in the language of the ISO 639-1
/// code `language`; an empty code means English.
///
/// Tokens come in the order of the words: neither end of [`Token::words`] ever goes back. A word of mere
/// symbols gives none.
pub fn tokens<S: AsRef<str>>(words: &[S], language: &str) -> Vec<Token> {
    if is_english(language) {
        return english_tokens(&as_pieces(words));
    }
    let words = words.iter().enumerate();
    words.flat_map(|(index, word)| plain_tokens(word.as_ref(), index)).collect()
}

/// As [`tokens`], for words that stand in `text`: the marks beside them, which are no part of a word but
/// may be read aloud (`20 °C`, `.45`, `10 %`), are taken into account.
pub fn tokens_within(text: &str, words: &[Span], language: &str) -> Vec<Token> {
    if !is_english(language) {
        let words: Vec<&str> = words.iter().map(|word| word.of(text)).collect();
        return tokens(&words, language);
    }
    english_tokens(&with_marks(text, words))
}

fn is_english(language: &str) -> bool {
    let language = language.trim().to_ascii_lowercase();
    matches!(language.as_str(), "" | "en" | "english") || language.starts_with("en-")
}

/// Marks that stand beside a word without a blank and tell how it is read.
const MARKS: &str = ".,:;!?…-–—−%‰¢°$£€¥₹₩₽₪₦₱₴#@/_+'’′″\"";

/// Signs that are read aloud and may stand by themselves.
const LONE_SIGNS: [char; 6] = ['&', '%', '°', '$', '£', '€'];

/// The words of `text` at these places, each with the marks that touch it.
fn with_marks<'a>(text: &'a str, words: &[Span]) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(words.len());
    let mut done = words.first().map_or(0, |first| line_start(text, first.start));
    for (word, span) in words.iter().enumerate() {
        let between = &text[done.min(span.start)..span.start];
        let marks = between.trim_end_matches(|c| MARKS.contains(c));
        let start = span.start - (between.len() - marks.len());
        let limit = words.get(word + 1).map_or(text.len(), |next| next.start.max(span.end));
        let after = &text[span.end..limit];
        let end = span.end + after.len() - after.trim_start_matches(|c| MARKS.contains(c)).len();
        let end = end + lone_sign(&text[end..limit]);
        pieces.push(Piece { text: &text[start..end], word, glued: word > 0 && start == done });
        done = end;
    }
    pieces
}

/// The start of the line that has a word at `at`, at most a few bytes before it.
fn line_start(text: &str, at: usize) -> usize {
    const FARTHEST: usize = 16;
    let near = (at.saturating_sub(FARTHEST)..=at).find(|&start| text.is_char_boundary(start));
    let near = near.unwrap_or(at);
    text[near..at].rfind('\n').map_or(near, |line| near + line + 1)
}

/// The length of a sign that stands by itself, with the blanks before it.
fn lone_sign(rest: &str) -> usize {
    let sign = rest.trim_start_matches(' ');
    let mut chars = sign.chars();
    let Some(first) = chars.next().filter(|first| LONE_SIGNS.contains(first)) else { return 0 };
    let is_alone = sign.len() < rest.len() && !chars.next().is_some_and(char::is_alphanumeric);
    if is_alone { rest.len() - sign.len() + first.len_utf8() } else { 0 }
}

/// Words as pieces. What begins with a mark that only stands within a figure goes on with the one before
/// it, wherever the word was cut: `$1` `.1`, `10` `:30`, `10` `%`.
fn as_pieces<S: AsRef<str>>(words: &[S]) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(words.len());
    for (word, shown) in words.iter().enumerate() {
        let text = shown.as_ref().trim();
        let glued = pieces.last().is_some_and(|last| goes_on(last.text, text));
        pieces.push(Piece { text, word, glued });
    }
    pieces
}

fn goes_on(before: &str, text: &str) -> bool {
    let mut chars = text.chars();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let within = match chars.next() {
        Some('.' | ',' | ':' | '/' | '-' | '–') => digit(chars.next()),
        Some('%' | '°') => true,
        _ => false,
    };
    within && digit(before.chars().next_back())
}

fn plain_tokens(word: &str, index: usize) -> Vec<Token> {
    let folded: String = word.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let mut tokens = Vec::new();
    let mut current = String::new();
    let mut flush = |current: &mut String| {
        if !current.is_empty() {
            let kind = kind_of(current);
            tokens.push(Token::plain(std::mem::take(current), index..index + 1, kind));
        }
    };
    for c in folded.chars() {
        let joins = c.is_alphanumeric() || (is_mark(c) && !current.is_empty());
        if !joins || is_unspaced(c) {
            flush(&mut current);
        }
        if joins {
            current.push(c);
        }
        if is_unspaced(c) {
            flush(&mut current);
        }
    }
    flush(&mut current);
    tokens
}

fn kind_of(text: &str) -> TokenKind {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { TokenKind::Number } else { TokenKind::Word }
}

/// A vowel sign or accent that belongs to the letter before it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Scripts written without blanks between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

fn english_tokens(pieces: &[Piece]) -> Vec<Token> {
    let cut = english::join_letters(&atoms::cut(pieces));
    let expand = |at: usize| english::expand(&cut[at], cut.get(at + 1));
    let atoms: Vec<Atom> = (0..cut.len()).flat_map(expand).collect();
    let mut drafts = with_numbers(&atoms);
    dates::rewrite(&mut drafts);
    let tokens: Vec<Token> = drafts.into_iter().map(|draft| draft.token).collect();
    join_compounds(with_cents(&tokens))
}

/// A token, with what is still known of the place where it stands.
struct Draft {
    token: Token,
    case: Case,
    /// Whether it is figures, not words.
    figures: bool,
    /// Whether it follows the one before it without a blank.
    glued: bool,
    stop: Stop,
}

/// Which letters of a word are capitals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Small,
    Capital,
    Capitals,
}

impl Case {
    fn of(atom: &Atom) -> Self {
        match (atom.capital, atom.shouted) {
            (_, true) => Self::Capitals,
            (true, false) => Self::Capital,
            (false, false) => Self::Small,
        }
    }
}

impl Draft {
    fn new(token: Token, atoms: &[Atom]) -> Self {
        let (first, last) = (&atoms[0], &atoms[atoms.len() - 1]);
        Self {
            token,
            case: Case::of(first),
            figures: first.is_figure(),
            glued: first.glued,
            stop: last.stop,
        }
    }

    fn is(&self, text: &str) -> bool {
        self.token.text == text
    }
}

/// Reads the numbers and gives every other word its usual spelling.
fn with_numbers(atoms: &[Atom]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::with_capacity(atoms.len());
    let mut at = 0;
    while at < atoms.len() {
        let after_digit = at > 0 && numbers::is_digit_word(&atoms[at - 1].text);
        at += if atoms[at].kind == Kind::Currency {
            amount(&atoms[at..], &mut drafts)
        } else if let Some(number) = numbers::read(&atoms[at..], after_digit) {
            let read = &atoms[at..at + number.used];
            drafts.push(Draft::new(number_token(read, number.text), read));
            number.used
        } else {
            let before = drafts.last().map(|draft| draft.token.kind == TokenKind::Number);
            let token = word_token(&atoms[at], before == Some(true));
            drafts.push(Draft::new(token, &atoms[at..=at]));
            1
        };
    }
    drafts
}

fn number_token(atoms: &[Atom], text: String) -> Token {
    let words = atoms[0].words.start..atoms[atoms.len() - 1].words.end;
    let mut written: Vec<&str> = atoms.iter().map(Atom::written).collect();
    let last = &atoms[atoms.len() - 1];
    // Perhaps the figure goes on in the next word.
    let mark = last.mark.to_string();
    if last.is_figure() && last.stop != Stop::None && readings::CUTS.contains(&&*mark) {
        written.push(&mark);
    }
    Token { text, words, kind: TokenKind::Number, written: written.join(" ").into() }
}

fn word_token(atom: &Atom, after_number: bool) -> Token {
    let unit = readings::unit(atom).filter(|_| after_number);
    let kind = match atom.kind {
        Kind::Filler if unit.is_none() => TokenKind::Filler,
        _ => TokenKind::Word,
    };
    if let Some((text, written)) = unit {
        return Token { text, words: atom.words.clone(), kind, written: written.into() };
    }
    let text = spelling::usual(&atom.text).unwrap_or_else(|| atom.text.clone());
    Token { text, words: atom.words.clone(), kind, written: atom.sign.into() }
}

/// `$2.4 million`, `$5bn`: the number, then the currency. Returns how many atoms were taken.
fn amount(atoms: &[Atom], drafts: &mut Vec<Draft>) -> usize {
    let Some(mut number) = atoms.get(1..).and_then(|rest| numbers::read(rest, false)) else {
        drafts.push(Draft::new(word_token(&atoms[0], false), &atoms[..1]));
        return 1;
    };
    number.used += 1;
    if let Some(power) =
        atoms.get(number.used).and_then(|atom| glued_scale(&atoms[number.used - 1], atom))
    {
        number.text = numbers::shift(&number.text, power);
        number.used += 1;
    }
    let mut currency = atoms[0].text.clone();
    if let Some(cents) =
        number.text.strip_prefix("0.").filter(|cents| cents.len() == 2 && currency != "yen")
    {
        number.text = numbers::shift(&format!("0.{cents}"), 2);
        currency = String::from(if currency == "pounds" { "pence" } else { "cents" });
    }
    let mut read = number_token(&atoms[1..number.used], number.text);
    read.words.start = atoms[0].words.start;
    let words = read.words.clone();
    let currency = Token { written: "$".into(), ..Token::plain(currency, words, TokenKind::Word) };
    let taken = &atoms[..number.used];
    drafts.extend([Draft::new(read, taken), Draft::new(currency, taken)]);
    number.used
}

/// The power of ten of the letters glued to an amount.
fn glued_scale(amount: &Atom, letters: &Atom) -> Option<u32> {
    if amount.kind != Kind::Numeral || !letters.glued {
        return None;
    }
    Some(match letters.text.as_str() {
        "k" => 3,
        "m" | "mn" | "mm" => 6,
        "b" | "bn" => 9,
        "t" | "tn" => 12,
        _ => return None,
    })
}

/// `eighteen dollars and fifty cents` as `18.50 dollars`.
fn with_cents(tokens: &[Token]) -> Vec<Token> {
    let mut merged = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let Some(first) = rest.first() {
        if let Some((text, used)) = dollars_and_cents(rest) {
            let words = first.words.start..rest[used - 1].words.end;
            let kind = TokenKind::Number;
            let written = text.clone().into();
            merged.push(Token { text, words: words.clone(), kind, written });
            merged.push(Token { words, ..rest[1].clone() });
            rest = &rest[used..];
        } else {
            merged.push(first.clone());
            rest = &rest[1..];
        }
    }
    merged
}

fn dollars_and_cents(tokens: &[Token]) -> Option<(String, usize)> {
    let text = |at: usize| tokens.get(at).map(|token: &Token| token.text.as_str());
    let fits =
        |units: (&str, &str)| matches!(units, ("dollars" | "euros", "cents") | ("pounds", "pence"));
    tokens.first().filter(|token| token.kind == TokenKind::Number)?;
    let and = usize::from(text(2) == Some("and"));
    let (whole, cents) = (text(0)?, text(2 + and)?);
    let fits = fits((text(1)?, text(3 + and)?))
        && [whole, cents].iter().all(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        && cents.len() <= 2;
    fits.then(|| (format!("{whole}.{cents:0>2}"), 4 + and))
}

/// `web site` as `website`.
fn join_compounds(tokens: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        match joined
            .last_mut()
            .and_then(|last| Some((english::compound(&last.text, &token.text)?, last)))
        {
            Some((text, last)) => {
                last.text = text;
                last.words.end = token.words.end;
            }
            None => joined.push(token),
        }
    }
    joined
}

#[cfg(test)]
mod tests;
