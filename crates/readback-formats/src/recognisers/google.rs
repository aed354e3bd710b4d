//! Google Speech-to-Text's JSON, versions 1 and 2: results with alternatives, of which the first holds
//! the words. Names of fields may be in camel case or snake case, as the client library writes them.

use readback_transcript::Instant;
use serde::Deserialize;

use super::heard::from_recogniser;
use super::shared::{Seconds, SpokenWord, instant, parse, recogniser, timing, words_of_text};
use crate::reading::{has_keys, language, named, numbered};
use crate::{Format, Head, Parsed, ReadError, ReadOptions};

pub(crate) static FORMAT: Format = recogniser(
    "google",
    "Google Speech-to-Text",
    "google-cloud-speech (Python), v1 and v2",
    sniff,
    read,
);

/// The answer itself, or the long-running operation that holds it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Source {
    results: Vec<Part>,
    response: Option<Box<Source>>,
}

#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    alternatives: Vec<Alternative>,
    #[serde(default, alias = "language_code", rename = "languageCode")]
    language: Option<String>,
    #[serde(default, alias = "channel_tag", rename = "channelTag")]
    channel: u32,
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
    let is_google = |root: &str| {
        let at = |key: &str| has_keys(head, &[&format!("{root}/results/alternatives/{key}")]);
        at("transcript") || at("words")
    };
    // Others have results with alternatives, too.
    let is_other = has_keys(head, &["/results/type"]) || has_keys(head, &["/result_index"]);
    !is_other && (is_google("") || is_google("/response"))
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let Source { results, response } = parse(bytes, FORMAT.id)?;
    let parts = response.map_or(results, |answer| answer.results);
    let code = parts.iter().find_map(|part| part.language.as_deref().and_then(language));
    let several_channels = parts.iter().any(|part| part.channel > 1);
    let best: Vec<(u32, Alternative)> = parts
        .into_iter()
        .filter_map(|part| Some((part.channel, part.alternatives.into_iter().next()?)))
        .collect();
    let of = |(channel, best): &(u32, Alternative)| {
        words(best, several_channels.then(|| format!("Channel {channel}")).as_deref())
    };
    from_recogniser(once(&best).iter().flat_map(of).collect(), FORMAT.id, code.as_deref())
}

/// With speakers, version 1 says every word of the recording once more in its last result; that result
/// alone counts. Version 2 names the speakers in each.
fn once(best: &[(u32, Alternative)]) -> &[(u32, Alternative)] {
    let [(_, first), .., (_, last)] = best else { return best };
    let has_speakers = |best: &Alternative| best.words.iter().any(|word| speaker(word).is_some());
    let before: usize = best[..best.len() - 1].iter().map(|(_, best)| best.words.len()).sum();
    let repeats = has_speakers(last) && !has_speakers(first) && last.words.len() >= before;
    if repeats { &best[best.len() - 1..] } else { best }
}

fn speaker(word: &Word) -> Option<String> {
    let tag = (word.speaker_tag > 0).then(|| numbered(word.speaker_tag));
    word.speaker_label.as_deref().and_then(named).or(tag)
}

fn words(best: &Alternative, channel: Option<&str>) -> Vec<SpokenWord> {
    if best.words.is_empty() {
        return words_of_text(&best.transcript, None, channel);
    }
    let spoken = |word: &Word| {
        let known = [word.confidence, best.confidence].into_iter().find(|&value| value > 0.0);
        let end = instant(word.end.as_ref());
        let start = match &word.start {
            Some(start) => start.instant(),
            None => end.map(|_| Instant::START),
        };
        SpokenWord {
            text: word.text.clone(),
            timing: timing(start, end, known),
            speaker: speaker(word).or(channel.map(str::to_owned)),
        }
    };
    best.words.iter().map(spoken).collect()
}
