//! TTML 2 (W3C Recommendation, 2018-11-08). Written as IMSC 1.1 Text profile (W3C Recommendation,
//! 2018-11-08), which players and broadcasters take; read in every draft and dialect that times its
//! text with `begin`, `end` and `dur`.

mod clock;
mod read;

use std::collections::HashMap;
use std::fmt::Write as _;

use readback_transcript::{Instant, Transcript};

use crate::writing::{Caption, captions, clock_fields, escaped};
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Way, WriteError, WriteOptions};

pub(crate) use read::read as read_as;

pub(crate) static FORMAT: Format = Format {
    id: "ttml",
    name: "TTML captions (IMSC 1.1 Text)",
    extensions: &["ttml", "dfxp", "xml"],
    media_type: "application/ttml+xml",
    sniff: is_ttml,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { language: true, ..Carries::CAPTIONS },
    oracle: "ttconv, imsc.js, imschrm, pycaption, pysubs2, xmllint",
};

/// Whether the first element is `tt`, in whatever namespace.
pub(crate) fn is_ttml(head: &Head<'_>) -> bool {
    let mut rest = head.text.trim_start();
    while let Some(aside) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        let end = if aside.starts_with("--") { "-->" } else { ">" };
        let Some((_, after)) = aside.split_once(end) else { return false };
        rest = after.trim_start();
    }
    let tag = rest
        .strip_prefix('<')
        .and_then(|rest| rest.split([' ', '\t', '\r', '\n', '>', '/']).next());
    tag.is_some_and(|tag| tag.rsplit(':').next() == Some("tt"))
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    read_as(bytes, FORMAT.id)
}

/// Speakers are agents, which players do not show; a caption says by reference whose words it has.
fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let captions = captions(transcript, options.captions, false)?;
    let mut agents = Agents::default();
    let mut body = String::new();
    for (i, caption) in captions.iter().enumerate() {
        let agent = caption.speaker.as_deref().map(|name| agents.reference(name));
        let (times, text) = (times(caption), lines(caption));
        let agent = agent.unwrap_or_default();
        let _ = writeln!(body, "      <p xml:id=\"c{}\" {times}{agent}>{text}</p>", i + 1);
    }
    let agents = agents.written;
    let metadata = if agents.is_empty() {
        agents
    } else {
        format!("    <metadata>\n{agents}    </metadata>\n")
    };
    let language = escaped(transcript.language.as_deref().unwrap_or_default());
    Ok(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling" ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text" ttp:timeBase="media" ttp:cellResolution="32 15" xml:lang="{language}">
  <head>
{metadata}    <styling>
      <style xml:id="caption" tts:fontFamily="proportionalSansSerif" tts:fontSize="100%" tts:lineHeight="125%" tts:color="white"/>
      <style xml:id="line" tts:backgroundColor="black"/>
    </styling>
    <layout>
      <region xml:id="bottom" tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after" tts:textAlign="center" tts:showBackground="whenActive"/>
    </layout>
  </head>
  <body region="bottom">
    <div style="caption">
{body}    </div>
  </body>
</tt>
"#
    )
    .into_bytes())
}

/// The speakers, numbered as they come.
#[derive(Default)]
struct Agents<'a> {
    numbers: HashMap<&'a str, usize>,
    written: String,
}

impl<'a> Agents<'a> {
    /// The attribute that says who speaks.
    fn reference(&mut self, name: &'a str) -> String {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(name).or_insert(next);
        if number == next {
            let name = escaped(name);
            let _ = writeln!(
                self.written,
                "      <ttm:agent xml:id=\"s{number}\" type=\"person\"><ttm:name type=\"full\">{name}</ttm:name></ttm:agent>",
            );
        }
        format!(" ttm:agent=\"s{number}\"")
    }
}

/// The lines of a caption as markup, each of them in the style `line`.
pub(crate) fn lines(caption: &Caption) -> String {
    let line = |line: &String| format!("<span style=\"line\">{}</span>", escaped(line));
    caption.lines.iter().map(line).collect::<Vec<_>>().join("<br/>")
}

/// The attributes that say when a caption is shown.
pub(crate) fn times(caption: &Caption) -> String {
    let (start, end) = (time(caption.stretch.start()), time(caption.stretch.end()));
    format!("begin=\"{start}\" end=\"{end}\"")
}

fn time(instant: Instant) -> String {
    let (hours, minutes, seconds, millis) = clock_fields(instant);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{millis:03}")
}
