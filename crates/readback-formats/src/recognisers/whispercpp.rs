//! whisper.cpp's JSON (`-oj`, and `-ojf` with tokens; `examples/cli/cli.cpp`, `output_json`): segments
//! with offsets in milliseconds. With tokens the words are put together from them; without, they share
//! the time of their segment.
//!
//! Its strings are raw bytes. A token may hold a part of a character, and only together with the next
//! is it text; control characters are not escaped.

use std::fmt::{self, Formatter};

use readback_transcript::{Instant, Stretch, Timing, Transcript};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Serializer;
use serde_json::ser::PrettyFormatter;

use super::heard::from_recogniser;
use super::shared::{
    HEARD, Speaker, SpokenWord, both, millis, not_as_expected, timing, words_of_text,
};
use super::whisper::probability;
use crate::reading::{decode_text, has_keys, is_solid, language};
use crate::writing::{self, Passage, ShownWord, clock_fields, passages};
use crate::{Format, Head, Parsed, ReadError, ReadOptions, Way, WriteError, WriteOptions};

pub(crate) static FORMAT: Format = Format {
    id: "whispercpp",
    name: "whisper.cpp",
    extensions: &["json"],
    media_type: "application/json",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: HEARD,
    oracle: "subverter (where Python is 3.13)",
};

#[derive(Deserialize)]
struct Source {
    transcription: Vec<Segment>,
    #[serde(default)]
    result: Option<Facts>,
}

#[derive(Deserialize)]
struct Facts {
    #[serde(default)]
    language: Option<String>,
}

#[derive(Deserialize)]
struct Segment {
    #[serde(default)]
    offsets: Option<Offsets>,
    #[serde(default)]
    text: Raw,
    #[serde(default)]
    tokens: Vec<Token>,
    #[serde(default)]
    speaker: Option<Speaker>,
}

/// A piece of a word; one that begins a word begins with a blank. Some have no time.
#[derive(Deserialize)]
struct Token {
    text: Raw,
    #[serde(default)]
    offsets: Option<Offsets>,
    #[serde(default)]
    p: Option<f32>,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
struct Offsets {
    from: i64,
    to: i64,
}

impl Offsets {
    fn timing(self, probability: Option<f32>) -> Option<Timing> {
        timing(millis(self.from as f64), millis(self.to as f64), probability)
    }
}

/// A string as its bytes, which need not be text.
#[derive(Default)]
struct Raw(Vec<u8>);

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Raw;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Raw, E> {
                Ok(Raw(bytes.to_vec()))
            }
        }
        from.deserialize_bytes(Bytes)
    }
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["/transcription", "/transcription/offsets"])
        || has_keys(head, &["/transcription", "/result/language"])
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, _) = decode_text(bytes)?;
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let raw = if unmarked.starts_with(b"{") { unmarked } else { text.as_bytes() };
    let Source { transcription, result } =
        serde_json::from_slice(raw).map_err(|error| not_as_expected(FORMAT.id, &error))?;
    let code = result.and_then(|facts| facts.language).as_deref().and_then(language);
    from_recogniser(words(&transcription), FORMAT.id, code.as_deref())
}

/// The words of all segments. With `-ml` one may reach from one segment into the next, which then
/// begins without the blank that others begin with.
fn words(segments: &[Segment]) -> Vec<SpokenWord> {
    let bring_blanks = segments.iter().any(|segment| segment.text.0.starts_with(b" "));
    let mut words: Vec<Word> = Vec::new();
    for segment in segments {
        // Where it cannot tell two channels apart it says `?`.
        let speaker = segment.speaker.as_ref().and_then(Speaker::name).filter(|name| name != "?");
        let before = words.len();
        for (bytes, timing) in pieces(segment) {
            let may_go_on = bring_blanks || words.len() > before;
            match words.last_mut().filter(|word| may_go_on && word.goes_on(&bytes)) {
                Some(word) => word.add(&bytes, timing),
                None => words.push(Word { bytes, timing, speaker: speaker.clone() }),
            }
        }
    }
    words.into_iter().map(Word::spoken).collect()
}

/// The tokens that are said, or else the words of the text, each with the blank before it.
fn pieces(segment: &Segment) -> Vec<(Vec<u8>, Option<Timing>)> {
    let said = |token: &&Token| !is_special(&token.text.0);
    let timed = |token: &Token| {
        let timing = token.offsets.and_then(|offsets| offsets.timing(token.p));
        (token.text.0.clone(), timing)
    };
    let tokens: Vec<_> = segment.tokens.iter().filter(said).map(timed).collect();
    let timing = segment.offsets.and_then(|offsets| offsets.timing(None));
    match str::from_utf8(&segment.text.0) {
        _ if !tokens.is_empty() => tokens,
        Ok(text) => {
            let blank = |i| if i > 0 || text.starts_with(' ') { " " } else { "" };
            let words = words_of_text(text, timing, None).into_iter().enumerate();
            words
                .map(|(i, word)| ((blank(i).to_owned() + &word.text).into(), word.timing))
                .collect()
        }
        // A part of a character, with `-ml 1`.
        Err(_) => vec![(segment.text.0.clone(), timing)],
    }
}

/// `[_BEG_]`, `[_TT_105]`, `<|endoftext|>`: nobody says them.
fn is_special(text: &[u8]) -> bool {
    text.starts_with(b"[_") && text.ends_with(b"]")
        || text.starts_with(b"<|") && text.ends_with(b"|>")
}

/// A word as far as its tokens have come.
struct Word {
    bytes: Vec<u8>,
    timing: Option<Timing>,
    speaker: Option<String>,
}

impl Word {
    /// Whether the next token is a piece of this word: it brings no blank, and it does not begin a
    /// character of a script without blanks after another one.
    fn goes_on(&self, next: &[u8]) -> bool {
        let Ok(text) = str::from_utf8(&self.bytes) else { return true };
        // None where it begins with the first bytes of a character that a later token completes.
        let first = next.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
        let solid = |c: char| is_solid(c) && c.is_alphanumeric();
        let parted = text.chars().next_back().is_some_and(solid) && first.is_none_or(solid);
        !next.starts_with(b" ") && !parted
    }

    /// A word is as sure as its least sure piece; a mark after it says nothing about it.
    fn add(&mut self, piece: &[u8], timing: Option<Timing>) {
        let is_mark = !String::from_utf8_lossy(piece)
            .contains(|c: char| c.is_alphanumeric() || c == char::REPLACEMENT_CHARACTER);
        self.bytes.extend_from_slice(piece);
        self.timing = match (self.timing, timing) {
            (Some(word), Some(piece)) if !is_mark => Some(both(word, piece)),
            (word, piece) => word.or(piece),
        };
    }

    fn spoken(self) -> SpokenWord {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        SpokenWord { text, timing: self.timing, speaker: self.speaker }
    }
}

#[derive(Serialize)]
struct Written<'a> {
    systeminfo: &'a str,
    model: Model,
    params: Params<'a>,
    result: Language<'a>,
    transcription: Vec<WrittenSegment>,
}

/// What there is to say of a model where none was used: a shape to fill.
#[derive(Serialize)]
struct Model {
    #[serde(rename = "type")]
    kind: &'static str,
    multilingual: bool,
    vocab: u32,
    audio: Layers,
    text: Layers,
    mels: u32,
    ftype: u32,
}

#[derive(Serialize)]
struct Layers {
    ctx: u32,
    state: u32,
    head: u32,
    layer: u32,
}

#[derive(Serialize)]
struct Params<'a> {
    model: &'a str,
    language: &'a str,
    translate: bool,
}

#[derive(Serialize)]
struct Language<'a> {
    language: &'a str,
}

#[derive(Serialize)]
struct WrittenSegment {
    timestamps: Timestamps,
    offsets: Offsets,
    text: String,
    tokens: Vec<WrittenToken>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
}

/// A whole word as one token; it stands in no vocabulary and so has no number there.
#[derive(Serialize)]
struct WrittenToken {
    text: String,
    timestamps: Timestamps,
    offsets: Offsets,
    id: i32,
    p: f64,
    t_dtw: i64,
}

#[derive(Serialize)]
struct Timestamps {
    from: Clock,
    to: Clock,
}

/// Milliseconds, written as hours, minutes, seconds and what is left.
struct Clock(i64);

impl Serialize for Clock {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let (hours, minutes, seconds, millis) = clock_fields(Instant::from_micros(self.0 * 1000));
        to.collect_str(&format_args!("{hours:02}:{minutes:02}:{seconds:02},{millis:03}"))
    }
}

fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    const NONE: Layers = Layers { ctx: 0, state: 0, head: 0, layer: 0 };
    let language = transcript.language.as_deref().unwrap_or_default();
    let written = Written {
        systeminfo: "",
        model: Model {
            kind: "unknown",
            multilingual: true,
            vocab: 0,
            audio: NONE,
            text: NONE,
            mels: 0,
            ftype: 0,
        },
        params: Params { model: "", language, translate: false },
        result: Language { language },
        transcription: passages(transcript)?.into_iter().map(segment).collect(),
    };
    let mut json = Vec::new();
    let mut tabbed = Serializer::with_formatter(&mut json, PrettyFormatter::with_indent(b"\t"));
    written.serialize(&mut tabbed).expect("string keys and finite numbers");
    json.push(b'\n');
    Ok(json)
}

fn segment(passage: Passage) -> WrittenSegment {
    let token = |word: &ShownWord| {
        let (timestamps, offsets) = times(word.timing.stretch);
        let blank = if word.apart { " " } else { "" };
        let text = format!("{blank}{}", word.text);
        WrittenToken { text, timestamps, offsets, id: -1, p: probability(word.timing), t_dtw: -1 }
    };
    let (timestamps, offsets) = times(passage.stretch);
    WrittenSegment {
        timestamps,
        offsets,
        text: format!(" {}", passage.text),
        tokens: passage.words.iter().map(token).collect(),
        speaker: passage.speaker,
    }
}

fn times(stretch: Stretch) -> (Timestamps, Offsets) {
    let [from, to] = [stretch.start(), stretch.end()].map(writing::millis);
    (Timestamps { from: Clock(from), to: Clock(to) }, Offsets { from, to })
}
