//! Transcript and caption formats: bytes to a [`Transcript`], a transcript to bytes.
//!
//! One file per format holds its `FORMAT` and both directions; [`FORMATS`] lists them, and help, the
//! `formats` command and sniffing come from that table. What formats share lives in `reading` (the
//! parts of a text transcript) and `writing` (captions, house style). Nothing here touches a file, a
//! clock or a recording.

#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read files")
)]

mod assemblyai;
mod aws;
mod azure;
mod carries;
mod ctm;
mod deepgram;
mod docx;
mod eaf;
mod ebuttd;
mod google;
mod heard;
mod hearing;
mod html;
mod json;
mod mapping;
mod markdown;
mod newsml;
mod ninjs;
mod nist;
mod nlp;
mod npr;
mod openai;
mod openai_diarized;
mod oracles;
mod otter;
mod podcast_html;
mod podcast_json;
mod podcast_tag;
mod podlove;
mod reading;
mod revai;
mod rttm;
mod scc;
mod sonix;
mod speechmatics;
mod srt;
mod stl;
mod stm;
mod tei;
mod text;
mod textgrid;
mod timecode;
mod trint;
mod ttml;
mod uem;
mod vtt;
mod whisper;
mod whispercpp;
mod whisperx;
mod words;
mod writing;
mod xml;

use std::collections::BTreeSet;

use readback_transcript::{Problem, Transcript};
use thiserror::Error;

pub use carries::{Carries, Characters, Loss, Lost, Times, losses};
pub use heard::{from_words, to_hearing};
pub use mapping::{Mapping, MappingError};
pub use podcast_tag::podcast_tag;
pub use reading::decode_text;
use reading::json_keys;
pub use timecode::FrameRate;
pub use writing::{
    CAPTION_PRESETS, CaptionPreset, Publication, Rule, Source, WriteOptions, timed_words,
};

/// The largest source that is read, in bytes: a day and a night of speech with a time for every word.
/// More is not one story, and would only cost its reader memory.
pub const MAX_BYTES: usize = 32 << 20;

/// The most words or lines of a text, elements of XML, or objects and lists of JSON that are read:
/// two days of speech, as words.
pub const MAX_PARTS: usize = 500_000;

/// The longest stretch of a text without a blank that is read, in bytes: a day of a script that has none.
pub const MAX_STRETCH: usize = 4 << 20;

/// Every format Readback knows, in the order in which an unnamed source is tried.
pub static FORMATS: &[&Format] = &[
    &docx::FORMAT,
    &hearing::FORMAT,
    &podcast_json::FORMAT,
    &ninjs::FORMAT,
    &openai_diarized::FORMAT,
    &openai::FORMAT,
    &whisperx::FORMAT,
    &whispercpp::FORMAT,
    &aws::FORMAT,
    &google::FORMAT,
    &speechmatics::FORMAT,
    &deepgram::FORMAT,
    &assemblyai::FORMAT,
    &revai::FORMAT,
    &azure::FORMAT,
    &trint::FORMAT,
    &sonix::FORMAT,
    &podlove::FORMAT,
    &words::FORMAT,
    &whisper::FORMAT,
    &json::FORMAT,
    &vtt::WORDS,
    &vtt::FORMAT,
    &srt::FORMAT,
    &ebuttd::FORMAT,
    &ttml::FORMAT,
    &newsml::FORMAT,
    &podcast_html::FORMAT,
    &html::FORMAT,
    &scc::FORMAT,
    &stl::FORMAT,
    &textgrid::FORMAT,
    &eaf::FORMAT,
    &tei::FORMAT,
    &xml::FORMAT,
    &rttm::FORMAT,
    &ctm::FORMAT,
    &stm::FORMAT,
    &uem::FORMAT,
    &nlp::FORMAT,
    &otter::FORMAT,
    &markdown::FORMAT,
    &npr::FORMAT,
    &text::FORMAT,
];

/// A format: what it is called, how to recognise it, how to read and write it.
pub struct Format {
    /// What `--to` and [`Transcript::format`] call it.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// File name endings without the dot, lower case; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// Media type.
    pub media_type: &'static str,
    /// Whether a source begins like this format.
    pub sniff: fn(&Head<'_>) -> bool,
    /// Reads a whole source.
    pub read: Way<Reader>,
    /// Writes a whole transcript.
    pub write: Way<Writer>,
    /// What it has a place for.
    pub carries: Carries,
}

impl Format {
    /// By whom its reader and its writer are held to the specification.
    pub fn oracle(&self) -> &'static str {
        let held = oracles::ORACLES.iter().find(|(id, _)| *id == self.id);
        held.map_or("", |(_, by)| by)
    }
}

/// A direction in which a format goes, or in a few words why it does not.
#[derive(Clone, Copy, Debug)]
pub enum Way<T> {
    /// It goes.
    Open(T),
    /// It does not, and why, as in "only a recogniser writes this format".
    Closed(&'static str),
}

impl<T> Way<T> {
    /// Whether it goes.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open(_))
    }
}

/// Reads a whole source.
pub type Reader = fn(&[u8], &ReadOptions) -> Result<Reading, ReadError>;

/// Writes a whole transcript in a style. What the format has no place for is left out; [`losses`] says
/// what that is.
pub type Writer = fn(&Transcript, &WriteOptions) -> Result<Vec<u8>, WriteError>;

/// What a reader is told where a source can be read in more than one way.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// What a contractor's own XML calls its parts.
    pub mapping: Option<Mapping>,
    /// Which text is read of a document whose changes are tracked.
    pub changes: Changes,
}

/// The two texts of a document whose changes are tracked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Changes {
    /// With every change in place.
    #[default]
    Accepted,
    /// As it was before any of them.
    Original,
}

/// Why the formats of recognisers are only read.
const RECOGNISERS_OWN: &str = "only a recogniser writes this format";

/// What reading gives: the transcript and what was wrong with its source, in order.
pub type Reading = (Transcript, Vec<Problem>);

/// The beginning of a source, for recognising its format.
pub struct Head<'a> {
    /// The bytes as they are.
    pub bytes: &'a [u8],
    /// The same as text; empty where it is none.
    pub text: &'a str,
    /// Where the keys stand if it is JSON, as `/segments/words`.
    pub keys: BTreeSet<String>,
}

/// Why a source cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// Nothing but blanks, or no letter and no digit.
    #[error("there is no text in it")]
    Empty,
    /// The format is not read.
    #[error("{0}")]
    Closed(&'static str),
    /// Larger than [`MAX_BYTES`].
    #[error("it is larger than {} MB, the most that is read of one story", MAX_BYTES >> 20)]
    TooLarge,
    /// More than [`MAX_PARTS`].
    #[error(
        "it has more than half a million words, lines or elements, the most that is read of one story"
    )]
    TooMany,
    /// A stretch longer than [`MAX_STRETCH`].
    #[error("it has {} MB without a blank, which no story has", MAX_STRETCH >> 20)]
    Endless,
    /// Not text; names the kind where it is known.
    #[error("it is {0}, not text; give the transcript as a text file")]
    NotText(&'static str),
    /// Named or marked as a format that it does not follow.
    #[error("{format}: {reason}")]
    Malformed {
        /// Id of the format.
        format: &'static str,
        /// What is wrong and where.
        reason: String,
    },
}

/// Why a transcript cannot be written.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// The format needs times and no word has one.
    #[error("no word of the transcript has a time; align it with its recording first")]
    NoTimes,
    /// There is nothing to write.
    #[error("the transcript has no words")]
    NoWords,
    /// The format is not written.
    #[error("{0}")]
    Closed(&'static str),
}

/// Reads a transcript; `file_name`, where known, helps to tell its format.
///
/// What is malformed but readable comes back as problems beside the transcript. When the source is
/// not UTF-8, spans index the text converted to UTF-8, which is [`Transcript::text`].
pub fn read(bytes: &[u8], file_name: Option<&str>) -> Result<Reading, ReadError> {
    read_with(bytes, file_name, &ReadOptions::default())
}

/// Reads a transcript as [`read`] does; XML by the mapping, where `options` have one.
pub fn read_with(
    bytes: &[u8],
    file_name: Option<&str>,
    options: &ReadOptions,
) -> Result<Reading, ReadError> {
    read_as(bytes, format_of(bytes, file_name, options)?, options)
}

/// Reads a transcript in `format`.
pub fn read_as(bytes: &[u8], format: &Format, options: &ReadOptions) -> Result<Reading, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    match format.read {
        Way::Open(read) => read(bytes, options),
        Way::Closed(reason) => Err(ReadError::Closed(reason)),
    }
}

/// The format of a source: that of its file's ending; where several share the ending, the one that the
/// source begins like. XML is read by the mapping, where `options` have one.
pub fn format_of(
    bytes: &[u8],
    file_name: Option<&str>,
    options: &ReadOptions,
) -> Result<&'static Format, ReadError> {
    if options.mapping.is_some() && begins_like_xml(bytes) {
        return Ok(&xml::FORMAT);
    }
    let Some(named) = file_name.and_then(format_of_file) else { return sniff(bytes) };
    let ending = file_name.and_then(extension).unwrap_or_default().to_ascii_lowercase();
    let shares = |format: &Format| format.extensions.contains(&ending.as_str());
    if FORMATS.iter().filter(|format| shares(format)).count() == 1 {
        return Ok(named);
    }
    let found = sniff(bytes)?;
    Ok(if shares(found) { found } else { named })
}

/// Writes `transcript` in `format`, leaving to `options` what the format leaves open.
pub fn write(
    transcript: &Transcript,
    format: &Format,
    options: &WriteOptions,
) -> Result<Vec<u8>, WriteError> {
    match format.write {
        Way::Open(write) => write(transcript, options),
        Way::Closed(reason) => Err(WriteError::Closed(reason)),
    }
}

/// The format called `name`: its id, one of its file endings, or a file name with that ending.
pub fn format_for(name: &str) -> Option<&'static Format> {
    let by_id = |id: &str| FORMATS.iter().copied().find(|f| f.id.eq_ignore_ascii_case(id));
    by_id(name).or_else(|| by_extension(name)).or_else(|| by_extension(extension(name)?))
}

/// The format a file name stands for. `.txt` names several, so it names none.
fn format_of_file(file_name: &str) -> Option<&'static Format> {
    by_extension(extension(file_name)?).filter(|format| !format.extensions.contains(&"txt"))
}

fn by_extension(extension: &str) -> Option<&'static Format> {
    let extension = extension.to_ascii_lowercase();
    FORMATS.iter().rev().copied().find(|format| format.extensions.contains(&extension.as_str()))
}

fn extension(file_name: &str) -> Option<&str> {
    let base = file_name.rsplit(['/', '\\']).next()?;
    base.rsplit_once('.').map(|(_, extension)| extension)
}

fn sniff(bytes: &[u8]) -> Result<&'static Format, ReadError> {
    let bytes = head_of(bytes);
    // Some formats are not text.
    let decoded = decode_text(bytes);
    let text = decoded.as_ref().map_or("", |(text, _)| text);
    let head = Head { bytes, text, keys: json_keys(text) };
    match FORMATS.iter().copied().find(|format| (format.sniff)(&head)) {
        Some(format) => Ok(format),
        None => decoded.map(|_| &text::FORMAT),
    }
}

fn begins_like_xml(bytes: &[u8]) -> bool {
    decode_text(head_of(bytes)).is_ok_and(|(text, _)| text.trim_start().starts_with('<'))
}

/// The part of a source that tells its format.
fn head_of(bytes: &[u8]) -> &[u8] {
    const HEAD: usize = 256 << 10;
    &bytes[..bytes.len().min(HEAD)]
}
