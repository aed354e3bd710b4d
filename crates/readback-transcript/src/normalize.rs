//! Spoken-form tokens: what a word sounds like, written in one way, so that text and hearing compare.
//!
//! `$2.4 million` and *two point four million dollars*, *colour* and *color*, *don't* and *do not* give
//! the same tokens. English has number, contraction, abbreviation and spelling rules. Words of other
//! languages are lower-cased, brought to Unicode's compatibility form (NFKC) and cut at everything
//! that is not a letter or a digit; Chinese, Japanese and Thai are cut into characters.
//!
//! It does not know sounds (*their* and *there* differ) and nothing of the neighbours on the other
//! side: two ways of cutting the same letters, *snow plow* and *snowplow*, or the same digits, are
//! found equal by [`joined_equal`], which is the aligner's business to ask.

mod atoms;
mod english;
mod numbers;
mod spelling;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use atoms::{Atom, Kind};

pub use numbers::spelt_out;

/// A normalised spoken-form word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The canonical form, lower-cased.
    pub text: String,
    /// The input words it stands for; several tokens may share a word, and a token several words.
    pub words: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
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
    let language = language.trim().to_ascii_lowercase();
    if language.is_empty()
        || language == "en"
        || language.starts_with("en-")
        || language == "english"
    {
        return english_tokens(words);
    }
    let words = words.iter().enumerate();
    words.flat_map(|(index, word)| plain_tokens(word.as_ref(), index)).collect()
}

/// Whether both sides spell the same letters and digits, however they are cut into tokens.
/// Two empty sides are not equal: there is nothing to join.
pub fn joined_equal(left: &[Token], right: &[Token]) -> bool {
    let letters =
        |side: &'_ [Token]| side.iter().flat_map(|token| token.text.bytes()).collect::<Vec<u8>>();
    !left.is_empty() && letters(left) == letters(right)
}

fn plain_tokens(word: &str, index: usize) -> Vec<Token> {
    let folded: String = word.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let mut tokens = Vec::new();
    let mut current = String::new();
    let mut flush = |current: &mut String| {
        if !current.is_empty() {
            let kind = kind_of(current);
            tokens.push(Token { text: std::mem::take(current), words: index..index + 1, kind });
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

fn english_tokens<S: AsRef<str>>(words: &[S]) -> Vec<Token> {
    let cut = words.iter().enumerate().flat_map(|(index, word)| atoms::cut(word.as_ref(), index));
    let cut = english::join_letters(&cut.collect::<Vec<_>>());
    let expand = |at: usize| english::expand(&cut[at], cut.get(at + 1));
    let atoms: Vec<Atom> = (0..cut.len()).flat_map(expand).collect();
    join_compounds(with_cents(&with_numbers(&atoms)))
}

/// Reads the numbers and gives every other word its usual spelling.
fn with_numbers(atoms: &[Atom]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(atoms.len());
    let mut at = 0;
    while at < atoms.len() {
        let after_digit = at > 0 && numbers::is_digit_word(&atoms[at - 1].text);
        at += if atoms[at].kind == Kind::Currency {
            amount(&atoms[at..], &mut tokens)
        } else if let Some(number) = numbers::read(&atoms[at..], after_digit) {
            tokens.push(number_token(&atoms[at..at + number.used], number.text));
            number.used
        } else {
            let after_number = tokens.last().is_some_and(|token| token.kind == TokenKind::Number);
            tokens.push(word_token(&atoms[at], after_number));
            1
        };
    }
    tokens
}

fn number_token(atoms: &[Atom], text: String) -> Token {
    let words = atoms[0].words.start..atoms[atoms.len() - 1].words.end;
    Token { text, words, kind: TokenKind::Number }
}

fn word_token(atom: &Atom, after_number: bool) -> Token {
    let unit = english::unit(&atom.text).filter(|_| after_number).map(str::to_owned);
    let kind = match atom.kind {
        Kind::Filler if unit.is_none() => TokenKind::Filler,
        _ => TokenKind::Word,
    };
    let text = unit.or_else(|| spelling::usual(&atom.text)).unwrap_or_else(|| atom.text.clone());
    Token { text, words: atom.words.clone(), kind }
}

/// `$2.4 million`, `$5bn`: the number, then the currency. Returns how many atoms were taken.
fn amount(atoms: &[Atom], tokens: &mut Vec<Token>) -> usize {
    let Some(mut number) = atoms.get(1..).and_then(|rest| numbers::read(rest, false)) else {
        tokens.push(word_token(&atoms[0], false));
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
    let number_token = number_token(&atoms[..number.used], number.text);
    let words = number_token.words.clone();
    tokens.extend([number_token, Token { text: currency, words, kind: TokenKind::Word }]);
    number.used
}

/// The power of ten of the letters glued to an amount.
fn glued_scale(amount: &Atom, letters: &Atom) -> Option<u32> {
    if amount.kind != Kind::Numeral || amount.words != letters.words {
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
            merged.push(Token { text, words: words.clone(), kind: TokenKind::Number });
            merged.push(Token { text: rest[1].text.clone(), words, kind: TokenKind::Word });
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
    let and = usize::from(text(2) == Some("and"));
    let (whole, cents) = (text(0)?, text(2 + and)?);
    let fits =
        matches!((text(1)?, text(3 + and)?), ("dollars" | "euros", "cents") | ("pounds", "pence"))
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
