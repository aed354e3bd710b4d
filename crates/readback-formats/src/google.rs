//! Google Speech-to-Text's JSON, versions 1 and 2: results with alternatives, of which the first holds
//! the words. Names of fields may be in camel case or snake case, as the client library writes them.

use serde::Deserialize;

use crate::heard::{SpokenWord, from_recogniser};
use crate::reading::recogniser::{
    Seconds, has_keys, language, named, parse, timing, words_of_text,
};
use crate::{Carries, Format, Head, RECOGNISERS_OWN, ReadError, ReadOptions, Reading, Times, Way};

pub(crate) static FORMAT: Format = Format {
    id: "google",
    name: "Google Speech-to-Text",
    extensions: &["json"],
    media_type: "application/json",
    sniff,
    read: Way::Open(read),
    write: Way::Closed(RECOGNISERS_OWN),
    carries: Carries {
        times: Times::Words,
        confidence: true,
        speakers: true,
        language: true,
        ..Carries::WORDS
    },
};

/// The answer itself, or the long-running operation that holds it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Source {
    Answer { results: Vec<Part> },
    Operation { response: Answer },
}

#[derive(Deserialize)]
struct Answer {
    results: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    alternatives: Vec<Alternative>,
    #[serde(default, alias = "language_code", rename = "languageCode")]
    language: Option<String>,
}

#[derive(Deserialize)]
struct Alternative {
    #[serde(default)]
    transcript: String,
    #[serde(default)]
    confidence: f32,
    #[serde(default)]
    words: Vec<Word>,
}

#[derive(Deserialize)]
struct Word {
    #[serde(rename = "word")]
    text: String,
    /// Left out where it is the very beginning.
    #[serde(
        default,
        rename = "startTime",
        alias = "start_time",
        alias = "startOffset",
        alias = "start_offset"
    )]
    start: Option<Seconds>,
    #[serde(
        default,
        rename = "endTime",
        alias = "end_time",
        alias = "endOffset",
        alias = "end_offset"
    )]
    end: Option<Seconds>,
    /// 0 stands for not known.
    #[serde(default)]
    confidence: f32,
    #[serde(default, rename = "speakerLabel", alias = "speaker_label")]
    speaker_label: Option<String>,
    #[serde(default, rename = "speakerTag", alias = "speaker_tag")]
    speaker_tag: u32,
}

fn sniff(head: &Head<'_>) -> bool {
    has_keys(head, &["results", "alternatives"]) && !has_keys(head, &["items"])
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Reading, ReadError> {
    let parts = match parse(bytes, FORMAT.id)? {
        Source::Answer { results } => results,
        Source::Operation { response } => response.results,
    };
    let code = parts.iter().find_map(|part| part.language.as_deref().and_then(language));
    let best: Vec<Alternative> =
        parts.into_iter().filter_map(|part| part.alternatives.into_iter().next()).collect();
    let words = once(&best).iter().flat_map(words).collect();
    from_recogniser(words, FORMAT.id, code.as_deref())
}

/// With speakers, version 1 says every word of the recording once more in its last result; that result
/// alone counts.
fn once(best: &[Alternative]) -> &[Alternative] {
    let [first, .., last] = best else { return best };
    let tagged = last.words.iter().any(|word| word.speaker_tag > 0);
    let untagged = first.words.iter().all(|word| word.speaker_tag == 0);
    if tagged && untagged { &best[best.len() - 1..] } else { best }
}

fn words(best: &Alternative) -> Vec<SpokenWord> {
    if best.words.is_empty() {
        return words_of_text(&best.transcript, None, None);
    }
    let spoken = |word: &Word| {
        let known = [word.confidence, best.confidence].into_iter().find(|&value| value > 0.0);
        let end = word.end.as_ref().and_then(Seconds::instant);
        let start = match &word.start {
            Some(start) => start.instant(),
            None => end.map(|_| readback_transcript::Instant::START),
        };
        let tag = (word.speaker_tag > 0).then(|| format!("Speaker {}", word.speaker_tag));
        SpokenWord {
            text: word.text.clone(),
            timing: timing(start, end, known),
            speaker: word.speaker_label.as_deref().and_then(named).or(tag),
        }
    };
    best.words.iter().map(spoken).collect()
}
