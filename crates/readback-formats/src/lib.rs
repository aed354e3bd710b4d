//! Transcript and caption formats: bytes to a [`Transcript`], a transcript to bytes.
//!
//! One file per format holds its `FORMAT` and both directions, in the folder of its family; [`FORMATS`]
//! lists them, and help, the `formats` command and sniffing come from that table. What formats of all
//! families share lives in `reading` (the parts of a text transcript) and `writing` (captions, house
//! style). Nothing here touches a file, a clock or a recording.

#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read files")
)]

mod carries;
mod format;
mod losses;
mod mapping;
mod reading;
mod source;
mod timecode;
mod writing;

/// What is shown along with a programme.
mod captions {
    mod arrow;
    pub(crate) mod ebuttd;
    mod passages;
    pub(crate) mod scc;
    pub(crate) mod srt;
    pub(crate) mod stl;
    pub(crate) mod ttml;
    pub(crate) mod vtt;
}

/// What people write and correct transcripts in, and files that keep all that is known of one.
mod documents {
    pub(crate) mod docx;
    pub(crate) mod json;
    pub(crate) mod markdown;
    pub(crate) mod npr;
    pub(crate) mod text;
    pub(crate) mod xml;
}

/// What recognisers are measured by.
mod evaluation {
    pub(crate) mod ctm;
    mod nist;
    pub(crate) mod rttm;
    pub(crate) mod stm;
    pub(crate) mod uem;
}

/// How transcripts are handed to the public and to newsrooms.
mod publishing {
    pub(crate) mod html;
    pub(crate) mod newsml;
    pub(crate) mod ninjs;
    pub(crate) mod podcast_html;
    pub(crate) mod podcast_json;
    pub(crate) mod podcast_tag;
}

/// What programs and services heard, each in its own words.
mod recognisers {
    pub(crate) mod assemblyai;
    pub(crate) mod aws;
    pub(crate) mod azure;
    pub(crate) mod deepgram;
    pub(crate) mod google;
    pub(crate) mod heard;
    pub(crate) mod hearing;
    pub(crate) mod nlp;
    pub(crate) mod openai;
    pub(crate) mod openai_diarized;
    pub(crate) mod otter;
    pub(crate) mod podlove;
    pub(crate) mod revai;
    pub(crate) mod shared;
    pub(crate) mod sonix;
    pub(crate) mod speechmatics;
    pub(crate) mod trint;
    pub(crate) mod whisper;
    pub(crate) mod whispercpp;
    pub(crate) mod whisperx;
    pub(crate) mod words;
}

/// What linguists annotate speech in.
mod tiers {
    pub(crate) mod eaf;
    mod points;
    mod read;
    pub(crate) mod tei;
    pub(crate) mod textgrid;
    mod write;
}

use std::path::Path;

use readback_transcript::Transcript;

pub use carries::{Carries, Characters, Times};
pub use format::{Changes, Format, ReadOptions, Reader, Way, Writer};
pub use losses::{Loss, Lost, losses};
pub use mapping::{Mapping, MappingError};
pub use publishing::podcast_tag::podcast_tag;
pub use reading::decode_text;
use reading::json_keys;
pub use recognisers::heard::{from_words, to_hearing};
pub use source::{Head, MAX_BYTES, MAX_PARTS, MAX_STRETCH, Parsed, ReadError};
pub use timecode::FrameRate;
pub use writing::{
    CAPTION_PRESETS, CaptionPreset, Citation, Guideline, Publication, WriteError, WriteOptions,
    timed_words,
};

/// Every format Readback knows, in the order in which an unnamed source is tried.
pub static FORMATS: &[&Format] = &[
    &documents::docx::FORMAT,
    &recognisers::hearing::FORMAT,
    &publishing::podcast_json::FORMAT,
    &publishing::ninjs::FORMAT,
    &recognisers::openai_diarized::FORMAT,
    &recognisers::openai::FORMAT,
    &recognisers::whisperx::FORMAT,
    &recognisers::whispercpp::FORMAT,
    &recognisers::aws::FORMAT,
    &recognisers::google::FORMAT,
    &recognisers::speechmatics::FORMAT,
    &recognisers::deepgram::FORMAT,
    &recognisers::assemblyai::FORMAT,
    &recognisers::revai::FORMAT,
    &recognisers::azure::FORMAT,
    &recognisers::trint::FORMAT,
    &recognisers::sonix::FORMAT,
    &recognisers::podlove::FORMAT,
    &recognisers::words::FORMAT,
    &recognisers::whisper::FORMAT,
    &documents::json::FORMAT,
    &captions::vtt::WORDS,
    &captions::vtt::FORMAT,
    &captions::srt::FORMAT,
    &captions::ebuttd::FORMAT,
    &captions::ttml::FORMAT,
    &publishing::newsml::FORMAT,
    &publishing::podcast_html::FORMAT,
    &publishing::html::FORMAT,
    &captions::scc::FORMAT,
    &captions::stl::FORMAT,
    &tiers::textgrid::FORMAT,
    &tiers::eaf::FORMAT,
    &tiers::tei::FORMAT,
    &documents::xml::FORMAT,
    &evaluation::rttm::FORMAT,
    &evaluation::ctm::FORMAT,
    &evaluation::stm::FORMAT,
    &evaluation::uem::FORMAT,
    &recognisers::nlp::FORMAT,
    &recognisers::otter::FORMAT,
    &documents::markdown::FORMAT,
    &documents::npr::FORMAT,
    &documents::text::FORMAT,
];

/// The formats, by id, in which people write and read transcripts.
const FOR_PEOPLE: &[&str] = &["docx", "html", "markdown", "npr", "text"];

/// Reads a transcript; `file_name`, where known, helps to tell its format.
///
/// What is malformed but readable comes back as problems beside the transcript. When the source is
/// not UTF-8, spans index the text converted to UTF-8, which is [`Transcript::text`].
pub fn read(bytes: &[u8], file_name: Option<&str>) -> Result<Parsed, ReadError> {
    read_with(bytes, file_name, &ReadOptions::default())
}

/// Reads a transcript as [`read`] does; XML by the mapping, where `options` have one.
pub fn read_with(
    bytes: &[u8],
    file_name: Option<&str>,
    options: &ReadOptions,
) -> Result<Parsed, ReadError> {
    read_as(bytes, format_of(bytes, file_name, options)?, options)
}

/// Reads a transcript in `format`.
pub fn read_as(bytes: &[u8], format: &Format, options: &ReadOptions) -> Result<Parsed, ReadError> {
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
        return Ok(&documents::xml::FORMAT);
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
    let called = FORMATS.iter().copied().find(|format| format.id.eq_ignore_ascii_case(name));
    called.or_else(|| by_extension(name)).or_else(|| by_extension(extension(name)?))
}

/// The formats whose ending a file has. What is in it may be any of them, or something else.
pub fn formats_of_file(path: &Path) -> impl Iterator<Item = &'static Format> {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let ending = ending.unwrap_or_default();
    FORMATS.iter().copied().filter(move |format| format.extensions.contains(&ending.as_str()))
}

/// Whether a file's ending is one of those in which people write and read transcripts. Whatever else has
/// the same name was made by a program.
pub fn is_for_people(path: &Path) -> bool {
    formats_of_file(path).any(|format| FOR_PEOPLE.contains(&format.id))
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
        None => decoded.map(|_| &documents::text::FORMAT),
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
