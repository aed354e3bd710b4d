//! A bare list of timed words, as many a recogniser and aligner puts it out as JSON: Vosk (`result`
//! with `conf`, one answer after another), ElevenLabs (`words` with blanks between), Kaldi as the BBC
//! wraps it, Gentle.

use serde::Deserialize;

use super::heard::from_recogniser;
use super::shared::{
    Seconds, Speaker, SpokenWord, Whole, instant, not_as_expected, recogniser, timing,
    words_of_text,
};
use crate::reading::{decode_text, has_keys, language};
use crate::{Format, Head, Parsed, ReadError, ReadOptions};

pub(crate) static FORMAT: Format = recogniser(
    "words",
    "Vosk, ElevenLabs, Kaldi",
    "none: sources of the documented shapes",
    sniff,
    read,
);

#[derive(Deserialize)]
struct Answer {
    #[serde(default, alias = "result")]
    words: Vec<Word>,
    /// Kaldi's wrapping.
    #[serde(default)]
    retval: Option<Box<Answer>>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default, alias = "language")]
    language_code: Option<String>,
}

#[derive(Deserialize)]
struct Word {
    #[serde(default, alias = "word")]
    text: String,
    /// With capitals and marks.
    #[serde(default)]
    punct: Option<String>,
    #[serde(default)]
    start: Option<Seconds>,
    #[serde(default)]
    end: Option<Seconds>,
    #[serde(default, alias = "conf")]
    confidence: Option<f32>,
    #[serde(default)]
    logprob: Option<f32>,
    #[serde(default, alias = "speaker_id")]
    speaker: Option<Speaker>,
}

/// A list of words within a list of segments is another format.
fn sniff(head: &Head<'_>) -> bool {
    let timed = |list: &str, word: &str| {
        ["start", "end", word].iter().all(|key| has_keys(head, &[&format!("{list}/{key}")]))
    };
    let is_object = head.text.trim_start().starts_with('{');
    timed("/result", "word")
        || is_object && ["/words", "/retval/words"].iter().any(|list| timed(list, "word"))
        || is_object && timed("/words", "text")
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, _) = decode_text(bytes)?;
    let mut words = Vec::new();
    let mut code = None;
    // Answers of a live recogniser stand one after another in its file.
    for source in serde_json::Deserializer::from_str(&text).into_iter() {
        let answers: Vec<Answer> =
            match source.map_err(|error| not_as_expected(FORMAT.id, &error))? {
                Whole::Object(answer) => vec![answer],
                Whole::List(answers) => answers,
            };
        for answer in answers {
            let answer = match answer.retval {
                Some(wrapped) => *wrapped,
                None => answer,
            };
            code = code.or(answer.language_code.as_deref().and_then(language));
            if answer.words.is_empty() {
                words.extend(words_of_text(&answer.text.unwrap_or_default(), None, None));
            }
            words.extend(answer.words.into_iter().map(spoken));
        }
    }
    words.retain(|word: &SpokenWord| !word.text.trim().is_empty());
    from_recogniser(words, FORMAT.id, code.as_deref())
}

fn spoken(word: Word) -> SpokenWord {
    let (start, end) = (instant(word.start.as_ref()), instant(word.end.as_ref()));
    let confidence = word.confidence.or(word.logprob.map(f32::exp));
    SpokenWord {
        timing: timing(start, end, confidence),
        speaker: word.speaker.as_ref().and_then(Speaker::name),
        text: word.punct.unwrap_or(word.text),
    }
}
