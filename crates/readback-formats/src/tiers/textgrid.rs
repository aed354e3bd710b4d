//! Praat TextGrid (Praat manual, "TextGrid file formats"): tiers of intervals, here one of utterances
//! and one of words for each speaker. It is read as Praat reads it: only strings in quotes, numbers
//! that stand free, and flags in angle brackets count, so the long and the short form are one.

use std::fmt::Write as _;

use readback_transcript::{Instant, LineIndex, Stretch, Transcript};

use super::read::{Annotation, Holds, Tier, annotation, named, read_tiers};
use super::write::tiers;
use crate::reading::{Composer, LATEST, decode_text};
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "textgrid",
    name: "Praat TextGrid",
    extensions: &["textgrid"],
    media_type: "text/plain",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { times: Times::Words, speakers: true, cues: true, ..Carries::WORDS },
    oracle: "praatio, tgt",
};

fn sniff(head: &Head<'_>) -> bool {
    let mut tokens = Tokens { text: head.text, at: 0 };
    let is = |token: Option<Token>, begin: &str| matches!(token, Some(Token::Text(text)) if text.starts_with(begin));
    is(tokens.next(), "ooTextFile") && is(tokens.next(), "TextGrid")
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    if bytes.starts_with(b"ooBinaryFile") {
        let reason = "it is a binary TextGrid; save it as a text file in Praat".into();
        return Err(ReadError::Malformed { format: FORMAT.id, reason });
    }
    let (text, found) = decode_text(bytes)?;
    let mut composer = Composer::default();
    let mut tokens = Tokens { text: &text, at: 0 };
    let mut all = Vec::new();
    let fault = grid(&mut tokens, &mut all, &mut composer).is_none().then(|| {
        let place = LineIndex::new(&text).position(&text, tokens.at);
        format!("line {}, column {}: a TextGrid does not go on like this", place.line, place.column)
    });
    read_tiers(all, composer, FORMAT.id, found, fault)
}

/// Reads the tiers; `None` where the file does not go on as it should.
fn grid(tokens: &mut Tokens<'_>, all: &mut Vec<Tier<'_>>, composer: &mut Composer) -> Option<()> {
    tokens.text().filter(|kind| kind.starts_with("ooTextFile"))?;
    tokens.text().filter(|class| class.starts_with("TextGrid"))?;
    tokens.number()?;
    tokens.number()?;
    if !tokens.flag("exists")? {
        return Some(());
    }
    for _ in 0..tokens.count()? {
        let (class, name) = (tokens.text()?, tokens.text()?);
        tokens.number()?;
        tokens.number()?;
        let (speaker, holds) = named(&name);
        let intervals = class == "IntervalTier";
        if !intervals {
            composer.problem(format!("the tier {name:?} has points in time and no words"));
        }
        let holds = if intervals { holds } else { Holds::Other };
        all.push(Tier { speaker, holds, annotations: Vec::new() });
        let annotations = &mut all.last_mut()?.annotations;
        for _ in 0..tokens.count()? {
            let start = tokens.number()?;
            let end = if intervals { tokens.number()? } else { start };
            let text = tokens.text()?;
            annotations.extend(interval(start, end, text));
        }
    }
    Some(())
}

/// An interval in which something is said.
fn interval(start: f64, end: f64, text: String) -> Option<Annotation<'static>> {
    let instant = |seconds: f64| Instant::from_seconds(seconds.clamp(0.0, LATEST));
    let stretch = Stretch::new(instant(start), instant(end));
    (!text.trim().is_empty()).then(|| annotation(stretch, text))
}

enum Token {
    Text(String),
    Number(f64),
    Flag(String),
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl Tokens<'_> {
    fn text(&mut self) -> Option<String> {
        if let Token::Text(text) = self.next()? { Some(text) } else { None }
    }

    fn number(&mut self) -> Option<f64> {
        if let Token::Number(number) = self.next()? { Some(number) } else { None }
    }

    fn count(&mut self) -> Option<u64> {
        self.number().filter(|count| (0.0..1e9).contains(count)).map(|count| count as u64)
    }

    fn flag(&mut self, name: &str) -> Option<bool> {
        if let Token::Flag(flag) = self.next()? { Some(flag == name) } else { None }
    }

    /// A string in quotes, a quote in it doubled.
    fn quoted(&mut self) -> Option<String> {
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let end = rest.find('"')?;
            out.push_str(&rest[..end]);
            self.at += end + 1;
            if !self.text[self.at..].starts_with('"') {
                return Some(out);
            }
            out.push('"');
            self.at += 1;
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            let rest = &self.text[self.at..];
            if rest.starts_with('"') {
                self.at += 1;
                return self.quoted().map(Token::Text);
            }
            let ends = |c: char| if rest.starts_with('!') { c == '\n' } else { c.is_whitespace() };
            let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
            if word.is_empty() {
                return None;
            }
            self.at += word.len();
            let flag = word.strip_prefix('<').and_then(|word| word.strip_suffix('>'));
            if let Some(flag) = flag {
                return Some(Token::Flag(flag.to_owned()));
            }
            if let Some(number) = number(word) {
                return Some(Token::Number(number));
            }
        }
    }
}

/// A number that stands free: `xmin` and `[1]:` are none.
fn number(word: &str) -> Option<f64> {
    let begins = word.starts_with(|c: char| c.is_ascii_digit() || "-+.".contains(c));
    word.parse().ok().filter(|number: &f64| begins && number.is_finite())
}

fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let tiers = tiers(transcript)?;
    let ends = tiers.iter().flat_map(|tier| [tier.utterances.last(), tier.words.last()]).flatten();
    let end = ends.map(|(stretch, _)| stretch.end()).max().unwrap_or(Instant::START);
    let mut out = format!(
        "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = {}\n\
         tiers? <exists>\nsize = {}\nitem []:\n",
        end.seconds(),
        tiers.len() * 2,
    );
    for (i, tier) in tiers.iter().enumerate() {
        write_tier(&mut out, i * 2 + 1, &tier.title(), &tier.utterances, end);
        write_tier(&mut out, i * 2 + 2, &tier.words_title(), &tier.words, end);
    }
    Ok(out.into_bytes())
}

/// Intervals, empty ones between them, tile a tier from 0 to `end`.
fn write_tier(
    out: &mut String,
    number: usize,
    name: &str,
    said: &[(Stretch, String)],
    end: Instant,
) {
    let mut tiles: Vec<(Stretch, &str)> = Vec::new();
    let mut at = Instant::START;
    for (stretch, text) in said {
        if at < stretch.start() {
            tiles.push((Stretch::new(at, stretch.start()), ""));
        }
        tiles.push((*stretch, text));
        at = stretch.end();
    }
    if at < end || tiles.is_empty() {
        tiles.push((Stretch::new(at, end), ""));
    }
    let _ = write!(
        out,
        "    item [{number}]:\n        class = \"IntervalTier\"\n        name = {}\n        xmin = 0\n        \
         xmax = {}\n        intervals: size = {}\n",
        quoted(name),
        end.seconds(),
        tiles.len(),
    );
    for (i, (stretch, text)) in tiles.iter().enumerate() {
        let _ = write!(
            out,
            "        intervals [{}]:\n            xmin = {}\n            xmax = {}\n            text = {}\n",
            i + 1,
            stretch.start().seconds(),
            stretch.end().seconds(),
            quoted(text),
        );
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
