//! What the readers of recognisers' output share: parsing it, times in the shapes in which they are
//! written, speakers, and laying words with times beside a text with punctuation.

use std::borrow::Cow;
use std::fmt::{self, Formatter};
use std::marker::PhantomData;
use std::sync::LazyLock;

use readback_transcript::{
    Change, Instant, Length, Probability, Stretch, TimeOrigin, Timing, align, ends_sentence,
};
use regex::{Captures, Regex};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeOwned, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::reading::{LATEST, decode_text, is_solid, named, numbered, seconds, share};
use crate::{Carries, Format, Head, ReadError, Reader, Times, Way};

/// What nearly every recogniser tells.
pub(crate) const HEARD: Carries = Carries {
    times: Times::Words,
    confidence: true,
    speakers: true,
    language: true,
    ..Carries::WORDS
};

/// Why the formats of recognisers are only read.
pub(super) const RECOGNISERS_OWN: &str = "only a recogniser writes this format";

/// A format of JSON that only a recogniser writes, with what nearly every one tells.
pub(crate) const fn recogniser(
    id: &'static str,
    name: &'static str,
    oracle: &'static str,
    sniff: fn(&Head<'_>) -> bool,
    read: Reader,
) -> Format {
    Format {
        id,
        name,
        extensions: &["json"],
        media_type: "application/json",
        sniff,
        read: Way::Open(read),
        write: Way::Closed(RECOGNISERS_OWN),
        carries: HEARD,
        oracle,
    }
}

/// A pause that ends a paragraph, and a passage among others, after the end of a sentence.
pub(super) const PAUSE: Length = Length::from_millis(900);

/// A word as a recogniser gives it.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpokenWord {
    /// Punctuation included.
    pub text: String,
    /// When it was said, where the recogniser knows.
    pub timing: Option<Timing>,
    /// Who says it, as the recogniser calls them.
    pub speaker: Option<String>,
}

impl SpokenWord {
    /// Adds the next piece of the same word.
    pub(super) fn join(&mut self, piece: &Self) {
        self.text += &piece.text;
        self.timing = match (self.timing, piece.timing) {
            (Some(word), Some(piece)) => Some(both(word, piece)),
            (word, piece) => word.or(piece),
        };
    }
}

/// The JSON of `format` in `bytes`.
pub(crate) fn parse<T: DeserializeOwned>(
    bytes: &[u8],
    format: &'static str,
) -> Result<T, ReadError> {
    let (text, _) = decode_text(bytes)?;
    serde_json::from_str(&strict(&text)).map_err(|error| not_as_expected(format, &error))
}

/// What Python writes for a number that is none, outside of strings.
static NO_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?s)"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b"#).expect("a fixed pattern")
});

/// JSON as the standard has it.
fn strict(json: &str) -> Cow<'_, str> {
    if !json.contains("NaN") && !json.contains("Infinity") {
        return json.into();
    }
    NO_NUMBER.replace_all(json, |found: &Captures<'_>| {
        if found[0].starts_with('"') { found[0].to_owned() } else { "null".to_owned() }
    })
}

pub(crate) fn not_as_expected(format: &'static str, error: &serde_json::Error) -> ReadError {
    ReadError::Malformed { format, reason: format!("not as expected: {error}") }
}

/// Seconds as a number (`1.2`), a text (`"1.2"`, `"1.200s"`), or whole seconds and billionths; none where
/// a text is no number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seconds(Option<f64>);

impl Seconds {
    /// The instant; `None` where it is none of any recording.
    pub(crate) fn instant(&self) -> Option<Instant> {
        self.value().and_then(seconds)
    }

    /// The number as it is written.
    pub(crate) fn value(&self) -> Option<f64> {
        self.0
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(SecondsVisitor)
    }
}

struct SecondsVisitor;

impl<'de> Visitor<'de> for SecondsVisitor {
    type Value = Seconds;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("seconds")
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Seconds, E> {
        Ok(Seconds(Some(value)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Seconds, E> {
        Ok(Seconds(Some(value as f64)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Seconds, E> {
        Ok(Seconds(Some(value as f64)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Seconds, E> {
        Ok(Seconds(text.trim().trim_end_matches('s').parse().ok()))
    }

    fn visit_map<A: MapAccess<'de>>(self, parts: A) -> Result<Seconds, A::Error> {
        #[derive(Deserialize)]
        struct Parts {
            #[serde(default)]
            seconds: Option<Seconds>,
            #[serde(default)]
            nanos: f64,
        }
        let Parts { seconds, nanos } = Parts::deserialize(MapAccessDeserializer::new(parts))?;
        let whole = seconds.map_or(Some(0.0), |seconds| seconds.value());
        Ok(Seconds(whole.map(|whole| whole + nanos / 1e9)))
    }
}

/// What some write as an object and others as a list alone.
pub(crate) enum Whole<O, I> {
    Object(O),
    List(Vec<I>),
}

impl<'de, O: Deserialize<'de>, I: Deserialize<'de>> Deserialize<'de> for Whole<O, I> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(WholeVisitor(PhantomData))
    }
}

struct WholeVisitor<O, I>(PhantomData<(O, I)>);

impl<'de, O: Deserialize<'de>, I: Deserialize<'de>> Visitor<'de> for WholeVisitor<O, I> {
    type Value = Whole<O, I>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        O::deserialize(MapAccessDeserializer::new(object)).map(Whole::Object)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(Whole::List)
    }
}

/// The instant that is written so, where one is.
pub(crate) fn instant(written: Option<&Seconds>) -> Option<Instant> {
    written.and_then(Seconds::instant)
}

/// The instant so many milliseconds in.
pub(crate) fn millis(value: f64) -> Option<Instant> {
    seconds(value / 1e3)
}

/// A time that came with the source; `None` unless both ends are known.
pub(crate) fn timing(
    start: Option<Instant>,
    end: Option<Instant>,
    probability: Option<f32>,
) -> Option<Timing> {
    let stretch = Stretch::new(start?, end?);
    let probability = Probability::new(probability.unwrap_or(1.0));
    Some(Timing { stretch, probability, known: TimeOrigin::Retained })
}

/// The words of a text that has one time for all of them, which they share by their length.
pub(crate) fn words_of_text(
    text: &str,
    timing: Option<Timing>,
    speaker: Option<&str>,
) -> Vec<SpokenWord> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let known = if words.len() > 1 { TimeOrigin::Estimated } else { TimeOrigin::Retained };
    let all: usize = words.iter().map(|word| word.len()).sum();
    let mut spoken = Vec::with_capacity(words.len());
    let mut done = 0;
    for word in words {
        let from = done;
        done += word.len();
        let timing = timing.map(|whole| {
            let stretch = share(whole.stretch, from, done, all);
            Timing { stretch, known, ..whole }
        });
        let speaker = speaker.map(str::to_owned);
        spoken.push(SpokenWord { text: word.to_owned(), timing, speaker });
    }
    spoken
}

/// The words of `text`, which have punctuation, with the times of `words`, which may have none and be
/// spelt otherwise. Where the two differ, as many words as there are share the time; where only the
/// text has a word, it keeps the time it has.
pub(crate) fn timed_by(text: Vec<SpokenWord>, words: Vec<SpokenWord>) -> Vec<SpokenWord> {
    let (mut text, words) = (by_characters(text), by_characters(words));
    let same = |(said, timed): (&SpokenWord, &SpokenWord)| key(&said.text).eq(key(&timed.text));
    // Mostly there is nothing to align.
    if text.len() == words.len() && text.iter().zip(&words).all(same) {
        take_times(&mut text, &words);
        return text;
    }
    let keys = |words: &[SpokenWord]| -> Vec<String> {
        words.iter().map(|word| key(&word.text).collect()).collect()
    };
    let operations = align(&keys(&text), &keys(&words));
    for block in operations.chunk_by(|a, b| a.change != Change::Equal && b.change != Change::Equal)
    {
        let (first, last) = (&block[0], &block[block.len() - 1]);
        let said = &mut text[first.left.start..last.left.end];
        let timed = &words[first.right.start..last.right.end];
        if said.len() == timed.len() {
            take_times(said, timed);
        } else if let Some(all) = timed.iter().filter_map(|word| word.timing).reduce(both) {
            let line = said.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            take_times(said, &words_of_text(&line, Some(all), None));
        }
    }
    text
}

/// What is the same in a word with punctuation and without.
fn key(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Words of scripts without blanks as their characters, each with the marks after it: how they are cut
/// into words is anybody's guess.
fn by_characters(words: Vec<SpokenWord>) -> Vec<SpokenWord> {
    if !words.iter().any(|word| is_of_solids(&word.text)) {
        return words;
    }
    words.into_iter().flat_map(characters).collect()
}

/// Whether a word's letters are all of a script without blanks.
fn is_of_solids(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphanumeric()).peekable();
    letters.peek().is_some() && letters.all(is_solid)
}

fn characters(word: SpokenWord) -> Vec<SpokenWord> {
    if !is_of_solids(&word.text) {
        return vec![word];
    }
    let mut pieces: Vec<String> = Vec::new();
    for c in word.text.trim().chars() {
        let opens = pieces.last().is_none_or(|piece| piece.contains(char::is_alphanumeric));
        match pieces.last_mut().filter(|_| !(opens && c.is_alphanumeric())) {
            Some(piece) => piece.push(c),
            None => pieces.push(c.into()),
        }
    }
    let line = pieces.join(" ");
    words_of_text(&line, word.timing, word.speaker.as_deref())
}

fn take_times(said: &mut [SpokenWord], timed: &[SpokenWord]) {
    said.iter_mut().zip(timed).for_each(|(said, timed)| take_time(said, timed.timing));
}

/// Of two judgements how sure a word is, the less sure one stands.
fn take_time(said: &mut SpokenWord, timing: Option<Timing>) {
    let before = said.timing.map_or(1.0, |timing| timing.probability.get());
    let least = |t: Timing| Probability::new(t.probability.get().min(before));
    said.timing = timing.map(|t| Timing { probability: least(t), ..t }).or(said.timing);
}

/// From the start of the one to the end of the other; as sure as the less sure of them.
pub(crate) fn both(one: Timing, other: Timing) -> Timing {
    let least = one.probability.get().min(other.probability.get());
    let stretch = one.stretch.union(other.stretch);
    Timing { stretch, probability: Probability::new(least), ..one }
}

/// Adds a mark that stands directly after the last word; before the first there is none to add it to.
pub(crate) fn add_mark(words: &mut [SpokenWord], mark: &str) {
    if let Some(word) = words.last_mut() {
        word.text += mark;
    }
}

/// The words of several channels as one run: what is said without a pause stays together, and what
/// begins earlier comes first.
pub(crate) fn by_time(channels: Vec<Vec<SpokenWord>>) -> Vec<SpokenWord> {
    let mut passages: Vec<(Instant, Vec<SpokenWord>)> = Vec::new();
    for channel in channels {
        let mut latest = Instant::START;
        let mut last: Option<SpokenWord> = None;
        for word in channel {
            let stretch = word.timing.map(|timing| timing.stretch);
            let begins = last.as_ref().is_none_or(|last| {
                let paused = stretch.is_some_and(|stretch| stretch.start() - latest >= PAUSE);
                ends_sentence(&last.text) || paused || last.speaker != word.speaker
            });
            let start = stretch.map_or(latest, Stretch::start);
            latest = stretch.map_or(latest, Stretch::end);
            last = Some(word.clone());
            match passages.last_mut().filter(|_| !begins) {
                Some((_, passage)) => passage.push(word),
                None => passages.push((start, vec![word])),
            }
        }
    }
    passages.sort_by_key(|(start, _)| *start);
    passages.into_iter().flat_map(|(_, passage)| passage).collect()
}

/// Who speaks, as a recogniser calls them: by a name or a number.
#[derive(Clone, Debug)]
pub(crate) enum Speaker {
    Number(u32),
    Name(String),
    Unknown,
}

impl<'de> Deserialize<'de> for Speaker {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(SpeakerVisitor)
    }
}

struct SpeakerVisitor;

impl<'de> Visitor<'de> for SpeakerVisitor {
    type Value = Speaker;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a speaker")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Speaker, E> {
        Ok(Speaker::Name(name.to_owned()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Speaker, E> {
        Ok(number.try_into().map_or(Speaker::Unknown, Speaker::Number))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Speaker, E> {
        Ok(Speaker::Unknown)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Speaker, E> {
        Ok(Speaker::Unknown)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Speaker, E> {
        Ok(Speaker::Unknown)
    }

    fn visit_unit<E: Error>(self) -> Result<Speaker, E> {
        Ok(Speaker::Unknown)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, all: A) -> Result<Speaker, A::Error> {
        IgnoredAny.visit_seq(all).map(|_| Speaker::Unknown)
    }

    fn visit_map<A: MapAccess<'de>>(self, all: A) -> Result<Speaker, A::Error> {
        IgnoredAny.visit_map(all).map(|_| Speaker::Unknown)
    }
}

impl Speaker {
    /// A name for them; `None` where it is blank or nobody.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Self::Number(number) => Some(numbered(*number)),
            Self::Name(name) => named(name),
            Self::Unknown => None,
        }
    }
}

/// An ISO 8601 duration of hours, minutes and seconds (`PT1M2.5S`), as an instant.
pub(crate) fn iso_duration(text: &str) -> Option<Instant> {
    let mut rest = text.strip_prefix("PT")?;
    let mut all = Length::ZERO;
    while let Some(at) = rest.find(['H', 'M', 'S']) {
        let unit = match rest.as_bytes()[at] {
            b'H' => 3600.0,
            b'M' => 60.0,
            _ => 1.0,
        };
        let value: f64 = rest[..at].parse().ok().filter(|value| (0.0..LATEST).contains(value))?;
        all += Length::from_seconds(value * unit);
        rest = &rest[at + 1..];
    }
    rest.is_empty().then(|| Instant::START + all)
}
