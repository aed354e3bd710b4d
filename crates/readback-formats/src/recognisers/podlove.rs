//! Podlove's JSON for transcripts (Podlove Publisher and Web Player): captions with a voice each.

use serde::Deserialize;

use super::heard::from_recogniser;
use super::shared::{HEARD, Speaker, Whole, millis, parse, recogniser, timing, words_of_text};
use crate::reading::has_keys;
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Times};

pub(crate) static FORMAT: Format = Format {
    carries: Carries { times: Times::Passages, confidence: false, language: false, ..HEARD },
    ..recogniser("podlove", "Podlove", "none: a source of the documented shape", sniff, read)
};

/// The object that the player takes; others have the list alone.
#[derive(Deserialize)]
struct Source {
    transcripts: Vec<Caption>,
}

#[derive(Deserialize)]
struct Caption {
    start_ms: f64,
    end_ms: f64,
    #[serde(default)]
    speaker: Option<Speaker>,
    #[serde(default)]
    voice: Option<Speaker>,
    #[serde(default)]
    text: String,
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["/start_ms", "/text"]) || has_keys(head, &["/transcripts/start_ms"])
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let captions: Vec<Caption> = match parse(bytes, FORMAT.id)? {
        Whole::Object(Source { transcripts }) => transcripts,
        Whole::List(captions) => captions,
    };
    let words = captions.iter().flat_map(|caption| {
        let name = |speaker: &Option<Speaker>| speaker.as_ref().and_then(Speaker::name);
        let speaker = name(&caption.voice).or_else(|| name(&caption.speaker));
        let timing = timing(millis(caption.start_ms), millis(caption.end_ms), None);
        words_of_text(&caption.text, timing, speaker.as_deref())
    });
    from_recogniser(words.collect(), FORMAT.id, None)
}
