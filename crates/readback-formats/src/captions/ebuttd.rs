//! EBU-TT-D (EBU Tech 3380, version 1.0.1): the dialect of TTML in which European broadcasters
//! distribute subtitles online. Read as TTML.

use std::fmt::Write as _;

use readback_transcript::Transcript;

use super::ttml::{is_ttml, lines, read_as, times};
use crate::writing::{captions, escaped};
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Way, WriteError, WriteOptions};

pub(crate) static FORMAT: Format = Format {
    id: "ebuttd",
    name: "EBU-TT-D subtitles",
    extensions: &["xml", "ttml"],
    media_type: "application/ttml+xml",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { language: true, ..Carries::CAPTIONS },
    oracle: "ttconv, imsc.js, xmllint; no schema was at hand",
};

const STANDARD: &str = "urn:ebu:tt:distribution:2014-01";

fn sniff(head: &Head<'_>) -> bool {
    is_ttml(head) && head.text.contains(STANDARD)
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    read_as(bytes, FORMAT.id)
}

/// A speaker is named before the first words of a turn, for the standard has no agents.
fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut body = String::new();
    for (i, caption) in captions(transcript, options.captions, true)?.iter().enumerate() {
        let (times, text) = (times(caption), lines(caption));
        let _ = writeln!(body, "      <p xml:id=\"c{}\" {times}>{text}</p>", i + 1);
    }
    let language = escaped(transcript.language.as_deref().unwrap_or_default());
    Ok(format!(
        r##"<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ebuttm="urn:ebu:tt:metadata" ttp:timeBase="media" ttp:cellResolution="50 30" xml:lang="{language}">
  <head>
    <metadata>
      <ebuttm:documentMetadata>
        <ebuttm:conformsToStandard>{STANDARD}</ebuttm:conformsToStandard>
      </ebuttm:documentMetadata>
    </metadata>
    <styling>
      <style xml:id="caption" tts:fontFamily="proportionalSansSerif" tts:fontSize="160%" tts:lineHeight="normal" tts:textAlign="center"/>
      <style xml:id="line" tts:color="#ffffffff" tts:backgroundColor="#000000ff"/>
    </styling>
    <layout>
      <region xml:id="bottom" tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after" tts:overflow="visible"/>
    </layout>
  </head>
  <body>
    <div region="bottom" style="caption">
{body}    </div>
  </body>
</tt>
"##
    )
    .into_bytes())
}
